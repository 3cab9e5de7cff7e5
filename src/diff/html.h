// SPDX-License-Identifier: MIT
#ifndef DIFF_HTML_H
#define DIFF_HTML_H

#include "util/strbuf.h"

// Text as HTML's character data and attribute values.
void diff_html_escape(struct strbuf *out, const char *text);

#endif

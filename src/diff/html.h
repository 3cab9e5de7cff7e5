// SPDX-License-Identifier: MIT
#ifndef DIFF_HTML_H
#define DIFF_HTML_H

#include "util/strbuf.h"

// A page of its own: no script, nothing that is fetched; in the light and in the dark. `style`: CSS beyond
// what pages have in common. The title is text.
void diff_html_begin(struct strbuf *out, const char *title, const char *style);
void diff_html_end(struct strbuf *out);

// Text as HTML's character data and attribute values.
void diff_html_escape(struct strbuf *out, const char *text);

#endif

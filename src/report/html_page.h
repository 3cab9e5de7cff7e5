// SPDX-License-Identifier: MIT
#ifndef REPORT_HTML_PAGE_H
#define REPORT_HTML_PAGE_H

// The frame of a report in HTML: one page without a script, a font or an image, which fetches nothing and is
// readable in the light and in the dark.

#include "util/strbuf.h"

// `style`: CSS beyond what pages have in common. The title is text.
void html_page_begin(struct strbuf *out, const char *title, const char *style);
void html_page_end(struct strbuf *out);

// Text as HTML's character data and attribute values.
void html_escape(struct strbuf *out, const char *text);
// Character data that may be broken into lines between the parts of names, such as those of paths and ARNs.
void html_escape_breakable(struct strbuf *out, const char *text);
// The same of text with logical ids, which may also be broken in front of a capital.
void html_escape_id(struct strbuf *out, const char *text);

#endif

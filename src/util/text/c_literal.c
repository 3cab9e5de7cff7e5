// SPDX-License-Identifier: MIT
#include "util/text/c_literal.h"

#include "util/strbuf.h"

// Octal escapes have three digits, so that a digit behind one does not belong to it; question marks could
// form trigraphs.
void c_literal_add(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;

        if (strchr("\"\\?", c))
            strbuf_addf(out, "\\%c", c);
        else if (c < ' ' || c > '~')
            strbuf_addf(out, "\\%03o", c);
        else
            strbuf_add_char(out, *text);
    }
}

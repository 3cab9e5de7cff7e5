// SPDX-License-Identifier: MIT
#include "util/text/shell.h"

#include "util/strbuf.h"

#include <string.h>

void shell_add_quoted(struct strbuf *out, const char *text)
{
    strbuf_add_char(out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            strbuf_add_string(out, "'\\''");
        else
            strbuf_add_char(out, *text);
    strbuf_add_char(out, '\'');
}

void shell_add_word(struct strbuf *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";

    if (*text && !text[strspn(text, plain)])
        strbuf_add_string(out, text);
    else
        shell_add_quoted(out, text);
}

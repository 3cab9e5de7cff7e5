// SPDX-License-Identifier: MIT
#include "invoke/event.h"

#include "data/json.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { NO_ESCAPE = -1 };

// The code unit of the escape at a place ("\uD83D").
static long code_unit(const char *at)
{
    char digits[5] = { 0 };

    if (at[0] != '\\' || at[1] != 'u')
        return NO_ESCAPE;
    for (size_t i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)at[2 + i]))
            return NO_ESCAPE;
        digits[i] = at[2 + i];
    }
    return strtol(digits, NULL, 16);
}

static bool is_between(long unit, long first, long last)
{
    return unit >= first && unit <= last;
}

// Keeps every place in the text where it is.
static void replace_unreadable(char *text)
{
    while ((text = strchr(text, '\\')) && text[1]) {
        const long unit = code_unit(text);
        const bool paired =
            is_between(unit, 0xd800, 0xdbff) && is_between(code_unit(text + 6), 0xdc00, 0xdfff);

        if (unit == 0 || (is_between(unit, 0xd800, 0xdfff) && !paired))
            memcpy(text + 2, "fffd", 4);
        text += paired ? 12 : 2;
    }
}

struct value *event_parse(const struct strbuf *text, const char *name, struct error *err)
{
    STRBUF_AUTO readable = STRBUF_INIT;

    strbuf_add(&readable, text->data, text->length);
    replace_unreadable(readable.data);
    return json_parse(readable.data, readable.length, name, err);
}

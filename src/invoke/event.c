// SPDX-License-Identifier: MIT
#include "invoke/event.h"

#include "data/json.h"
#include "data/json_check.h"

#include <stdbool.h>
#include <string.h>

// The code unit of the escape at a place ("\uD83D"); -1 when there is none.
static int32_t code_unit(const char *at)
{
    return at[0] == '\\' && at[1] == 'u' ? json_unit(at + 2) : -1;
}

static bool is_between(int32_t unit, int32_t first, int32_t last)
{
    return unit >= first && unit <= last;
}

// Keeps every place in the text where it is.
static void replace_unreadable(char *text)
{
    while ((text = strchr(text, '\\')) && text[1]) {
        const int32_t unit = code_unit(text);
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

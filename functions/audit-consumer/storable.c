// SPDX-License-Identifier: MIT
#include "storable.h"

#include "data/json_check.h"
#include "util/strbuf.h"

#include <string.h>

static bool is_unicode_escape(const char *at, const char *end)
{
    return end - at >= 6 && at[0] == '\\' && at[1] == 'u';
}

// How much of the text at this backslash belongs together: an escape, or two for a surrogate pair. Half a
// pair and U+0000 cannot be stored.
static size_t read_escape(const char *at, const char *end, bool *ret_storable)
{
    const int32_t unit = is_unicode_escape(at, end) ? json_unit(at + 2) : 'x';

    *ret_storable = unit != 0 && (unit < 0xd800 || unit > 0xdfff);
    if (at[1] != 'u')
        return 2;
    if (unit < 0xd800 || unit > 0xdbff || !is_unicode_escape(at + 6, end))
        return 6;
    *ret_storable = json_unit(at + 8) >= 0xdc00 && json_unit(at + 8) <= 0xdfff;
    return *ret_storable ? 12 : 6;
}

bool storable_json(struct json value, struct strbuf *out)
{
    const char *end = value.text + value.length, *start = value.text;
    bool replaced = false;

    for (const char *at = start; (at = memchr(at, '\\', (size_t)(end - at)));) {
        bool storable;
        const size_t length = read_escape(at, end, &storable);

        if (!storable) {
            strbuf_add(out, start, (size_t)(at - start));
            strbuf_add_string(out, "\\");
            start = at;
            replaced = true;
        }
        at += length;
    }
    strbuf_add(out, start, (size_t)(end - start));
    return replaced;
}

bool storable_string(struct json string, struct strbuf *out)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct json storable;
    bool replaced = storable_json(string, &text);

    if (json_slice(text.data, text.length, &storable))
        json_decode(storable, out);
    return replaced;
}

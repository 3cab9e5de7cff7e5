// SPDX-License-Identifier: MIT
#include "util/text/visible.h"

#include "util/array.h"
#include "util/text/utf8.h"

#include <stdio.h>
#include <string.h>

struct code_range {
    uint32_t first, last;
};

// Unicode 15: general categories Cc, Cf, Zl, Zp and Zs but for the blank; Default_Ignorable_Code_Point; the
// fillers and the blank Braille pattern, which look like blanks; noncharacters.
static const struct code_range hidden[] = {
    { 0x00, 0x1F },
    { 0x7F, 0xA0 },
    { 0xAD, 0xAD },
    { 0x34F, 0x34F },
    { 0x600, 0x605 },
    { 0x61C, 0x61C },
    { 0x6DD, 0x6DD },
    { 0x70F, 0x70F },
    { 0x890, 0x891 },
    { 0x8E2, 0x8E2 },
    { 0x115F, 0x1160 },
    { 0x1680, 0x1680 },
    { 0x17B4, 0x17B5 },
    { 0x180B, 0x180F },
    { 0x2000, 0x200F },
    { 0x2028, 0x202F },
    { 0x205F, 0x206F },
    { 0x2800, 0x2800 },
    { 0x3000, 0x3000 },
    { 0x3164, 0x3164 },
    { 0xFDD0, 0xFDEF },
    { 0xFE00, 0xFE0F },
    { 0xFEFF, 0xFEFF },
    { 0xFFA0, 0xFFA0 },
    { 0xFFF0, 0xFFFB },
    { 0xFFFE, 0xFFFF },
    { 0x110BD, 0x110BD },
    { 0x110CD, 0x110CD },
    { 0x13430, 0x1343F },
    { 0x1BCA0, 0x1BCA3 },
    { 0x1D159, 0x1D159 },
    { 0x1D173, 0x1D17A },
    { 0xE0000, 0xE0FFF },
};

static bool is_in(uint32_t code, const struct code_range *ranges, size_t count)
{
    for (size_t i = 0; i < count && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

static uint32_t decode(const char *text, size_t length)
{
    static const unsigned char masks[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    uint32_t code = (unsigned char)*text & masks[length];

    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3FU);
    return code;
}

// Whether a command of a CI runner starts here.
static bool is_command(const char *text, size_t length)
{
    size_t at = 2;

    if (length < 3 || text[0] != '#' || text[1] != '#')
        return false;
    while (at < length && ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z')))
        at++;
    return at < length && text[at] == '[';
}

struct visible visible_at(const char *text, size_t length)
{
    unsigned char byte = (unsigned char)*text;
    size_t bytes;
    uint32_t code;

    if (byte >= ' ' && byte < 0x7F)
        return (struct visible){ 1, byte, true, byte == '#' && is_command(text, length) };
    bytes = utf8_sequence(text, length);
    if (!bytes)
        return (struct visible){ 1, byte, false, true };
    code = decode(text, bytes);
    return (struct visible){ bytes, code, true,
        is_in(code, hidden, ARRAY_SIZE(hidden)) || (code & 0xFFFE) == 0xFFFE };
}

size_t visible_escape(const struct visible *character, char out[VISIBLE_MAX])
{
    static const char names[] = "\nn\rr\tt";
    const char *name = character->code && character->code < ' ' ? strchr(names, (int)character->code) : NULL;

    if (name)
        return (size_t)snprintf(out, VISIBLE_MAX, "\\%c", name[1]);
    if (!character->is_valid || character->code <= 0x7F)
        return (size_t)snprintf(out, VISIBLE_MAX, "\\x%02x", (unsigned)(character->code & 0xFF));
    if (character->code <= 0xFFFF)
        return (size_t)snprintf(out, VISIBLE_MAX, "\\u%04x", (unsigned)(character->code & 0xFFFF));
    return (size_t)snprintf(out, VISIBLE_MAX, "\\U%08x", (unsigned)character->code);
}

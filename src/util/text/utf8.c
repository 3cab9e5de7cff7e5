// SPDX-License-Identifier: MIT
#include "util/text/utf8.h"

#include "util/array.h"

#include <stdint.h>
#include <string.h>

// What may follow which first byte: how many bytes, and the range of the second one.
static const struct {
    uint8_t first, last;
    uint8_t more;
    uint8_t second_first, second_last;
} sequences[] = {
    { 0x00, 0x7F, 0, 0x80, 0xBF },
    { 0xC2, 0xDF, 1, 0x80, 0xBF },
    { 0xE0, 0xE0, 2, 0xA0, 0xBF },
    { 0xE1, 0xEC, 2, 0x80, 0xBF },
    { 0xED, 0xED, 2, 0x80, 0x9F },
    { 0xEE, 0xEF, 2, 0x80, 0xBF },
    { 0xF0, 0xF0, 3, 0x90, 0xBF },
    { 0xF1, 0xF3, 3, 0x80, 0xBF },
    { 0xF4, 0xF4, 3, 0x80, 0x8F },
};

static bool follows(const unsigned char *at, size_t length, size_t row)
{
    if (length <= sequences[row].more)
        return false;
    for (size_t i = 1; i <= sequences[row].more; i++) {
        uint8_t first = i == 1 ? sequences[row].second_first : 0x80;
        uint8_t last = i == 1 ? sequences[row].second_last : 0xBF;

        if (at[i] < first || at[i] > last)
            return false;
    }
    return true;
}

size_t utf8_sequence(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;

    for (size_t i = 0; length && i < ARRAY_SIZE(sequences); i++)
        if (*at >= sequences[i].first && *at <= sequences[i].last)
            return follows(at, length, i) ? sequences[i].more + 1U : 0;
    return 0;
}

bool utf8_is_valid(const char *text)
{
    size_t left = strlen(text);

    while (left) {
        size_t length = utf8_sequence(text, left);

        if (!length)
            return false;
        text += length;
        left -= length;
    }
    return true;
}

size_t utf8_length(const char *text)
{
    size_t length = 0;

    for (; *text; text++)
        length += ((unsigned char)*text & 0xC0) != 0x80;
    return length;
}

void utf8_trim(char *text)
{
    const size_t length = strlen(text);
    size_t start = length;

    while (start && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start && !utf8_sequence(text + start - 1, length - start + 1))
        text[start - 1] = '\0';
}

size_t utf16_length(const char *text)
{
    size_t length = utf8_length(text);

    for (; *text; text++) // beyond the basic plane a character takes two
        length += (unsigned char)*text >= 0xF0;
    return length;
}

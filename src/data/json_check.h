// SPDX-License-Identifier: MIT
#ifndef DATA_JSON_CHECK_H
#define DATA_JSON_CHECK_H

// Whether text is one JSON document, strictly by RFC 8259: no comments, no trailing commas, no byte order
// mark, well-formed UTF-8. Both the program and the Lambda functions check what they are given before they
// read it. Nothing is allocated that outlives the call; the text need not end with a NUL.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_rules {
    int depth; // how many arrays and objects may be in each other
    // Also refuses what a C string or a double cannot hold: U+0000, half a surrogate pair, 1e999.
    bool readable;
};

// The first error: the first character that cannot be there, or where the number, escape or unterminated
// string begins that is refused.
struct json_error {
    size_t line, column; // from 1; a column is a character
    char message[96];    // such as "expected ',' or ']', found '}'"
};

// `ret_error` (may be NULL) is set when the answer is false.
bool json_check(
    const char *text, size_t length, const struct json_rules *rules, struct json_error *ret_error);

// Moves a line and a column, both from 1, from `text` on to `end`, which comes after it in the same text.
void json_position(const char *text, const char *end, size_t *line, size_t *column);

// Behind the string whose opening quote is at `text`, in checked JSON.
const char *json_skip_string(const char *text);

// The number of the four hexadecimal digits after "\u"; -1 when they are none.
int32_t json_unit(const char *digits);

#endif

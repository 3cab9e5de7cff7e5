// SPDX-License-Identifier: MIT
#ifndef DATA_JSON_H
#define DATA_JSON_H

// JSON text to values and back.

#include "util/error.h"
#include "util/strbuf.h"

#include <stddef.h>

struct string_list;
struct value;

enum { JSON_DEPTH_LIMIT = 500 }; // arrays and objects in each other

// `name` is the file's, for messages ("NAME:LINE:COLUMN: ..."). What is taken is strictly RFC 8259 in UTF-8
// (data/json_check.h). NULL on error. Numbers become doubles. Of a key that an object has more than once the
// last value counts, as in JavaScript.
struct value *json_parse(const char *text, size_t length, const char *name, struct error *err);
// The same, and adds what such a key is to `duplicates`: "NAME:LINE:COLUMN: duplicate key 'KEY' (first in
// line N)", in the arena of values.
struct value *json_parse_noting(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err);
// The same, but a duplicate key is an error.
struct value *json_parse_unique(const char *text, size_t length, const char *name, struct error *err);

// `indent` 0 writes one line without blanks, as JSON.stringify does; otherwise that many blanks a level.
// ASCII only: other characters are escaped. Numbers as JavaScript prints them. The value must have nothing
// symbolic in it.
void json_write(struct strbuf *out, const struct value *value, int indent);
// The same with characters beyond ASCII as they are.
void json_write_unicode(struct strbuf *out, const struct value *value, int indent);
// One line as JavaScript's JSON.stringify writes it, for text that is hashed or embedded.
void json_stringify(struct strbuf *out, const struct value *value);
// The text of one string, with quotes; ASCII only.
void json_write_string(struct strbuf *out, const char *text);
// As JavaScript prints a number.
void json_write_number(struct strbuf *out, double number);

#endif

// SPDX-License-Identifier: MIT
#ifndef RUNTIME_JSON_H
#define RUNTIME_JSON_H

// JSON as slices of the text it came in: json_slice() checks a whole document once (RFC 8259), after which a
// value is its type and where it lies, so that numbers keep every digit and a part can be handed on as it is.
// Nothing is allocated; the text must outlive its slices.

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

enum json_type {
    JSON_NONE,
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_type type; // JSON_NONE: no value
    const char *text;    // of a string, its opening quote
    size_t length;
};

// A document deeper than this is refused. EventBridge takes 1,100 levels, and delivers them inside another
// one.
#define JSON_MAX_DEPTH 1101

// False when the text is not one JSON document; white space around it is fine.
bool json_slice(const char *text, size_t length, struct json *ret);

// Member of an object; JSON_NONE when the value is no object or lacks it. Of members that share a name the
// last one counts, as it does for PostgreSQL's jsonb.
struct json json_member(struct json object, const char *name);

// Member of a member, names separated by dots: "actor.id".
struct json json_path(struct json object, const char *path);

// Walks an array or the values of an object: start with {0}, stop at JSON_NONE.
struct json_walk {
    const char *at;
};
struct json json_next(struct json container, struct json_walk *walk, struct json *ret_name);

// Appends a string's characters as UTF-8. False when the value is no string, or holds U+0000 or half a
// surrogate pair, neither of which PostgreSQL can store.
bool json_decode(struct json string, struct strbuf *out);

// True when the value is a string of exactly these characters.
bool json_equals(struct json string, const char *text);

// True and the value when it is a whole number that fits.
bool json_integer(struct json number, long *ret);

// Appends text as a JSON string, quotes included.
void json_quote(struct strbuf *out, const char *text, size_t length);

#endif

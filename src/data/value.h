// SPDX-License-Identifier: MIT
#ifndef DATA_VALUE_H
#define DATA_VALUE_H

// A value of a JSON or YAML document: a tree of strings, numbers, booleans, arrays and objects, whose keys
// keep their order. Values live in the current arena (see value_arena_use) and die with it; nothing is freed
// one by one. A value may be shared by several parents; it must not change once it is attached, except that
// arrays may be appended to as long as nobody has read them (for statements, rules, environments that come
// late).
//
// NULL stands for "not there": every function takes it and passes it on, and arrays and objects drop it, as
// the CDK drops undefined.
//
// A token is a value that is known only later. What it stands for is the business of those who make it
// (cdk/token.h); here it can be carried about and compared.

#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct value;

enum value_type {
    VALUE_NULL, // JSON's null: only from parsed text
    VALUE_BOOLEAN,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_OBJECT,
    VALUE_TOKEN,
};

struct field {
    const char *key;
    struct value *value; // NULL: the field is dropped
};

#define END                                                                                                  \
    {                                                                                                        \
        NULL, NULL                                                                                           \
    }

// The arena that values are made in from now on; returns the one before. An app makes its own current (see
// cdk/app.h).
struct arena *value_arena_use(struct arena *arena);
struct arena *value_arena(void);
// The same until the end of the block.
#define VALUE_ARENA_SCOPE(target)                                                                            \
    __attribute__((cleanup(value_arena_restore), unused)) struct arena *value_arena_before =                 \
        value_arena_use(target)
void value_arena_restore(struct arena *const *before); // for VALUE_ARENA_SCOPE

// Making values. Strings are copied.

struct value *null(void);
struct value *boolean(bool truth);
struct value *number(double number);
// A number that is written as these digits, a number of JSON.
struct value *number_as_written(double number, const char *digits);
struct value *string(const char *text); // NULL gives NULL
struct value *string_n(const char *text, size_t length);
struct value *stringf(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct value *array(void);
// `items` ends with NULL; array_n's may hold NULLs, which are dropped.
struct value *array_of(struct value *const *items);
struct value *array_n(struct value *const *items, size_t count);
struct value *strings(const char *const *items);  // ends with NULL; NULL gives NULL
struct value *object(const struct field *fields); // ends with END; keys are copied
void array_append(struct value *array, struct value *item);
void array_append_all(struct value *array, const struct value *items);
// Sets or replaces a key; a key or value of NULL leaves the object as it is.
void object_set(struct value *object, const char *key, struct value *value);
void object_remove(struct value *object, const char *key);
// The same array or object, but dropped at synthesis when it is empty then (CDK's omitEmpty).
struct value *omit_empty(struct value *value);

// Looking at values. Those of another type than asked for give "nothing": NULL, 0, false.

enum value_type value_type(const struct value *value);
// An object with one key, Ref or Fn::...: an intrinsic function of CloudFormation.
bool value_is_intrinsic(const struct value *value);
// A token has a string where its maker knows it already; that one is made in the current arena.
const char *value_string(const struct value *value);
const char *value_string_or_empty(const struct value *value);
double value_number(const struct value *value);
const char *value_digits(const struct value *value); // as number_as_written() was told; else NULL
bool value_boolean(const struct value *value);
size_t value_length(const struct value *value); // of an array or object
struct value *array_at(const struct value *array, size_t index);
// Never NULL: a field without a name and value where there is none, so that an array in the place of an
// object does no harm.
const struct field *object_at(const struct value *object, size_t index);
struct value *object_get(const struct value *object, const char *key);
// The string there; NULL, or "", when there is none. What is read of others (files, answers of AWS) may hold
// anything anywhere: the one that can be NULL gets a name and is looked at, or goes to a function that takes
// NULL.
const char *object_string(const struct value *object, const char *key);
const char *object_string_or_empty(const struct value *object, const char *key);
// The value at a path of keys that ends with NULL.
struct value *object_get_path(const struct value *object, const char *const *keys);

// The same data: order of keys does not matter. Tokens are equal when their maker says so.
bool value_equal(const struct value *a, const struct value *b);

#endif

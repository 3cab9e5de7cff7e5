// SPDX-License-Identifier: MIT
#ifndef CDK_VALUE_H
#define CDK_VALUE_H

// A value of a CloudFormation template: a tree of strings, numbers, booleans, arrays and objects, with
// references and other parts that stay symbolic until synthesis (CDK's tokens). Values live in the current
// arena (see value_arena_use) and die with it; nothing is freed one by one. A value may be shared by several
// parents; it must not change once it is attached, except that arrays may be appended to until synthesis (for
// statements, rules, environments that come late).
//
// NULL stands for "not there": every function takes it and passes it on, and arrays and objects drop it, as
// the CDK drops undefined.

#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct resource;
struct value;

enum value_type {
    VALUE_NULL, // JSON's null: only from parsed text
    VALUE_BOOLEAN,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_OBJECT,
    // From here on symbolic: gone after resolution.
    VALUE_REFERENCE, // Ref or Fn::GetAtt of a resource
    VALUE_JOIN,      // Fn::Join, in the shortest form that says the same
    VALUE_JSON,      // the JSON text of a value
    VALUE_LAZY,      // made at synthesis
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
// app.h).
struct arena *value_arena_use(struct arena *arena);
struct arena *value_arena(void);

// Making values. Strings are copied.

struct value *null(void);
struct value *boolean(bool truth);
struct value *number(double number);
struct value *string(const char *text); // NULL gives NULL
struct value *string_n(const char *text, size_t length);
struct value *stringf(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct value *array(void);
// `items` ends with NULL; array_n's may hold NULLs, which are dropped.
struct value *array_of(struct value *const *items);
struct value *array_n(struct value *const *items, size_t count);
struct value *strings(const char *const *texts);  // ends with NULL; NULL gives NULL
struct value *object(const struct field *fields); // ends with END; keys are copied
void array_append(struct value *array, struct value *item);
void array_append_all(struct value *array, const struct value *items);
// Sets or replaces a key; a value of NULL leaves the object as it is.
void object_set(struct value *object, const char *key, struct value *value);
void object_remove(struct value *object, const char *key);
// The same array or object, but dropped at synthesis when it is empty then (CDK's omitEmpty).
struct value *omit_empty(struct value *value);

// Text made of parts, some of them symbolic; parts end with NULL. Resolves to a string, or to an Fn::Join as
// the CDK makes it.
struct value *concat(struct value *const *parts);
// Formats: %s takes a const char *, %v a struct value *, %d an int, %% a percent sign.
struct value *concatf(const char *format, ...);
// The JSON text of `value` (CDK's Stack.toJsonString), an Fn::Join where parts are only known at deployment.
struct value *json_text(struct value *value);
// `produce` is called once, at synthesis, after aspects have run; it may return NULL.
struct value *lazy(struct value *(*produce)(void *data), void *data);

// References and intrinsic functions (CloudFormation's "Intrinsic function reference").

struct value *ref(const struct resource *resource);
struct value *get_att(const struct resource *resource, const char *attribute);
// An attribute that is a list of strings: crosses stacks joined by "||".
struct value *get_att_list(const struct resource *resource, const char *attribute);
// The same reference, but stacks of another account or region get `elsewhere`: what the name of the resource
// tells without asking CloudFormation (CDK's getResourceArnAttribute). An `elsewhere` of NULL changes
// nothing.
struct value *across_environments(struct value *reference, struct value *elsewhere);
struct value *fn_join(const char *delimiter, struct value *list);
// These two give the result itself where all is literal; NULL when there is no such item.
struct value *fn_select(int index, struct value *list);
struct value *fn_split(const char *delimiter, struct value *text);
struct value *fn_get_azs(const char *region); // "": the stack's region
struct value *fn_sub(const char *text);
struct value *fn_import_value(struct value *name);
// Pseudo parameters.
struct value *aws_account_id(void);
struct value *aws_region(void);
struct value *aws_partition(void);
struct value *aws_url_suffix(void);
struct value *aws_stack_id(void);
struct value *aws_stack_name(void);
struct value *aws_no_value(void);

// Looking at values. Those of another type than asked for give "nothing": NULL, 0, false.

enum value_type value_type(const struct value *value);
// False for what is known only at synthesis or at deployment: references, joins, intrinsic functions (CDK's
// Token.isUnresolved). Looks at the value itself, not into arrays and plain objects.
bool value_is_literal(const struct value *value);
struct value *value_if_literal(struct value *value); // NULL for any other
bool value_is_intrinsic(const struct value *value);  // an object with one key, Ref or Fn::...
const char *value_string(const struct value *value);
double value_number(const struct value *value);
bool value_boolean(const struct value *value);
size_t value_length(const struct value *value); // of an array or object
struct value *array_at(const struct value *array, size_t index);
const struct field *object_at(const struct value *object, size_t index);
struct value *object_get(const struct value *object, const char *key);
// The text there; NULL, or "", when there is none.
const char *object_text(const struct value *object, const char *key);
const char *object_text_or_empty(const struct value *object, const char *key);
// The value at a path of keys that ends with NULL.
struct value *object_get_path(const struct value *object, const char *const *keys);

// The same data: order of keys does not matter. Symbolic values are equal when they say the same.
bool value_equal(const struct value *a, const struct value *b);

// What a reference refers to; attribute is NULL for Ref.
const struct resource *reference_target(const struct value *reference);
const char *reference_attribute(const struct value *reference);

#endif

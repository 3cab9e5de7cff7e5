// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

// CloudFormation templates, JSON or YAML, as values. YAML is what CloudFormation takes ("CloudFormation
// template formats", "Intrinsic function reference") and a little more: all short forms of functions, which
// become the long ones, anchors, aliases and merge keys. Values live in the current value arena.

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct string_list;
struct value;

enum {
    TEMPLATE_DEPTH_LIMIT = 500,
    TEMPLATE_SIZE_LIMIT = 64 * 1024 * 1024, // bytes; CloudFormation itself takes 1 MB
};

// Text that begins with '{' is JSON, unless `name` ends with ".yaml" or ".yml". `name` is the file's, for
// messages ("NAME:LINE:COLUMN: ..."). NULL on error: broken text, more than one document, values nested too
// deeply, aliases that stand for too much, or what is not a template: an object with "Resources" or a macro
// that may make them, or an empty one. Of a key that an object has more than once the last value counts, as
// for CloudFormation.
struct value *template_parse(const char *text, size_t length, const char *name, struct error *err);
// The same, and adds such keys to `duplicates`, which may be NULL: "NAME:LINE:COLUMN: duplicate key 'KEY'
// (first in line N)".
struct value *template_parse_noting(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err);
// The same of a file.
struct value *template_read(const char *path, struct string_list *duplicates, struct error *err);

// Any YAML, with CloudFormation's tags.
struct value *template_parse_yaml(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err);

// Any value, with CloudFormation's tags: what a template is need not hold.
struct value *template_parse_any(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err);
// Whether it is read as JSON.
bool template_is_json(const char *text, size_t length, const char *name);

// The resources by logical id; NULL where a macro makes them of something else.
const struct value *template_resources(const struct value *template);

#endif

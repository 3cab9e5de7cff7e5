// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_MODEL_H
#define SCHEMA_TOOLS_MODEL_H

// schema/cloudformation.txt in memory. Everything lives in the model's arena.

#include "schema/schema.h"
#include "util/arena.h"
#include "util/map.h"

#include <stddef.h>
#include <stdint.h>

// A string of the string table; there is one for each text.
struct text {
    const char *data;
    uint32_t id; // in the order of strcmp, from 1
};

struct texts {
    struct text **items;
    size_t count, capacity;
};

struct type {
    enum schema_kind kind;
    struct type *child;    // of an array, map or union: the first
    struct type *next;     // in a union
    struct text *name;     // of an object
    struct object *object; // likewise
    struct texts allowed;
    struct text *pattern;
    struct schema_range range;
};

struct property {
    struct text *name;
    struct type *type;
    struct text *default_value;
    struct texts refers;
    uint32_t flags;
    uint32_t replacement;
    uint32_t scrutiny;
};

struct object {
    struct text *name; // of a nested type
    struct property *properties;
    size_t count, capacity;
    uint32_t row;
    uint32_t next_row; // while rows are made
};

struct resource {
    struct text *type, *arn, *transform, *tag_property;
    struct texts identifier, ref, replacing_paths;
    uint32_t tags, scrutiny, is_stateful;
    struct object properties, attributes;
    struct object *nested;
    size_t nested_count, nested_capacity;
};

struct model {
    struct arena arena;
    struct map by_data; // of struct text
    struct texts texts;
    struct texts sources;
    struct resource *resources;
    size_t count, capacity;
};

// Both die on what they do not understand, with file and line.
void model_read(struct model *model, const char *path, const char *content);
// `type_line` is what follows a property's name; it is changed.
void property_read(struct model *model, struct property *property, char *line);

// When every string is there: gives them their ids.
void model_number_strings(struct model *model);

// Of a text file: hands out its lines that are neither empty nor comments; they may be changed.
void model_each_line(struct model *model, const char *path, const char *content,
    void (*read)(void *context, char *line), void *context);
struct text *model_text(struct model *model, const char *data, size_t length);
void texts_add(struct model *model, struct texts *texts, struct text *text);
// Look-ups are binary searches, so names have to be in order; `before` may be NULL.
void model_check_order(const struct text *before, const struct text *name);
// Dies with the line that is being read.
_Noreturn void model_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
enum schema_scrutiny scrutiny_read(const char *name);

#endif

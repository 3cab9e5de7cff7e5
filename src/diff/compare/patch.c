// SPDX-License-Identifier: MIT
#include "diff/compare/patch.h"

#include "data/value.h"
#include "util/strbuf.h"

#include <stdlib.h>

struct patch {
    struct value *operations;
    struct strbuf path; // a JSON Pointer (RFC 6901)
};

static void add_operation(struct patch *patch, const char *op, const struct value *value)
{
    array_append(patch->operations,
        object((struct field[]){
            { "op", string(op) },
            { "path", string(patch->path.data) },
            { "value", (struct value *)value },
            END,
        }));
}

static size_t enter_key(struct patch *patch, const char *key)
{
    size_t length = patch->path.length;

    strbuf_add_char(&patch->path, '/');
    for (; *key; key++) {
        if (*key == '~')
            strbuf_add_string(&patch->path, "~0");
        else if (*key == '/')
            strbuf_add_string(&patch->path, "~1");
        else
            strbuf_add_char(&patch->path, *key);
    }
    return length;
}

static size_t enter_index(struct patch *patch, size_t index)
{
    size_t length = patch->path.length;

    strbuf_addf(&patch->path, "/%zu", index);
    return length;
}

static void patch_value(struct patch *patch, const struct value *before, const struct value *after);

static void patch_object(struct patch *patch, const struct value *before, const struct value *after)
{
    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);
        const struct value *other = object_get(after, field->key);
        size_t outside = enter_key(patch, field->key);

        if (other)
            patch_value(patch, field->value, other);
        else
            add_operation(patch, "remove", NULL);
        strbuf_truncate(&patch->path, outside);
    }
    for (size_t i = 0; i < value_length(after); i++) {
        const struct field *field = object_at(after, i);
        size_t outside;

        if (object_get(before, field->key))
            continue;
        outside = enter_key(patch, field->key);
        add_operation(patch, "add", field->value);
        strbuf_truncate(&patch->path, outside);
    }
}

static void at_index(struct patch *patch, size_t index, const char *op, const struct value *value)
{
    size_t outside = enter_index(patch, index);

    add_operation(patch, op, value);
    strbuf_truncate(&patch->path, outside);
}

// What both ends have in common stays; of the rest, items in the same place are compared.
static void patch_array(struct patch *patch, const struct value *before, const struct value *after)
{
    size_t old_end = value_length(before), new_end = value_length(after), start = 0;

    while (start < old_end && start < new_end && value_equal(array_at(before, start), array_at(after, start)))
        start++;
    while (old_end > start && new_end > start &&
        value_equal(array_at(before, old_end - 1), array_at(after, new_end - 1))) {
        old_end--;
        new_end--;
    }
    for (; start < old_end && start < new_end; start++) {
        size_t outside = enter_index(patch, start);

        patch_value(patch, array_at(before, start), array_at(after, start));
        strbuf_truncate(&patch->path, outside);
    }
    for (size_t i = old_end; i > start && i > new_end; i--)
        at_index(patch, i - 1, "remove", NULL);
    for (size_t i = start; i < new_end; i++)
        at_index(patch, i, "add", array_at(after, i));
}

static void patch_value(struct patch *patch, const struct value *before, const struct value *after)
{
    enum value_type type = value_type(before);

    if (type == VALUE_OBJECT && value_type(after) == VALUE_OBJECT)
        patch_object(patch, before, after);
    else if (type == VALUE_ARRAY && value_type(after) == VALUE_ARRAY)
        patch_array(patch, before, after);
    else if (!value_equal(before, after))
        add_operation(patch, "replace", after);
}

struct value *diff_patch(const struct value *before, const struct value *after)
{
    struct patch patch = { array(), STRBUF_INIT };

    patch_value(&patch, before, after);
    strbuf_release(&patch.path);
    return patch.operations;
}

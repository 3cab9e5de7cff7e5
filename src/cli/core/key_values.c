// SPDX-License-Identifier: MIT
#include "cli/core/key_values.h"

#include "data/value.h"

#include <string.h>

const char *key_value_split(const char *argument)
{
    const char *equals = strchr(argument, '=');

    return equals == argument ? NULL : equals;
}

struct value *key_values_read(const struct string_list *texts)
{
    struct value *key_values = object((struct field[]){ END });

    for (size_t i = 0; i < texts->count; i++) {
        const char *text = texts->items[i], *equals = key_value_split(text);

        object_set(
            key_values, arena_strndup(value_arena(), text, (size_t)(equals - text)), string(equals + 1));
    }
    return key_values;
}

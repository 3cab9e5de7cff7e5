// SPDX-License-Identifier: MIT
#include "cli/core/key_values.h"

#include "data/value.h"

#include <string.h>

const char *key_value_split(const char *argument)
{
    const char *equals = strchr(argument, '=');

    return equals == argument ? NULL : equals;
}

int key_values_read(
    const struct string_list *texts, const char *option, struct value **ret_key_values, struct error *err)
{
    *ret_key_values = object((struct field[]){ END });
    for (size_t i = 0; i < texts->count; i++) {
        const char *text = texts->items[i], *equals = key_value_split(text);

        if (!equals)
            return error_set(err, "'--%s %s' is not of the form KEY=VALUE", option, text);
        object_set(
            *ret_key_values, arena_strndup(value_arena(), text, (size_t)(equals - text)), string(equals + 1));
    }
    return 0;
}

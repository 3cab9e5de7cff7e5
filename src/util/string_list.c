// SPDX-License-Identifier: MIT
#include "util/string_list.h"

#include <string.h>

void string_list_add(struct string_list *list, struct arena *arena, const char *string)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = string;
}

bool string_list_has(const struct string_list *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], string) == 0)
            return true;
    return false;
}

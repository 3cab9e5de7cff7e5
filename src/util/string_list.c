// SPDX-License-Identifier: MIT
#include "util/string_list.h"

void string_list_add(struct string_list *list, struct arena *arena, const char *string)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = string;
}

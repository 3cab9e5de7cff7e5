// SPDX-License-Identifier: MIT
#ifndef UTIL_STRING_LIST_H
#define UTIL_STRING_LIST_H

// A list of strings that grows in an arena. {0} is an empty one; the strings are borrowed.

#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct string_list {
    const char **items;
    size_t count;
    size_t capacity;
};

void string_list_add(struct string_list *list, struct arena *arena, const char *string);
bool string_list_has(const struct string_list *list, const char *string);

#endif

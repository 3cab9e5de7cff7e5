// SPDX-License-Identifier: MIT
#include "validate/validate.h"

#include "util/arena.h"

static const char *copy(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

void template_findings_add(
    struct arena *arena, struct template_findings *all, const struct template_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct template_finding item = findings->items[i];

        item.id = copy(arena, item.id);
        item.file = copy(arena, item.file);
        item.pointer = copy(arena, item.pointer);
        item.message = copy(arena, item.message);
        item.resource = copy(arena, item.resource);
        item.construct = copy(arena, item.construct);
        item.place = copy(arena, item.place);
        item.line = copy(arena, item.line);
        all->items = arena_grow(arena, all->items, all->count, &all->capacity, sizeof(*all->items));
        all->items[all->count++] = item;
    }
    all->errors += findings->errors;
    all->warnings += findings->warnings;
    all->infos += findings->infos;
}

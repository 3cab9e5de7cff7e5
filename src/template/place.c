// SPDX-License-Identifier: MIT
#include "template/place.h"

#include "data/value.h"
#include "template/cloud_assembly.h"

#include <string.h>

// "new Queue (/app/lib/shop.ts:12:5)", or the place alone; NULL: it is in a library.
static const char *place_in_frame(const char *frame)
{
    const char *open = strrchr(frame, '(');
    size_t length = open ? strcspn(open + 1, ")") : 0;

    if (strstr(frame, "node_modules/") || strstr(frame, "node:internal"))
        return NULL;
    return open ? arena_strndup(value_arena(), open + 1, length) : frame;
}

// The first frame that is not in a library.
static const char *place_in_trace(const struct value *trace)
{
    for (size_t i = 0; i < value_length(trace); i++) {
        const char *frame = value_string(array_at(trace, i));
        const char *place = frame ? place_in_frame(frame) : NULL;

        if (place)
            return place;
    }
    return NULL;
}

static const char *place_in_entries(const struct value *entries)
{
    const char *place = NULL;

    for (size_t i = 0; i < value_length(entries) && !place; i++)
        place = place_in_trace(object_get(array_at(entries, i), "trace"));
    return place;
}

const char *cloud_stack_place(const struct cloud_stack *stack, const char *construct)
{
    const struct value *entries = object_get(stack->metadata, arena_printf(value_arena(), "/%s", construct));
    const char *place = place_in_entries(entries);
    size_t length = strlen(construct);

    while (!place && length) {
        const char *path = arena_strndup(value_arena(), construct, length);
        const char *slash = strrchr(path, '/');

        place = object_string(stack->places, path);
        length = slash ? (size_t)(slash - path) : 0;
    }
    return place;
}

// SPDX-License-Identifier: MIT
#include "diagram/edges.h"
#include "diagram/structure.h"

#include "data/value.h"
#include "util/strbuf.h"

#include <stdint.h>
#include <string.h>

enum {
    HASH_LENGTH = 8, // that the CDK puts behind logical ids
    MOST_PARTS = 20, // of a path in a name
};

// "Stack/Parent/Child/Resource" without what says nothing.
static const char *meaningful_path(const char *path)
{
    static const char *const defaults[] = { "/Resource", "/Default" };
    const char *last;

    path += *path == '/';
    last = strrchr(path, '/');
    for (size_t i = 0; last && i < 2; i++)
        if (strcmp(last, defaults[i]) == 0)
            return arena_strndup(value_arena(), path, (size_t)(last - path));
    return path;
}

static const char *name_of_id(const char *id)
{
    size_t length = strlen(id);

    if (length > HASH_LENGTH && strspn(id + length - HASH_LENGTH, "0123456789ABCDEF") == HASH_LENGTH)
        return arena_strndup(value_arena(), id, length - HASH_LENGTH);
    return id;
}

// The last parts of a path; all of it where it has fewer.
static const char *last_parts(const char *path, size_t parts)
{
    const char *start = path + strlen(path);

    while (start > path && parts)
        if (*--start == '/')
            parts--;
    return *start == '/' ? start + 1 : start;
}

const char *resource_title(const struct diagram_resource *resource)
{
    return diagram_clean_text(
        resource->path ? meaningful_path(resource->path) : name_of_id(resource->id), DIAGRAM_PATH_LIMIT);
}

// Gives those a part more that share their name with another node of their stack; whether there were any.
static bool lengthen(const struct diagram *diagram, size_t *parts)
{
    bool is_changed = false;
    struct map names;

    map_init(&names, value_arena());
    for (size_t i = 0; i < diagram->node_count; i++) {
        const struct diagram_node *node = &diagram->nodes[i];
        const char *key =
            arena_printf(value_arena(), "%zu %s", node->stack, last_parts(node->path, parts[i]));
        uintptr_t other = (uintptr_t)map_get(&names, key);

        map_set(&names, key, (void *)(i + 1));
        if (!other || strcmp(diagram->nodes[other - 1].path, node->path) == 0)
            continue;
        parts[i]++;
        parts[other - 1] += parts[other - 1] < parts[i];
        is_changed = true;
    }
    return is_changed;
}

void name_nodes(struct diagram *diagram)
{
    size_t *parts = arena_alloc(value_arena(), (diagram->node_count + 1) * sizeof(*parts));

    for (size_t i = 0; i < diagram->node_count; i++)
        parts[i] = 1;
    for (int round = 0; round < MOST_PARTS && lengthen(diagram, parts); round++)
        ;
    for (size_t i = 0; i < diagram->node_count; i++) {
        struct diagram_node *node = &diagram->nodes[i];

        if (!node->name)
            node->name = diagram_clean_text(last_parts(node->path, parts[i]), DIAGRAM_NAME_LIMIT);
    }
}

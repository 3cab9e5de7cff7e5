// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"

#include <string.h>

static bool is_default_child(const char *name)
{
    return strcmp(name, "/Resource") == 0 || strcmp(name, "/Default") == 0;
}

// "Stack/Parent/Child/Resource" without what says nothing (@aws-cdk/cloudformation-diff: format.ts).
static const char *display_path(const char *path)
{
    const char *slash, *last;

    path += *path == '/';
    slash = strchr(path, '/');
    if (!slash)
        return path;
    path = slash + 1;
    last = strrchr(path, '/');
    if (last && is_default_child(last))
        return arena_strndup(value_arena(), path, (size_t)(last - path));
    return path;
}

static const char *path_in(const struct value *template, const char *id)
{
    const struct value *resource = object_get(object_get(template, "Resources"), id);

    return object_string(object_get(resource, "Metadata"), "aws:cdk:path");
}

const char *diff_construct_path(const struct diff_stack *stack, const char *id)
{
    const char *path = path_in(stack->after, id);

    if (!path)
        path = path_in(stack->before, id);
    if (!path)
        path = object_string(stack->paths, id);
    return path ? display_path(path) : NULL;
}

// SPDX-License-Identifier: MIT
#include "cli/validate/inputs.h"

#include "data/value.h"
#include "util/array.h"
#include "util/file/file_tree.h"

#include <string.h>
#include <sys/stat.h>

static const char *const extensions[] = { ".json", ".yaml", ".yml", ".template" };

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool may_be_template(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(extensions); i++)
        if (ends_with(name, extensions[i]))
            return true;
    return false;
}

// Directories of things that others have made, and those that are hidden.
static bool is_left_out(const char *name)
{
    return *name == '.' || strstr(name, "/.") || strncmp(name, "node_modules/", 13) == 0 ||
        strstr(name, "/node_modules/") || strncmp(name, "asset.", 6) == 0 || strstr(name, "/asset.");
}

void validate_inputs_add(struct validate_inputs *inputs, const struct validate_input *input)
{
    inputs->items =
        arena_grow(value_arena(), inputs->items, inputs->count, &inputs->capacity, sizeof(*inputs->items));
    inputs->items[inputs->count++] = *input;
}

int validate_inputs_find(struct validate_inputs *inputs, const char *path, struct error *err)
{
    size_t before = inputs->count;
    struct stat status;
    struct tree tree;

    if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
        validate_inputs_add(inputs, &(struct validate_input){ .path = path, .is_certain = true });
        return 0;
    }
    if (tree_read(path, value_arena(), &tree, err) < 0)
        return -1;
    for (size_t i = 0; i < tree.count; i++)
        if (may_be_template(tree.files[i].name) && !is_left_out(tree.files[i].name))
            validate_inputs_add(inputs, &(struct validate_input){ .path = tree.files[i].path });
    if (inputs->count == before)
        return error_set(
            err, "there is no template in '%s': no file ends with .json, .yaml, .yml or .template", path);
    return 0;
}

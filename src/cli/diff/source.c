// SPDX-License-Identifier: MIT
#include "cli/diff/source.h"

#include "cli/stacks/target_stacks.h"
#include "data/value.h"
#include "util/map.h"

#include <stdint.h>
#include <string.h>

void diff_templates_add(struct diff_templates *templates, const char *name, const struct value *template,
    const struct value *paths)
{
    templates->items = arena_grow(
        value_arena(), templates->items, templates->count, &templates->capacity, sizeof(*templates->items));
    templates->items[templates->count++] = (struct diff_template){
        .name = arena_strdup(value_arena(), name), .template = template, .paths = paths
    };
}

struct value *diff_paths_of_metadata(const struct value *metadata)
{
    struct value *paths = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(metadata) && value_type(metadata) == VALUE_OBJECT; i++) {
        const struct field *field = object_at(metadata, i);

        for (size_t j = 0; j < value_length(field->value) && value_type(field->value) == VALUE_ARRAY; j++) {
            const struct value *entry = array_at(field->value, j);
            const char *type = object_string(entry, "type");
            const char *id = object_string(entry, "data");

            if (type && id && strcmp(type, "aws:cdk:logicalId") == 0)
                object_set(paths, id, string(field->key));
        }
    }
    return paths;
}

static struct diff_templates names_of_chosen(const struct target_stacks *target)
{
    struct diff_templates chosen = { 0 };

    for (size_t i = 0; i < target->assembly.stack_count; i++)
        if (target->chosen[i])
            diff_templates_add(&chosen, target->assembly.stacks[i].id, NULL, NULL);
    return chosen;
}

int diff_read_app(const struct target_stacks *target, struct diff_templates *templates, struct error *err)
{
    const struct diff_templates chosen = names_of_chosen(target);

    if (!target->is_in_memory) {
        if (diff_read_path(target->assembly.directory, templates, err) < 0)
            return -1;
        diff_templates_copy(templates, &chosen);
        return 0;
    }
    for (size_t i = 0; i < target->assembly.stack_count; i++) {
        const struct cloud_stack *stack = &target->assembly.stacks[i];

        if (target->chosen[i])
            diff_templates_add(
                templates, stack->id, stack->template, diff_paths_of_metadata(stack->metadata));
    }
    return 0;
}

struct pairing {
    struct diff_input *inputs;
    size_t count;
    struct map places; // from a name to its place among the inputs, plus 1
};

static void add_pair(struct pairing *pairing, const char *name)
{
    pairing->inputs[pairing->count++] = (struct diff_input){ .name = name };
    map_set(&pairing->places, name, (void *)(uintptr_t)pairing->count);
}

static struct diff_input *find(struct pairing *pairing, const char *name)
{
    uintptr_t place = (uintptr_t)map_get(&pairing->places, name);

    if (!place) {
        add_pair(pairing, name);
        place = pairing->count;
    }
    return &pairing->inputs[place - 1];
}

static bool is_wanted(const struct map *names, const char *name, const char *owner)
{
    return map_get(names, owner ? owner : name);
}

void diff_templates_copy(struct diff_templates *templates, const struct diff_templates *wanted)
{
    struct map names;
    size_t kept = 0;

    if (templates->is_single_file)
        return;
    map_init(&names, value_arena());
    for (size_t i = 0; i < wanted->count; i++)
        map_set(&names, wanted->items[i].name, (void *)wanted);
    for (size_t i = 0; i < templates->count; i++) {
        const struct diff_template *template = &templates->items[i];

        if (is_wanted(&names, template->name, template->owner))
            templates->items[kept++] = *template;
    }
    templates->count = kept;
    kept = 0;
    for (size_t i = 0; i < templates->left_out_count; i++)
        if (is_wanted(&names, templates->left_out[i].name, templates->left_out[i].owner))
            templates->left_out[kept++] = templates->left_out[i];
    templates->left_out_count = kept;
}

// What is nested in a stack goes with it.
static bool is_left_out(const struct diff_templates *other, const struct diff_template *template)
{
    for (size_t i = 0; i < other->left_out_count; i++) {
        const char *name = other->left_out[i].name;
        size_t length = strlen(name);

        if (strcmp(template->name, name) == 0 ||
            (template->owner && strncmp(template->name, name, length) == 0 && template->name[length] == '/'))
            return true;
    }
    return false;
}

// Removed resources have paths only on the side before.
static const struct value *join_paths(const struct value *before, const struct value *after)
{
    struct value *paths;

    if (!before || !after)
        return after ? after : before;
    paths = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(after); i++)
        object_set(paths, object_at(after, i)->key, object_at(after, i)->value);
    for (size_t i = 0; i < value_length(before); i++)
        if (!object_get(after, object_at(before, i)->key))
            object_set(paths, object_at(before, i)->key, object_at(before, i)->value);
    return paths;
}

struct diff_input *diff_pair(
    const struct diff_templates *before, const struct diff_templates *after, size_t *ret_count)
{
    bool by_name = before->count != 1 || after->count != 1 || !before->is_single_file;
    struct pairing pairing = { 0 };

    pairing.inputs = arena_alloc(value_arena(), (before->count + after->count + 1) * sizeof(*pairing.inputs));
    map_init(&pairing.places, value_arena());
    for (size_t i = 0; i < after->count; i++) {
        struct diff_input *input;

        if (is_left_out(before, &after->items[i]))
            continue;
        input = find(&pairing, after->items[i].name);
        input->after = after->items[i].template;
        input->paths = after->items[i].paths;
    }
    for (size_t i = 0; i < before->count; i++) {
        struct diff_input *input;

        if (is_left_out(after, &before->items[i]))
            continue;
        input = find(&pairing, by_name ? before->items[i].name : after->items[0].name);
        input->before = before->items[i].template;
        input->settings_before = before->items[i].settings;
        input->settings_after = before->items[i].wanted_settings;
        input->importers = before->items[i].importers;
        input->changes = before->items[i].changes;
        input->drifts = before->items[i].drifts;
        input->note = before->items[i].note;
        input->paths = join_paths(before->items[i].paths, input->paths);
    }
    *ret_count = pairing.count;
    return pairing.inputs;
}

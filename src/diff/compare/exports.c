// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "diff/compare/intrinsic.h"
#include "template/references.h"
#include "util/map.h"
#include "util/string_list.h"

#include <string.h>

// CloudFormation refuses to remove or change an export while a stack imports it ("Exporting stack output
// values"), and what counts are the importers as they are before.

struct imports {
    struct map names; // from an export's name to a struct string_list, the stacks that import it
    const struct diff_stack *stack;
};

static const char *export_name(const struct value *output)
{
    const struct value *name = object_get(object_get(output, "Export"), "Name");

    return name ? diff_intrinsic_text(name) : NULL;
}

static struct map exports_of(const struct value *template)
{
    const struct value *outputs = object_get(template, "Outputs");
    struct map exports;

    map_init(&exports, value_arena());
    for (size_t i = 0; i < value_length(outputs) && value_type(outputs) == VALUE_OBJECT; i++) {
        const char *name = export_name(object_at(outputs, i)->value);

        if (name)
            map_set(&exports, name, (void *)object_at(outputs, i));
    }
    return exports;
}

static void found_replaced(void *data, const struct template_reference *reference)
{
    const struct map **replaced = data;

    if (reference->id && map_get(replaced[0], reference->id))
        replaced[1] = replaced[0];
}

static bool refers_to_replaced(const struct value *value, const struct map *replaced)
{
    const struct map *search[] = { replaced, NULL };

    template_each_reference(value, found_replaced, search);
    return search[1] != NULL;
}

static struct map replaced_resources(const struct diff_stack *stack)
{
    struct map replaced;

    map_init(&replaced, value_arena());
    for (size_t i = 0; i < stack->resource_count; i++)
        if (stack->resources[i].impact == DIFF_REPLACE)
            map_set(&replaced, stack->resources[i].id, &stack->resources[i]);
    return replaced;
}

static bool changes(const struct field *before, const struct field *after, const struct map *replaced,
    const struct comparison *comparison)
{
    const struct value *value = object_get(after->value, "Value");

    return !diff_equal(object_get(before->value, "Value"), value, &comparison->equality) ||
        refers_to_replaced(value, replaced);
}

static void list_exports(struct diff_stack *stack, const struct comparison *comparison)
{
    const struct value *outputs = object_get(stack->before, "Outputs");
    struct map after = exports_of(stack->after), replaced = replaced_resources(stack);
    size_t most = value_type(outputs) == VALUE_OBJECT ? value_length(outputs) : 0;

    stack->exports = arena_alloc(value_arena(), (most + 1) * sizeof(*stack->exports));
    for (size_t i = 0; i < most; i++) {
        const struct field *output = object_at(outputs, i), *now;
        const char *name = export_name(output->value);

        now = name ? map_get(&after, name) : NULL;
        if (!name || (now && !changes(output, now, &replaced, comparison)))
            continue;
        stack->exports[stack->export_count++] = (struct diff_export){
            .name = name, .output = output->key, .kind = now ? DIFF_CHANGED : DIFF_REMOVED
        };
    }
}

static void add_importer(struct imports *imports, const char *name)
{
    struct string_list *stacks = map_get(&imports->names, name);

    if (!stacks) {
        stacks = arena_alloc(value_arena(), sizeof(*stacks));
        map_set(&imports->names, name, stacks);
    }
    if (stacks->count && stacks->items[stacks->count - 1] == imports->stack->name)
        return;
    string_list_add(stacks, value_arena(), imports->stack->name);
}

static void find_imports(struct imports *imports, const struct value *value)
{
    bool is_array = value_type(value) == VALUE_ARRAY;

    for (size_t i = 0; i < value_length(value); i++)
        if (!is_array && strcmp(object_at(value, i)->key, "Fn::ImportValue") == 0)
            add_importer(imports, diff_intrinsic_text(object_at(value, i)->value));
        else
            find_imports(imports, is_array ? array_at(value, i) : object_at(value, i)->value);
}

// Those that are compared, and then those that are known otherwise.
static void name_importers_of(
    struct diff_export *export, const struct diff_stack *stack, const struct imports *imports)
{
    const struct string_list *compared = map_get(&imports->names, export->name);
    const struct value *others = object_get(stack->importers, export->name);
    struct string_list all = { 0 };

    for (size_t i = 0; compared && i < compared->count; i++)
        string_list_add(&all, value_arena(), compared->items[i]);
    for (size_t i = 0; i < value_length(others); i++) {
        const char *name = value_string(array_at(others, i));

        if (name && !string_list_has(&all, name))
            string_list_add(&all, value_arena(), name);
    }
    export->importers = all.items;
    export->importer_count = all.count;
}

static void name_importers(struct diff *diff)
{
    struct imports imports = { 0 };

    map_init(&imports.names, value_arena());
    for (size_t i = 0; i < diff->count; i++) {
        imports.stack = &diff->stacks[i];
        find_imports(&imports, diff->stacks[i].before);
    }
    for (size_t i = 0; i < diff->count; i++)
        for (size_t j = 0; j < diff->stacks[i].export_count; j++)
            name_importers_of(&diff->stacks[i].exports[j], &diff->stacks[i], &imports);
}

// A change that nobody imports concerns nobody.
static void drop_unused(struct diff_stack *stack)
{
    size_t kept = 0;

    for (size_t i = 0; i < stack->export_count; i++)
        if (stack->exports[i].kind == DIFF_REMOVED || stack->exports[i].importer_count)
            stack->exports[kept++] = stack->exports[i];
    stack->export_count = kept;
}

void diff_find_exports(struct diff *diff, const struct comparison *comparison)
{
    size_t count = 0;

    for (size_t i = 0; i < diff->count; i++) {
        list_exports(&diff->stacks[i], comparison);
        count += diff->stacks[i].export_count;
    }
    if (!count)
        return;
    name_importers(diff);
    for (size_t i = 0; i < diff->count; i++)
        drop_unused(&diff->stacks[i]);
}

// SPDX-License-Identifier: MIT
#include "diff/compare/access.h"

#include "data/value.h"
#include "diff/compare/access_items.h"
#include "diff/compare/branches.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "diff/compare/permissions.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

// The comparison of one resource.
struct access_judge {
    struct diff_stack *stack;
    const struct map *read;
    const char *id;
    const struct value *resources[2];
    struct branches branches;
    struct map found; // items that broaden under any choice
    bool is_opaque;   // any item is
};

static void add_row(struct diff_stack *stack, enum diff_kind kind, const char *id, const char *property,
    const char *text, const char *reason)
{
    const char *resource = arena_printf(value_arena(), "${%s}", id);

    diff_rows_add(&stack->tables[DIFF_ACCESS],
        (struct diff_row){
            .kind = kind,
            .broadens = true,
            .cells = { resource, property, text, reason },
            .content =
                object((struct field[]){ { "resource", string(resource) }, { "property", string(property) },
                    { "value", string(text) }, { "reason", string(reason) }, END }),
            .key = arena_printf(value_arena(), "%s %s %s", id, property, text),
            .origin = arena_printf(value_arena(), "%s\n%s", id, property),
        });
}

static const char *decided_by(const struct branches *branches)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < branches->used_count; i++)
        strbuf_addf(&text, "%s%s", i ? ", " : "; decided by ", branches->used[i]);
    return arena_strdup(value_arena(), text.data);
}

static bool is_shown_elsewhere(const struct access_judge *judge, const char *property)
{
    const char *origins[] = { arena_printf(value_arena(), "%s\n%s", judge->id, property),
        arena_printf(value_arena(), "%s\n", judge->id) };
    bool is_plain = !judge->branches.used_count && !judge->is_opaque;

    for (size_t i = 0; i < ARRAY_SIZE(origins); i++) {
        if (is_plain && map_get(judge->read, origins[i]))
            return true;
        for (enum diff_table table = 0; table < DIFF_ACCESS; table++)
            for (size_t k = 0; k < judge->stack->tables[table].count; k++) {
                const struct diff_row *row = &judge->stack->tables[table].items[k];

                if (row->broadens && row->origin && strcmp(row->origin, origins[i]) == 0)
                    return true;
            }
    }
    return false;
}

static void report(struct access_judge *judge, const struct access_item *item, enum diff_kind kind)
{
    const char *key = arena_printf(value_arena(), "%d %s %s", (int)kind, item->property, item->text);
    size_t length = strcspn(item->property, ".");

    if (map_set(&judge->found, key, (void *)1) ||
        (!item->is_default &&
            is_shown_elsewhere(judge, arena_strndup(value_arena(), item->property, length))))
        return;
    add_row(judge->stack, kind, judge->id, *item->property ? item->property : "(all)", item->text,
        arena_printf(value_arena(), "%s%s",
            kind == DIFF_REMOVED && item->limits && !item->is_opaque ? "a limit goes" : item->reason,
            decided_by(&judge->branches)));
}

static struct access_items items_of(struct access_judge *judge, int side)
{
    struct access_items items = { 0 };
    const struct value *resource = judge->resources[side];
    struct value *resolved;

    if (!resource || !branches_condition(&judge->branches, side, object_string(resource, "Condition")))
        return items;
    resolved = branches_resolve(&judge->branches, side, resource);
    if (resolved)
        access_items_read(&items, resolved);
    items.exists = true;
    return items;
}

static struct map keys_of(const struct access_items *items)
{
    struct map keys;

    map_init(&keys, value_arena());
    for (size_t i = 0; i < items->count; i++)
        map_set(&keys, items->items[i].key, (void *)1);
    return keys;
}

// Of another type it is another resource.
static bool is_same_resource(
    const struct access_judge *judge, const struct access_items *before, const struct access_items *after)
{
    return before->exists && after->exists &&
        strcmp(object_string_or_empty(judge->resources[0], "Type"),
            object_string_or_empty(judge->resources[1], "Type")) == 0;
}

static void compare_once(struct access_judge *judge)
{
    struct access_items before = items_of(judge, 0), after = items_of(judge, 1);
    struct map keys_before = keys_of(&before), keys_after = keys_of(&after);
    bool is_one = is_same_resource(judge, &before, &after);

    judge->is_opaque = false;
    for (size_t i = 0; i < before.count; i++)
        judge->is_opaque |= before.items[i].is_opaque;
    for (size_t i = 0; i < after.count; i++)
        judge->is_opaque |= after.items[i].is_opaque;
    for (size_t i = 0; i < after.count; i++)
        if (after.items[i].grants && !map_get(&keys_before, after.items[i].key) &&
            (is_one || !after.items[i].needs_resource))
            report(judge, &after.items[i], DIFF_ADDED);
    for (size_t i = 0; i < before.count; i++)
        if (before.items[i].limits && !map_get(&keys_after, before.items[i].key) &&
            (is_one || !before.items[i].needs_resource))
            report(judge, &before.items[i], DIFF_REMOVED);
}

static void compare_resource(struct access_judge *judge)
{
    judge->branches = (struct branches){ .templates = { judge->stack->before, judge->stack->after } };
    map_init(&judge->found, value_arena());
    do
        compare_once(judge);
    while (branches_next(&judge->branches));
    if (judge->branches.has_too_many &&
        (access_holds_items(judge->resources[0]) || access_holds_items(judge->resources[1])))
        add_row(judge->stack, DIFF_ADDED, judge->id, "(all)", "more conditions than are compared",
            "may allow more: too many conditions decide about it");
}

// Macros.

static bool is_macro(const char *name)
{
    return strncmp(name, "AWS::", 5) != 0;
}

static const char *transform_name(const struct value *transform)
{
    const char *name = value_string(transform);

    return name ? name : object_string_or_empty(transform, "Name");
}

static const struct value *transform_at(const struct value *transforms, size_t index)
{
    if (value_type(transforms) == VALUE_ARRAY)
        return array_at(transforms, index);
    return index ? NULL : transforms;
}

static bool has_transform(const struct value *transforms, const struct value *wanted)
{
    const struct value *transform;

    for (size_t i = 0; (transform = transform_at(transforms, i)); i++)
        if (value_equal(transform, wanted))
            return true;
    return false;
}

static bool is_any_section_different(const struct diff_stack *stack)
{
    for (enum diff_section section = 0; section < DIFF_SECTIONS; section++)
        if (stack->sections[section].count && section != DIFF_METADATA && section != DIFF_SETTINGS)
            return true;
    return stack->resource_count > 0;
}

static bool is_known_transform(const struct value *transform)
{
    return strcmp(transform_name(transform), "AWS::LanguageExtensions") == 0;
}

static void judge_transforms(struct diff_stack *stack)
{
    const struct value *before = object_get(stack->before, "Transform");
    const struct value *after = object_get(stack->after, "Transform"), *transform;

    for (size_t i = 0; (transform = transform_at(after, i)); i++) {
        bool is_new = !has_transform(before, transform);

        if (is_known_transform(transform) ||
            (!is_new && (!is_macro(transform_name(transform)) || !is_any_section_different(stack))))
            continue;
        add_row(stack, DIFF_ADDED, "Template", "Transform", diff_intrinsic_text(transform),
            is_new ? "may allow more: what it makes of the template is known only at deployment"
                   : "may allow more: what it makes of the changes is known only at deployment");
    }
    // It may have set a limit. Of a stack that goes, nothing is left.
    for (size_t i = 0; stack->after && (transform = transform_at(before, i)); i++)
        if (!is_known_transform(transform) && !has_transform(after, transform))
            add_row(stack, DIFF_REMOVED, "Template", "Transform", diff_intrinsic_text(transform),
                "may allow more: what it made of the template is not known");
}

static void judge_section_transform(struct diff_stack *stack, const struct value *const resources[2])
{
    const struct value *shown = resources[1] ? resources[1] : resources[0];

    if (!stack->after || (resources[0] && resources[1] && value_equal(resources[0], resources[1])))
        return;
    add_row(stack, resources[1] ? DIFF_ADDED : DIFF_REMOVED, "Template", "Resources",
        diff_intrinsic_text(shown), "may allow more: what Fn::Transform makes is known only at deployment");
}

static bool is_same(const struct value *before, const struct value *after)
{
    return before == after || (before && after && value_equal(before, after));
}

// What CloudFormation would not change by its own word.
static bool is_left_alone(const struct diff_stack *stack, const char *id)
{
    for (size_t i = 0; i < stack->resource_count; i++)
        if (strcmp(stack->resources[i].id, id) == 0)
            return stack->resources[i].is_overruled && stack->resources[i].impact == DIFF_NO_CHANGE;
    return false;
}

static bool is_decided_alike(const struct diff_stack *stack)
{
    static const char *const sections[] = { "Parameters", "Mappings", "Conditions" };

    for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
        if (!is_same(object_get(stack->before, sections[i]), object_get(stack->after, sections[i])))
            return false;
    return true;
}

void diff_access(struct diff_stack *stack, const struct map *read)
{
    const struct value *before = branches_resources(stack->before);
    const struct value *after = branches_resources(stack->after);
    bool alike = is_decided_alike(stack);

    judge_transforms(stack);
    for (size_t i = 0; i < value_length(before) + value_length(after); i++) {
        size_t length = value_length(before);
        const char *id = i < length ? object_at(before, i)->key : object_at(after, i - length)->key;
        struct access_judge judge = { .stack = stack,
            .read = read,
            .id = id,
            .resources = { object_get(before, id), object_get(after, id) } };

        if ((i >= length && judge.resources[0]) ||
            (alike && is_same(judge.resources[0], judge.resources[1])) || is_left_alone(stack, id))
            continue;
        if (strncmp(id, "Fn::Transform", 13) == 0) {
            judge_section_transform(stack, judge.resources);
            continue;
        }
        compare_resource(&judge);
    }
}

static bool is_compared(const struct diff *diff, const char *stack, const char *origin)
{
    size_t length = strcspn(origin, "\n");
    const char *name;

    if (strcmp(origin + length, "\nTemplateURL") != 0)
        return false;
    name = arena_printf(value_arena(), "%s/%.*s", stack, (int)length, origin);
    for (size_t i = 0; i < diff->count; i++)
        if (strcmp(diff->stacks[i].name, name) == 0 && diff->stacks[i].after)
            return true;
    return false;
}

void diff_access_settle(struct diff *diff)
{
    for (size_t i = 0; i < diff->count; i++) {
        struct diff_rows *rows = &diff->stacks[i].tables[DIFF_ACCESS];
        size_t kept = 0;

        for (size_t k = 0; k < rows->count; k++)
            if (!is_compared(diff, diff->stacks[i].name, rows->items[k].origin))
                rows->items[kept++] = rows->items[k];
        rows->count = kept;
    }
}

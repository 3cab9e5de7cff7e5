// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "util/array.h"

#include <string.h>

struct section_shape {
    const char *key;     // in the template
    const char *title;   // of the section
    const char *name;    // in JSON
    const char *element; // what one entry is
};

static const struct section_shape shapes[DIFF_SECTIONS] = {
    [DIFF_TEMPLATE] = { "", "Template", "template", "Template" },
    [DIFF_SETTINGS] = { "", "Stack Settings", "settings", "Setting" },
    [DIFF_PARAMETERS] = { "Parameters", "Parameters", "parameters", "Parameter" },
    [DIFF_METADATA] = { "Metadata", "Metadata", "metadata", "Metadata" },
    [DIFF_MAPPINGS] = { "Mappings", "Mappings", "mappings", "Mapping" },
    [DIFF_CONDITIONS] = { "Conditions", "Conditions", "conditions", "Condition" },
    [DIFF_RULES] = { "Rules", "Rules", "rules", "Rule" },
    [DIFF_OUTPUTS] = { "Outputs", "Outputs", "outputs", "Output" },
    [DIFF_OTHER] = { "", "Other Changes", "other", "Other" },
};

const char *diff_section_title(enum diff_section section)
{
    return shapes[section].title;
}

const char *diff_section_name(enum diff_section section)
{
    return shapes[section].name;
}

const char *diff_section_element(enum diff_section section)
{
    return shapes[section].element;
}

static enum diff_section section_of(const char *key)
{
    static const char *const of_template[] = { "AWSTemplateFormatVersion", "Description", "Transform" };

    for (size_t i = 0; i < ARRAY_SIZE(of_template); i++)
        if (strcmp(key, of_template[i]) == 0)
            return DIFF_TEMPLATE;
    for (enum diff_section section = 0; section < DIFF_SECTIONS; section++)
        if (strcmp(key, shapes[section].key) == 0)
            return section;
    return DIFF_OTHER;
}

enum diff_kind diff_kind_of(const struct value *before, const struct value *after)
{
    return !before ? DIFF_ADDED : !after ? DIFF_REMOVED : DIFF_CHANGED;
}

void diff_changes_add(struct diff_changes *changes, struct diff_change change)
{
    changes->items = arena_grow(
        value_arena(), changes->items, changes->count, &changes->capacity, sizeof(*changes->items));
    changes->items[changes->count++] = change;
}

// What the CDK puts into every template for its own use.
static bool is_bookkeeping(enum diff_section section, const char *name)
{
    return section == DIFF_METADATA ||
        (section == DIFF_RULES && strcmp(name, "CheckBootstrapVersion") == 0) ||
        (section == DIFF_CONDITIONS && strcmp(name, "CDKMetadataAvailable") == 0);
}

static void compare_entry(struct diff_stack *stack, enum diff_section section, const char *name,
    const struct value *before, const struct value *after, const struct comparison *comparison)
{
    if (diff_equal(before, after, &comparison->equality))
        return;
    if (!comparison->options->strict && is_bookkeeping(section, name)) {
        stack->summary.hidden++;
        return;
    }
    diff_changes_add(&stack->sections[section],
        (struct diff_change){
            .name = name,
            .kind = diff_kind_of(before, after),
            .before = before,
            .after = after,
        });
}

static void compare_entries(struct diff_stack *stack, enum diff_section section, const struct value *before,
    const struct value *after, const struct comparison *comparison)
{
    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);

        compare_entry(stack, section, field->key, field->value, object_get(after, field->key), comparison);
    }
    for (size_t i = 0; i < value_length(after); i++) {
        const struct field *field = object_at(after, i);

        if (!object_get(before, field->key))
            compare_entry(stack, section, field->key, NULL, field->value, comparison);
    }
}

static bool is_object_or_nothing(const struct value *value)
{
    return !value || value_type(value) == VALUE_OBJECT;
}

static void compare_key(struct diff_stack *stack, const char *key, const struct comparison *comparison)
{
    const struct value *before = object_get(stack->before, key), *after = object_get(stack->after, key);
    enum diff_section section = section_of(key);

    if (strcmp(key, "Resources") == 0 && is_object_or_nothing(before) && is_object_or_nothing(after))
        return; // compared one by one
    if (section == DIFF_TEMPLATE || section == DIFF_OTHER)
        compare_entry(stack, section, key, before, after, comparison);
    else if (is_object_or_nothing(before) && is_object_or_nothing(after))
        compare_entries(stack, section, before, after, comparison);
    else
        compare_entry(stack, DIFF_OTHER, key, before, after, comparison);
}

static void compare_settings(
    struct diff_stack *stack, const struct diff_input *input, const struct comparison *comparison)
{
    static const char *const names[] = { "TerminationProtection", "NotificationARNs", "RoleARN" };
    const struct value *sides[] = { object_get(input->settings_before, "Tags"),
        object_get(input->settings_after, "Tags") };

    if (!input->settings_before || !input->settings_after)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        compare_entry(stack, DIFF_SETTINGS, names[i], object_get(input->settings_before, names[i]),
            object_get(input->settings_after, names[i]), comparison);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < value_length(sides[side]); i++) {
            const char *key = object_at(sides[side], i)->key;

            if (side == 0 || !object_get(sides[0], key))
                compare_entry(stack, DIFF_SETTINGS, arena_printf(value_arena(), "Tags.%s", key),
                    object_get(sides[0], key), object_get(sides[1], key), comparison);
        }
}

void diff_sections(
    struct diff_stack *stack, const struct diff_input *input, const struct comparison *comparison)
{
    compare_settings(stack, input, comparison);
    for (size_t i = 0; i < value_length(stack->before); i++)
        compare_key(stack, object_at(stack->before, i)->key, comparison);
    for (size_t i = 0; i < value_length(stack->after); i++)
        if (!object_get(stack->before, object_at(stack->after, i)->key))
            compare_key(stack, object_at(stack->after, i)->key, comparison);
}

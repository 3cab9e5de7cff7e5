// SPDX-License-Identifier: MIT
#include "diff/render/format.h"

#include "data/json.h"
#include "data/value.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1 }; // docs/diff.schema.json

static struct value *flag(bool truth)
{
    return truth ? boolean(true) : NULL;
}

static struct value *counts(const struct diff_summary *summary)
{
    struct value *impacts = object((struct field[]){ END });

    for (enum diff_impact impact = DIFF_IMPORT; impact < DIFF_IMPACTS; impact++)
        object_set(impacts, diff_impact_name(impact), number((double)summary->impacts[impact]));
    return impacts;
}

static struct value *describe_cost(const struct diff_summary *summary)
{
    if (!diff_changes_cost(summary))
        return NULL;
    return object((struct field[]){
        { "before", number(summary->cost_before) },
        { "after", number(summary->cost_after) },
        END,
    });
}

static struct value *describe_summary(const struct diff_summary *summary)
{
    return object((struct field[]){
        { "differences", number((double)summary->differences) },
        { "resources", counts(summary) },
        { "broadening", boolean(summary->broadening) },
        { "destructive", boolean(summary->destructive) },
        { "security", boolean(summary->security) },
        { "dataAtStake", number((double)summary->data_at_stake) },
        { "exportsAtStake", number((double)summary->exports_at_stake) },
        { "drifted", number((double)summary->drifted) },
        { "hidden", number((double)summary->hidden) },
        { "monthlyCost", describe_cost(summary) },
        END,
    });
}

static struct value *describe_change(const struct diff_change *change, bool of_resource)
{
    return object((struct field[]){
        { "name", string(change->name) },
        { "change", string(diff_kind_name(change->kind)) },
        { "impact", of_resource ? string(diff_impact_name(change->impact)) : NULL },
        { "attribute", flag(change->is_attribute) },
        { "asset", flag(change->is_asset) },
        { "changeSet", flag(change->from_change_set) },
        { "because", string(change->because) },
        { "before", (struct value *)change->before },
        { "after", (struct value *)change->after },
        END,
    });
}

static struct value *describe_changes(const struct diff_changes *changes, bool of_resource)
{
    struct value *list = array();

    for (size_t i = 0; i < changes->count; i++)
        array_append(list, describe_change(&changes->items[i], of_resource));
    return list;
}

static struct value *describe_move(const struct diff_resource *resource)
{
    if (!resource->moved)
        return NULL;
    return object((struct field[]){
        { "direction", string(resource->kind == DIFF_REMOVED ? "to" : "from") },
        { "stack", string(resource->moved->stack->name) },
        { "id", string(resource->moved->id) },
        END,
    });
}

static struct value *describe_resource(const struct diff_resource *resource)
{
    bool changed = resource->kind == DIFF_CHANGED;
    bool other_type =
        changed && resource->old_type && resource->type && strcmp(resource->old_type, resource->type) != 0;

    return object((struct field[]){
        { "id", string(resource->id) },
        { "type", string(resource->type) },
        { "oldType", other_type ? string(resource->old_type) : NULL },
        { "path", string(resource->path) },
        { "change", string(diff_kind_name(resource->kind)) },
        { "impact", string(diff_impact_name(resource->impact)) },
        { "templateImpact",
            resource->is_overruled ? string(diff_impact_name(resource->template_impact)) : NULL },
        { "consequence", flag(resource->is_consequence) },
        { "stateful", flag(resource->is_stateful) },
        { "dataPolicy", string(resource->policy) },
        { "moved", describe_move(resource) },
        { "drift", string(resource->drift) },
        { "changes", changed ? describe_changes(&resource->changes, true) : NULL },
        { "before", changed ? NULL : (struct value *)resource->before },
        { "after", changed ? NULL : (struct value *)resource->after },
        END,
    });
}

static struct value *describe_resources(const struct diff_stack *stack)
{
    struct value *list = array();

    for (size_t i = 0; i < stack->resource_count; i++)
        array_append(list, describe_resource(&stack->resources[i]));
    return list;
}

static struct value *describe_drifted_properties(const struct diff_changes *changes)
{
    struct value *list = array();

    for (size_t i = 0; i < changes->count; i++)
        array_append(list,
            object((struct field[]){
                { "path", string(changes->items[i].name) },
                { "expected", (struct value *)changes->items[i].before },
                { "actual", (struct value *)changes->items[i].after },
                END,
            }));
    return list;
}

static struct value *describe_drift(const struct diff_stack *stack)
{
    struct value *list = array();

    for (size_t i = 0; i < stack->drifted_count; i++) {
        const struct diff_resource *resource = &stack->drifted[i];

        array_append(list,
            object((struct field[]){
                { "id", string(resource->id) },
                { "type", string(resource->type) },
                { "path", string(resource->path) },
                { "drift", string(resource->drift) },
                { "properties", describe_drifted_properties(&resource->changes) },
                END,
            }));
    }
    return list;
}

static struct value *describe_row(const struct diff_row *row)
{
    struct value *described = object((struct field[]){
        { "change", string(diff_kind_name(row->kind)) },
        { "broadens", boolean(row->broadens) },
        END,
    });

    for (size_t i = 0; i < value_length(row->content); i++)
        object_set(described, object_at(row->content, i)->key, object_at(row->content, i)->value);
    return described;
}

static struct value *describe_security(const struct diff_stack *stack)
{
    struct value *tables = object((struct field[]){ END });

    for (enum diff_table table = 0; table < DIFF_TABLES; table++) {
        struct value *rows = array();

        for (size_t i = 0; i < stack->tables[table].count; i++)
            array_append(rows, describe_row(&stack->tables[table].items[i]));
        object_set(tables, diff_tables[table].name, rows);
    }
    return tables;
}

static struct value *describe_exports(const struct diff_stack *stack)
{
    struct value *list = array();

    for (size_t i = 0; i < stack->export_count; i++) {
        const struct diff_export *export = &stack->exports[i];
        struct value *importers = array();

        for (size_t j = 0; j < export->importer_count; j++)
            array_append(importers, string(export->importers[j]));
        array_append(list,
            object((struct field[]){
                { "name", string(export->name) },
                { "output", string(export->output) },
                { "change", string(diff_kind_name(export->kind)) },
                { "importers", importers },
                END,
            }));
    }
    return list;
}

static struct value *describe_sections(const struct diff_stack *stack)
{
    struct value *sections = object((struct field[]){ END });

    for (enum diff_section section = 0; section < DIFF_SECTIONS; section++)
        object_set(sections, diff_section_name(section), describe_changes(&stack->sections[section], false));
    return sections;
}

static const char *status_of(const struct diff_stack *stack)
{
    if (!stack->before)
        return "added";
    if (!stack->after)
        return "removed";
    return stack->summary.differences ? "changed" : "unchanged";
}

// As JSON Patch has it (RFC 6902).

struct patch {
    struct value *operations;
    struct strbuf path; // a JSON Pointer (RFC 6901)
};

static void add_operation(struct patch *patch, const char *op, const struct value *value)
{
    array_append(patch->operations,
        object((struct field[]){
            { "op", string(op) },
            { "path", string(patch->path.data) },
            { "value", (struct value *)value },
            END,
        }));
}

static size_t enter_key(struct patch *patch, const char *key)
{
    size_t length = patch->path.length;

    strbuf_add_char(&patch->path, '/');
    for (; *key; key++) {
        if (*key == '~')
            strbuf_add_string(&patch->path, "~0");
        else if (*key == '/')
            strbuf_add_string(&patch->path, "~1");
        else
            strbuf_add_char(&patch->path, *key);
    }
    return length;
}

static size_t enter_index(struct patch *patch, size_t index)
{
    size_t length = patch->path.length;

    strbuf_addf(&patch->path, "/%zu", index);
    return length;
}

static void patch_value(struct patch *patch, const struct value *before, const struct value *after);

static void patch_object(struct patch *patch, const struct value *before, const struct value *after)
{
    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);
        const struct value *other = object_get(after, field->key);
        size_t outside = enter_key(patch, field->key);

        if (other)
            patch_value(patch, field->value, other);
        else
            add_operation(patch, "remove", NULL);
        strbuf_truncate(&patch->path, outside);
    }
    for (size_t i = 0; i < value_length(after); i++) {
        const struct field *field = object_at(after, i);
        size_t outside;

        if (object_get(before, field->key))
            continue;
        outside = enter_key(patch, field->key);
        add_operation(patch, "add", field->value);
        strbuf_truncate(&patch->path, outside);
    }
}

static void at_index(struct patch *patch, size_t index, const char *op, const struct value *value)
{
    size_t outside = enter_index(patch, index);

    add_operation(patch, op, value);
    strbuf_truncate(&patch->path, outside);
}

// What both ends have in common stays; of the rest, items in the same place are compared.
static void patch_array(struct patch *patch, const struct value *before, const struct value *after)
{
    size_t old_end = value_length(before), new_end = value_length(after), start = 0;

    while (start < old_end && start < new_end && value_equal(array_at(before, start), array_at(after, start)))
        start++;
    while (old_end > start && new_end > start &&
        value_equal(array_at(before, old_end - 1), array_at(after, new_end - 1))) {
        old_end--;
        new_end--;
    }
    for (; start < old_end && start < new_end; start++) {
        size_t outside = enter_index(patch, start);

        patch_value(patch, array_at(before, start), array_at(after, start));
        strbuf_truncate(&patch->path, outside);
    }
    for (size_t i = old_end; i > start && i > new_end; i--)
        at_index(patch, i - 1, "remove", NULL);
    for (size_t i = start; i < new_end; i++)
        at_index(patch, i, "add", array_at(after, i));
}

static void patch_value(struct patch *patch, const struct value *before, const struct value *after)
{
    enum value_type type = value_type(before);

    if (type == VALUE_OBJECT && value_type(after) == VALUE_OBJECT)
        patch_object(patch, before, after);
    else if (type == VALUE_ARRAY && value_type(after) == VALUE_ARRAY)
        patch_array(patch, before, after);
    else if (!value_equal(before, after))
        add_operation(patch, "replace", after);
}

static struct value *make_patch(const struct value *before, const struct value *after)
{
    struct patch patch = { array(), STRBUF_INIT };

    patch_value(&patch, before, after);
    strbuf_release(&patch.path);
    return patch.operations;
}

// Of a stack that is not there, the empty template is taken.
static struct value *patch_of(const struct diff_stack *stack)
{
    const struct value *nothing = object((struct field[]){ END });

    return make_patch(stack->before ? stack->before : nothing, stack->after ? stack->after : nothing);
}

static struct value *describe_stack(const struct diff_stack *stack, const struct diff_format_options *options)
{
    bool all = !options->summary && !options->security_only;

    return object((struct field[]){
        { "name", string(stack->name) },
        { "status", string(status_of(stack)) },
        { "note", string(stack->note) },
        { "summary", describe_summary(&stack->summary) },
        { "security", options->summary ? NULL : describe_security(stack) },
        { "sections", all ? describe_sections(stack) : NULL },
        { "resources", all ? describe_resources(stack) : NULL },
        { "exports", all ? describe_exports(stack) : NULL },
        { "drift", all && stack->drifted_count ? describe_drift(stack) : NULL },
        { "patch", all ? patch_of(stack) : NULL },
        END,
    });
}

void diff_write_json(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options)
{
    struct value *stacks = array();

    for (size_t i = 0; i < diff->count; i++)
        array_append(stacks, describe_stack(&diff->stacks[i], options));
    json_write_unicode(out,
        object((struct field[]){
            { "version", number(FORMAT_VERSION) },
            { "strict", boolean(options->strict) },
            { "stacksWithDifferences", number((double)diff->different) },
            { "summary", describe_summary(&diff->summary) },
            { "stacks", stacks },
            END,
        }),
        2);
    strbuf_add_char(out, '\n');
}

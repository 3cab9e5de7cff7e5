// SPDX-License-Identifier: MIT
#include "cli/schema/schema_view.h"

#include "cli/core/table.h"
#include "data/json.h"
#include "schema/constraints.h"
#include "util/array.h"
#include "util/display.h"

#include <math.h>
#include <string.h>

enum { SHORT_LIST = 60 }; // characters of allowed values beside a property

// "list of CorsRule", "json or string"
static void add_type(struct strbuf *out, const struct schema_type *type)
{
    enum schema_kind kind = schema_type_kind(type);

    if (kind == SCHEMA_ARRAY || kind == SCHEMA_MAP) {
        strbuf_add_string(out, kind == SCHEMA_ARRAY ? "list of " : "map of ");
        add_type(out, schema_type_element(type));
    } else if (kind == SCHEMA_UNION) {
        for (size_t i = 0; i < schema_type_member_count(type); i++) {
            strbuf_add_string(out, i ? " or " : "");
            add_type(out, schema_type_member_at(type, i));
        }
    } else {
        strbuf_add_string(out, kind == SCHEMA_OBJECT ? schema_type_name(type) : schema_kind_name(kind));
    }
}

static void add_names(struct strbuf *out, struct schema_list names, const char *separator, size_t length)
{
    size_t end = out->length + length;

    for (size_t i = 0; i < names.count; i++) {
        const char *name = schema_list_at(names, i);

        if (out->length + strlen(name) > end) {
            strbuf_addf(out, "%sand %zu more", i ? separator : "", names.count - i);
            return;
        }
        strbuf_addf(out, "%s%s", i ? separator : "", *name ? name : "\"\"");
    }
}

static void add_range(struct strbuf *out, struct schema_range range)
{
    if (!isinf(range.minimum))
        json_write_number(out, range.minimum);
    strbuf_add_string(out, "..");
    if (!isinf(range.maximum))
        json_write_number(out, range.maximum);
}

static const char *range_name(enum schema_kind kind)
{
    return kind == SCHEMA_STRING ? "length" : kind == SCHEMA_ARRAY ? "items" : "range";
}

// Labels and texts.
static void add_row(struct table *rows, const char *label, const struct strbuf *text)
{
    table_add(rows, (const char *const[]){ "", label, text->data });
}

static void add_text(struct table *rows, const char *label, const char *text)
{
    if (text)
        table_add(rows, (const char *const[]){ "", label, text });
}

static void add_list(struct table *rows, const char *label, struct schema_list names, const char *separator)
{
    STRBUF_AUTO text = STRBUF_INIT;

    add_names(&text, names, separator, SIZE_MAX / 2);
    if (names.count)
        add_row(rows, label, &text);
}

// What a type, and those inside it, demand of a value.
static void add_constraints(struct table *rows, const struct schema_type *type)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct schema_range range;

    if (schema_type_range(type, &range)) {
        add_range(&text, range);
        add_row(rows, range_name(schema_type_kind(type)), &text);
    }
    add_list(rows, "allowed values", schema_type_allowed(type), ", ");
    add_text(rows, "pattern", schema_type_pattern(type));
    for (size_t i = 0; i < schema_type_member_count(type); i++)
        add_constraints(rows, schema_type_member_at(type, i));
    if (schema_type_element(type))
        add_constraints(rows, schema_type_element(type));
}

static const char *change(const struct schema_property *property)
{
    static const char *const changes[] = {
        [SCHEMA_REPLACEMENT_NO] = NULL,
        [SCHEMA_REPLACEMENT_MAYBE] = "may replace the resource",
        [SCHEMA_REPLACEMENT_YES] = "replaces the resource",
    };

    return changes[schema_property_replacement(property)];
}

static void add_note(struct strbuf *notes, const char *note)
{
    if (note)
        strbuf_addf(notes, "%s%s", notes->length ? "; " : "", note);
}

static void add_short_constraints(struct strbuf *notes, const struct schema_type *type)
{
    struct schema_list allowed = schema_type_allowed(type);
    struct schema_range range;

    if (schema_type_range(type, &range)) {
        add_note(notes, range_name(schema_type_kind(type)));
        strbuf_add_char(notes, ' ');
        add_range(notes, range);
    }
    if (allowed.count) {
        add_note(notes, allowed.count > 1 ? "one of " : "only ");
        add_names(notes, allowed, ", ", SHORT_LIST);
    }
    if (schema_type_pattern(type))
        add_note(notes, "a pattern");
    if (schema_type_element(type))
        add_short_constraints(notes, schema_type_element(type));
}

static void add_property(struct table *table, const struct schema_property *property)
{
    STRBUF_AUTO type = STRBUF_INIT;
    STRBUF_AUTO notes = STRBUF_INIT;

    add_type(&type, schema_property_type(property));
    add_note(&notes, schema_property_is_required(property) ? "required" : NULL);
    add_note(&notes, change(property));
    add_note(&notes, schema_property_is_deprecated(property) ? "deprecated" : NULL);
    add_short_constraints(&notes, schema_property_type(property));
    table_add(table, (const char *const[]){ "", schema_property_name(property), type.data, notes.data });
}

static void add_properties(struct display *out, const char *title, const struct schema_object *object,
    const struct schema_page *page)
{
    struct table table = { .arena = page->arena, .columns = 4, .width = page->width };

    if (!schema_object_count(object))
        return;
    display_addf(out, "\n%s:\n", title);
    for (size_t i = 0; i < schema_object_count(object); i++)
        add_property(&table, schema_object_at(object, i));
    table_write(&table, out);
}

static const char *tags_text(const struct schema_resource *resource, struct arena *arena)
{
    static const char *const forms[] = {
        [SCHEMA_TAGS_STANDARD] = "a list of Key and Value",
        [SCHEMA_TAGS_MAP] = "a map",
        [SCHEMA_TAGS_AUTO_SCALING_GROUP] = "a list of Key, Value and PropagateAtLaunch",
    };

    if (!schema_resource_tags(resource))
        return NULL;
    return arena_printf(
        arena, "%s, %s", schema_resource_tag_property(resource), forms[schema_resource_tags(resource)]);
}

static void add_constraint(void *rows, const char *keyword, const char *says)
{
    add_text(rows, keyword, says);
}

static void add_rule(struct table *rows, const struct schema_rule *rule)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_addf(&text, "rule %s", schema_rule_id(rule));
    add_text(rows, text.data, schema_rule_place(rule));
}

static void add_lifecycle(struct table *rows, const struct schema_constraints *constraints)
{
    const char *date = schema_constraints_lifecycle_date(constraints);
    STRBUF_AUTO text = STRBUF_INIT;

    if (!schema_constraints_lifecycle(constraints))
        return;
    strbuf_addf(
        &text, "%s%s%s", schema_constraints_lifecycle(constraints), date ? ", " : "", date ? date : "");
    add_text(rows, "lifecycle", text.data);
}

// Of the resource as a whole.
static void add_resource_constraints(struct display *out, const char *type, const struct schema_page *page)
{
    static const struct {
        const char *label;
        enum schema_paths paths;
    } lists[] = {
        { "read-only", SCHEMA_PATHS_READ_ONLY },
        { "write-only", SCHEMA_PATHS_WRITE_ONLY },
        { "create-only", SCHEMA_PATHS_CREATE_ONLY },
        { "perhaps create-only", SCHEMA_PATHS_MAY_CREATE_ONLY },
        { "deprecated", SCHEMA_PATHS_DEPRECATED },
    };
    const struct schema_constraints *constraints = schema_constraints_find(type);
    struct table rows = { .arena = page->arena, .columns = 3, .width = page->width };

    if (!constraints)
        return;
    display_addf(out, "\nConstraints:\n");
    add_text(&rows, "from", schema_constraints_from(constraints));
    add_lifecycle(&rows, constraints);
    add_list(&rows, "not in", schema_constraints_missing_regions(constraints), ", ");
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
        add_list(&rows, lists[i].label, schema_constraints_paths(constraints, lists[i].paths), ", ");
    schema_each_constraint(schema_constraints_root(constraints), add_constraint, &rows);
    for (size_t i = 0; i < schema_constraints_rule_count(constraints); i++)
        add_rule(&rows, schema_constraints_rule_at(constraints, i));
    table_write(&rows, out);
}

void schema_text_resource(
    struct display *out, const struct schema_resource *resource, const struct schema_page *page)
{
    struct table facts = { .arena = page->arena, .columns = 3, .width = page->width };

    display_addf(out, "%s\n", schema_resource_type(resource));
    add_text(&facts, "stateful", schema_resource_is_stateful(resource) ? "yes: it holds data" : NULL);
    add_list(&facts, "Ref", schema_resource_ref(resource), "|");
    add_list(&facts, "identifier", schema_resource_identifier(resource), ", ");
    add_text(&facts, "ARN", schema_resource_arn(resource));
    add_text(&facts, "tags", tags_text(resource, page->arena));
    add_text(&facts, "transform", schema_resource_transform(resource));
    add_list(&facts, "also replaced by", schema_resource_replacing_paths(resource), ", ");
    table_write(&facts, out);
    add_properties(out, "Properties", schema_resource_properties(resource), page);
    add_properties(out, "Attributes", schema_resource_attributes(resource), page);
    add_resource_constraints(out, schema_resource_type(resource), page);
}

static void add_property_constraints(
    struct display *out, const char *type, const char *path, const struct schema_page *page)
{
    struct table rows = { .arena = page->arena, .columns = 3, .width = page->width };
    DISPLAY_AUTO text = DISPLAY_INIT;

    schema_each_property_constraint(type, path, add_constraint, &rows);
    table_write(&rows, &text);
    if (!text.shown.length)
        return;
    display_addf(out, "\nConstraints:\n");
    display_add(out, &text);
}

static void add_use(struct table *rows, const struct schema_property *property)
{
    add_text(rows, "required", schema_property_is_required(property) ? "yes" : "no");
    add_text(rows, "a change", change(property) ? change(property) : "updates the resource in place");
}

void schema_text_property(struct display *out, const struct schema_resource *resource, const char *path,
    const struct schema_property *property, const struct schema_page *page)
{
    const struct schema_type *type = schema_property_type(property);
    bool is_attribute = !schema_path_find(schema_resource_properties(resource), path, NULL, NULL);
    struct table facts = { .arena = page->arena, .columns = 3, .width = page->width };
    STRBUF_AUTO type_text = STRBUF_INIT;

    display_addf(out, "%s %s\n", schema_resource_type(resource), path);
    add_type(&type_text, type);
    add_row(&facts, "type", &type_text);
    if (is_attribute)
        add_text(&facts, "read by", "Fn::GetAtt");
    else
        add_use(&facts, property);
    add_text(&facts, "deprecated", schema_property_is_deprecated(property) ? "yes" : NULL);
    add_text(&facts, "default", schema_property_default(property));
    add_constraints(&facts, type);
    add_list(&facts, "refers to", schema_property_refers(property), ", ");
    table_write(&facts, out);
    if (!is_attribute)
        add_property_constraints(out, schema_resource_type(resource), path, page);
    add_properties(out, "Properties", schema_type_inner_object(type), page);
}

// SPDX-License-Identifier: MIT
#include "diff/compare/access_items.h"

#include "data/value.h"
#include "diff/compare/access.h"
#include "diff/compare/embedded.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "diff/compare/policy.h"
#include "schema/policies.h"
#include "util/strbuf.h"

#include <string.h>

struct access_reader {
    struct access_items *items;
    const char *type;
    const char *loop; // the collection of Fn::ForEach; "": none
};

static void add(struct access_reader *reader, struct access_item item, const char *key)
{
    struct access_items *items = reader->items;

    item.key = arena_printf(value_arena(), "%s\n%s\n%s\n%s", reader->type, item.property, key, reader->loop);
    items->items =
        arena_grow(value_arena(), items->items, items->count, &items->capacity, sizeof(*items->items));
    items->items[items->count++] = item;
}

static const char *canonical(const struct value *value)
{
    const struct value *rendered = diff_render_intrinsics(value);
    STRBUF_AUTO text = STRBUF_INIT;

    if (!rendered)
        return "";
    diff_canonical(&text, rendered);
    return arena_strdup(value_arena(), text.data);
}

// What a function other than a reference makes.
static bool is_opaque(const struct value *value)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);

    return function && strcmp(function, "Ref") != 0 && strcmp(function, "Fn::GetAtt") != 0 &&
        strcmp(function, "Fn::Sub") != 0 && strcmp(function, "Fn::Join") != 0 &&
        strcmp(function, "Fn::ImportValue") != 0;
}

static void add_opaque(struct access_reader *reader, const char *property, const struct value *value)
{
    add(reader,
        (struct access_item){ .property = property,
            .text = diff_intrinsic_text(value),
            .reason = "may allow more: known only at deployment",
            .grants = true,
            .limits = true,
            .is_opaque = true },
        canonical(value));
}

static const char *in_one_line(const char *text)
{
    char *line = arena_strdup(value_arena(), text);

    for (char *c = line; *c; c++)
        if (*c == '\n')
            *c = ' ';
    return line;
}

static const char *statement_text(const struct diff_row *row)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_addf(&text, "%s %s on %s", *row->cells[1] ? row->cells[1] : "Allow or Deny",
        *row->cells[2] ? row->cells[2] : "?", *row->cells[0] ? row->cells[0] : "*");
    if (*row->cells[3])
        strbuf_addf(&text, " for %s", row->cells[3]);
    if (*row->cells[4])
        strbuf_addf(&text, " if %s", row->cells[4]);
    return in_one_line(text.data);
}

static void add_statements(struct access_reader *reader, const char *property, const struct value *list)
{
    struct diff_statements statements = { 0 };

    diff_statements_read(&statements, list);
    for (size_t i = 0; i < statements.count; i++) {
        struct diff_row row = diff_statement_row(&statements.items[i]);
        const char *effect = row.cells[1];

        add(reader,
            (struct access_item){ .property = property,
                .text = statement_text(&row),
                .reason = *effect ? "allows more" : "may allow more: known only at deployment",
                .grants = strcmp(effect, "Deny") != 0,
                .limits = strcmp(effect, "Allow") != 0,
                .is_opaque = !*effect },
            row.key);
    }
}

static const struct value *parsed(const struct value *value)
{
    const struct value *json = diff_may_be_json(value) ? diff_embedded_json(value) : NULL;

    return json ? json : value;
}

static bool is_document(const struct value *value)
{
    return value_type(value) == VALUE_OBJECT && object_get(value, "Statement") != NULL;
}

// Documents in the value; whatever else it has is not known.
static void add_documents(struct access_reader *reader, const char *property, const struct value *value)
{
    value = parsed(value);
    if (is_document(value)) {
        add_statements(reader, property, object_get(value, "Statement"));
    } else if (value_is_intrinsic(value)) {
        add_opaque(reader, property, value);
    } else if (value_type(value) == VALUE_ARRAY || value_type(value) == VALUE_OBJECT) {
        for (size_t i = 0; i < value_length(value); i++) {
            const struct value *item =
                value_type(value) == VALUE_ARRAY ? array_at(value, i) : object_at(value, i)->value;
            const char *key = value_type(value) == VALUE_ARRAY ? "" : object_at(value, i)->key;

            if (strcmp(key, "PolicyName") != 0 && strcmp(key, "Version") != 0 && strcmp(key, "Id") != 0)
                add_documents(reader, property, item);
        }
    } else if (value_string(value) && *value_string(value)) {
        add_opaque(reader, property, value);
    }
}

static void add_item(
    struct access_reader *reader, const char *property, const struct value *value, enum access_kind kind)
{
    add(reader,
        (struct access_item){ .property = property,
            .text = diff_intrinsic_text(value),
            .reason = is_opaque(value) ? "may allow more: known only at deployment" : "allows more",
            .grants = kind != ACCESS_LIMITS,
            .limits = kind == ACCESS_LIMITS,
            .needs_resource = kind != ACCESS_GRANTS,
            .is_opaque = is_opaque(value) },
        canonical(value));
}

static void add_grants(
    struct access_reader *reader, const char *property, const struct value *value, enum access_kind kind)
{
    value = parsed(value);
    if (value_type(value) != VALUE_ARRAY) {
        add_item(reader, property, value, kind);
        return;
    }
    for (size_t i = 0; i < value_length(value); i++)
        add_item(reader, property, array_at(value, i), kind);
}

static bool is_off(const struct value *value)
{
    const char *text = diff_scalar_text(value);

    return text && strcmp(text, "false") == 0;
}

static void add_limits(struct access_reader *reader, const char *property, const struct value *value)
{
    if (value_type(value) != VALUE_OBJECT || value_is_intrinsic(value)) {
        add_item(reader, property, value, ACCESS_LIMITS);
        return;
    }
    for (size_t i = 0; i < value_length(value); i++) {
        const struct field *field = object_at(value, i);

        if (!is_off(field->value))
            add_item(reader, property, object((struct field[]){ { field->key, field->value }, END }),
                ACCESS_LIMITS);
    }
}

static void add_pointer(struct access_reader *reader, const char *property, const struct value *value)
{
    // What a service-linked role may do is up to AWS (IAM User Guide: Service-linked roles).
    if (strstr(diff_intrinsic_text(value), ":role/aws-service-role/"))
        return;
    add(reader,
        (struct access_item){ .property = property,
            .text = diff_intrinsic_text(value),
            .reason = "may allow more: what it names may have other permissions",
            .grants = true,
            .needs_resource = true },
        canonical(value));
}

// A step for each value up to this one.
static void add_setting(struct access_reader *reader, const char *property, const struct value *value,
    const struct access_rule *rule, bool is_default)
{
    const char *text = diff_scalar_text(value), *values = rule->values;
    size_t step = 0;

    if (!text ||
        !strstr(arena_printf(value_arena(), " %s ", values), arena_printf(value_arena(), " %s ", text))) {
        add_opaque(reader, property, value);
        return;
    }
    for (;; step++) {
        size_t length = strcspn(values, " ");

        if (step)
            add(reader,
                (struct access_item){ .property = property,
                    .text = text,
                    .reason = "is more open",
                    .grants = true,
                    .needs_resource = is_default,
                    .is_default = is_default },
                arena_printf(value_arena(), "%zu", step));
        if (strlen(text) == length && strncmp(values, text, length) == 0)
            return;
        values += length + 1;
    }
}

static void add_ruled(struct access_reader *reader, const char *property, const struct value *value,
    const struct access_rule *rule)
{
    switch (rule->kind) {
    case ACCESS_POLICY:
    case ACCESS_POLICY_OPEN:
        add_documents(reader, property, value);
        return;
    case ACCESS_STATEMENT:
        if (value_type(object_get(value, "Statement")) == VALUE_OBJECT &&
            !value_is_intrinsic(object_get(value, "Statement")))
            add_statements(
                reader, property, array_of((struct value *const[]){ object_get(value, "Statement"), NULL }));
        else
            add_grants(reader, property, value, ACCESS_GRANTS);
        return;
    case ACCESS_GRANTS:
    case ACCESS_GRANTS_OPEN:
    case ACCESS_RESOURCE:
        add_grants(reader, property, value, ACCESS_GRANTS);
        return;
    case ACCESS_TARGETS:
        add_grants(reader, property, value, ACCESS_TARGETS);
        return;
    case ACCESS_LIMITS:
    case ACCESS_RESOURCE_LIMIT:
        add_limits(reader, property, value);
        return;
    case ACCESS_POINTER:
        add_pointer(reader, property, value);
        return;
    case ACCESS_SETTING:
        add_setting(reader, property, value, rule, false);
        return;
    case ACCESS_NONE:
        return;
    }
}

// A function that puts a policy together out of strings.
static bool makes_document(const struct value *value)
{
    const char *text = diff_intrinsic_text(value);

    return strstr(text, "Statement") && strstr(text, "Effect");
}

static void read_value(struct access_reader *reader, const char *path, const struct value *value)
{
    const struct access_rule *rule = *path ? access_rule_find(reader->type, path) : NULL;

    if (rule) {
        add_ruled(reader, path, value, rule);
        return;
    }
    if (*path && is_document(parsed(value)) &&
        diff_is_statement_list(object_get(parsed(value), "Statement"))) {
        add_documents(reader, path, value);
        return;
    }
    if (value_is_intrinsic(value) && makes_document(value)) {
        add_opaque(reader, path, value);
        return;
    }
    if (value_type(value) == VALUE_ARRAY)
        for (size_t i = 0; i < value_length(value); i++)
            read_value(reader, path, array_at(value, i));
    for (size_t i = 0; value_type(value) == VALUE_OBJECT && i < value_length(value); i++) {
        const struct field *field = object_at(value, i);

        read_value(reader, *path ? arena_printf(value_arena(), "%s.%s", path, field->key) : field->key,
            field->value);
    }
}

// The object that has the last name of the path; NULL: it is not there.
static const struct value *holder(const struct value *value, const char *path, const char **ret_name)
{
    const char *dot;

    while ((dot = strchr(path, '.'))) {
        value = object_get(value, arena_strndup(value_arena(), path, (size_t)(dot - path)));
        path = dot + 1;
    }
    *ret_name = path;
    return value_type(value) == VALUE_OBJECT ? value : NULL;
}

static bool is_there(const struct value *properties, const char *path)
{
    const char *name;
    const struct value *object = holder(properties, path, &name);

    return object && object_get(object, name);
}

static void add_open(struct access_reader *reader, const char *path, const char *what)
{
    add(reader,
        (struct access_item){ .property = path,
            .text = arena_printf(value_arena(), "no %s", what),
            .reason = strcmp(what, "rules") == 0 ? "without rules everything is allowed"
                                                 : "without a policy everything is allowed",
            .grants = true,
            .needs_resource = true,
            .is_default = true },
        "");
}

static void read_defaults(struct access_reader *reader, const struct value *properties)
{
    for (size_t i = 0; i < schema_policy_count; i++)
        if (schema_policies[i].is_open && strcmp(schema_policies[i].type, reader->type) == 0 &&
            !is_there(properties, schema_policies[i].path))
            add_open(reader, schema_policies[i].path, "policy");
    for (size_t i = 0; i < access_rule_count; i++) {
        const struct access_rule *rule = &access_rules[i];

        if (!rule->type || strcmp(rule->type, reader->type) != 0 ||
            !(rule->kind == ACCESS_GRANTS_OPEN || rule->is_open) || is_there(properties, rule->path))
            continue;
        if (rule->is_open)
            add_setting(reader, rule->path, string(strrchr(rule->values, ' ') + 1), rule, true);
        else
            add_open(reader, rule->path, "rules");
    }
}

// Fn::Transform or Fn::ForEach beside, or instead of, what a resource has; not the mark of a loop around it.
static bool has_function(const struct value *value)
{
    for (size_t i = 0; i < value_length(value) && value_type(value) == VALUE_OBJECT; i++)
        if (strncmp(object_at(value, i)->key, "Fn::", 4) == 0 &&
            strcmp(object_at(value, i)->key, "Fn::ForEach") != 0)
            return true;
    return false;
}

static struct value *without_tags(const struct value *properties)
{
    struct value *kept = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(properties) && value_type(properties) == VALUE_OBJECT; i++)
        if (strcmp(object_at(properties, i)->key, "Tags") != 0)
            object_set(kept, object_at(properties, i)->key, object_at(properties, i)->value);
    return kept;
}

void access_items_read(struct access_items *items, const struct value *resource)
{
    struct access_reader reader = { .items = items,
        .type = object_string_or_empty(resource, "Type"),
        .loop = canonical(object_get(resource, "Fn::ForEach")) };
    const struct value *properties = object_get(resource, "Properties");
    const struct access_rule *rule = access_rule_find(reader.type, "");

    if (has_function(resource) || has_function(properties)) {
        add_opaque(&reader, "", resource);
        return;
    }
    if (rule && rule->kind != ACCESS_NONE) {
        if (rule->kind == ACCESS_RESOURCE_LIMIT)
            add(&reader,
                (struct access_item){ .property = "",
                    .text = diff_intrinsic_text(properties),
                    .reason = "a limit changes",
                    .limits = true },
                canonical(properties));
        else
            add_ruled(&reader, "", without_tags(properties), rule);
        return;
    }
    read_value(&reader, "", properties);
    read_defaults(&reader, properties);
}

bool access_holds_items(const struct value *resource)
{
    struct access_items items = { 0 };

    if (!resource)
        return false;
    access_items_read(&items, resource);
    return items.count > 0;
}

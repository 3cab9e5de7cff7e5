// SPDX-License-Identifier: MIT
#include "diff/compare/permissions.h"

#include "data/value.h"
#include "diff/compare/access.h"
#include "diff/compare/embedded.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "diff/compare/policy.h"
#include "schema/schema.h"
#include "util/array.h"
#include "util/map.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

const struct diff_table_shape diff_tables[DIFF_TABLES] = {
    [DIFF_STATEMENTS] = { "IAM Statement Changes", "statements", 5,
        { "Resource", "Effect", "Action", "Principal", "Condition" } },
    [DIFF_MANAGED_POLICIES] = { "IAM Policy Changes", "managedPolicies", 2,
        { "Resource", "Managed Policy ARN" } },
    [DIFF_IDENTITY_CENTER] = { "IAM Identity Center Changes", "identityCenter", 3,
        { "Resource", "Type", "Properties" } },
    [DIFF_SECURITY_GROUP_RULES] = { "Security Group Changes", "securityGroupRules", 4,
        { "Group", "Dir", "Protocol", "Peer" } },
    [DIFF_ACCESS] = { "Other Access Changes", "access", 4, { "Resource", "Property", "Value", "Reason" } },
};

// The rows of one side of a stack.
struct permission_side {
    struct diff_rows tables[DIFF_TABLES];
    struct map *read; // the origins of all rows
};

void diff_rows_add(struct diff_rows *rows, struct diff_row row)
{
    rows->items = arena_grow(value_arena(), rows->items, rows->count, &rows->capacity, sizeof(*rows->items));
    rows->items[rows->count++] = row;
}

static const char *braced(const char *id, const char *attribute)
{
    return arena_printf(value_arena(), "${%s%s}", id, attribute);
}

static void add_statements(struct permission_side *side, struct diff_statements *statements,
    const char *resource, const char *principal)
{
    for (size_t i = 0; i < statements->count; i++) {
        struct diff_row row;

        if (resource)
            diff_targets_default(&statements->items[i].resources, resource);
        if (principal)
            diff_targets_default(&statements->items[i].principals, principal);
        row = diff_statement_row(&statements->items[i]);
        // What says nothing here is for the table of other access.
        if (*row.cells[0] || *row.cells[1] || *row.cells[2])
            diff_rows_add(&side->tables[DIFF_STATEMENTS], row);
    }
}

// A document may be given as text.
static const struct value *document_of(const struct value *value)
{
    const struct value *parsed = diff_embedded_json(value);

    return parsed ? parsed : value;
}

static void add_document(
    struct permission_side *side, const struct value *document, const char *resource, const char *principal)
{
    struct diff_statements statements = { 0 };

    diff_statements_read(&statements, object_get(document_of(document), "Statement"));
    add_statements(side, &statements, resource, principal);
}

static void read_inline_policies(struct permission_side *side, const struct value *policies, const char *id)
{
    const char *principal = arena_printf(value_arena(), "AWS:%s", braced(id, ""));

    for (size_t i = 0; i < value_length(policies) && value_type(policies) == VALUE_ARRAY; i++) {
        const struct value *policy = array_at(policies, i);
        const struct value *document = document_of(object_get(policy, "PolicyDocument"));
        struct diff_statements statements = { 0 };

        diff_statements_read(
            &statements, object_get(document, "Statement") ? object_get(document, "Statement") : policy);
        add_statements(side, &statements, NULL, principal);
    }
}

static void read_inline_resource_policy(
    struct permission_side *side, const struct value *policy, const char *id, const char *type)
{
    // A permission set's policy is that of whoever has it.
    bool is_identity = strcmp(type, "AWS::SSO::PermissionSet") == 0;

    add_document(side, policy, braced(id, ".Arn"),
        is_identity ? arena_printf(value_arena(), "AWS:%s", braced(id, "")) : NULL);
}

static void read_managed_policies(struct permission_side *side, const struct value *arns, const char *id)
{
    const struct value *rendered = diff_render_intrinsics(arns);
    size_t count = value_type(rendered) == VALUE_ARRAY ? value_length(rendered) : rendered ? 1 : 0;

    for (size_t i = 0; i < count; i++) {
        const struct value *item = value_type(rendered) == VALUE_ARRAY ? array_at(rendered, i) : rendered;
        const char *arn = diff_intrinsic_text(item);

        diff_rows_add(&side->tables[DIFF_MANAGED_POLICIES],
            (struct diff_row){
                .cells = { braced(id, ""), arn },
                .content = object((struct field[]){
                    { "resource", string(braced(id, "")) }, { "policy", string(arn) }, END }),
                .key = arena_printf(value_arena(), "%s %s", id, arn),
            });
    }
}

static void read_identity_policy(struct permission_side *side, const struct value *properties)
{
    static const char *const keys[] = { "Groups", "Users", "Roles", "GroupName", "UserName", "RoleName" };

    for (size_t k = 0; k < ARRAY_SIZE(keys); k++) {
        const struct value *names = diff_render_intrinsics(object_get(properties, keys[k]));
        bool is_list = value_type(names) == VALUE_ARRAY;

        for (size_t i = 0; i < (is_list ? value_length(names) : names ? 1 : 0); i++)
            add_document(side, object_get(properties, "PolicyDocument"), NULL,
                arena_printf(
                    value_arena(), "AWS:%s", diff_intrinsic_text(is_list ? array_at(names, i) : names)));
    }
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

// The resource says in one property what it applies to, and in another, named after a policy, what it allows.
static void read_resource_policy(struct permission_side *side, const struct value *properties)
{
    const struct value *document = NULL, *targets = NULL;
    size_t target_keys = 0;

    for (size_t i = 0; i < value_length(properties); i++) {
        const struct field *field = object_at(properties, i);

        if (strstr(field->key, "Policy")) {
            if (!document && object_get(document_of(field->value), "Statement"))
                document = field->value;
        } else if (!ends_with(field->key, "Name")) {
            targets = field->value;
            target_keys++;
        }
    }
    targets = target_keys == 1 ? diff_render_intrinsics(targets) : string("???");
    if (value_type(targets) != VALUE_ARRAY)
        targets = array_of((struct value *[]){ (struct value *)targets, NULL });
    for (size_t i = 0; i < value_length(targets); i++)
        add_document(side, document, diff_intrinsic_text(array_at(targets, i)), NULL);
}

static void read_identity_center(
    struct permission_side *side, const struct value *properties, const char *id, const char *type)
{
    struct value *rendered = diff_render_intrinsics(properties);
    STRBUF_AUTO text = STRBUF_INIT;

    diff_canonical(&text, rendered);
    diff_rows_add(&side->tables[DIFF_IDENTITY_CENTER],
        (struct diff_row){
            .cells = { braced(id, ""), type, diff_intrinsic_text(rendered) },
            .content = object((struct field[]){ { "resource", string(braced(id, "")) },
                { "type", string(type) }, { "properties", rendered }, END }),
            .key = arena_printf(value_arena(), "%s %s", id, text.data),
        });
}

static void read_rules(
    struct permission_side *side, const struct value *rules, const char *id, bool is_egress)
{
    for (size_t i = 0; i < value_length(rules) && value_type(rules) == VALUE_ARRAY; i++)
        diff_read_security_group_rule(
            &side->tables[DIFF_SECURITY_GROUP_RULES], array_at(rules, i), braced(id, ".GroupId"), is_egress);
}

static void read_resource(struct permission_side *side, const struct value *properties, const char *id,
    const char *type, enum schema_scrutiny what)
{
    switch (what) {
    case SCHEMA_SCRUTINY_RESOURCE_POLICY_RESOURCE:
        read_resource_policy(side, properties);
        return;
    case SCHEMA_SCRUTINY_IDENTITY_POLICY_RESOURCE:
        read_identity_policy(side, properties);
        return;
    case SCHEMA_SCRUTINY_LAMBDA_PERMISSION: {
        struct diff_statements statements = { 0 };

        diff_statements_read_lambda_permission(&statements, properties);
        add_statements(side, &statements, NULL, NULL);
        return;
    }
    case SCHEMA_SCRUTINY_INGRESS_RULE_RESOURCE:
    case SCHEMA_SCRUTINY_EGRESS_RULE_RESOURCE:
        diff_read_security_group_rule(&side->tables[DIFF_SECURITY_GROUP_RULES], properties, NULL,
            what == SCHEMA_SCRUTINY_EGRESS_RULE_RESOURCE);
        return;
    case SCHEMA_SCRUTINY_SSO_ASSIGNMENT_RESOURCE:
    case SCHEMA_SCRUTINY_SSO_INSTANCE_ACA_CONFIG_RESOURCE:
    case SCHEMA_SCRUTINY_SSO_PERMISSION_SET:
        read_identity_center(side, properties, id, type);
        return;
    default:
        return;
    }
}

static void read_property(struct permission_side *side, const struct value *value, const char *id,
    const char *type, enum schema_scrutiny what)
{
    switch (what) {
    case SCHEMA_SCRUTINY_INLINE_RESOURCE_POLICY:
        read_inline_resource_policy(side, value, id, type);
        return;
    case SCHEMA_SCRUTINY_INLINE_IDENTITY_POLICIES:
        read_inline_policies(side, value, id);
        return;
    case SCHEMA_SCRUTINY_MANAGED_POLICIES:
        read_managed_policies(side, value, id);
        return;
    case SCHEMA_SCRUTINY_INGRESS_RULES:
    case SCHEMA_SCRUTINY_EGRESS_RULES:
        read_rules(side, value, id, what == SCHEMA_SCRUTINY_EGRESS_RULES);
        return;
    default:
        return;
    }
}

// Says of the rows that have no origin where they come from.
static void set_origin(struct permission_side *side, const char *id, const char *property)
{
    const char *origin = arena_printf(value_arena(), "%s\n%s", id, property);

    for (enum diff_table table = 0; table < DIFF_TABLES; table++)
        for (size_t i = side->tables[table].count; i > 0 && !side->tables[table].items[i - 1].origin; i--) {
            side->tables[table].items[i - 1].origin = origin;
            map_set(side->read, origin, (void *)1);
        }
}

static void read_side(struct permission_side *side, const struct value *resource, const char *id)
{
    const char *type = object_string(resource, "Type");
    const struct schema_resource *known = schema_resource_find(type);
    const struct value *properties = object_get(resource, "Properties");

    if (!type || value_type(properties) != VALUE_OBJECT)
        return;
    read_resource(side, properties, id, type, schema_resource_scrutiny(known));
    set_origin(side, id, "");
    for (size_t i = 0; i < value_length(properties); i++) {
        const struct field *field = object_at(properties, i);

        read_property(side, field->value, id, type,
            schema_property_scrutiny(schema_object_find(schema_resource_properties(known), field->key)));
        set_origin(side, id, field->key);
    }
}

static struct map keys_of(const struct diff_rows *rows)
{
    struct map keys;

    map_init(&keys, value_arena());
    for (size_t i = 0; i < rows->count; i++)
        map_set(&keys, rows->items[i].key, (void *)1);
    return keys;
}

static bool broadens(enum diff_table table, const struct diff_row *row)
{
    const char *effect = row->cells[1];

    // The branches are compared where the other ways to gain rights are found.
    if ((table == DIFF_MANAGED_POLICIES || (table == DIFF_STATEMENTS && !*effect)) &&
        strstr(row->key, "Fn::If"))
        return false;
    if (table != DIFF_STATEMENTS)
        return row->kind == DIFF_ADDED;
    // An effect that is known only at deployment may be either.
    return !*effect || strcmp(effect, row->kind == DIFF_ADDED ? "Allow" : "Deny") == 0;
}

// Rows of one side that the other lacks, each once.
static void add_missing(struct diff_rows *out, enum diff_table table, enum diff_kind kind,
    const struct diff_rows *rows, struct map other_keys)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct diff_row row = rows->items[i];

        if (map_set(&other_keys, row.key, (void *)1))
            continue;
        row.kind = kind;
        row.broadens = broadens(table, &row);
        diff_rows_add(out, row);
    }
}

static int compare_rows(const void *a, const void *b)
{
    const struct diff_row *left = a, *right = b;

    for (size_t i = 0; i < DIFF_COLUMNS; i++) {
        int order = strcmp(left->cells[i] ? left->cells[i] : "", right->cells[i] ? right->cells[i] : "");

        if (order)
            return order;
    }
    return left->kind == right->kind ? strcmp(left->key, right->key) : (int)left->kind - (int)right->kind;
}

// What it says is the same on both sides, or CloudFormation would not make it so.
static bool says_nothing(const struct diff_resource *resource)
{
    return (resource->is_consequence && resource->kind == DIFF_CHANGED) ||
        (resource->is_overruled && resource->impact == DIFF_NO_CHANGE);
}

void diff_permissions(struct diff_stack *stack)
{
    struct map read;
    struct permission_side before = { .read = &read }, after = { .read = &read };

    map_init(&read, value_arena());
    for (size_t i = 0; i < stack->resource_count; i++) {
        const struct diff_resource *resource = &stack->resources[i];

        if (says_nothing(resource))
            continue;
        read_side(&before, resource->before, resource->id);
        read_side(&after, resource->after, resource->id);
    }
    for (enum diff_table table = 0; table < DIFF_ACCESS; table++) {
        struct diff_rows *rows = &stack->tables[table];

        add_missing(rows, table, DIFF_REMOVED, &before.tables[table], keys_of(&after.tables[table]));
        add_missing(rows, table, DIFF_ADDED, &after.tables[table], keys_of(&before.tables[table]));
        if (rows->count)
            qsort(rows->items, rows->count, sizeof(*rows->items), compare_rows);
    }
    diff_access(stack, &read);
}

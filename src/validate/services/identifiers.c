// SPDX-License-Identifier: MIT
// Resources of which there can be only one: with the same names, or for the same other resource.
#include "data/json.h"
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/map.h"
#include "util/strbuf.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"

#include <string.h>

// A resource under the conditions in which it has a key, and the one before with the same key.
struct holder {
    const struct template_resource *resource;
    struct condition_literal *literals;
    size_t count;
    bool is_reported;
    struct holder *before;
};

struct keys {
    struct map holders;
    struct schema_list identifiers;
    const struct template_resource *resource;
    const char *id; // of the rule
    bool tells_both;
};

static struct condition_literal *copy_assumptions(
    struct validator *validator, const struct assumption *assumptions, size_t *ret_count)
{
    struct condition_literal *literals =
        arena_alloc(validator_arena(validator), CONDITION_LITERALS_LIMIT * sizeof(*literals));
    size_t count = 0;

    for (; assumptions && count < CONDITION_LITERALS_LIMIT; assumptions = assumptions->before)
        literals[count++] = (struct condition_literal){ assumptions->condition, assumptions->truth };
    *ret_count = count;
    return literals;
}

static bool can_both_be(struct validator *validator, const struct holder *a, const struct holder *b)
{
    struct condition_literal all[2 * CONDITION_LITERALS_LIMIT];

    memcpy(all, a->literals, a->count * sizeof(*all));
    memcpy(all + a->count, b->literals, b->count * sizeof(*all));
    return conditions_ask(validator, all, a->count + b->count) == POSSIBLE;
}

static void report_same(
    struct validator *validator, const struct keys *keys, struct holder *holder, const struct holder *other)
{
    const struct node *properties = &holder->resource->properties;
    bool is_single = keys->identifiers.count == 1;
    struct node identifier = node_get(properties, is_single ? schema_list_at(keys->identifiers, 0) : "");

    if (holder->is_reported)
        return;
    holder->is_reported = true;
    report(validator, keys->id, is_single ? &identifier : properties,
        "'%s' has the same as '%s', and there can be only one", holder->resource->id, other->resource->id);
}

static void add_holder(struct judge *judge, struct keys *keys, const char *key)
{
    struct arena *arena = validator_arena(judge->validator);
    struct holder *holder = arena_alloc(arena, sizeof(*holder));

    holder->resource = keys->resource;
    holder->literals = copy_assumptions(judge->validator, judge->assumptions, &holder->count);
    holder->before = map_get(&keys->holders, key);
    for (struct holder *other = holder->before; other; other = other->before) {
        if (other->resource == holder->resource || !can_both_be(judge->validator, holder, other))
            continue;
        report_same(judge->validator, keys, holder, other);
        if (keys->tells_both)
            report_same(judge->validator, keys, other, holder);
        break;
    }
    map_set(&keys->holders, arena_strdup(arena, key), holder);
}

static void look_at_identifiers(struct judge *judge, const struct node *properties, void *data)
{
    struct keys *keys = data;
    STRBUF_AUTO key = STRBUF_INIT;

    strbuf_add_string(&key, keys->resource->type);
    for (size_t i = 0; i < keys->identifiers.count; i++) {
        const struct value *value = object_get(properties->value, schema_list_at(keys->identifiers, i));

        if (!value)
            return;
        strbuf_add_char(&key, '\n');
        json_write(&key, value, 0);
    }
    add_holder(judge, keys, key.data);
}

static bool is_in(struct schema_list list, const char *name)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(schema_list_at(list, i), name) == 0)
            return true;
    return false;
}

// Those that a template sets, not AWS.
static bool can_be_set(const struct schema_constraints *constraints, struct schema_list identifiers)
{
    struct schema_list read_only = schema_constraints_paths(constraints, SCHEMA_PATHS_READ_ONLY);

    for (size_t i = 0; i < identifiers.count; i++)
        if (is_in(read_only, schema_list_at(identifiers, i)) || strchr(schema_list_at(identifiers, i), '/'))
            return false;
    return identifiers.count && constraints;
}

static void check_identifiers(struct validator *validator, const struct node *template)
{
    struct keys keys = { .id = "E3019", .tells_both = true };

    (void)template;
    map_init(&keys.holders, validator_arena(validator));
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);
        const char *names[8] = { NULL };

        keys.resource = resource;
        keys.identifiers = schema_resource_identifier(resource->schema);
        if (keys.identifiers.count >= ARRAY_SIZE(names) || !node_is_object(&resource->properties) ||
            !can_be_set(schema_constraints_find(resource->type), keys.identifiers))
            continue;
        for (size_t j = 0; j < keys.identifiers.count; j++)
            names[j] = schema_list_at(keys.identifiers, j);
        validator_each_scenario(validator, &resource->properties, names, look_at_identifiers, &keys);
    }
}

// Of a subnet there is one association with a route table.

struct association {
    const struct template_resource *resource;
    const char *condition, *branch; // of the resource; the last one of Fn::If
    const char *subnet;
};

struct associations {
    struct association *items;
    size_t count, capacity;
    const struct template_resource *resource;
};

static void note_association(struct judge *judge, const struct node *node, void *data)
{
    struct associations *all = data;
    STRBUF_AUTO key = STRBUF_INIT;

    json_write(&key, node->value, 0);
    all->items = arena_grow(
        validator_arena(judge->validator), all->items, all->count, &all->capacity, sizeof(*all->items));
    all->items[all->count++] = (struct association){ all->resource, all->resource->condition,
        judge->assumptions ? judge->assumptions->condition : NULL,
        arena_strdup(validator_arena(judge->validator), key.data) };
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

// Like cfn-lint, associations under different conditions are taken for alternatives.
static bool exclude_others(const struct association *a, const struct association *b)
{
    return a->resource != b->resource && strcmp(a->subnet, b->subnet) == 0 &&
        ((is_same(a->condition, b->condition) && is_same(a->branch, b->branch)) ||
            (!b->condition && !b->branch));
}

static void check_associations(struct validator *validator, const struct node *template)
{
    struct associations all = { 0 };

    (void)template;
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        all.resource = validator_resource_at(validator, i);
        if (strcmp(all.resource->type, "AWS::EC2::SubnetRouteTableAssociation") == 0)
            validator_each_at(validator, all.resource->node, "Properties/SubnetId", note_association, &all);
    }
    for (size_t i = 0; i < all.count; i++) {
        struct node place = node_get(&all.items[i].resource->properties, "SubnetId");

        for (size_t j = 0; j < all.count; j++) {
            if (!exclude_others(&all.items[i], &all.items[j]))
                continue;
            report(validator, "E3022", &place, "the subnet is associated by '%s' too",
                all.items[j].resource->id);
            break;
        }
    }
}

// Of a service there is one interface endpoint with private names in a VPC.
static void look_at_endpoint(struct judge *judge, const struct node *properties, void *data)
{
    static const char *const of_key[] = { "VpcId", "ServiceName" };
    const char *type = object_string(properties->value, "VpcEndpointType");
    struct keys *keys = data;
    STRBUF_AUTO key = STRBUF_INIT;

    if (!type || strcmp(type, "Interface") != 0 ||
        !value_boolean(object_get(properties->value, "PrivateDnsEnabled")))
        return;
    for (size_t i = 0; i < ARRAY_SIZE(of_key); i++) {
        struct node part = node_get(properties, of_key[i]);
        const char *function = node_function(&part);

        if (!node_string(&part) &&
            (!function ||
                (strcmp(function, "Ref") != 0 && strcmp(function, "Fn::GetAtt") != 0 &&
                    strcmp(function, "Fn::Sub") != 0)))
            return;
        json_write(&key, part.value, 0);
        strbuf_add_char(&key, '\n');
    }
    add_holder(judge, keys, key.data);
}

static void check_endpoints(struct validator *validator, const struct node *template)
{
    static const char *const names[] = { "VpcEndpointType", "PrivateDnsEnabled", "VpcId", "ServiceName",
        NULL };
    struct keys keys = { .id = "E3064" };

    (void)template;
    map_init(&keys.holders, validator_arena(validator));
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);

        keys.resource = resource;
        if (strcmp(resource->type, "AWS::EC2::VPCEndpoint") == 0 && node_is_object(&resource->properties))
            validator_each_scenario(validator, &resource->properties, names, look_at_endpoint, &keys);
    }
}

#define EXISTS "AWS refuses the second one, so the stack is rolled back."

const struct rule identifier_rules[] = {
    { "E3019", SEVERITY_ERROR, "two resources have the same identifier", EXISTS,
        "Give them different names, or take one out.",
        "primaryIdentifier in AWS's provider schemas: tango-infra schema TYPE", .scope = RULE_TEMPLATE,
        .check = check_identifiers },
    { "E3022", SEVERITY_ERROR, "a subnet is associated with two route tables", EXISTS,
        "Keep one association of the subnet.", "AWS::EC2::SubnetRouteTableAssociation",
        .scope = RULE_TEMPLATE, .check = check_associations },
    { "E3064", SEVERITY_ERROR, "two endpoints of a service have private names in one VPC", EXISTS,
        "Set PrivateDnsEnabled to false for one of them.",
        "AWS PrivateLink Guide: manage DNS names for VPC endpoints", .scope = RULE_TEMPLATE,
        .check = check_endpoints },
    RULES_END,
};

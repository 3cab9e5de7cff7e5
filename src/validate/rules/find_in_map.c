// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "util/text/suggest.h"
#include "validate/rules/functions.h"

#include <string.h>

static void report_unknown_key(struct validator *validator, const char *id, const struct node *node,
    const struct value *keys, const char *what, const char *name)
{
    struct suggestion suggestion = SUGGESTION_FOR(name);

    for (size_t i = 0, count = value_length(keys); i < count && (i || validator_suggests(validator, count));
         i++)
        suggestion_consider(&suggestion, object_at(keys, i)->key);
    if (suggestion.best)
        report(validator, id, node, "there is no %s '%s'; did you mean '%s'?", what, name, suggestion.best);
    else
        report(validator, id, node, "there is no %s '%s'", what, name);
}

static bool has_transform(const struct value *keys)
{
    return value_type(keys) != VALUE_OBJECT || object_get(keys, "Fn::Transform");
}

static bool is_account(const char *key)
{
    return strlen(key) == 12 && strspn(key, "0123456789") == 12;
}

// Whether the first key can be what only the deployment knows.
static bool can_be(const struct value *first, const char *key)
{
    const char *name = object_string_or_empty(first, "Ref");

    if (strcmp(name, "AWS::Region") == 0)
        return region_is_known(key);
    return strcmp(name, "AWS::AccountId") != 0 || is_account(key);
}

// Whether any of the first keys that can be meant has the second one; `key` NULL: whether there is any.
static bool any_has(const struct value *mapping, const struct value *first, const char *key)
{
    for (size_t i = 0; i < value_length(mapping); i++) {
        const struct value *inner = object_at(mapping, i)->value;

        if (!can_be(first, object_at(mapping, i)->key))
            continue;
        if (!key || has_transform(inner) || object_get(inner, key))
            return true;
    }
    return false;
}

// The key as a string; numbers are keys too.
static const char *key_of(const struct node *node)
{
    if (value_type(node->value) == VALUE_NUMBER)
        return arena_printf(value_arena(), "%.15g", value_number(node->value));
    return node_string(node);
}

static bool check_keys(
    struct validator *validator, const struct node *list, const struct value *mapping, const char *id)
{
    const struct node first = node_at(list, 1), second = node_at(list, 2);
    const char *first_key = key_of(&first), *second_key = key_of(&second);
    const struct value *inner = first_key ? object_get(mapping, first_key) : NULL;

    if (first_key && !inner) {
        report_unknown_key(validator, id, &first, mapping, "key", first_key);
        return false;
    }
    if (!first_key && !any_has(mapping, first.value, NULL)) {
        report(validator, id, &first, "no key of the mapping is %s",
            strcmp(object_string_or_empty(first.value, "Ref"), "AWS::Region") == 0 ? "a region"
                                                                                   : "an account");
        return false;
    }
    if (!second_key || (inner && (has_transform(inner) || object_get(inner, second_key))) ||
        (!inner && any_has(mapping, first.value, second_key)))
        return true;
    report_unknown_key(validator, id, &second, inner, "second level key", second_key);
    return false;
}

static bool is_known(const struct validator *validator)
{
    return !has_transform(object_get(validator_template(validator)->value, "Mappings"));
}

bool find_in_map_resolve(
    struct validator *validator, const struct node *node, const char *id, const struct function_place *place)
{
    const struct value *mappings = object_get(validator_template(validator)->value, "Mappings");
    const struct node list = node_argument(node), name = node_at(&list, 0);
    const struct value *mapping;

    (void)place;
    if (node_length(&list) == 4 || !node_string(&name) || validator_has_macro(validator))
        return true;
    mapping = validator_mapping(validator, node_string(&name));
    if (!mapping && (!mappings || is_known(validator))) {
        report_unknown_key(validator, id, &name, mappings, "mapping", node_string(&name));
        return false;
    }
    if (!mapping || has_transform(mapping))
        return true;
    return check_keys(validator, &list, mapping, id);
}

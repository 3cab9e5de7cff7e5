// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

#include <ctype.h>
#include <string.h>

static void note_mistake(struct iam_statement *statement, const char *mistake)
{
    if (mistake && !statement->mistake)
        statement->mistake = mistake;
}

// "*", or "service:Action" in which the action may have asterisks (policy-statement.js).
static bool is_action(const char *action)
{
    const char *colon = strchr(action, ':');

    if (strcmp(action, "*") == 0)
        return true;
    if (!colon || colon == action || !colon[1])
        return false;
    for (const char *at = action; at < colon; at++)
        if (!isalnum((unsigned char)*at) && *at != '-')
            return false;
    for (const char *at = colon + 1; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '*')
            return false;
    return true;
}

static void add_action(
    struct iam_statement *statement, struct value *set, const struct value *opposite, const char *action)
{
    if (value_length(opposite))
        note_mistake(statement, "a statement cannot have both actions and not_actions");
    if (!is_action(action))
        note_mistake(statement,
            arena_printf(value_arena(),
                "'%s' is not an action; it must be '*', or a service, a colon, and the name of an action, "
                "which may have wildcards",
                action));
    set_add(set, string(action));
}

void iam_statement_add_action(struct iam_statement *statement, const char *action)
{
    add_action(statement, statement->actions, statement->not_actions, action);
}

void iam_statement_add_resource(struct iam_statement *statement, struct value *resource)
{
    if (value_length(statement->not_resources))
        note_mistake(statement, "a statement cannot have both resources and not_resources");
    set_add(statement->resources, resource);
}

static bool has_principal(const struct principal_list *list, const struct iam_principal *principal)
{
    for (size_t i = 0; i < list->length; i++)
        if (list->items[i] == principal)
            return true;
    return false;
}

static void add_principal(
    struct iam_statement *statement, struct principal_list *list, struct iam_principal *principal)
{
    const struct value *conditions = principal_conditions(principal);
    size_t before = statement->principals.length + statement->not_principals.length;

    if (has_principal(list, principal))
        return;
    note_mistake(statement, principal_mistake(principal));
    if (list->length != before)
        note_mistake(statement, "a statement cannot have both principals and not_principals");
    if (list->length && principal_is_star(list->items[0]) != principal_is_star(principal))
        note_mistake(statement, "the principal '*' cannot be combined with others");
    if (before && !same_json(conditions, statement->principal_conditions))
        note_mistake(statement,
            "all principals of a statement must have the same conditions; use one statement for each of "
            "them");
    IAM_LIST_APPEND(list, principal);
    statement->principal_conditions = conditions;
    statement_add_conditions(statement, conditions);
}

void iam_statement_add_principal(struct iam_statement *statement, struct iam_principal *principal)
{
    add_principal(statement, &statement->principals, principal);
}

void statement_add_conditions(struct iam_statement *statement, const struct value *conditions)
{
    for (size_t i = 0; i < value_length(conditions); i++)
        if (value_type(object_at(conditions, i)->value) != VALUE_OBJECT)
            note_mistake(statement,
                arena_printf(value_arena(), "the condition '%s' must be an object of keys and values",
                    object_at(conditions, i)->key));
    statement->conditions = conditions_merge(statement->conditions, conditions);
}

void iam_statement_add_condition(
    struct iam_statement *statement, const char *op, const struct value *keys_and_values)
{
    statement_add_conditions(
        statement, object((struct field[]){ { op, (struct value *)keys_and_values }, END }));
}

static struct iam_statement *empty_statement(const char *sid, enum iam_effect effect)
{
    struct iam_statement *statement = arena_alloc(value_arena(), sizeof(*statement));

    statement->sid = sid;
    statement->effect = effect;
    statement->actions = array();
    statement->not_actions = array();
    statement->resources = array();
    statement->not_resources = array();
    return statement;
}

static void add_principals(struct iam_statement *statement, const struct iam_statement_props *props)
{
    for (struct iam_principal *const *at = props->principals; at && *at; at++)
        add_principal(statement, &statement->principals, *at);
    for (struct iam_principal *const *at = props->not_principals; at && *at; at++)
        add_principal(statement, &statement->not_principals, *at);
}

static void add_resources(struct iam_statement *statement, const struct iam_statement_props *props)
{
    for (struct value *const *at = props->not_resources; at && *at; at++)
        set_add(statement->not_resources, *at);
    for (struct value *const *at = props->resources; at && *at; at++)
        iam_statement_add_resource(statement, *at);
}

struct iam_statement *iam_statement_new(const struct iam_statement_props *props)
{
    struct iam_statement *statement =
        empty_statement(props->sid ? arena_strdup(value_arena(), props->sid) : NULL, props->effect);

    for (const char *const *at = props->actions; at && *at; at++)
        iam_statement_add_action(statement, *at);
    for (const char *const *at = props->not_actions; at && *at; at++)
        add_action(statement, statement->not_actions, statement->actions, *at);
    add_principals(statement, props);
    add_resources(statement, props);
    statement_add_conditions(statement, props->conditions);
    return statement;
}

struct iam_statement *statement_copy(const struct iam_statement *statement)
{
    struct iam_statement *copy = empty_statement(statement->sid, statement->effect);

    array_append_all(copy->actions, statement->actions);
    array_append_all(copy->not_actions, statement->not_actions);
    array_append_all(copy->resources, statement->resources);
    array_append_all(copy->not_resources, statement->not_resources);
    for (size_t i = 0; i < statement->principals.length; i++)
        IAM_LIST_APPEND(&copy->principals, statement->principals.items[i]);
    for (size_t i = 0; i < statement->not_principals.length; i++)
        IAM_LIST_APPEND(&copy->not_principals, statement->not_principals.items[i]);
    copy->conditions = statement->conditions;
    copy->principal_conditions = statement->principal_conditions;
    return copy;
}

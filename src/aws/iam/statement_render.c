// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "data/json.h"
#include "util/strbuf.h"

#include <string.h>

// IAM takes a single value for an array of one.
static struct value *shortest(struct value *items)
{
    switch (value_length(items)) {
    case 0:
        return NULL;
    case 1:
        return array_at(items, 0);
    default:
        return items;
    }
}

static struct value *copy_set(const struct value *set)
{
    struct value *copy = array();

    array_append_all(copy, set);
    return shortest(copy);
}

// {"AWS": ["a"]} as {"AWS": "a"}
static struct value *shortest_principals(struct value *element)
{
    struct value *result;

    if (value_type(element) != VALUE_OBJECT)
        return element;
    result = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(element); i++)
        object_set(result, object_at(element, i)->key, shortest(object_at(element, i)->value));
    return result;
}

struct value *statement_render(const struct iam_statement *statement, const struct stack *stack)
{
    return object((struct field[]){
        { "Action", copy_set(statement->actions) },
        { "NotAction", copy_set(statement->not_actions) },
        { "Condition", value_length(statement->conditions) ? (struct value *)statement->conditions : NULL },
        { "Effect", string(statement->effect == IAM_DENY ? "Deny" : "Allow") },
        { "Principal", shortest_principals(principals_render(&statement->principals, stack)) },
        { "NotPrincipal", shortest_principals(principals_render(&statement->not_principals, stack)) },
        { "Resource", copy_set(statement->resources) },
        { "NotResource", copy_set(statement->not_resources) },
        { "Sid", string(statement->sid) },
        END,
    });
}

enum { ACTION_SIZE = 20, TOKEN_TEXT_SIZE = 21 }; // of what is known only at deployment

static size_t set_size(const char *key, const struct value *set, size_t token_size)
{
    size_t size = value_length(set) ? strlen(key) + 5 : 0;

    for (size_t i = 0; i < value_length(set); i++) {
        const char *text = value_string(array_at(set, i));

        size += (text ? strlen(text) : token_size) + 3;
    }
    return size;
}

// The length as JSON text.
static size_t json_size(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;
    size_t size = 2;

    switch (value_type(value)) {
    case VALUE_ARRAY:
        for (size_t i = 0; i < value_length(value); i++)
            size += json_size(array_at(value, i)) + (i > 0);
        return size;
    case VALUE_OBJECT:
        for (size_t i = 0; i < value_length(value); i++)
            size += strlen(object_at(value, i)->key) + 3 + json_size(object_at(value, i)->value) + (i > 0);
        return size;
    case VALUE_NULL:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_STRING:
        json_stringify(&text, value);
        return text.length;
    default:
        return TOKEN_TEXT_SIZE;
    }
}

size_t statement_size(const struct iam_statement *statement, size_t arn_size)
{
    size_t size = strlen(statement->effect == IAM_DENY ? "\"Effect\": \"Deny\"," : "\"Effect\": \"Allow\",");

    size += set_size("Action", statement->actions, ACTION_SIZE);
    size += set_size("NotAction", statement->not_actions, ACTION_SIZE);
    size += set_size("Resource", statement->resources, arn_size);
    size += set_size("NotResource", statement->not_resources, arn_size);
    size += (statement->principals.length + statement->not_principals.length) * arn_size;
    return size + (statement->conditions ? json_size(statement->conditions) : strlen("{}"));
}

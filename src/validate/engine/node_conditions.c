// SPDX-License-Identifier: MIT
#include "validate/engine/conditions.h"
#include "validate/engine/validator.h"

#include <string.h>

enum possibility conditions_ask(
    struct validator *validator, const struct condition_literal *literals, size_t count)
{
    if (!validator->conditions)
        validator->conditions = condition_set_new(validator->root.value, validator->arena);
    return condition_set_ask(validator->conditions, literals, count);
}

struct literal_list {
    struct condition_literal *items;
    size_t count;
};

static void add_literal(struct literal_list *list, const char *name, bool truth)
{
    if (name && list->count < CONDITION_LITERALS_LIMIT)
        list->items[list->count++] = (struct condition_literal){ name, truth };
}

// A branch of Fn::If is the second or third item of the list that is its argument.
static void add_branch(struct literal_list *list, const struct node *node)
{
    const struct node *parent = node->parent;

    if (parent->key && strcmp(parent->key, "Fn::If") == 0 && !node->key && node->index > 0)
        add_literal(list, value_string(array_at(parent->value, 0)), node->index == 1);
}

size_t node_conditions(const struct validator *validator, const struct node *node,
    struct condition_literal literals[CONDITION_LITERALS_LIMIT])
{
    struct literal_list list = { literals, 0 };
    const char *section = node_section(node);
    bool has_condition = strcmp(section, "Resources") == 0 || strcmp(section, "Outputs") == 0;

    (void)validator;
    for (; node->parent; node = node->parent) {
        add_branch(&list, node);
        if (has_condition && node->parent->parent && !node->parent->parent->parent)
            add_literal(&list, object_string(node->value, "Condition"), true);
    }
    return list.count;
}

enum possibility nodes_coexist(struct validator *validator, const struct node *a, const struct node *b)
{
    struct condition_literal literals[2 * CONDITION_LITERALS_LIMIT];
    size_t count = node_conditions(validator, a, literals);

    count += node_conditions(validator, b, literals + count);
    return conditions_ask(validator, literals, count);
}

// SPDX-License-Identifier: MIT
// A value under each combination of the conditions that stand directly in it.
#include "util/arena.h"
#include "validate/properties/judge.h"

#include <string.h>

// More conditions in one object or list than this leave its groups undecided, so that time stays linear.
enum { MAX_CONDITIONS = 4 };

struct conditions {
    const char *names[MAX_CONDITIONS];
    size_t count;
    bool is_too_many;
    bool has_no_value;
};

static void note_condition(struct conditions *conditions, const char *name)
{
    for (size_t i = 0; i < conditions->count; i++)
        if (strcmp(conditions->names[i], name) == 0)
            return;
    if (conditions->count == MAX_CONDITIONS)
        conditions->is_too_many = true;
    else
        conditions->names[conditions->count++] = name;
}

static const char *if_condition(const struct value *value)
{
    const struct value *argument;

    if (!value_is_intrinsic(value) || strcmp(object_at(value, 0)->key, "Fn::If") != 0)
        return NULL;
    argument = object_at(value, 0)->value;
    return value_length(argument) == 3 && value_type(array_at(argument, 0)) == VALUE_STRING
        ? value_string(array_at(argument, 0))
        : NULL;
}

static bool is_no_value(const struct value *value)
{
    const struct node node = { .value = value };

    return node_is_no_value(&node);
}

// Those in the value itself, in the items of lists, and, of the root, in its properties.
static void collect(struct conditions *conditions, const struct value *value, bool is_root)
{
    const char *condition = if_condition(value);

    if (is_no_value(value))
        conditions->has_no_value = true;
    if (condition) {
        note_condition(conditions, condition);
        collect(conditions, array_at(object_at(value, 0)->value, 1), is_root);
        collect(conditions, array_at(object_at(value, 0)->value, 2), is_root);
    } else if (value_type(value) == VALUE_ARRAY) {
        for (size_t i = 0; i < value_length(value) && !conditions->is_too_many; i++)
            collect(conditions, array_at(value, i), false);
    } else if (value_type(value) == VALUE_OBJECT && is_root && !value_is_intrinsic(value)) {
        for (size_t i = 0; i < value_length(value) && !conditions->is_too_many; i++)
            collect(conditions, object_at(value, i)->value, false);
    }
}

static bool holds(const struct conditions *conditions, unsigned truths, const char *name)
{
    for (size_t i = 0; i < conditions->count; i++)
        if (strcmp(conditions->names[i], name) == 0)
            return truths >> i & 1;
    return false;
}

// What remains of it; NULL: nothing.
static struct value *remainder_of(
    const struct conditions *conditions, unsigned truths, const struct value *value, bool is_root)
{
    const char *condition = if_condition(value);
    struct value *all;

    if (is_no_value(value))
        return NULL;
    if (condition)
        return remainder_of(conditions, truths,
            array_at(object_at(value, 0)->value, holds(conditions, truths, condition) ? 1 : 2), is_root);
    if (value_type(value) == VALUE_ARRAY) {
        all = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(all, remainder_of(conditions, truths, array_at(value, i), false));
        return all;
    }
    if (value_type(value) != VALUE_OBJECT || !is_root || value_is_intrinsic(value))
        return (struct value *)value;
    all = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        object_set(all, object_at(value, i)->key,
            remainder_of(conditions, truths, object_at(value, i)->value, false));
    return all;
}

// False when it cannot be told whether it is possible.
static bool visit_scenario(struct judge *judge, const struct conditions *conditions, unsigned truths,
    const struct node *node, group_visitor *visit, void *data)
{
    const struct assumption *before = judge->assumptions;
    struct assumption assumptions[MAX_CONDITIONS];
    struct node scenario = *node;
    enum possibility possibility;

    for (size_t i = 0; i < conditions->count; i++) {
        assumptions[i] = (struct assumption){ conditions->names[i], truths >> i & 1, judge->assumptions };
        judge->assumptions = &assumptions[i];
    }
    possibility = assumptions_are_possible(judge->validator, judge->assumptions);
    if (possibility == POSSIBLE) {
        scenario.value = remainder_of(conditions, truths, node->value, true);
        if (scenario.value)
            visit(judge, &scenario, data);
    }
    judge->assumptions = before;
    return possibility != POSSIBILITY_UNKNOWN;
}

bool judge_each_scenario(struct judge *judge, const struct node *node, group_visitor *visit, void *data)
{
    VALUE_ARENA_SCOPE(validator_arena(judge->validator));
    struct conditions conditions = { .count = 0 };
    bool is_complete = true;

    if (!judge->literal && judge->has_conditions)
        collect(&conditions, node->value, true);
    if (conditions.is_too_many)
        return false;
    if (!conditions.count && !conditions.has_no_value) {
        visit(judge, node, data);
        return true;
    }
    for (unsigned truths = 0; truths < 1U << conditions.count; truths++)
        is_complete &= visit_scenario(judge, &conditions, truths, node, visit, data);
    return is_complete;
}

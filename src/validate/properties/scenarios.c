// SPDX-License-Identifier: MIT
// A value under each combination of the conditions that stand directly in it and that matter.
#include "util/arena.h"
#include "validate/properties/judge.h"

#include <string.h>

enum {
    MAX_CONDITIONS = 24, // that matter for one question: more leave it undecided, so that time stays linear
    MAX_SCENARIOS = 64,
    MAX_QUESTIONS = 512,
};

struct conditions {
    const char *names[MAX_CONDITIONS];
    bool truths[MAX_CONDITIONS];
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

static bool is_among(const char *const *names, const char *name)
{
    while (names && *names && strcmp(*names, name) != 0)
        names++;
    return !names || *names;
}

// Those in the value itself, in the items of lists, and, of the root, in the properties of these names.
static void collect(
    struct conditions *conditions, const struct value *value, bool is_root, const char *const *names)
{
    const char *condition = if_condition(value);

    if (is_no_value(value))
        conditions->has_no_value = true;
    if (condition) {
        note_condition(conditions, condition);
        collect(conditions, array_at(object_at(value, 0)->value, 1), is_root, names);
        collect(conditions, array_at(object_at(value, 0)->value, 2), is_root, names);
    } else if (value_type(value) == VALUE_ARRAY) {
        for (size_t i = 0; i < value_length(value) && !conditions->is_too_many; i++)
            collect(conditions, array_at(value, i), false, NULL);
    } else if (value_type(value) == VALUE_OBJECT && is_root && !value_is_intrinsic(value)) {
        for (size_t i = 0; i < value_length(value) && !conditions->is_too_many; i++)
            if (is_among(names, object_at(value, i)->key))
                collect(conditions, object_at(value, i)->value, false, NULL);
    }
}

// The branch that is taken; 0: nobody has asked for the condition.
static size_t branch_of(const struct conditions *conditions, const char *name)
{
    for (size_t i = 0; i < conditions->count; i++)
        if (strcmp(conditions->names[i], name) == 0)
            return conditions->truths[i] ? 1 : 2;
    return 0;
}

// What remains of it; NULL: nothing.
static struct value *remainder_of(
    const struct conditions *conditions, const struct value *value, bool is_root)
{
    const char *condition = if_condition(value);
    size_t branch = condition ? branch_of(conditions, condition) : 0;
    struct value *all;

    if (is_no_value(value))
        return NULL;
    if (branch)
        return remainder_of(conditions, array_at(object_at(value, 0)->value, branch), is_root);
    if (value_type(value) == VALUE_ARRAY) {
        all = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(all, remainder_of(conditions, array_at(value, i), false));
        return all;
    }
    if (value_type(value) != VALUE_OBJECT || !is_root || value_is_intrinsic(value))
        return (struct value *)value;
    all = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        object_set(
            all, object_at(value, i)->key, remainder_of(conditions, object_at(value, i)->value, false));
    return all;
}

struct visit {
    struct judge *judge;
    struct conditions *conditions;
    const struct node *node;
    group_visitor *visit;
    void *data;
    size_t scenarios, questions;
    bool is_incomplete;
};

static void visit_scenario(struct visit *visit)
{
    struct node scenario = *visit->node;

    scenario.value = remainder_of(visit->conditions, visit->node->value, true);
    if (scenario.value)
        visit->visit(visit->judge, &scenario, visit->data);
}

// Both truths of the next condition, as far as they can be with those before: a choice that implies others
// leaves no choice there, so that conditions that exclude each other are as many scenarios as conditions.
static void choose(struct visit *visit, size_t next)
{
    struct conditions *conditions = visit->conditions;
    const struct assumption *before = visit->judge->assumptions;

    if (next == conditions->count) {
        visit->scenarios++;
        visit_scenario(visit);
        return;
    }
    for (unsigned i = 0; i < 2; i++) {
        const struct assumption assumption = { conditions->names[next], i == 0, before };
        enum possibility possibility;

        if (visit->scenarios == MAX_SCENARIOS || visit->questions++ >= MAX_QUESTIONS) {
            visit->is_incomplete = true;
            break;
        }
        conditions->truths[next] = i == 0;
        visit->judge->assumptions = &assumption;
        possibility = assumptions_are_possible(visit->judge->validator, &assumption);
        if (possibility == POSSIBLE)
            choose(visit, next + 1);
        visit->is_incomplete |= possibility == POSSIBILITY_UNKNOWN;
    }
    visit->judge->assumptions = before;
}

bool judge_each_scenario(
    struct judge *judge, const struct node *node, const char *const *names, group_visitor *visit, void *data)
{
    VALUE_ARENA_SCOPE(validator_arena(judge->validator));
    struct conditions conditions = { .count = 0 };
    struct visit all = { judge, &conditions, node, visit, data, 0, 0, false };

    if (!judge->literal && judge->has_conditions)
        collect(&conditions, node->value, true, names);
    if (conditions.is_too_many)
        return false;
    if (conditions.count)
        choose(&all, 0);
    else if (conditions.has_no_value)
        visit_scenario(&all);
    else
        visit(judge, node, data);
    return !all.is_incomplete;
}

bool validator_each_scenario(struct validator *validator, const struct node *node, const char *const *names,
    group_visitor *visit, void *data)
{
    const struct template_resource *resource = node_resource(validator, node);
    const struct assumption condition = { resource ? resource->condition : NULL, true, NULL };
    struct judge judge = { .validator = validator, .resource = resource, .has_conditions = true };

    judge.assumptions = condition.condition ? &condition : NULL;
    return judge_each_scenario(&judge, node, names, visit, data);
}

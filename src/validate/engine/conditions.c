// SPDX-License-Identifier: MIT
#include "validate/engine/conditions.h"

#include "data/json.h"
#include "data/value.h"
#include "util/map.h"
#include "util/strbuf.h"

#include <stdint.h>
#include <string.h>

enum {
    STEPS_LIMIT = 5000,  // of one question
    DEPTH_LIMIT = 10000, // conditions that refer to each other
};

// What is compared in Fn::Equals: a parameter, or anything that is only known at deployment. It is equal to
// one of the texts that it is compared with, or to none of them.
struct variable {
    struct compared_text **texts;
    size_t text_count, text_capacity;
    struct map by_text;
    bool is_bounded;    // the values that it can have are known
    struct map allowed; // those
    size_t values_left; // of them, that are not ruled out
    size_t assigned;    // of a text, plus 1; 0: open
};

struct compared_text {
    size_t index;
    size_t excluded; // how often it has been ruled out
    bool is_allowed;
};

enum formula_kind {
    FORMULA_FALSE,
    FORMULA_TRUE,
    FORMULA_EQUAL,
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_NOT,
    FORMULA_CONDITION
};

struct formula {
    enum formula_kind kind;
    struct variable *variable; // FORMULA_EQUAL
    size_t text;
    struct formula **parts;
    size_t part_count;
    const char *name;          // FORMULA_CONDITION
    struct formula *condition; // that has the name, once it was asked for
};

struct trail_entry {
    struct variable *variable;
    size_t assigned; // before
    size_t excluded; // plus 1: a text that was ruled out; 0: none
};

// A formula that has to be so, and that a choice has to be made for.
struct goal {
    struct formula *formula;
    bool truth;
};

struct condition_set {
    struct arena *arena;
    const struct value *conditions, *parameters;
    struct map formulas;  // by the condition's name
    struct map variables; // by what is compared
    struct trail_entry *trail;
    size_t trail_length, trail_capacity;
    struct goal *goals;
    size_t goal_count, goal_capacity;
    size_t steps;
};

static const char *text_of(struct condition_set *set, const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (value_type(value) == VALUE_STRING)
        return value_string(value);
    if (value_type(value) == VALUE_BOOLEAN)
        return value_boolean(value) ? "true" : "false";
    json_stringify(&text, value);
    return arena_strdup(set->arena, text.data);
}

// The values that a parameter can have. Numbers and booleans are not told apart from their texts: then any.
static void set_allowed(struct condition_set *set, struct variable *variable, const struct value *allowed)
{
    variable->is_bounded = value_type(allowed) == VALUE_ARRAY;
    for (size_t i = 0; i < value_length(allowed) && variable->is_bounded; i++) {
        const struct value *item = array_at(allowed, i);

        if (value_type(item) != VALUE_STRING)
            variable->is_bounded = false;
        else if (!map_set(&variable->allowed, value_string(item), set))
            variable->values_left++;
    }
}

static struct variable *variable_of(struct condition_set *set, const struct value *compared)
{
    const char *key = text_of(set, compared);
    struct variable *variable = map_get(&set->variables, key);
    const struct value *parameter;

    if (variable)
        return variable;
    variable = arena_alloc(set->arena, sizeof(*variable));
    map_set(&set->variables, key, variable);
    map_init(&variable->by_text, set->arena);
    map_init(&variable->allowed, set->arena);
    parameter = object_get(set->parameters, object_string_or_empty(compared, "Ref"));
    set_allowed(set, variable, object_get(parameter, "AllowedValues"));
    return variable;
}

static size_t add_text(struct condition_set *set, struct variable *variable, const char *text)
{
    struct compared_text *compared = map_get(&variable->by_text, text);

    if (compared)
        return compared->index;
    compared = arena_alloc(set->arena, sizeof(*compared));
    compared->index = variable->text_count;
    compared->is_allowed = !variable->is_bounded || map_get(&variable->allowed, text);
    map_set(&variable->by_text, text, compared);
    variable->texts = arena_grow(set->arena, variable->texts, variable->text_count, &variable->text_capacity,
        sizeof(struct compared_text *));
    variable->texts[variable->text_count++] = compared;
    return compared->index;
}

static bool is_literal(const struct value *value)
{
    return value_type(value) != VALUE_OBJECT && value_type(value) != VALUE_ARRAY;
}

static struct formula *formula_new(struct condition_set *set, enum formula_kind kind)
{
    struct formula *formula = arena_alloc(set->arena, sizeof(*formula));

    formula->kind = kind;
    return formula;
}

static struct formula *make_equal(struct condition_set *set, const struct value *pair)
{
    const struct value *left = array_at(pair, 0), *right = array_at(pair, 1), *compared = left;
    const char *left_text = text_of(set, left), *right_text = text_of(set, right);
    struct formula *formula;

    if (strcmp(left_text, right_text) == 0)
        return formula_new(set, FORMULA_TRUE);
    if (is_literal(left) && is_literal(right))
        return formula_new(set, FORMULA_FALSE);
    formula = formula_new(set, FORMULA_EQUAL);
    if (is_literal(left) || (!is_literal(right) && strcmp(left_text, right_text) > 0))
        compared = right;
    formula->variable = variable_of(set, compared);
    formula->text = add_text(set, formula->variable, compared == left ? right_text : left_text);
    return formula;
}

// What nobody can look into is true or false, as one whole.
static struct formula *make_opaque(struct condition_set *set, const struct value *value)
{
    struct formula *formula = formula_new(set, FORMULA_EQUAL);

    formula->variable = variable_of(set, value);
    formula->text = add_text(set, formula->variable, "true");
    return formula;
}

static struct formula *make_formula(struct condition_set *set, const struct value *value);

static struct formula *make_parts(struct condition_set *set, enum formula_kind kind, const struct value *list)
{
    struct formula *formula = formula_new(set, kind);

    formula->part_count = value_length(list);
    formula->parts = arena_alloc(set->arena, (formula->part_count + 1) * sizeof(*formula->parts));
    for (size_t i = 0; i < formula->part_count; i++)
        formula->parts[i] = make_formula(set, array_at(list, i));
    return formula;
}

static struct formula *make_formula(struct condition_set *set, const struct value *value)
{
    const struct field *function = object_at(value, 0);
    bool is_list = value_type(function->value) == VALUE_ARRAY;
    struct formula *formula;

    if (value_type(value) == VALUE_BOOLEAN)
        return formula_new(set, value_boolean(value) ? FORMULA_TRUE : FORMULA_FALSE);
    if (strcmp(function->key, "Condition") == 0 && value_string(function->value)) {
        formula = formula_new(set, FORMULA_CONDITION);
        formula->name = value_string(function->value);
        return formula;
    }
    if (!is_list)
        return make_opaque(set, value);
    if (strcmp(function->key, "Fn::Equals") == 0 && value_length(function->value) == 2)
        return make_equal(set, function->value);
    if (strcmp(function->key, "Fn::And") == 0)
        return make_parts(set, FORMULA_AND, function->value);
    if (strcmp(function->key, "Fn::Or") == 0)
        return make_parts(set, FORMULA_OR, function->value);
    if (strcmp(function->key, "Fn::Not") == 0 && value_length(function->value) == 1)
        return make_parts(set, FORMULA_NOT, function->value);
    return make_opaque(set, value);
}

static struct formula *formula_of(struct condition_set *set, const char *name)
{
    struct formula *formula = map_get(&set->formulas, name);
    const struct value *condition;

    if (formula)
        return formula;
    condition = object_get(set->conditions, name);
    formula = condition ? make_formula(set, condition) : make_opaque(set, string(name));
    map_set(&set->formulas, name, formula);
    return formula;
}

struct condition_set *condition_set_new(const struct value *template, struct arena *arena)
{
    struct condition_set *set = arena_alloc(arena, sizeof(*set));

    set->arena = arena;
    set->conditions = object_get(template, "Conditions");
    set->parameters = object_get(template, "Parameters");
    map_init(&set->formulas, arena);
    map_init(&set->variables, arena);
    // Every text that a variable is compared with has to be known before the first question.
    for (size_t i = 0; i < value_length(set->conditions) && value_type(set->conditions) == VALUE_OBJECT; i++)
        formula_of(set, object_at(set->conditions, i)->key);
    return set;
}

static void remember(struct condition_set *set, struct variable *variable, size_t excluded)
{
    set->trail =
        arena_grow(set->arena, set->trail, set->trail_length, &set->trail_capacity, sizeof(*set->trail));
    set->trail[set->trail_length++] = (struct trail_entry){ variable, variable->assigned, excluded };
}

static void undo(struct condition_set *set, size_t length)
{
    while (set->trail_length > length) {
        const struct trail_entry *entry = &set->trail[--set->trail_length];

        entry->variable->assigned = entry->assigned;
        if (entry->excluded) {
            struct compared_text *text = entry->variable->texts[entry->excluded - 1];

            text->excluded--;
            entry->variable->values_left += !text->excluded && text->is_allowed;
        }
    }
}

static bool require_equal(struct condition_set *set, const struct formula *formula, bool truth)
{
    struct variable *variable = formula->variable;
    struct compared_text *text = variable->texts[formula->text];

    if (variable->assigned)
        return (variable->assigned == formula->text + 1) == truth;
    if (!truth) {
        remember(set, variable, formula->text + 1);
        variable->values_left -= !text->excluded && text->is_allowed;
        text->excluded++;
        return !variable->is_bounded || variable->values_left;
    }
    if (text->excluded || !text->is_allowed)
        return false;
    remember(set, variable, 0);
    variable->assigned = formula->text + 1;
    return true;
}

static void add_goal(struct condition_set *set, struct formula *formula, bool truth)
{
    set->goals =
        arena_grow(set->arena, set->goals, set->goal_count, &set->goal_capacity, sizeof(*set->goals));
    set->goals[set->goal_count++] = (struct goal){ formula, truth };
}

// Of FORMULA_CONDITION.
static struct formula *condition_of(struct condition_set *set, struct formula *formula)
{
    if (!formula->condition)
        formula->condition = formula_of(set, formula->name);
    return formula->condition;
}

// What follows from it; false when that contradicts what is so already.
static bool require(struct condition_set *set, struct formula *formula, bool truth, int depth)
{
    set->steps++;
    if (depth > DEPTH_LIMIT || set->steps > STEPS_LIMIT)
        return true; // given up: ask() sees the steps
    switch (formula->kind) {
    case FORMULA_FALSE:
    case FORMULA_TRUE:
        return (formula->kind == FORMULA_TRUE) == truth;
    case FORMULA_EQUAL:
        return require_equal(set, formula, truth);
    case FORMULA_NOT:
        return require(set, formula->parts[0], !truth, depth + 1);
    case FORMULA_CONDITION:
        return require(set, condition_of(set, formula), truth, depth + 1);
    case FORMULA_AND:
    case FORMULA_OR:
        if ((formula->kind == FORMULA_AND) != truth) {
            add_goal(set, formula, truth);
            return true;
        }
        for (size_t i = 0; i < formula->part_count; i++)
            if (!require(set, formula->parts[i], truth, depth + 1))
                return false;
        return true;
    }
    return true;
}

// Every goal is so when one of its parts is: tries them in turn.
static bool solve(struct condition_set *set, size_t goal, int depth)
{
    struct formula *formula;
    bool truth;

    if (goal == set->goal_count || set->steps > STEPS_LIMIT || depth > DEPTH_LIMIT)
        return true;
    formula = set->goals[goal].formula;
    truth = set->goals[goal].truth;
    for (size_t i = 0; i < formula->part_count; i++) {
        size_t trail = set->trail_length, goals = set->goal_count;

        if (require(set, formula->parts[i], truth, 0) && solve(set, goal + 1, depth + 1))
            return true;
        undo(set, trail);
        set->goal_count = goals;
    }
    return false;
}

enum possibility condition_set_ask(
    struct condition_set *set, const struct condition_literal *literals, size_t count)
{
    bool is_possible = true;

    set->steps = set->goal_count = 0;
    for (size_t i = 0; i < count && is_possible; i++)
        is_possible = require(set, formula_of(set, literals[i].name), literals[i].truth, 0);
    is_possible = is_possible && solve(set, 0, 0);
    undo(set, 0);
    if (set->steps > STEPS_LIMIT)
        return POSSIBILITY_UNKNOWN;
    return is_possible ? POSSIBLE : IMPOSSIBLE;
}

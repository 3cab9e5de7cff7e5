// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_JUDGE_H
#define VALIDATE_PROPERTIES_JUDGE_H

// A value against a schema (schema/constraints.h), as cfn-lint judges it. Intrinsic functions are not known:
// what depends on one is undecided, and what is undecided is no violation. Everything lives in the
// validator's arena.

#include "schema/constraints.h"
#include "validate/rule.h"

// A condition that holds where a value is, since it is in a branch of Fn::If.
struct assumption {
    const char *condition;
    bool truth;
    const struct assumption *before;
};

// Whether the conditions can be as they are assumed to be, all at once.
enum possibility assumptions_are_possible(struct validator *validator, const struct assumption *assumptions);

struct violation {
    const char *id;              // of a rule; NULL: that of the keyword
    enum schema_keyword keyword; // SCHEMA_KEYWORD_NEVER: nothing may be here
    const struct node *node;
    const char *message;
    bool at_key;
    bool matches_type;         // the value has the type that the schema asks for
    size_t depth;              // of the node
    struct violations *inside; // of alternatives, none of which holds
};

struct violations {
    struct violation *items;
    size_t count, capacity;
    bool undecided; // something could not be judged
};

// What those who ask want to know.
enum judge_purpose {
    JUDGE_TELL,   // every violation, with its message
    JUDGE_COUNT,  // whether there are any: ends with the first one
    JUDGE_DECIDE, // whether there are any and all could be judged: ends with what could not
};

struct judge {
    struct validator *validator;
    const struct template_resource *resource;
    const struct schema_constraints *constraints;
    const struct assumption *assumptions;
    const struct value *gathered; // that "$data" refers to; NULL: none
    bool composite;               // below alternatives: a function makes them undecided
    bool literal;                 // functions count as what is written
    bool has_conditions;          // Fn::If or AWS::NoValue may be in the resource
    bool without_groups;          // of the next schema, which has been applied to the value in scenarios
    bool resolves;                // dynamic references are looked for in strings
    enum judge_purpose purpose;
    size_t depth, steps; // so far
};

void judge_schema(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found);

// Whether nothing more has to be known.
static inline bool judge_is_settled(const struct judge *judge, const struct violations *found)
{
    if (judge->purpose == JUDGE_TELL)
        return false;
    // Nothing is undecided where functions count as what is written.
    return judge->purpose == JUDGE_COUNT || judge->literal ? found->count > 0 : found->undecided;
}

// For keywords.

void judge_for(struct judge *judge, enum judge_purpose purpose, const struct schema_node *schema,
    const struct node *node, struct violations *found);
// Below a keyword whose schemas are alternatives or conditions: undecided where functions are.
void judge_alternative(struct judge *judge, enum judge_purpose purpose, const struct schema_node *schema,
    const struct node *node, struct violations *found);
// The same for whoever asks how many there are: what they are made of is not evaluated for others than those
// who want to be told.
#define VIOLATION_ADD(judge, found, ...)                                                                     \
    ((judge)->purpose == JUDGE_TELL ? violation_add(judge, found, &(struct violation){ __VA_ARGS__ })        \
                                    : (void)(found)->count++)
// At the node, of the keyword, with a message.
#define VIOLATION_ADDF(judge, found, ...)                                                                    \
    ((judge)->purpose == JUDGE_TELL ? violation_addf(judge, found, __VA_ARGS__) : (void)(found)->count++)
void violation_add(struct judge *judge, struct violations *found, const struct violation *violation);
void violation_addf(struct judge *judge, struct violations *found, enum schema_keyword keyword,
    const struct node *node, const char *format, ...) __attribute__((format(printf, 5, 6)));
void violations_add_all(struct judge *judge, struct violations *found, const struct violations *more);
// The one that cfn-lint (and Python's jsonschema) would call the best; NULL: there is none.
const struct violation *violations_best(const struct violations *found);
const char *violation_id(const struct violation *violation);

typedef void group_visitor(struct judge *judge, const struct node *node, void *data);
// Calls `visit` with the value for each combination of the conditions directly in it that is possible; false
// when there may be more than those. Conditions in properties of other names than these are left as they are;
// `names` ends with NULL, and is NULL for all.
bool judge_each_scenario(
    struct judge *judge, const struct node *node, const char *const *names, group_visitor *visit, void *data);
// The same for rules that look at several properties together.
bool validator_each_scenario(struct validator *validator, const struct node *node, const char *const *names,
    group_visitor *visit, void *data);

// What a keyword says about a value; nothing about those that do not look at values themselves.
void judge_scalar(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found);
void judge_group(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found);
void judge_children(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found);
void judge_format(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found);
// A function where a value of some type has to be.
void judge_function(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found);

#endif

// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULE_H
#define VALIDATE_RULE_H

// What a rule of `validate` is, and what it works with. A rule is a row of a table that engine/registry.c
// lists. The engine walks a template once and calls each rule for what it asks for; a rule looks at nodes and
// reports. Rules keep nothing between calls (templates are checked side by side in threads), and never report
// what depends on a value that is only known at deployment: when in doubt, they are silent.

#include "data/value.h"

#include <stdbool.h>
#include <stddef.h>

struct policy_rule;
struct schema_resource;
struct validator; // a template that is being checked

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };

enum rule_scope {
    RULE_REPORTED, // by the check of another rule: it has none of its own
    RULE_TEMPLATE, // once, with the template
    RULE_RESOURCE, // with each resource that is an object and has a type
    RULE_FUNCTION, // with each object of one key that is an intrinsic function, wherever it is
    RULE_POLICY,   // of good practice, when those are asked for: see policy/policy.h
};

struct node;

struct rule {
    const char *id; // cfn-lint's where it has the rule, else "T" and a number
    enum severity severity;
    const char *title;  // what is wrong, in one line
    const char *why;    // what happens, or why it is unwise
    const char *fix;    // what to do
    const char *source; // where that is written: a page, a document
    enum rule_scope scope;
    const char *subject; // the type of the resources, or the function; NULL: each
    void (*check)(struct validator *validator, const struct node *node);
    const struct policy_rule *policy; // of RULE_POLICY
};

// A value and where it is in the template. Nodes are made on the way down and live on the stack: a node is
// good as long as its parent is. node_copy makes one that stays.
struct node {
    const struct value *value; // NULL: it is not there
    const struct node *parent; // NULL: the template
    const char *key;           // in the parent; NULL in an array
    size_t index;              // in the parent
};

// Of an array or an object; without a value where there are fewer.
struct node node_at(const struct node *parent, size_t index);
struct node node_get(const struct node *parent, const char *key);
// The key is the first `length` bytes; the node's own is that of the object, or NULL.
struct node node_get_n(const struct node *parent, const char *key, size_t length);
size_t node_length(const struct node *node);
bool node_exists(const struct node *node);
// NULL when it is none.
const char *node_string(const struct node *node);
bool node_is_object(const struct node *node); // also a function
bool node_is_array(const struct node *node);
// "Ref" or "Fn::..." when it is an object of that one key, which is a function that gives values; else NULL.
const char *node_function(const struct node *node);
bool node_is_function(const struct node *node, const char *name);
// What the function is given; the node is a function.
struct node node_argument(const struct node *node);
// {"Ref": "AWS::NoValue"}: as if it were not there.
bool node_is_no_value(const struct node *node);
// With all its parents, for as long as the template is being checked.
const struct node *node_copy(struct validator *validator, const struct node *node);
// The key of the part of the template that it is in: "Resources"; "" of the template itself.
const char *node_section(const struct node *node);
// The resource that it is in or is; NULL: in none.
const struct template_resource *node_resource(const struct validator *validator, const struct node *node);

// What a value can be: Fn::If counts as its branches, at any depth, and AWS::NoValue as nothing.
typedef void node_visitor(struct validator *validator, const struct node *node, void *data);
void node_each_option(struct validator *validator, const struct node *node, node_visitor *visit, void *data);
// The same of what the items of an array can be; what is no array is passed as it is, since a list of one may
// be written so.
void node_each_item(struct validator *validator, const struct node *node, node_visitor *visit, void *data);

// Reporting. `node` has a value, or is what lacks something. `id` is that of a registered rule. The message
// says what is wrong: lower case, no full stop, the subject in single quotes.
void report(struct validator *validator, const char *id, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// At the key: for a key that should not be there.
void report_key(struct validator *validator, const char *id, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// Whether anybody will see what the rule reports, for checks that cost much.
bool rule_is_on(const struct validator *validator, const char *id);

// Conditions.

struct condition_literal {
    const char *name;
    bool truth;
};

enum possibility { IMPOSSIBLE, POSSIBLE, POSSIBILITY_UNKNOWN };

// Whether all of them can be so in one deployment.
enum possibility conditions_ask(
    struct validator *validator, const struct condition_literal *literals, size_t count);

enum { CONDITION_LITERALS_LIMIT = 64 };
// What has to be so for the node to be there: the branches of Fn::If that it is in, and the condition of its
// resource or output. Returns how many of them there are; those beyond the limit are left out.
size_t node_conditions(const struct validator *validator, const struct node *node,
    struct condition_literal literals[CONDITION_LITERALS_LIMIT]);
// Whether both can be there in one deployment.
enum possibility nodes_coexist(struct validator *validator, const struct node *a, const struct node *b);

// The template as a whole.

struct arena;
struct arena *validator_arena(struct validator *validator); // lives as long as the template is being checked
const struct node *validator_template(const struct validator *validator);
// The regions that the template is for; never empty.
size_t validator_region_count(const struct validator *validator);
const char *validator_region(const struct validator *validator, size_t index);
// Whether the transform is declared, such as "AWS::LanguageExtensions".
bool validator_has_transform(const struct validator *validator, const char *name);
// Whether a macro that is not AWS's own may change anything, or make resources of anything.
bool validator_has_macro(const struct validator *validator);

// Bytes of the text; 0 when there is none.
size_t validator_text_length(const struct validator *validator);
// Whether a resource or parameter of this name would be in the template as it is: not when a macro, a loop or
// the Serverless Application Model may make it.
bool validator_ids_are_known(const struct validator *validator, const char *id);

// Whether a mistake is worth looking for what may be meant among so many candidates: not where there are so
// many mistakes and candidates that it would take long.
bool validator_suggests(struct validator *validator, size_t candidates);

struct template_resource {
    const char *id;
    const char *type; // "" when it is no string
    const struct node *node;
    struct node properties;               // may be without a value
    const char *condition;                // NULL: none
    const struct schema_resource *schema; // NULL: the type is not known
    size_t index;                         // for validator_resource_at()
    const struct template_resource *next; // of the same type; NULL: it is the last one
};

size_t validator_resource_count(const struct validator *validator);
const struct template_resource *validator_resource_at(const struct validator *validator, size_t index);
// The first one of the type; NULL when there is none.
const struct template_resource *validator_resource_of_type(
    const struct validator *validator, const char *type);
// NULL when there is none.
const struct template_resource *validator_resource(const struct validator *validator, const char *id);
// The parameter, mapping, condition or output; NULL when there is none.
const struct value *validator_parameter(const struct validator *validator, const char *name);
const struct value *validator_mapping(const struct validator *validator, const char *name);
const struct value *validator_condition(const struct validator *validator, const char *name);

#endif

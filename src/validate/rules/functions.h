// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_FUNCTIONS_H
#define VALIDATE_RULES_FUNCTIONS_H

// Checks of intrinsic functions, shared by the sections that have them.

#include "validate/rule.h"
#include "validate/rules/function_table.h"

// Where functions stand. Like cfn-lint, faults within the arguments of a function are reported under the id
// of the outermost one, those of Ref under their own.
struct function_place {
    const char *outer;    // id; NULL: the function's own
    const char *ref;      // id of faults of Ref; NULL: its own
    bool parameters_only; // resources cannot be referred to: conditions, rules, names of exports
};

// A value that must be a boolean: a function of conditions, or of rules too.
void logic_check(struct validator *validator, const struct node *node, bool in_rules,
    const struct function_place *place, const char *id);

// What the function at `node` refers to, once its arguments are in order; each returns whether that is right.
typedef bool function_resolver(
    struct validator *validator, const struct node *node, const char *id, const struct function_place *place);
function_resolver reference_resolve_ref;
function_resolver reference_resolve_get_att;
function_resolver reference_resolve_sub;
function_resolver find_in_map_resolve;

// The next variable in a text of Fn::Sub, without the blanks around it, and what comes behind it; NULL when
// there is none any more. Literals ("${!Name}") are none.
const char *sub_next_variable(const char *text, const char **ret_rest);

bool region_is_known(const char *name);
// Whether the string is a CIDR block: "10.0.0.0/16", or an address.
bool is_cidr(const char *string);

#endif

// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_COMPARE_H
#define DIFF_COMPARE_COMPARE_H

// The steps of comparing one stack, in their order; each fills its part of the stack.

#include "diff/compare/equal.h"
#include "diff/diff.h"

struct comparison {
    const struct diff_options *options;
    struct diff_equality equality;
};

// Of what is NULL before or after, or neither.
enum diff_kind diff_kind_of(const struct value *before, const struct value *after);
void diff_changes_add(struct diff_changes *changes, struct diff_change change);

// Everything but the resources.
void diff_sections(
    struct diff_stack *stack, const struct diff_input *input, const struct comparison *comparison);

// stack->resources, in the order removed, added, changed, and each of these as in the templates.
void diff_resources(struct diff_stack *stack, const struct comparison *comparison);
// The impact as a whole follows from kind, types and changes.
enum diff_impact diff_resource_impact(const struct diff_resource *resource);
// The path of a resource's construct for people, without the stack's name; NULL when it is not known.
const char *diff_construct_path(const struct diff_stack *stack, const char *id);
// Of a property that is not known, an update; what a macro makes of one may replace. `type` may be NULL.
enum diff_impact diff_property_impact(const char *type, const char *property);

// A loop in Resources, which makes resources of one form. Where it does not say what happens to each of them,
// they may be replaced.
enum diff_impact diff_loop_impact(
    const struct value *before, const struct value *after, const struct diff_equality *how);
// The resource that a loop repeats, if it is one; what is no loop, as it is.
const struct value *diff_resource_body(const struct value *resource);

// What refers to a replaced resource changes too: adds those changes to a list that has every resource,
// changed or not, until nothing more follows.
void diff_propagate(struct diff_resource *resources, size_t count);

// What CloudFormation says about the same change ("Changes" of DescribeChangeSet).
void diff_change_set(
    struct diff_stack *stack, const struct value *changes, const struct comparison *comparison);
// What CloudFormation says about resources that somebody else has changed.
void diff_drift(struct diff_stack *stack, const struct value *drifts);
// What follows from impact, kind and types, once those are known.
void diff_resource_settle(struct diff_resource *resource, const struct diff_stack *stack);

// Across stacks: resources that were moved or renamed, and exports with their importers.
void diff_find_moves(struct diff *diff);
void diff_find_exports(struct diff *diff, const struct comparison *comparison);

#endif

// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_BRANCHES_H
#define DIFF_COMPARE_BRANCHES_H

// Values as they turn out: with Fn::If decided, and with the defaults of parameters and the values of
// mappings that are not the same before and after. What conditions depend on (each Fn::Equals that is not
// constant) may be true or false; `choice` has one bit for each of these.

#include <stdbool.h>
#include <stddef.h>

struct value;

enum { BRANCH_ATOMS = 8 };

struct branches {
    const struct value *templates[2]; // before, after; may be NULL
    const char *atoms[BRANCH_ATOMS];
    size_t atom_count;
    unsigned choice;
    bool has_too_many;                  // conditions to compare all branches
    size_t level, decided;              // conditions that are being decided, one in another, and all so far
    const char *used[2 * BRANCH_ATOMS]; // "condition C", "parameter P", "mapping M"
    size_t used_count;
};

// Whether another choice follows; atoms that are found meanwhile count.
bool branches_next(struct branches *branches);

// NULL: AWS::NoValue.
struct value *branches_resolve(struct branches *branches, int side, const struct value *value);
// Of the condition's name; NULL is true.
bool branches_condition(struct branches *branches, int side, const char *name);

// The resources of a template by logical id, with those that Fn::ForEach makes. Where its collection is not
// known, or makes more than CloudFormation takes, the resource that it repeats has it as the member
// "Fn::ForEach".
struct value *branches_resources(const struct value *template);

#endif

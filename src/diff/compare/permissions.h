// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_PERMISSIONS_H
#define DIFF_COMPARE_PERMISSIONS_H

// What resources allow, before and after: IAM statements and managed policies, IAM Identity Center, security
// group rules (@aws-cdk/cloudformation-diff: iam-changes.ts, security-group-changes.ts).

#include "diff/diff.h"

// Fills stack->tables from stack->resources.
void diff_permissions(struct diff_stack *stack);

// For the parts below: adds a row of one side.
void diff_rows_add(struct diff_rows *rows, struct diff_row row);

// Rules of a security group: `properties` of a rule resource, or an item of the group's list. `group` is
// what it belongs to where it does not say so itself.
void diff_read_security_group_rule(
    struct diff_rows *rows, const struct value *properties, const char *group, bool is_egress);

#endif

// SPDX-License-Identifier: MIT
#ifndef CDK_STACK_PRIVATE_H
#define CDK_STACK_PRIVATE_H

// Between the parts of synthesis, for the core only.

#include "cdk/construct_private.h"
#include "cdk/element_private.h"

// A text with "${AWS::AccountId}" and the like where the environment is not known, as manifests hold them
// (DefaultStackSynthesizer's specialize). %q: qualifier, %a: account, %r: region, %p: partition.
const char *stack_specialize(const struct stack *stack, const char *format);
extern const char lookup_role_arn[];

// What a reference to another stack's resource becomes in `consumer`: makes the export there and adds the
// dependency.
struct value *reference_across_stacks(struct stack *consumer, const struct value *reference);

// Finds every reference across stacks below `root`, so that exports and dependencies are complete.
void references_resolve(struct construct *root);
// Turns dependencies between constructs into dependencies between their resources.
void dependencies_resolve(struct construct *root);

#endif

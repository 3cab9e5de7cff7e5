// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_SECRET_OUTPUTS_H
#define DEPLOY_OPERATIONS_SECRET_OUTPUTS_H

// Outputs that tell a secret: CloudFormation hides parameters marked NoEcho, but not what the outputs make of
// them (CloudFormation template reference: "Parameters", property NoEcho).

#include <stdbool.h>

struct value;

// Whether DescribeStacks has hidden a parameter in this description.
bool stack_has_hidden_parameters(const struct value *description);

// Whether the value of an output is made with a parameter that is marked NoEcho. Without a template, or where
// the template does not have the output, any may be.
bool output_is_secret(const struct value *template, const char *key);

#endif

// SPDX-License-Identifier: MIT
#ifndef DEPLOY_BOOTSTRAP_BOOTSTRAP_TEMPLATE_H
#define DEPLOY_BOOTSTRAP_BOOTSTRAP_TEMPLATE_H

// The template of the bootstrap stack: what an account and region need before stacks with assets can be
// deployed there. Logical ids, names, permissions, parameters and outputs are those of the CDK's (aws-cdk:
// bootstrap-template.yaml), so that either tool can update a stack that the other one has made.

#include "data/bootstrap.h"

struct value;

// What the template makes, as the CDK counts.
#define BOOTSTRAP_VARIANT "AWS CDK: Default Resources"

// In the current arena.
struct value *bootstrap_template(void);

#endif

// SPDX-License-Identifier: MIT
#ifndef CDK_POLICY_PRIVATE_H
#define CDK_POLICY_PRIVATE_H

// What policy_suppress() has to say in a template, for the core only.

#include "cdk/construct_private.h"

// Of the constructs from this one up: {"rules_to_suppress": [...]}, which is the resource's metadata
// "cdk_nag". NULL when there is nothing.
struct value *policy_metadata(const struct construct *construct);

#endif

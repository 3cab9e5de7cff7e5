// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_EMBEDDED_H
#define DIFF_COMPARE_EMBEDDED_H

// Strings in a template that are JSON themselves: dashboards, event patterns, policies.

#include <stdbool.h>

struct value;

// A quick look: a string or an Fn::Join that begins like JSON's object or array.
bool diff_may_be_json(const struct value *value);

// What is parsed, with "${Resource.Attribute}" for parts that are known only at deployment. NULL when it is
// not JSON.
struct value *diff_embedded_json(const struct value *value);

#endif

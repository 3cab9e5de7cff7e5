// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_YAML_TAG_H
#define TEMPLATE_YAML_TAG_H

// What scalars and tags of YAML mean in a CloudFormation template.

#include <stdbool.h>

struct value;

// The long form's name ("Fn::GetAtt") of a tag ("!GetAtt"); NULL when there is no such function.
const char *yaml_tag_function(const char *tag);
// A known function that is spelled nearly so, as a tag's name without "!"; NULL when there is none.
const char *yaml_tag_suggestion(const char *tag);

// An object with the function as its only key.
struct value *yaml_function(const char *function, struct value *argument);

// A plain scalar: null, a boolean or a number where YAML's core schema says so, else a string. Digits that a
// number would not print the same way stay a string, so that nothing of 1.10 or 0123 is lost.
struct value *yaml_plain_scalar(const char *text);

#endif

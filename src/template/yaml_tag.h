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

// A plain scalar as CloudFormation takes it, whose YAML is version 1.1: yes, no, on and off are booleans
// (also where a string is meant: a tag's YES becomes "true"), y and n are not. A number keeps how it is
// written; digits that are no JSON number (0123), or too many for a double, are a string, so that nothing is
// lost.
struct value *yaml_plain_scalar(const char *text);

#endif

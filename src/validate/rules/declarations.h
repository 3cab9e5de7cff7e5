// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_DECLARATIONS_H
#define VALIDATE_RULES_DECLARATIONS_H

// What rules know of the parts of a template by name, each list with an empty entry behind the last one.

#include "validate/rules/shape.h"

extern const struct shape_key template_keys[];
extern const struct shape_key resource_keys[];
extern const struct shape_key string_parameter_keys[];
extern const struct shape_key number_parameter_keys[];
extern const struct shape_key output_keys[];
extern const struct shape_key export_keys[];
extern const struct shape_key rule_keys[];

extern const char *const parameter_types[];
extern const char *const deletion_policies[];
extern const char *const update_replace_policies[];
extern const char *const pseudo_parameters[];

// Whether the list has the name.
bool words_have(const char *const *words, const char *name);

#endif

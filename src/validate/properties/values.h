// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_VALUES_H
#define VALIDATE_PROPERTIES_VALUES_H

// Values as CloudFormation takes them: 5 for "5", "true" for true.

#include "data/value.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

// Bits of enum schema_json_type that the value is of, strictly.
unsigned json_types_of(const struct value *value);
// Whether it can be had for one of the types.
bool value_converts(const struct value *value, unsigned types);
// A scalar as its characters; NULL of others.
const char *scalar_text(struct arena *arena, const struct value *value);
// Whether it is a number or reads as one.
bool value_reads_as_number(const struct value *value, double *ret_number);
// Equal as allowed values are: strings and numbers as their characters, true as "True".
bool values_match(struct arena *arena, const struct value *value, const char *allowed);
// The same of two values, at any depth.
bool values_equal(struct arena *arena, const struct value *a, const struct value *b);

#endif

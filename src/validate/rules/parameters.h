// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_PARAMETERS_H
#define VALIDATE_RULES_PARAMETERS_H

// What other rules know of parameters.

#include <stdbool.h>

struct value;

// Whether Ref to it gives a list.
bool parameter_is_list(const struct value *parameter);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_KEY_VALUES_H
#define CLI_CORE_KEY_VALUES_H

// Options and arguments of the form KEY=VALUE.

#include "cli/core/options.h"

struct value;

// The '=' behind the key; NULL where the argument has not that form.
const char *key_value_split(const char *argument);

// What such an option was given, as an object of strings in the current value arena.
struct value *key_values_read(const struct string_list *texts);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_KEY_VALUES_H
#define CLI_CORE_KEY_VALUES_H

#include "cli/core/options.h"
#include "util/error.h"

struct value;

// What an option of KEY=VALUE texts was given, as an object of texts in the current value arena.
int key_values_read(
    const struct string_list *texts, const char *option, struct value **ret_key_values, struct error *err);

#endif

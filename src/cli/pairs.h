// SPDX-License-Identifier: MIT
#ifndef CLI_PAIRS_H
#define CLI_PAIRS_H

#include "cli/options.h"
#include "util/error.h"

struct value;

// What an option of KEY=VALUE texts was given, as an object of texts in the current value arena.
int pairs_read(
    const struct text_list *texts, const char *option, struct value **ret_pairs, struct error *err);

#endif

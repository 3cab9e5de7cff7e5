// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_STRINGS_H
#define SCHEMA_TOOLS_STRINGS_H

// The table of strings as C: PREFIX_string_starts, where each of them starts, and PREFIX_strings, their
// bytes.

#include "model.h"
#include "output.h"

// They are numbered: see model_number_strings().
void write_string_table(struct output *out, const char *prefix, const struct texts *texts);

#endif

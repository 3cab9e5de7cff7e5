// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_DOCUMENT_H
#define CLI_CORE_DOCUMENT_H

// Structured results on standard output.

#include <stdbool.h>

struct value;

// As YAML, or as JSON indented by two.
void document_print(const struct value *value, bool json);

#endif

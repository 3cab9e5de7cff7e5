// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_COMPARE_H
#define UTIL_TEXT_COMPARE_H

// Comparing strings where strcmp() alone does not do.

#include <stdbool.h>

// NULL equals NULL only.
bool strings_equal(const char *a, const char *b);

// For qsort() of an array of strings.
int compare_strings(const void *a, const void *b);

#endif

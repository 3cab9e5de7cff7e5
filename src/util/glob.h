// SPDX-License-Identifier: MIT
#ifndef UTIL_GLOB_H
#define UTIL_GLOB_H

// Patterns as the CDK takes them (picomatch): * ? [a-z] {a,b} @(a|b) and **. Like there, * and ? do not match
// a slash, ** does.

#include <stdbool.h>

bool glob_match(const char *pattern, const char *text);

#endif

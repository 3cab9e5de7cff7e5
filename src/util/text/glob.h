// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_GLOB_H
#define UTIL_TEXT_GLOB_H

// Patterns as the CDK takes them (picomatch): * ? [a-z] {a,b} and **, but no @(a|b). Like there, * and ? do
// not match a slash, ** does. A pattern of more than 1,000 alternatives matches nothing beyond those.

#include <stdbool.h>

bool glob_match(const char *pattern, const char *text);

#endif

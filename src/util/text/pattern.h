// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_PATTERN_H
#define UTIL_TEXT_PATTERN_H

// Text against patterns.

#include <stdbool.h>

// `pattern` is a POSIX extended regular expression, anchored where it says so itself; one that is not valid
// is a bug.
bool text_matches(const char *text, const char *pattern);
bool text_matches_ignoring_case(const char *text, const char *pattern);

#endif

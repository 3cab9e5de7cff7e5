// SPDX-License-Identifier: MIT
#ifndef UTIL_TOGGLE_H
#define UTIL_TOGGLE_H

// A boolean that knows whether it was given: {0} means "not given", for those whose default is not simply
// false.

#include <stdbool.h>

enum toggle { TOGGLE_DEFAULT, YES, NO };

static inline enum toggle toggle(bool on)
{
    return on ? YES : NO;
}

static inline bool toggle_or(enum toggle given, bool fallback)
{
    return given == TOGGLE_DEFAULT ? fallback : given == YES;
}

#endif

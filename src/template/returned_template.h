// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_RETURNED_TEMPLATE_H
#define TEMPLATE_RETURNED_TEMPLATE_H

// Templates as GetTemplate shows them: with a '?' for every character beyond ASCII.

#include <stdbool.h>

struct value;

// Whether what is shown may be `wanted`.
bool shown_is(const struct value *shown, const struct value *wanted);

// What is shown, with the characters that `wanted` has in the same places; in the current arena.
struct value *shown_restore(const struct value *shown, const struct value *wanted);

#endif

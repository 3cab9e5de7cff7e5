// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_RETURNED_TEMPLATE_H
#define TEMPLATE_RETURNED_TEMPLATE_H

// Templates as GetTemplate returns them: with a '?' for every character beyond ASCII.

#include <stdbool.h>
#include <stddef.h>

struct value;

// The bytes of the character at the start of `string` that the '?' at the start of `returned` may stand for;
// 0: it is not that.
size_t returned_lost_bytes(const char *returned, const char *string);

// Whether what is returned may be `template`, or both are parts of templates in the same place. NULL equals
// NULL only.
bool returned_equals(const struct value *returned, const struct value *template);

// What is returned, with the characters that `template` has in the same places; in the current arena.
struct value *returned_restore(const struct value *returned, const struct value *template);

#endif

// SPDX-License-Identifier: MIT
#ifndef VALIDATE_ENGINE_CONDITIONS_H
#define VALIDATE_ENGINE_CONDITIONS_H

// Whether conditions can hold together. Conditions are formulas over what parameters are equal to; a question
// is answered by what follows from it, with a choice only where nothing follows, and a bounded number of
// these. Nothing is enumerated: what cannot be decided within the bound is not known.

#include "validate/rule.h"

struct condition_set;

// Reads the conditions of a template, which has to live as long.
struct condition_set *condition_set_new(const struct value *template, struct arena *arena);

enum possibility condition_set_ask(
    struct condition_set *set, const struct condition_literal *literals, size_t count);

#endif

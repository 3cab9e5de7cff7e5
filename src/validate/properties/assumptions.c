// SPDX-License-Identifier: MIT
#include "validate/properties/judge.h"

enum possibility assumptions_are_possible(struct validator *validator, const struct assumption *assumptions)
{
    struct condition_literal literals[CONDITION_LITERALS_LIMIT];
    size_t count = 0;

    for (; assumptions; assumptions = assumptions->before) {
        if (count == CONDITION_LITERALS_LIMIT)
            return POSSIBILITY_UNKNOWN;
        literals[count++] = (struct condition_literal){ assumptions->condition, assumptions->truth };
    }
    return conditions_ask(validator, literals, count);
}

// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_SUGGEST_H
#define UTIL_TEXT_SUGGEST_H

// "Did you mean": the candidate that is nearest to a word that nobody knows.

#include <stddef.h>

struct suggestion {
    const char *word;
    const char *best; // NULL while no candidate is near enough
    size_t distance;
    size_t letters_a_mistake; // one mistake is forgiven for every so many letters, at least one in all
};

#define SUGGESTION_FOR(text)                                                                                 \
    {                                                                                                        \
        (text), NULL, 0, 3                                                                                   \
    }
// For words that may well be right though nobody here knows them.
#define SUGGESTION_STRICT(text)                                                                              \
    {                                                                                                        \
        (text), NULL, 0, 4                                                                                   \
    }

// Candidates are borrowed. Upper and lower case, and '-' and '_', count as the same; of two that are equally
// near, the first one stays.
void suggestion_consider(struct suggestion *suggestion, const char *candidate);

#endif

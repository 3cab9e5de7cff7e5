// SPDX-License-Identifier: MIT
#include "util/text/suggest.h"

#include <ctype.h>
#include <string.h>

enum {
    LONGEST = 64,       // words beyond this are not typing mistakes
    SHORTEST_PREFIX = 3 // of a candidate, to count as an abbreviation of it
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void fold(const char *text, size_t length, char *folded)
{
    for (size_t i = 0; i < length; i++)
        folded[i] = text[i] == '_' ? '-' : (char)tolower((unsigned char)text[i]);
}

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours cost one each.
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *above = rows[1];
    size_t *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = smaller(above[j], row[j - 1]) + 1;
            row[j] = smaller(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

void suggestion_consider(struct suggestion *suggestion, const char *candidate)
{
    size_t length = strlen(suggestion->word);
    size_t candidate_length = strlen(candidate);
    char word[LONGEST];
    char other[LONGEST];
    size_t distance;

    if (!length || length > LONGEST || candidate_length > LONGEST)
        return;
    fold(suggestion->word, length, word);
    fold(candidate, candidate_length, other);
    distance = edit_distance(word, length, other, candidate_length);
    if (length >= SHORTEST_PREFIX && length < candidate_length && memcmp(word, other, length) == 0)
        distance = smaller(distance, 1);
    if (distance > larger(1, length / suggestion->letters_a_mistake) || distance >= candidate_length)
        return;
    if (suggestion->best && distance >= suggestion->distance)
        return;
    suggestion->best = candidate;
    suggestion->distance = distance;
}

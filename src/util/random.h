// SPDX-License-Identifier: MIT
#ifndef UTIL_RANDOM_H
#define UTIL_RANDOM_H

// Random numbers of the system, which nobody can guess.

#include <stddef.h>
#include <stdint.h>

enum { RANDOM_TOKEN_SIZE = 32 + 1 };

void random_fill(void *bytes, size_t length);
// 32 hexadecimal digits that nobody else has.
void random_token(char token[RANDOM_TOKEN_SIZE]);
// A number below `limit`, which is not 0; good enough for jitter.
uint32_t random_below(uint32_t limit);

#endif

// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_HUMAN_H
#define UTIL_TEXT_HUMAN_H

// Durations, ages and sizes as people read them. Each writes into `text`, for which HUMAN_SIZE bytes are
// enough, and returns it.

#include <stddef.h>
#include <stdint.h>

enum { HUMAN_SIZE = 32 };

// "12 s", "4 min 05 s", "1 h 07 min".
const char *human_duration(char *text, size_t size, int64_t ms);
// The same, but finer below a minute: "850 ms", "12.3 s".
const char *human_short_duration(char *text, size_t size, int64_t ms);
// How long ago something was, in the one unit that matters: "12 s", "5 min", "30 h", "3 days".
const char *human_age(char *text, size_t size, int64_t ms);
// What a noun ends with behind such a number: "s", or "" behind 1.
const char *plural(size_t count);
// "850 bytes", "3.4 MiB".
const char *human_bytes(char *text, size_t size, double bytes);

#endif

// SPDX-License-Identifier: MIT
#ifndef UTIL_TIMESTAMP_H
#define UTIL_TIMESTAMP_H

// Points in time, as milliseconds since 1970-01-01T00:00:00Z.

#include <stddef.h>
#include <stdint.h>

int64_t timestamp_now(void);

// Of ISO 8601 as AWS writes it: "2026-11-22T17:56:51.123Z", with or without a fraction, and with an offset
// such as "+00:00" instead of the Z; without either it is UTC. -1 when it is something else.
int64_t timestamp_parse(const char *text);

// "2026-11-22 17:56:51", UTC.
const char *timestamp_text(char *text, size_t size, int64_t time);

#endif

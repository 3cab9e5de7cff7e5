// SPDX-License-Identifier: MIT
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

// Time that passes, for timeouts and intervals; the time of day is in util/timestamp.h.

#include <stdint.h>

// Milliseconds on a clock that only goes forward; of no meaning but for differences.
int64_t clock_ms(void);

#endif

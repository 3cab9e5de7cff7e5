// SPDX-License-Identifier: MIT
#ifndef RUNTIME_CLOCK_H
#define RUNTIME_CLOCK_H

// The wall clock in milliseconds since 1970: the Runtime API's deadlines are given in it, and unlike a
// monotonic clock it has moved on after the process was frozen.

#include <stdint.h>
#include <time.h>

static inline int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif

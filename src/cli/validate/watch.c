// SPDX-License-Identifier: MIT
#include "cli/validate/watch.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

static uint64_t mix(uint64_t state, const void *data, size_t length)
{
    const unsigned char *bytes = data;

    for (size_t i = 0; i < length; i++)
        state = (state ^ bytes[i]) * UINT64_C(1099511628211); // FNV-1a
    return state;
}

uint64_t validate_inputs_state(const struct validate_inputs *inputs)
{
    uint64_t state = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < inputs->count; i++) {
        struct stat status = { 0 };

        state = mix(state, inputs->items[i].path, strlen(inputs->items[i].path));
        if (stat(inputs->items[i].path, &status) < 0)
            continue;
        state = mix(state, &status.st_size, sizeof(status.st_size));
        state = mix(state, &status.st_mtim.tv_sec, sizeof(status.st_mtim.tv_sec));
        state = mix(state, &status.st_mtim.tv_nsec, sizeof(status.st_mtim.tv_nsec));
        state = mix(state, &status.st_ino, sizeof(status.st_ino));
    }
    return state;
}

void validate_watch_pause(void)
{
    const struct timespec pause = { .tv_nsec = 100 * 1000 * 1000 };

    nanosleep(&pause, NULL);
}

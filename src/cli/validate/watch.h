// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_WATCH_H
#define CLI_VALIDATE_WATCH_H

// Waiting for files to change.

#include "cli/validate/inputs.h"

#include <stdint.h>

// What the files look like from outside: their names, sizes and times. Another number when one has changed.
uint64_t validate_inputs_state(const struct validate_inputs *inputs);
// A moment between two looks.
void validate_watch_pause(void);

#endif

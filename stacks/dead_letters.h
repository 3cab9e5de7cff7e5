// SPDX-License-Identifier: MIT
#ifndef STACKS_DEAD_LETTERS_H
#define STACKS_DEAD_LETTERS_H

// The dead letter queues of the Events stack, for 'redrive'.

#include "cdk/dead_letters.h"

extern const struct dead_letters tango_dead_letters[]; // ends with DEAD_LETTERS_END

#endif

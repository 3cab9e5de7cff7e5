// SPDX-License-Identifier: MIT
#include "stacks/dead_letters.h"

#include <stddef.h>

const struct dead_letters tango_dead_letters[] = {
    { "audit", "AuditDLQ", DEAD_LETTERS_OF_FUNCTION, "AuditConsumer" },
    { "publisher", "EventPublisherDLQ", DEAD_LETTERS_OF_PUBLISHER, "TangoEventBus" },
    DEAD_LETTERS_END,
};

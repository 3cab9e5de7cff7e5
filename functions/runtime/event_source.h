// SPDX-License-Identifier: MIT
#ifndef RUNTIME_EVENT_SOURCE_H
#define RUNTIME_EVENT_SOURCE_H

// The source of every event that the publisher sends, and by default the only one that the consumer trusts.
#define EVENT_SOURCE "app.outbox"

#endif

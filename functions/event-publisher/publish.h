// SPDX-License-Identifier: MIT
#ifndef EVENT_PUBLISHER_PUBLISH_H
#define EVENT_PUBLISHER_PUBLISH_H

// Sends a batch to EventBridge, several calls at once. An event is sent only after the one before it in its
// aggregate has arrived, since a call can fail in part; when one fails, its followers stay unsent. An event
// that is given up (EventBridge will never take it, or its attempts are used up) goes to the dead letter
// queue; only when it is there has it failed and are its followers sent. Until then it is one to be retried.
// Calls keep their connections from batch to batch.

#include "../runtime/aws.h"

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct event;
struct publisher;

struct publisher_options {
    const char *bus;
    const char *region;
    const char *dead_letter_queue; // its URL; NULL: events that are given up fail without it
    long concurrency;              // calls at once to each service, at most PUBLISHER_MAX_CALLS
    long max_attempts;             // of an event
    long max_event_bytes;          // EventBridge's limit for an entry, and for the entries of one call
    long request_timeout_ms;
};

#define PUBLISHER_MAX_CALLS 32

// NULL with a failure. The options' strings must outlive the publisher.
struct publisher *publisher_new(const struct publisher_options *options, struct failure *f);
void publisher_free(struct publisher *p); // NULL is fine

// Gives every event of the batch an outcome, and starts no call that could last beyond stop_ms (wall clock).
// Returns -1 when EventBridge refuses us as such (the events not sent are released).
int publisher_send(struct publisher *p, struct batch *batch, int64_t stop_ms, struct failure *f);

#endif

// SPDX-License-Identifier: MIT
#ifndef EVENT_PUBLISHER_OUTBOX_H
#define EVENT_PUBLISHER_OUTBOX_H

// The outbox table (events_outboxevent, owned by the Django backend) as a queue. Due events are claimed by
// lease: a claimed row stays 'pending' with next_attempt_at at the lease's end and attempts counted up, so
// that it comes back by itself when its publisher dies. An event is claimed only together with, or after, all
// earlier pending events of its aggregate. At the end a claim is settled: one statement gives every event its
// outcome, where the lease is still held.

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database;
struct failure;

enum outcome {
    OUTCOME_RELEASED,  // was not tried: due at once, the attempt is given back
    OUTCOME_PUBLISHED, // the bus has it
    OUTCOME_RETRY,     // failed for now: due after a backoff
    OUTCOME_FAILED,    // given up
};

// Strings are borrowed from the batch's result.
struct event {
    const char *id, *event_id, *event_type, *aggregate_type, *aggregate_id;
    const char *payload;  // "" when it is longer than the limit
    size_t payload_bytes; // whether or not it is here
    size_t size;          // bytes that count for PutEvents
    long attempt;         // this one, from 1
    bool alone;           // send it in a call of its own
    bool without_payload; // leave it out of the dead letter
    enum outcome outcome;
    char error[256];      // of OUTCOME_RETRY and OUTCOME_FAILED
    struct event *next;   // the aggregate's next event in this batch
    struct event *queued; // publish.c's
};

// Events of one aggregate are side by side, in order.
struct batch {
    PGresult *result;
    struct event *events;
    size_t count;
    const char *lease;    // its end, as PostgreSQL wrote it
    int64_t lease_end_ms; // its end by our clock, on the safe side
};

struct outbox_limits {
    long batch_size;
    long max_event_bytes; // longer payloads are not fetched
    long lease_ms;
    long backoff_base_ms, backoff_cap_ms;
};

// What is pending, and for how many seconds the oldest of it has been (0: nothing is).
struct backlog {
    long events;
    long oldest_s;
};

// Claims up to batch_size events with some megabytes of payload together; count is 0 when none is due. The
// caller releases the batch.
int outbox_claim(
    struct database *db, const struct outbox_limits *limits, struct batch *ret, struct failure *f);

// Records every outcome.
int outbox_settle(
    struct database *db, const struct outbox_limits *limits, const struct batch *batch, struct failure *f);

int outbox_measure(struct database *db, struct backlog *ret, struct failure *f);

void batch_release(struct batch *batch);

#endif

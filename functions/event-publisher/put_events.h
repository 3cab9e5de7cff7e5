// SPDX-License-Identifier: MIT
#ifndef EVENT_PUBLISHER_PUT_EVENTS_H
#define EVENT_PUBLISHER_PUT_EVENTS_H

// EventBridge's PutEvents without the transport: what an entry looks like and weighs, and what an answer
// means for each event that was sent. (Amazon EventBridge API Reference: "PutEvents"; User Guide:
// "Calculating PutEvents event entry size", "Handling failures with PutEvents".)

#include "../runtime/event_source.h"

#include <stddef.h>

struct strbuf;
struct event;

#define PUT_EVENTS_MAX_ENTRIES 10

// What an entry counts against the size limit, in bytes. Time and resources are not sent.
size_t put_events_size(const struct event *event);

// Appends the request's body.
void put_events_encode(struct strbuf *out, const char *bus, struct event *const *events, size_t count);

enum call_verdict {
    CALL_ANSWERED,  // every event has its outcome
    CALL_THROTTLED, // likewise, and the service asked for less
    CALL_SUSPECT,   // one of the events makes the service refuse the call: send each alone
    CALL_REFUSED,   // no event's fault (permissions, credentials, no such bus): nobody's attempt is spent
};

// Classifies an answer (HTTP status and body; status 0: none came, `reason` says why) and sets outcome and
// error of the events. In a refusal `reason_out` names the cause.
enum call_verdict put_events_classify(long status, const struct strbuf *body, const char *reason,
    struct event *const *events, size_t count, char reason_out[static 256]);

#endif

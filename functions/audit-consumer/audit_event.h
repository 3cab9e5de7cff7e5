// SPDX-License-Identifier: MIT
#ifndef AUDIT_CONSUMER_AUDIT_EVENT_H
#define AUDIT_CONSUMER_AUDIT_EVENT_H

// An event as EventBridge delivers it, turned into the parameters of the audit log's insert. No I/O. Whatever
// is not as it must be is an "Event.Malformed" failure that names the field and does not quote the value.

#include "audit_schema.h"

struct failure;

struct audit_event {
    bool worthy; // false: the type does not belong in the audit log, and there are no values
    char *values[AUDIT_MAX_PARAMETERS]; // owned; NULL is SQL's NULL
};

// Returns 0, or -1 with the failure. In both cases the caller releases the event.
int audit_event_read(struct audit_event *event, const char *text, size_t length, struct failure *f);
void audit_event_release(struct audit_event *event);

#endif

// SPDX-License-Identifier: MIT
#ifndef AUDIT_CONSUMER_AUDIT_EVENT_H
#define AUDIT_CONSUMER_AUDIT_EVENT_H

// An event as EventBridge delivers it, turned into the parameters of the audit log's insert. No I/O. What is
// required and is not as it must be is an "Event.Malformed" failure that names the field and does not quote
// the value; what else does not fit is in the remarks (audit-schema.yaml says how).

#include "audit_schema.h"
#include "util/strbuf.h"

struct failure;

enum audit_verdict {
    AUDIT_WORTHY,
    AUDIT_OTHER_TYPE,   // does not belong in the audit log
    AUDIT_OTHER_SOURCE, // would, but does not come from where such events come from
};

struct audit_event {
    enum audit_verdict verdict;         // otherwise than worthy, there are no values
    char *values[AUDIT_MAX_PARAMETERS]; // owned; NULL is SQL's NULL
    struct strbuf unfit, escaped;       // the remarks' members and items
};

// Returns 0, or -1 with the failure. In both cases the caller releases the event.
int audit_event_read(
    struct audit_event *event, const char *source, const char *text, size_t length, struct failure *f);

// Moves JSON that PostgreSQL refuses (a number beyond its range) into the remarks, as a string. Returns false
// where there is none.
bool audit_event_set_json_aside(struct audit_event *event);

void audit_event_release(struct audit_event *event);

#endif

// SPDX-License-Identifier: MIT
#ifndef EVENT_PUBLISHER_DEAD_LETTER_H
#define EVENT_PUBLISHER_DEAD_LETTER_H

// What is sent to the dead letter queue for an event that is given up: SQS's SendMessage without the
// transport. The body is a JSON object with the event, its error and its payload, from which it can be
// published again; the message attributes ErrorCode, ErrorMessage, EventId and EventType tell what happened
// without it. (Amazon SQS API Reference: "SendMessage", "MessageAttributeValue".)

#include <stdbool.h>

struct strbuf;
struct event;

// Appends the request's body. The payload is null where the event says without_payload, or where the message
// would be larger than SQS takes: the outbox keeps it.
void dead_letter_encode(struct strbuf *out, const char *queue, const struct event *event);

enum dead_letter_verdict {
    DEAD_LETTER_SENT,
    DEAD_LETTER_UNFIT,  // this content is refused
    DEAD_LETTER_FAILED, // try again another time
};

// Classifies an answer (HTTP status and body; status 0: none came).
enum dead_letter_verdict dead_letter_classify(long status, const struct strbuf *body);

#endif

// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_REDRIVE_H
#define DEPLOY_OPERATIONS_REDRIVE_H

// Sends what is in a dead letter queue back to where it came from. SQS itself moves messages only between
// queues (SQS API reference, "StartMessageMoveTask"), and these came from a function or from a program: so
// each message is received, sent, and deleted once that has worked. One that does not work stays in the
// queue. A message may be sent twice, as when this program is ended between sending and deleting: whoever
// receives them must take that.

#include "deploy/engine/environment.h"

#include <stdbool.h>
#include <stddef.h>

struct redrive {
    // Given, the rest is zero:
    struct event_loop *queue;
    const struct aws_target *target;
    const char *queue_url;
    const char *function;  // that is invoked with each message; NULL:
    const char *event_bus; // where the event in each message is sent
    // Found:
    size_t waiting; // messages in the queue, about
    size_t sent;
    size_t kept; // messages that are of no use here
};

struct redrive_message {
    const char *id;
    const char *body;
    const char *receipt;
    const char *type;    // of the event; "" when there is none
    const char *error;   // why it is in the queue; "" when nobody has said
    const char *problem; // why it cannot be sent; NULL: it can
    int64_t sent_at;     // when it was put into the queue
};

// How many messages there are, into redrive->waiting.
int redrive_count(struct redrive *redrive, struct error *err);

// At most ten messages, which nobody else gets for two minutes; an empty array when there are none. In the
// current value arena.
int redrive_receive(struct redrive *redrive, size_t at_most, struct redrive_message **ret_messages,
    size_t *ret_count, struct error *err);

// Sends one and deletes it. Returns -1 where it was refused or failed again; it stays in the queue then.
int redrive_send(struct redrive *redrive, const struct redrive_message *message, struct error *err);

// Gives one back at once, for whoever receives next.
void redrive_give_back(struct redrive *redrive, const struct redrive_message *message);

#endif

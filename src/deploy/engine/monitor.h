// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_MONITOR_H
#define DEPLOY_ENGINE_MONITOR_H

// Follows one operation on a stack, whoever started it, event by event until its end. The holder owns the
// monitor; it must stay where it is until it has ended.

#include "awscli/cloudformation.h"
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { STATUS_SIZE = 64 };

struct stack_event {
    const char *id;
    const char *time; // ISO 8601
    const char *logical_id;
    const char *physical_id;
    const char *type;
    const char *status;
    const char *reason; // "" when there is none
    const char *token;  // likewise
    bool is_stack;      // of the stack itself
};

struct monitored_resource {
    const char *logical_id;
    const char *type;
    char status[STATUS_SIZE];
    int64_t since; // clock_ms
};

struct failure_cause {
    const char *logical_id; // "": the stack itself
    const char *physical_id;
    const char *type;
    const char *reason;
};

struct monitor {
    struct cloudformation cf;
    const char *stack; // its id
    const char *token; // of the operation; NULL: the one that runs
    void (*event)(void *data, const struct stack_event *event);
    // `status` is the stack's; NULL when it cannot be followed any further, and then `reply` says why.
    void (*ended)(void *data, const char *status, const struct aws_reply *reply);
    void *data;
    // Read-only for others:
    struct arena arena;
    struct monitored_resource *resources;
    size_t resource_count, resource_capacity;
    size_t resources_done;
    struct failure_cause cause; // reason is NULL while nothing has failed
    bool is_rolling_back;
    // The monitor's own:
    char last_seen[128];
    bool has_begun;
    int wanted;            // events to ask for
    int quiet;             // answers in a row without news
    int64_t asked_at;      // ms since 1970
    int64_t newest_untold; // when the newest operation began; 0: events tell which operation they are of
    int64_t interval_ms;
    char last_status[STATUS_SIZE]; // of the stack
};

// Sets up and starts; cf, stack, token, event, ended and data are given in `monitor`, the rest is zero.
void monitor_start(struct monitor *monitor);
void monitor_release(struct monitor *monitor);

// What the operation waits for: the resource that is in progress for the longest time; NULL when there is
// none.
const struct monitored_resource *monitor_waits_for(const struct monitor *monitor);

void stack_event_read(const struct value *value, struct stack_event *ret_event);
// Whether it failed only because something else had failed.
bool stack_event_is_consequence(const struct stack_event *event);

#endif

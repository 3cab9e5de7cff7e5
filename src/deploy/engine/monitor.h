// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_MONITOR_H
#define DEPLOY_ENGINE_MONITOR_H

// Follows one operation on a stack, whoever started it, until its end: event by event, or where nobody wants
// to see events, or they cannot be read, by looking at the stack. The holder owns the monitor; it must stay
// where it is until it has ended.

#include "awscli/cloudformation.h"
#include "deploy/engine/looks.h"
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
    struct looks *looks;
    const struct value *before; // its description before the operation; NULL: there was none
    bool skips_events;          // but for those of an operation that has failed
    void (*event)(void *data, const struct stack_event *event);
    // `status` is the stack's; NULL when it cannot be followed any further, and then `reply` says why.
    void (*ended)(void *data, const char *status, const struct aws_reply *reply);
    void (*note)(void *data, const char *text);
    void *data;
    // Read-only for others:
    struct arena arena;
    const struct value *description; // of the stack at its end; NULL: the events told its status
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
    struct look look;
    bool is_blind;        // its events cannot be read
    const char *ended_as; // while the events are asked why
};

// Sets up and starts; the fields of the first group are given, the rest is zero.
void monitor_start(struct monitor *monitor);
void monitor_release(struct monitor *monitor);

// What the operation waits for: the resource that is in progress for the longest time; NULL when there is
// none.
const struct monitored_resource *monitor_waits_for(const struct monitor *monitor);

void stack_event_read(const struct value *value, struct stack_event *ret_event);
// Whether it failed only because something else had failed.
bool stack_event_is_consequence(const struct stack_event *event);

#endif

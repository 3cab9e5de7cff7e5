// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_HISTORY_H
#define DEPLOY_ENGINE_HISTORY_H

// What has happened on a stack: the events of its last operations, with those of its nested stacks in
// between, in the order of time. The holder owns the struct, which must stay where it is until it has ended.
// Events live in the value arena that is current at history_read.

#include "awscli/cloudformation.h"
#include "deploy/engine/monitor.h"
#include "template/cloud_assembly.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct history_event {
    struct stack_event event;
    int64_t time;        // as in util/timestamp.h
    const char *path;    // of the construct, else of logical ids; "" of the stack itself
    bool is_consequence; // failed only because something else had
    size_t sequence;
};

struct history_source;

struct history {
    struct cloudformation cf;
    const char *stack;               // its id
    const struct cloud_stack *cloud; // whose construct paths are shown
    size_t operations;               // how many of the last ones
    void (*ended)(void *data, struct history *history);
    void *data;
    // Known when it has ended:
    const char *problem; // NULL: all is well
    struct history_event *events;
    size_t count;
    // Its own:
    size_t capacity;
    struct arena *arena;
    struct history_source *sources;
    size_t open;   // sources that have not been read
    int64_t since; // when the first of the operations began
};

// Begins; cf, stack, cloud, operations, ended and data are given in `history`, the rest is zero.
void history_read(struct history *history);

// The first failure that is no consequence of another one; NULL when there is none.
const struct history_event *history_cause(const struct history *history);

// Less than, equal to or greater than 0, as `a` happened before, with or after `b`.
int history_compare_times(const struct history_event *a, const struct history_event *b);

#endif

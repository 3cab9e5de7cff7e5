// SPDX-License-Identifier: MIT
#ifndef AWSCLI_EVENT_LOOP_H
#define AWSCLI_EVENT_LOOP_H

// Calls of the AWS CLI side by side, and timers, in one loop. Whoever makes a call says what is to be done
// with the reply; that function may make further calls. What is transient is tried again, with growing and
// jittered delays, within a limit, before anybody hears of it. The holder releases the queue, which ends what
// still runs.
//
//     event_loop_call(&queue, &(struct aws_call){ .target = &target, .arguments = ..., .then = { done, stack
//     }
//     }); while (event_loop_run_once(&queue, 1000))
//         ...

#include "awscli/aws_cli.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The reply and its answer are gone when the function returns; the value arena is theirs while it runs.
typedef void aws_callback_fn(void *data, const struct aws_reply *reply);
typedef void aws_timer_fn(void *data);

struct aws_callback {
    aws_callback_fn *function;
    void *data;
};

// Everything is copied, but for the target: it must live until the reply, as its credentials may be renewed.
struct aws_call {
    const struct aws_target *target;
    const char *const *arguments;
    const struct value *input; // default: none
    int64_t timeout_ms;        // default: the queue's
    struct aws_callback then;
};

struct aws_pending;
struct aws_timer;

struct event_loop {
    struct process_loop processes;
    struct aws_pending *waiting; // in the order in which they came
    struct aws_timer *timers;    // the next one first
    size_t running;
    size_t limit;       // calls at a time
    int64_t timeout_ms; // of one try. Default: TANGO_AWS_TIMEOUT seconds, or 90
    int attempts;       // tries of one call
    int64_t backoff_ms; // before the second try; doubles from there
    size_t calls;       // that were started, for benchmarks
    bool is_closed;     // starts nothing new and forgets its timers
    void (*retrying)(void *data, const char *operation, const char *message, int64_t delay_ms); // may be NULL
    void *retrying_data;
};

void event_loop_init(struct event_loop *queue);
void event_loop_release(struct event_loop *queue);

void event_loop_call(struct event_loop *queue, const struct aws_call *call);
void event_loop_after(struct event_loop *queue, int64_t delay_ms, aws_timer_fn *function, void *data);
// Takes back what event_loop_after was told, where that has not happened yet.
void event_loop_forget(struct event_loop *queue, aws_timer_fn *function, const void *data);

// Lets the next thing happen, or `wait_ms` go by; false when there is nothing left to wait for.
bool event_loop_run_once(struct event_loop *queue, int wait_ms);

// Ends every child and forgets everything else.
void event_loop_close(struct event_loop *queue);

#endif

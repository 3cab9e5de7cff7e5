// SPDX-License-Identifier: MIT
#include "awscli/event_loop.h"

#include "data/json.h"
#include "data/value.h"
#include "util/clock.h"
#include "util/die.h"
#include "util/random.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_LIMIT = 8,
    DEFAULT_TIMEOUT_MS = 90 * 1000,
    LONGEST_TIMEOUT_S = 24 * 60 * 60,
    DEFAULT_ATTEMPTS = 6,
    DEFAULT_BACKOFF_MS = 400,
    LONGEST_BACKOFF_MS = 20 * 1000,
};

struct aws_pending {
    struct aws_pending *next;
    struct event_loop *queue;
    struct arena arena; // of this struct's strings
    struct aws_cli_call call;
    struct aws_callback then;
    int64_t not_before;
    int attempt;
};

struct aws_timer {
    struct aws_timer *next;
    int64_t at;
    aws_timer_fn *function;
    void *data;
};

static int64_t timeout_ms(void)
{
    const char *given = getenv("TANGO_AWS_TIMEOUT");
    long seconds = given ? strtol(given, NULL, 10) : 0;

    return seconds > 0 && seconds <= LONGEST_TIMEOUT_S ? seconds * 1000 : DEFAULT_TIMEOUT_MS;
}

void event_loop_init(struct event_loop *queue)
{
    *queue = (struct event_loop){
        .processes = PROCESS_LOOP_INIT,
        .limit = DEFAULT_LIMIT,
        .timeout_ms = timeout_ms(),
        .attempts = DEFAULT_ATTEMPTS,
        .backoff_ms = DEFAULT_BACKOFF_MS,
    };
}

static void pending_free(struct aws_pending *pending)
{
    arena_release(&pending->arena);
    free(pending);
}

// The processes' data are pending calls.
static void free_running(struct event_loop *queue)
{
    for (struct process *process = queue->processes.running; process; process = process->next)
        pending_free(process->data);
    process_loop_release(&queue->processes);
    queue->running = 0;
}

void event_loop_close(struct event_loop *queue)
{
    queue->is_closed = true;
    free_running(queue);
    while (queue->waiting) {
        struct aws_pending *next = queue->waiting->next;

        pending_free(queue->waiting);
        queue->waiting = next;
    }
    while (queue->timers) {
        struct aws_timer *next = queue->timers->next;

        free(queue->timers);
        queue->timers = next;
    }
}

void event_loop_release(struct event_loop *queue)
{
    event_loop_close(queue);
}

static const char *const *copy_arguments(struct arena *arena, const char *const *arguments)
{
    size_t count = 0;
    const char **copy;

    while (arguments[count])
        count++;
    copy = arena_alloc(arena, (count + 1) * sizeof(*copy));
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_strdup(arena, arguments[i]);
    return copy;
}

static void append(struct event_loop *queue, struct aws_pending *pending)
{
    struct aws_pending **link = &queue->waiting;

    while (*link)
        link = &(*link)->next;
    pending->next = NULL;
    *link = pending;
}

void event_loop_call(struct event_loop *queue, const struct aws_call *call)
{
    struct aws_pending *pending;

    if (queue->is_closed)
        return;
    pending = xcalloc(1, sizeof(*pending));
    pending->queue = queue;
    pending->then = call->then;
    pending->call = (struct aws_cli_call){
        .target = call->target,
        .arguments = copy_arguments(&pending->arena, call->arguments),
        .timeout_ms = call->timeout_ms ? call->timeout_ms : queue->timeout_ms,
        .data = pending,
    };
    if (call->input) {
        STRBUF_AUTO text = STRBUF_INIT;

        json_write(&text, call->input, 0);
        pending->call.input = arena_strdup(&pending->arena, text.data);
    }
    append(queue, pending);
}

void event_loop_after(struct event_loop *queue, int64_t delay_ms, aws_timer_fn *function, void *data)
{
    struct aws_timer *timer;
    struct aws_timer **link = &queue->timers;

    if (queue->is_closed)
        return;
    timer = xcalloc(1, sizeof(*timer));
    *timer = (struct aws_timer){ .at = clock_ms() + delay_ms, .function = function, .data = data };
    while (*link && (*link)->at <= timer->at)
        link = &(*link)->next;
    timer->next = *link;
    *link = timer;
}

void event_loop_forget(struct event_loop *queue, aws_timer_fn *function, const void *data)
{
    struct aws_timer **link = &queue->timers;

    while (*link) {
        struct aws_timer *timer = *link;

        if (timer->function != function || timer->data != data) {
            link = &timer->next;
            continue;
        }
        *link = timer->next;
        free(timer);
    }
}

static void deliver(struct aws_pending *pending, const struct aws_reply *reply)
{
    struct aws_callback then = pending->then;

    pending_free(pending);
    then.function(then.data, reply);
}

static int64_t delay_before(const struct event_loop *queue, int attempt)
{
    int64_t longest = queue->backoff_ms << attempt;

    if (longest > LONGEST_BACKOFF_MS)
        longest = LONGEST_BACKOFF_MS;
    return longest / 2 + random_below((uint32_t)longest / 2 + 1);
}

static void try_again(struct event_loop *queue, struct aws_pending *pending, const char *message)
{
    int64_t delay = delay_before(queue, pending->attempt);

    if (queue->retrying)
        queue->retrying(queue->retrying_data, pending->call.arguments[1], message, delay);
    pending->attempt++;
    pending->not_before = clock_ms() + delay;
    append(queue, pending);
}

static void finish(struct event_loop *queue, struct aws_pending *pending, const struct process *process)
{
    struct arena scratch = ARENA_INIT;
    struct arena *before = value_arena_use(&scratch);
    struct aws_reply reply;

    aws_cli_read(process, &reply);
    if (reply.outcome == AWS_TRANSIENT && pending->attempt + 1 < queue->attempts)
        try_again(queue, pending, reply.message);
    else
        deliver(pending, &reply);
    value_arena_use(before);
    arena_release(&scratch);
}

static void start(struct event_loop *queue, struct aws_pending *pending)
{
    ERROR_AUTO err = ERROR_INIT;

    if (aws_cli_start(&queue->processes, &pending->call, &err) == 0) {
        queue->running++;
        queue->calls++;
        return;
    }
    deliver(pending, &(struct aws_reply){ .outcome = AWS_NOT_STARTED, .code = "", .message = err.message });
}

static struct aws_pending *run_due(struct event_loop *queue, int64_t now)
{
    for (struct aws_pending **link = &queue->waiting; *link; link = &(*link)->next) {
        struct aws_pending *pending = *link;

        if (pending->not_before > now)
            continue;
        *link = pending->next;
        return pending;
    }
    return NULL;
}

static void start_due(struct event_loop *queue)
{
    struct aws_pending *pending;

    while (queue->running < queue->limit && (pending = run_due(queue, clock_ms())))
        start(queue, pending);
}

static bool fire_due(struct event_loop *queue)
{
    struct aws_timer *timer = queue->timers;
    struct arena scratch = ARENA_INIT;
    struct arena *before;

    if (!timer || timer->at > clock_ms())
        return false;
    queue->timers = timer->next;
    before = value_arena_use(&scratch);
    timer->function(timer->data);
    value_arena_use(before);
    arena_release(&scratch);
    free(timer);
    return true;
}

static int until(int64_t at, int wait_ms)
{
    int64_t left = at - clock_ms();

    return left < 0 ? 0 : left < wait_ms ? (int)left : wait_ms;
}

static int time_to_wait(const struct event_loop *queue, int wait_ms)
{
    if (queue->timers)
        wait_ms = until(queue->timers->at, wait_ms);
    if (queue->running < queue->limit)
        for (const struct aws_pending *pending = queue->waiting; pending; pending = pending->next)
            wait_ms = until(pending->not_before, wait_ms);
    return wait_ms;
}

bool event_loop_run_once(struct event_loop *queue, int wait_ms)
{
    struct process *process;

    start_due(queue);
    if (!queue->running && !queue->waiting && !queue->timers)
        return false;
    if (fire_due(queue))
        return true;
    wait_ms = time_to_wait(queue, wait_ms);
    if (!queue->running) {
        poll(NULL, 0, wait_ms);
        return true;
    }
    process = process_loop_next(&queue->processes, wait_ms);
    if (process) {
        queue->running--;
        finish(queue, process->data, process);
        process_free(process);
    }
    return true;
}

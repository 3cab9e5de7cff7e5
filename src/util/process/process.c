// SPDX-License-Identifier: MIT
#include "util/process/process.h"

#include "util/die.h"
#include "util/process/signals.h"
#include "util/process/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SLOTS = 256,    // processes at a time
    GRACE_MS = 2000 // between SIGTERM and SIGKILL
};

// Groups that a signal handler must be able to reach; 0: free.
static _Atomic pid_t groups[SLOTS];

void processes_signal(int signal_number)
{
    for (int i = 0; i < SLOTS; i++) {
        pid_t group = atomic_load(&groups[i]);

        if (group)
            kill(-group, signal_number);
    }
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int process_group_add(pid_t group)
{
    for (int i = 0; i < SLOTS; i++) {
        pid_t expected = 0;

        if (atomic_compare_exchange_strong(&groups[i], &expected, group))
            return i;
    }
    BUG("more than %d processes run side by side", SLOTS);
}

void process_group_forget(int slot)
{
    atomic_store(&groups[slot], 0);
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void process_free(struct process *process)
{
    if (!process)
        return;
    strbuf_release(&process->output);
    strbuf_release(&process->error_output);
    free(process);
}

void process_free_held(struct process **process)
{
    process_free(*process);
}

static void add(
    struct process_loop *loop, const struct process_options *options, const struct spawned *spawned)
{
    struct process *process = xcalloc(1, sizeof(*process));

    *process = (struct process){
        .data = options->data,
        .output = STRBUF_INIT,
        .error_output = STRBUF_INIT,
        .next = loop->running,
        .pid = spawned->pid,
        .pid_fd = spawned->pid_fd,
        .output_fds = { spawned->output_fds[0], spawned->output_fds[1] },
        .deadline = options->timeout_ms ? now_ms() + options->timeout_ms : 0,
        .slot = process_group_add(spawned->pid),
    };
    loop->running = process;
}

// Signals wait until the child is registered: a handler that ends the program must know of it.
int process_start(struct process_loop *loop, const struct process_options *options, struct error *err)
{
    struct spawned spawned;
    int status;

    signals_hold();
    status = spawn(options, &spawned, err);
    if (status == 0)
        add(loop, options, &spawned);
    signals_release();
    return status;
}

// Reads once. End of file and trouble are treated alike: no more comes.
static void drain(int *fd, struct strbuf *into, size_t at_most)
{
    ssize_t count;

    if (*fd < 0 || !at_most)
        return;
    strbuf_grow(into, at_most);
    count = read(*fd, into->data + into->length, at_most);
    if (count > 0)
        strbuf_truncate(into, into->length + (size_t)count);
    else if (count == 0 || (errno != EINTR && errno != EAGAIN))
        close_fd(fd);
}

static void drain_both(struct process *process)
{
    enum { AT_ONCE = 64 * 1024 };

    drain(&process->output_fds[0], &process->output, AT_ONCE);
    drain(&process->output_fds[1], &process->error_output, AT_ONCE);
}

// What the child wrote before its end is in the pipe by now; what somebody outside of its group who inherited
// the pipe may write later is not waited for.
static void drain_rest(int *fd, struct strbuf *into)
{
    int available = 0;

    if (*fd >= 0 && ioctl(*fd, FIONREAD, &available) == 0)
        drain(fd, into, (size_t)available);
    close_fd(fd);
}

static void end_endless(struct process *process)
{
    if (process->output.length + process->error_output.length <= PROCESS_OUTPUT_LIMIT)
        return;
    process->is_too_long = true;
    kill(-process->pid, SIGKILL);
    for (int i = 0; i < 2; i++)
        close_fd(&process->output_fds[i]);
    strbuf_release(&process->output);
    strbuf_release(&process->error_output);
    strbuf_addf(&process->error_output, "more than %d MiB were written\n", PROCESS_OUTPUT_LIMIT >> 20);
}

static void unlink_process(struct process_loop *loop, struct process *process)
{
    struct process **link = &loop->running;

    while (*link != process)
        link = &(*link)->next;
    *link = process->next;
    process->next = NULL;
}

// The leader has ended but is not yet reaped, so its id still names the group and nothing else.
static void reap(struct process_loop *loop, struct process *process)
{
    siginfo_t info = { 0 };

    kill(-process->pid, SIGKILL);
    process_group_forget(process->slot);
    while (waitid(P_PID, (id_t)process->pid, &info, WEXITED) < 0 && errno == EINTR)
        ;
    process->exit_status = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
    if (process->is_too_long)
        process->exit_status = 128 + SIGKILL;
    drain_rest(&process->output_fds[0], &process->output);
    drain_rest(&process->output_fds[1], &process->error_output);
    close_fd(&process->pid_fd);
    unlink_process(loop, process);
}

static bool has_ended(const struct process *process)
{
    siginfo_t info = { 0 };

    return waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

static void end_overdue(struct process *process, int64_t now)
{
    if (!process->deadline || now < process->deadline)
        return;
    kill(-process->pid, process->timed_out ? SIGKILL : SIGTERM);
    process->deadline = process->timed_out ? 0 : now + GRACE_MS;
    process->timed_out = true;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return b && (!a || b < a) ? b : a;
}

static void wait_for_events(const struct process_loop *loop, int64_t until)
{
    struct pollfd fds[SLOTS * 3];
    nfds_t count = 0;
    int64_t wait = -1;

    for (const struct process *process = loop->running; process; process = process->next) {
        fds[count++] = (struct pollfd){ .fd = process->pid_fd, .events = POLLIN };
        for (int i = 0; i < 2; i++)
            if (process->output_fds[i] >= 0)
                fds[count++] = (struct pollfd){ .fd = process->output_fds[i], .events = POLLIN };
        until = earlier(until, process->deadline);
    }
    if (until) {
        wait = until - now_ms();
        wait = wait < 0 ? 0 : wait;
    }
    poll(fds, count, wait > INT32_MAX ? INT32_MAX : (int)wait);
}

static struct process *first_ended(struct process_loop *loop)
{
    int64_t now = now_ms();

    for (struct process *process = loop->running; process; process = process->next) {
        drain_both(process);
        end_endless(process);
        if (has_ended(process)) {
            reap(loop, process);
            return process;
        }
        end_overdue(process, now);
    }
    return NULL;
}

struct process *process_loop_next(struct process_loop *loop, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? 0 : now_ms() + timeout_ms;

    while (loop->running) {
        struct process *ended = first_ended(loop);

        if (ended)
            return ended;
        if (until && now_ms() >= until)
            return NULL;
        wait_for_events(loop, until);
    }
    return NULL;
}

struct process *process_run(const struct process_options *options, struct error *err)
{
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;

    if (process_start(&loop, options, err) < 0)
        return NULL;
    return process_loop_next(&loop, PROCESS_NO_TIMEOUT);
}

void process_loop_release(struct process_loop *loop)
{
    while (loop->running) {
        struct process *process = loop->running;

        kill(-process->pid, SIGKILL);
        while (!has_ended(process))
            poll(&(struct pollfd){ .fd = process->pid_fd, .events = POLLIN }, 1, -1);
        reap(loop, process);
        process_free(process);
    }
}

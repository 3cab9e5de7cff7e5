// SPDX-License-Identifier: MIT
#ifndef UTIL_PROCESS_PROCESS_H
#define UTIL_PROCESS_PROCESS_H

// Child processes, many side by side, without a shell and without threads: start some on a loop, then take
// each one as it ends. Whatever a child starts in its turn belongs to its process group, and the group ends
// with it. A child's outputs are kept whole; one that writes more than PROCESS_OUTPUT_LIMIT is killed, and
// its error output says so. The holder of the loop releases it, which kills what still runs.
//
//     struct process_loop loop = PROCESS_LOOP_INIT;
//
//     for (...)
//         process_start(&loop, &(struct process_options){ .argv = argv, .data = stack }, err);
//     while ((process = process_loop_next(&loop, PROCESS_NO_TIMEOUT))) {
//         ... process->exit_status, process->output ...
//         process_free(process);
//     }

#include "util/error.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    PROCESS_NO_TIMEOUT = -1,
    PROCESS_OUTPUT_LIMIT = 256 * 1024 * 1024, // both outputs together
};

struct process_options {
    const char *const *argv;    // ends with NULL; argv[0] is looked for in PATH
    const char *debian_package; // that brings the program; named where it is missing
    // "NAME=value" sets, "NAME" unsets; ends with NULL. Default: the environment as it is.
    const char *const *environment;
    const char *input; // what the child reads from its standard input. Default: nothing
    size_t input_length;
    int64_t timeout_ms; // after which the group is ended. Default: never
    void *data;         // the caller's
};

struct process {
    void *data;
    int exit_status; // 128 + n when signal n ended it
    bool timed_out;
    struct strbuf output;
    struct strbuf error_output;
    // The loop's own:
    struct process *next;
    pid_t pid;
    int pid_fd;
    int output_fds[2]; // -1: at its end
    int64_t deadline;  // on the monotonic clock; 0: none
    bool is_too_long;  // what it wrote
    int slot;
};

struct process_loop {
    struct process *running;
};

#define PROCESS_LOOP_INIT                                                                                    \
    {                                                                                                        \
        NULL                                                                                                 \
    }
#define PROCESS_LOOP_AUTO __attribute__((cleanup(process_loop_release))) struct process_loop
#define PROCESS_AUTO __attribute__((cleanup(process_free_held))) struct process

void process_loop_release(struct process_loop *loop);

// The strings are not needed any more when it returns. A program that does not exist is an error here.
int process_start(struct process_loop *loop, const struct process_options *options, struct error *err);

// The next process that has ended; the caller frees it. NULL when none is left or the time is up (0: looks
// without waiting).
struct process *process_loop_next(struct process_loop *loop, int timeout_ms);
void process_free(struct process *process);
void process_free_held(struct process **process); // for PROCESS_AUTO *process

// One process from start to end; NULL when it could not be started.
struct process *process_run(const struct process_options *options, struct error *err);

// A group that somebody else starts: it gets signals as the children's groups do until it is forgotten.
int process_group_add(pid_t group);
void process_group_forget(int slot); // what process_group_add returned

// Sends `signal_number` to every child's group. Safe to call in a signal handler.
void processes_signal(int signal_number);

#endif

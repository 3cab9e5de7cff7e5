// SPDX-License-Identifier: MIT
#ifndef UTIL_PROCESS_SPAWN_H
#define UTIL_PROCESS_SPAWN_H

// The start of a child process, for process.c: in a process group of its own, with standard input from
// memory and pipes on both outputs.

#include "util/error.h"

#include <sys/types.h>

struct process_options;

struct spawned {
    pid_t pid;
    int pid_fd;        // readable once the child has ended
    int output_fds[2]; // of standard output and standard error; non-blocking
};

int spawn(const struct process_options *options, struct spawned *ret_spawned, struct error *err);

#endif

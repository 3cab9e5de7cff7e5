// SPDX-License-Identifier: MIT
#ifndef INVOKE_FUNCTION_PROCESS_H
#define INVOKE_FUNCTION_PROCESS_H

// The function's process: started with Lambda's environment in a process group of its own, its output
// collected line by line.

#include "invoke/emulator.h"

#include <stdint.h>

struct function_process {
    pid_t pid;  // 0: none
    int pidfd;  // readable when it has ended
    int output; // its standard output and error, non-blocking
    struct strbuf line;
    int slot; // of its group, see util/process.h
};

#define FUNCTION_PROCESS_INIT                                                                                \
    {                                                                                                        \
        0, -1, -1, STRBUF_INIT, -1                                                                           \
    }

int function_process_start(struct function_process *process, const struct emulator_options *options,
    unsigned port, struct error *err);
void function_process_signal(const struct function_process *process, int signal);
// Waits for the end (kill it first), collects the last output, and gives back what the process held.
int function_process_finish(struct function_process *process, const struct emulator_options *options);
// Hands complete lines of output to the options' on_log.
void function_process_read_output(struct function_process *process, const struct emulator_options *options);
// The peak of its resident memory, in kB.
long function_process_max_rss(const struct function_process *process);

#endif

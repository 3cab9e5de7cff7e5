// SPDX-License-Identifier: MIT
#ifndef INVOKE_EMULATOR_H
#define INVOKE_EMULATOR_H

// Runs a Lambda function of a custom runtime (provided.al2023) on this machine: starts its bootstrap with
// Lambda's environment, serves the Runtime API to it on the loopback interface, and hands it one invocation
// after another. Like Lambda it starts the process at the first invocation, keeps it for the next ones, kills
// it at the deadline (SIGKILL, no warning), and starts another one when it died. (AWS documentation: "Using
// the Lambda runtime API for custom runtimes", "Lambda execution environment lifecycle".)

#include "util/error.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <sys/types.h>

struct emulator_options {
    const char *const *command;     // the bootstrap and its arguments, NULL at the end; the first is a path
    const char *task_root;          // the unpacked package; default: the current directory
    const char *function_name;      // default: "function"
    const char *const *environment; // the function's own "NAME=VALUE", NULL at the end; default: none
    const char *region;             // default: us-east-1
    unsigned timeout_ms;            // default: 3000
    unsigned memory_mb;             // announced, not enforced; default: 128
    bool freeze;                    // SIGSTOP between invocations, as Lambda freezes an environment
    void (*on_log)(
        void *user, const char *line, size_t length); // a line of output without its end; default: dropped
    void (*on_start)(void *user, pid_t pid);          // default: none
    void *user;
};

enum invoke_status {
    INVOKE_OK,             // the body is the response
    INVOKE_FUNCTION_ERROR, // the body is the error document that the function posted
    INVOKE_INIT_ERROR,     // likewise, before it took an invocation
    INVOKE_TIMED_OUT,      // killed at the deadline
    INVOKE_EXITED,         // the process ended by itself or by a signal
};

struct invoke_result {
    enum invoke_status status;
    struct strbuf body;
    char request_id[37];
    double init_ms;     // from exec to the first request; 0 when the process was there already
    double duration_ms; // from the invocation's delivery to its outcome
    long max_rss_kb;    // the process's peak so far; 0 when it is gone
    int wait_status;    // of INVOKE_TIMED_OUT and INVOKE_EXITED: as waitpid() gives it
};

#define INVOKE_RESULT_INIT                                                                                   \
    {                                                                                                        \
        .body = STRBUF_INIT                                                                                  \
    }

struct emulator;

// The options' strings must outlive the emulator. NULL with an error when no port can be opened.
struct emulator *emulator_new(const struct emulator_options *options, struct error *err);
// Asks the process to end by answering its request with an error, kills it when it lingers, and frees
// everything.
void emulator_free(struct emulator *emulator);

// One invocation, from start to outcome; -1 only when the process cannot be started. The caller releases the
// result.
int emulator_invoke(struct emulator *emulator, const char *event, size_t length, struct invoke_result *result,
    struct error *err);
void invoke_result_release(struct invoke_result *result);

// The name of a status: "ok", "function-error", ...
const char *invoke_status_name(enum invoke_status status);

// Cuts every connection of the process, as a long freeze does.
void emulator_drop_connections(struct emulator *emulator);

#endif

// SPDX-License-Identifier: MIT
#ifndef RUNTIME_RUNTIME_H
#define RUNTIME_RUNTIME_H

// The Lambda Runtime API's loop for a custom runtime (provided.al2023): initialise, then take one invocation
// after another and post its response or error. The process may be killed at any instruction and frozen
// between invocations; nothing here keeps state that matters. (AWS documentation: "Using the Lambda runtime
// API for custom runtimes".)

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strbuf;
struct failure;

struct invocation {
    char request_id[129];
    char function_arn[512];
    char trace_id[512];
    int64_t deadline_ms; // wall clock, as now_ms()
    const char *event;   // NUL-terminated
    size_t event_length;
};

struct function {
    // Called once, before the first invocation; a failure is reported as an init error and ends the process.
    int (*init)(void *context, struct failure *f);
    // Called for each invocation: appends the response (JSON) and returns 0, or returns -1 with the failure.
    int (*handle)(
        void *context, const struct invocation *invocation, struct strbuf *response, struct failure *f);
    void *context;
};

// Runs until the Runtime API ends it; the value is the exit status.
int runtime_run(const struct function *function);

// Takes one header line of an answer to "next" ("Name: value\r\n") into the invocation. What it does not
// know, or what does not fit, leaves the invocation as it was.
void invocation_header(struct invocation *invocation, const char *line, size_t length);

// True when the headers gave all that an invocation needs.
bool invocation_complete(const struct invocation *invocation);

#endif

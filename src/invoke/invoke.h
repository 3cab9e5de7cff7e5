// SPDX-License-Identifier: MIT
#ifndef INVOKE_INVOKE_H
#define INVOKE_INVOKE_H

// One run of a Lambda function on this machine. Logs and timing go to standard error.

#include "invoke/function.h"
#include "util/error.h"
#include "util/strbuf.h"

struct invocation {
    const char *name;
    const struct function *function;
    const char *directory;                 // the unpacked package
    const char *runner;                    // of a Node.js function
    const char *handler;                   // likewise
    const struct string_list *environment; // "NAME=VALUE", the first of equal names counts
    int timeout_s;
    const struct strbuf *event;
};

// The function's answer in `result`; -1 with an error when it failed.
int invoke_bootstrap(const struct invocation *invocation, struct strbuf *result, struct error *err);
int invoke_nodejs(const struct invocation *invocation, struct strbuf *result, struct error *err);

#endif

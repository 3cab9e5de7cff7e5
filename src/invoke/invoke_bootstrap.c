// SPDX-License-Identifier: MIT
#include "invoke/invoke.h"

#include "data/json.h"
#include "data/value.h"
#include "invoke/emulator.h"
#include "util/display.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

// `user` says whether the invocation is over: what the process has to say about its end is of no interest.
static void print_log(void *user, const char *line, size_t length)
{
    const bool *over = user;

    if (!*over)
        print_text_lines(stderr, line, length);
}

static void print_timing(const struct invocation *invocation, const struct invoke_result *result)
{
    print_to(stderr, "%s: %.1f ms", invocation->name, result->duration_ms);
    if (result->init_ms > 0)
        print_to(stderr, ", %.1f ms to start", result->init_ms);
    if (result->max_rss_kb)
        print_to(
            stderr, ", %ld of %d MB", (result->max_rss_kb + 1023) / 1024, invocation->function->memory_mb);
    print_to(stderr, "\n");
}

// {"errorType": ..., "errorMessage": ...}; whatever else there is is shown as it is.
static int fail_with_document(
    const struct invocation *invocation, const struct invoke_result *result, struct error *err)
{
    ERROR_AUTO ignored = ERROR_INIT;
    const char *what = result->status == INVOKE_INIT_ERROR ? "could not start" : "failed";
    const struct value *document = json_parse(result->body.data, result->body.length, "error", &ignored);
    const char *type = object_string(document, "errorType");
    const char *message = object_string(document, "errorMessage");

    if (!type || !message)
        return error_set(err, "'%s' %s: %s", invocation->name, what, result->body.data);
    return error_set(err, "'%s' %s: %s: %s", invocation->name, what, type, message);
}

static int fail_with_status(
    const struct invocation *invocation, const struct invoke_result *result, struct error *err)
{
    int status = result->wait_status;

    if (WIFSIGNALED(status))
        return error_set(err, "'%s' was ended by signal %d (%s)", invocation->name, WTERMSIG(status),
            strsignal(WTERMSIG(status)));
    return error_set(
        err, "'%s' ended with exit status %d and without an answer", invocation->name, WEXITSTATUS(status));
}

static int classify_result(
    const struct invocation *invocation, const struct invoke_result *result, struct error *err)
{
    switch (result->status) {
    case INVOKE_OK:
        return 0;
    case INVOKE_FUNCTION_ERROR:
    case INVOKE_INIT_ERROR:
        return fail_with_document(invocation, result, err);
    case INVOKE_TIMED_OUT:
        return result->duration_ms > 0
            ? error_set(err, "'%s' timed out after %d s", invocation->name, invocation->timeout_s)
            : error_set(err, "'%s' did not finish its start in time", invocation->name);
    case INVOKE_EXITED:
        break;
    }
    return fail_with_status(invocation, result, err);
}

static int invoke(const struct invocation *invocation, struct emulator *emulator, struct strbuf *response,
    struct error *err)
{
    struct invoke_result result = INVOKE_RESULT_INIT;
    int status = emulator_invoke(emulator, invocation->event->data, invocation->event->length, &result, err);

    if (status == 0) {
        print_timing(invocation, &result);
        status = classify_result(invocation, &result, err);
        strbuf_add(response, result.body.data, result.body.length);
    }
    invoke_result_release(&result);
    return status;
}

int invoke_bootstrap(const struct invocation *invocation, struct strbuf *result, struct error *err)
{
    STRBUF_AUTO program = STRBUF_INIT;
    struct emulator *emulator;
    bool over = false;
    int status;

    strbuf_addf(&program, "%s/bootstrap", invocation->directory);
    emulator = emulator_new(
        &(struct emulator_options){
            .command = (const char *const[]){ program.data, NULL },
            .task_root = invocation->directory,
            .function_name = invocation->name,
            .environment = invocation->environment->items,
            .region = invocation->function->region,
            .timeout_ms = (unsigned)invocation->timeout_s * 1000,
            .memory_mb = (unsigned)invocation->function->memory_mb,
            .on_log = print_log,
            .user = &over,
        },
        err);
    if (!emulator)
        return -1;
    status = invoke(invocation, emulator, result, err);
    over = true;
    emulator_free(emulator);
    return status;
}

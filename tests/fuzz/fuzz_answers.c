// SPDX-License-Identifier: MIT
// Answers of the AWS CLI to what deployments ask. The first byte chooses the operation; then come answers,
// each ended by a NUL, in the order in which they are asked for and again from the first: JSON, or "CODE:
// MESSAGE" of a refusal. This file takes the place of awscli/event_loop.c: nothing is started, and no time
// goes by.
#include "harness.h"

#include "awscli/event_loop.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/array.h"
#include "util/die.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

enum { CALLS_MAX = 400 };

struct event {
    struct event *next;
    struct aws_callback then; // of a call, or
    aws_timer_fn *function;   // of a timer
};

static struct {
    const char *text, *rest, *end;
    struct event *first;
    size_t calls;
} script;

static void append(struct event event)
{
    struct event **link = &script.first;

    if (++script.calls > CALLS_MAX)
        return;
    while (*link)
        link = &(*link)->next;
    *link = malloc(sizeof(**link));
    if (!*link)
        die("out of memory");
    **link = event;
}

void event_loop_init(struct event_loop *queue)
{
    *queue = (struct event_loop){ .limit = 8 };
}

void event_loop_close(struct event_loop *queue)
{
    queue->is_closed = true;
    while (script.first) {
        struct event *next = script.first->next;

        free(script.first);
        script.first = next;
    }
}

void event_loop_release(struct event_loop *queue)
{
    event_loop_close(queue);
}

void event_loop_call(struct event_loop *queue, const struct aws_call *call)
{
    STRBUF_AUTO input = STRBUF_INIT;

    if (call->input)
        json_write(&input, call->input, 0);
    if (!queue->is_closed)
        append((struct event){ .then = call->then });
}

void event_loop_after(struct event_loop *queue, int64_t delay_ms, aws_timer_fn *function, void *data)
{
    (void)delay_ms;
    if (!queue->is_closed)
        append((struct event){ .function = function, .then.data = data });
}

void event_loop_forget(struct event_loop *queue, aws_timer_fn *function, const void *data)
{
    struct event **link = &script.first;

    (void)queue;
    while (*link) {
        struct event *event = *link;

        if (event->function != function || event->then.data != data) {
            link = &event->next;
            continue;
        }
        *link = event->next;
        free(event);
    }
}

static const char *next_answer(size_t *ret_length)
{
    const char *start;
    const char *end;

    if (script.rest >= script.end)
        script.rest = script.text;
    start = script.rest;
    end = memchr(start, '\0', (size_t)(script.end - start));
    end = end ? end : script.end;
    script.rest = end < script.end ? end + 1 : end;
    *ret_length = (size_t)(end - start);
    return start;
}

static void read_refusal(const char *text, size_t length, struct aws_reply *reply)
{
    const char *colon = memchr(text, ':', length);
    size_t code = colon ? (size_t)(colon - text) : 0;

    reply->outcome = AWS_REFUSED;
    reply->code = arena_strndup(value_arena(), text, code);
    reply->message = arena_strndup(value_arena(), text + code, length - code);
    if (strcmp(reply->code, "AccessDenied") == 0)
        reply->outcome = AWS_DENIED;
    else if (strcmp(reply->code, "ExpiredToken") == 0)
        reply->outcome = AWS_EXPIRED;
    else if (strcmp(reply->code, "Throttling") == 0)
        reply->outcome = AWS_TRANSIENT;
}

static void deliver(const struct aws_callback *then)
{
    struct aws_reply reply = { .outcome = AWS_DONE, .code = "", .message = "" };
    ERROR_AUTO err = ERROR_INIT;
    size_t length;
    const char *text = next_answer(&length);

    reply.answer = length ? json_parse(text, length, "answer", &err) : object((struct field[]){ END });
    if (!reply.answer || value_type(reply.answer) != VALUE_OBJECT) {
        reply.answer = NULL;
        read_refusal(text, length, &reply);
    }
    then->function(then->data, &reply);
}

bool event_loop_run_once(struct event_loop *queue, int wait_ms)
{
    struct event *event = script.first;
    struct arena scratch = ARENA_INIT;
    struct arena *before;

    (void)queue, (void)wait_ms;
    if (!event)
        return false;
    script.first = event->next;
    before = value_arena_use(&scratch);
    if (event->function)
        event->function(event->then.data);
    else
        deliver(&event->then);
    value_arena_use(before);
    arena_release(&scratch);
    free(event);
    return true;
}

static volatile size_t seen; // so that what is handed out is read

static void read_text(const char *text)
{
    seen += text ? strlen(text) : 0;
}

static void on_stage(void *data, struct stack_job *job)
{
    (void)data;
    if (job->stage == JOB_FAILED && !job->problem)
        BUG("a job failed without saying why");
    read_text(job->problem);
}

static void on_event(void *data, struct stack_job *job, const struct stack_event *event)
{
    (void)data, (void)job;
    read_text(event->type);
    read_text(event->status);
    read_text(event->reason);
}

static void on_upload(void *data, const struct upload *upload)
{
    (void)data;
    read_text(upload->problem);
}

static void on_note(void *data, struct stack_job *job, const char *text)
{
    (void)data, (void)job;
    read_text(text);
}

static bool approve(void *context, struct stack_job *job, const char **ret_problem)
{
    STRBUF_AUTO changes = STRBUF_INIT;

    (void)context, (void)ret_problem;
    if (job->changes)
        json_write(&changes, job->changes, 0);
    return true;
}

static bool confirm(void *context, struct stack_job *job, const char *question, const char **ret_problem)
{
    (void)context, (void)job, (void)ret_problem;
    read_text(question);
    return true;
}

static const struct deploy_observer observer = {
    .stage = on_stage,
    .event = on_event,
    .upload = on_upload,
    .note = on_note,
    .approve = approve,
    .confirm = confirm,
};

static void run(const struct job_operation *operation, const struct cloud_assembly *assembly)
{
    struct event_loop loop;
    struct deployment deployment;
    const bool chosen[] = { true, true };
    const struct deploy_options options = { .default_region = "eu-west-1", .operations = 2 };

    event_loop_init(&loop);
    deployment_init(&deployment,
        &(struct deployment_props){
            .operation = operation,
            .loop = &loop,
            .assembly = assembly,
            .chosen = chosen,
            .options = &options,
        },
        &observer);
    deployment_start(&deployment);
    while (event_loop_run_once(&loop, 0))
        ;
    deployment_stop(&deployment);
    event_loop_release(&loop);
    deployment_release(&deployment);
}

static int file_of(const void *source, const char *name, struct strbuf *out)
{
    static const struct {
        const char *name, *text;
    } files[] = {
        { "manifest.json",
            "{\"version\":\"36.0.0\",\"artifacts\":{\"A\":{\"type\":\"aws:cloudformation:stack\",\"environment\":"
            "\"aws://111111111111/eu-west-1\",\"properties\":{\"templateFile\":\"t\"}},\"B\":{\"type\":"
            "\"aws:cloudformation:stack\",\"environment\":\"aws://unknown-account/unknown-region\",\"dependencies\":"
            "[\"A\"],\"properties\":{\"templateFile\":\"t\"}}}}" },
        { "t",
            "{\"Resources\":{\"Q\":{\"Type\":\"AWS::SQS::Queue\"},\"B\":{\"Type\":\"AWS::S3::Bucket\",\"Properties\":"
            "{\"BucketName\":\"b\"}}},\"Outputs\":{\"O\":{\"Value\":{\"Ref\":\"Q\"},\"Export\":{\"Name\":\"e\"}}}}" },
    };

    (void)source;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        if (strcmp(files[i].name, name) != 0)
            continue;
        strbuf_add_string(out, files[i].text);
        return 0;
    }
    return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct job_operation *const operations[] = { &deploy_operation, &dry_run_operation,
        &destroy_operation, &publish_operation, &watch_operation, &cancel_operation, &rollback_operation,
        &outputs_operation, &status_operation, &queues_operation, &logs_operation, &drift_operation };
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    struct cloud_assembly assembly;
    ERROR_AUTO err = ERROR_INIT;
    char *text = size > 1 ? malloc(size - 1) : NULL;

    if (text) {
        memcpy(text, data + 1, size - 1);
        script.text = script.rest = text;
        script.end = text + size - 1;
        script.calls = 0;
        if (cloud_assembly_of(file_of, NULL, &assembly, &err) < 0)
            BUG("%s", err.message);
        run(operations[*data % ARRAY_SIZE(operations)], &assembly);
    }
    free(text);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}

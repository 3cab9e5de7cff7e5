// SPDX-License-Identifier: MIT
#include "deploy/operations/preview_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/deployment_private.h"
#include "util/display.h"

#include <stdarg.h>
#include <string.h>

enum { POLL_MS = 300, LONGEST_POLL_MS = 4000, MAX_REMOVALS = 60 };

static void keep_problem(struct stack_job *job, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void keep_problem(struct stack_job *job, const char *format, ...)
{
    struct preview *preview = job->own;
    va_list arguments;

    va_start(arguments, format);
    preview->problem = display_vprintf(job->deployment->arena, format, arguments);
    va_end(arguments);
}

static void remove_change_set(void *data);

// One that is still being made cannot be removed yet.
static void on_removed(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct preview *preview = job->own;

    if (strcmp(reply->code, "InvalidChangeSetStatus") == 0 && ++preview->removals < MAX_REMOVALS) {
        event_loop_after(job->deployment->queue, preview->poll_ms, remove_change_set, job);
        return;
    }
    if (reply->outcome != AWS_DONE && strcmp(reply->code, "ChangeSetNotFound") != 0)
        job_note(job, "its change set '%s' could not be removed: %s", preview->change_set, reply->message);
    preview_settle(job);
}

static void remove_change_set(void *data)
{
    struct stack_job *job = data;
    const struct preview *preview = job->own;

    delete_change_set(
        &job->cf, job_stack_id(job), preview->change_set, (struct aws_callback){ on_removed, job });
}

static void ask_change_set(void *data);

static void ask_later(struct stack_job *job)
{
    struct preview *preview = job->own;

    event_loop_after(job->deployment->queue, preview->poll_ms, ask_change_set, job);
    preview->poll_ms = preview->poll_ms * 2 < LONGEST_POLL_MS ? preview->poll_ms * 2 : LONGEST_POLL_MS;
}

static void on_change_set(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct preview *preview = job->own;
    const char *status = object_string(reply->answer, "Status");
    const char *reason = object_string(reply->answer, "StatusReason");

    reason = reason ? reason : "CloudFormation gives no reason";
    if (reply->outcome != AWS_DONE || !status) {
        keep_problem(job, "what became of the change set cannot be seen: %s", reply->message);
    } else if (strcmp(status, "CREATE_COMPLETE") == 0) {
        preview->changes = value_copy(job->deployment->arena, object_get(reply->answer, "Changes"));
    } else if (strcmp(status, "FAILED") == 0 && job_says_no_changes(reason)) {
        preview->changes = value_copy(job->deployment->arena, array());
    } else if (strcmp(status, "FAILED") == 0) {
        keep_problem(job, "CloudFormation refuses the change: %s", reason);
        preview->is_refused = true;
    } else if (!job->deployment->is_stopping) {
        ask_later(job);
        return;
    }
    remove_change_set(job);
}

static void ask_change_set(void *data)
{
    struct stack_job *job = data;
    const struct preview *preview = job->own;

    if (job->deployment->is_stopping)
        remove_change_set(job);
    else
        describe_change_set(
            &job->cf, job_stack_id(job), preview->change_set, (struct aws_callback){ on_change_set, job });
}

// Where the answer got lost it may have been made.
static void on_made(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct preview *preview = job->own;

    preview->poll_ms = POLL_MS;
    if (reply->outcome == AWS_DONE) {
        ask_change_set(job);
        return;
    }
    keep_problem(job, "CloudFormation makes no change set: %s", reply->message);
    preview->is_refused = reply->outcome == AWS_REFUSED;
    if (preview->is_refused || reply->outcome == AWS_DENIED)
        preview_settle(job);
    else
        remove_change_set(job);
}

static void make_change_set(struct stack_job *job)
{
    const struct preview *preview = job->own;
    struct stack_request request = job_request(job);

    if (job->deployment->is_stopping) {
        preview_settle(job);
        return;
    }
    request.stack = job_stack_id(job);
    request.change_set = preview->change_set;
    create_change_set(&job->cf, &request, (struct aws_callback){ on_made, job });
}

void preview_uploaded(struct stack_job *job)
{
    struct preview *preview = job->own;
    const struct upload *upload = preview->upload;

    if (!upload || upload->state == UPLOAD_RUNNING)
        return;
    preview->upload = NULL;
    if (upload->state != UPLOAD_FAILED) {
        make_change_set(job);
        return;
    }
    keep_problem(job, "there is no change set, since its template cannot be uploaded: %-s", upload->problem);
    preview->is_refused = true;
    preview_settle(job);
}

static void upload_template(struct stack_job *job)
{
    struct preview *preview = job->own;
    struct upload *upload;

    if (!job->stack->template_asset) {
        keep_problem(job,
            "there is no change set: its template has %zu bytes, and the assembly does not say to which "
            "bucket it goes",
            job->stack->template_length);
        preview_settle(job);
        return;
    }
    upload = publisher_add(&job->deployment->publisher, job->environment, job->stack->template_asset);
    preview->upload = upload;
    if (upload->state == UPLOAD_NEW)
        publisher_start(upload);
    else
        preview_uploaded(job);
}

void preview_change_set(struct stack_job *job)
{
    if (stack_next_action(job_status(job)) != STACK_UPDATE) {
        keep_problem(job, "there is no change set while it is %s", job_status(job));
        preview_settle(job);
    } else if (job_needs_template_upload(job)) {
        upload_template(job);
    } else {
        make_change_set(job);
    }
}

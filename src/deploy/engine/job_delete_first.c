// SPDX-License-Identifier: MIT
// A stack that only deletion can bring on: its creation, or an earlier deletion, has failed.
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "util/text/compare.h"
#include "util/timestamp.h"

#include <string.h>

enum { NEWEST_EVENTS = 500 };

// SQS API reference, "CreateQueue": "You must wait 60 seconds after deleting a queue before you can create
// another with the same name".
enum { QUEUE_NAME_MS = 60 * 1000 };
static const char queue_collision[] = "60 seconds after deleting a queue";

// Names that cannot be used yet.

static bool has_named_queues(const struct value *template)
{
    const struct value *resources = object_get(template, "Resources");

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = object_at(resources, i)->value;

        if (strcmp(object_string_or_empty(resource, "Type"), "AWS::SQS::Queue") == 0 &&
            object_get(object_get(resource, "Properties"), "QueueName"))
            return true;
    }
    return false;
}

static bool blocks_name(const struct stack_event *event)
{
    return strcmp(event->type, "AWS::SQS::Queue") == 0 &&
        (strcmp(event->status, "DELETE_COMPLETE") == 0 || strstr(event->reason, queue_collision));
}

static void look_again(void *data)
{
    job_query_again(data);
}

static void on_queue_events(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *events = object_get(reply->answer, "StackEvents");
    int64_t now = timestamp_now();
    int64_t wait = 0;

    for (size_t i = 0; i < value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, i), &event);
        if (blocks_name(&event) && timestamp_parse(event.time) + QUEUE_NAME_MS - now > wait)
            wait = timestamp_parse(event.time) + QUEUE_NAME_MS - now;
    }
    wait = wait > QUEUE_NAME_MS ? QUEUE_NAME_MS : wait; // whatever this machine's clock says
    if (wait)
        job_note(job, "waiting %d s: SQS does not take the name of a queue that was just deleted",
            (int)((wait + 999) / 1000));
    event_loop_after(job->deployment->queue, wait, look_again, job);
}

bool job_creates_again(struct stack_job *job)
{
    const char *reason = job->monitor.cause.reason;

    if (!job->is_new || job->change.has_tried_again || job->deployment->options->no_rollback ||
        job->deployment->is_stopping || !reason || !strstr(reason, queue_collision))
        return false;
    job->change.has_tried_again = true;
    job_note(job, "a queue of one of its names was deleted less than 60 seconds ago: it is created again");
    job_query_again(job);
    return true;
}

// Deletion.

static void on_deleted(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!status)
        job_fail_reply(job, "cannot follow the stack", reply);
    else if (strcmp(status, "DELETE_COMPLETE") != 0)
        job_fail(job, "%-s", job_cause(job, status));
    else if (has_named_queues(job->stack->template))
        describe_stack_events(
            &job->cf, job_stack_id(job), NEWEST_EVENTS, (struct aws_callback){ on_queue_events, job });
    else
        job_query_again(job);
}

static void on_deleting(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        job_follow(job, job->change.token, on_deleted);
    else
        job_clearing_refused(job, reply);
}

// CloudFront deletes the replicas of edge functions hours after their distribution; until then they stay,
// without a stack, so that a new one can be created.
static struct value *replicated_functions(struct stack_job *job)
{
    struct value *found = array();

    for (size_t i = 0; i < value_length(job->removal.resources); i++) {
        const struct value *resource = array_at(job->removal.resources, i);
        const char *reason = object_string_or_empty(resource, "ResourceStatusReason");

        if (strcmp(object_string_or_empty(resource, "ResourceStatus"), "DELETE_FAILED") != 0 ||
            !strstr(reason, "replicated function"))
            continue;
        array_append(found, object_get(resource, "LogicalResourceId"));
        job_note(job, "edge function '%s' is left without a stack: CloudFront still has replicas of it",
            object_string_or_empty(resource, "PhysicalResourceId"));
    }
    return found;
}

static void delete_now(struct stack_job *job)
{
    const struct value *retained =
        strings_equal(job_status(job), "DELETE_FAILED") ? replicated_functions(job) : NULL;

    random_token(job->change.token);
    delete_stack(&job->cf,
        &(struct stack_deletion){ .stack = job_stack_id(job),
            .role = job_role(job),
            .token = job->change.token,
            .retained = retained },
        (struct aws_callback){ on_deleting, job });
}

static void unprotect(struct stack_job *job)
{
    const struct deploy_observer *observer = job->deployment->observer;
    const char *names = job_database_names(job);
    const char *problem = "nobody has confirmed that its database may be deleted";
    const char *question = arena_printf(job->deployment->arena,
        "Turn off the deletion protection of database %s, which stack '%s' left behind before it was ever "
        "complete, and delete it?",
        names, job->stack->display_name);

    if (job->removal.was_complete)
        job_fail(job,
            "what is left of it holds database %s, which is protected against deletion, and the stack was in "
            "use\nif its data is not needed any more: %-s",
            names, job_unprotect_commands(job));
    else if (!observer->confirm || !observer->confirm(observer->context, job, question, &problem))
        job_fail(job, "%-s", problem);
    else {
        job_note(job, "database %s is protected, but its stack was never complete: protection is turned off",
            names);
        job_unprotect_databases(job, delete_now);
    }
}

static void on_databases(struct stack_job *job)
{
    if (value_length(job->removal.databases))
        job_find_history(job, unprotect);
    else
        delete_now(job);
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (job_receive_resources(job, reply))
        job_find_databases(job, on_databases);
}

static void clear(struct stack_job *job);

static void on_protection(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        clear(job);
    else
        job_fail_reply(job, "cannot take away its protection against deletion", reply);
}

bool job_is_locked(struct stack_job *job)
{
    if (!job_is_protected(job) || job->deployment->options->protection == NO)
        return false;
    job_fail(job,
        "it is %s and can only be deleted and created again, but it is protected against deletion\n"
        "--no-termination-protection takes the protection away; --termination-protection then protects the new one",
        job_status(job));
    return true;
}

void job_delete_first(struct stack_job *job)
{
    if (job_is_locked(job))
        return;
    job_note(job, "it is %s: deleting what is left of it first", job_status(job));
    job_enter(job, JOB_CLEARING);
    if (job_is_protected(job))
        update_termination_protection(
            &job->cf, job_stack_id(job), false, (struct aws_callback){ on_protection, job });
    else
        clear(job);
}

static void clear(struct stack_job *job)
{
    if (status_is_failed(job_status(job)))
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
    else
        delete_now(job);
}

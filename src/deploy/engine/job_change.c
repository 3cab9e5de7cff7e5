// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/known_template.h"
#include "deploy/explain/explain.h"
#include "util/text/compare.h"

#include <string.h>

enum { CHANGE_SET_POLL_MS = 300, CHANGE_SET_POLL_MAX_MS = 4000, NEWEST_EVENTS = 100, MAX_SAME_REFUSALS = 3 };

static const char default_change_set[] = "tango-infra-deploy";

static const char *change_set_name(const struct stack_job *job)
{
    const char *given = job->deployment->options->change_set;

    return given ? given : default_change_set;
}

// What is made here goes by its ARN: a name is for people, and not every endpoint keeps the names of two
// stacks apart.
static const char *change_set_id(const struct stack_job *job)
{
    return job->change.change_set ? job->change.change_set : change_set_name(job);
}

static const char *change_set_type(const struct stack_job *job)
{
    if (job->deployment->options->resources_to_import)
        return "IMPORT";
    return job->is_new ? "CREATE" : "UPDATE";
}

static const char *template_url(const struct stack_job *job)
{
    const struct cloud_asset *asset = job->stack->template_asset;
    const char *suffix =
        strcmp(job->environment->partition, "aws-cn") == 0 ? "amazonaws.com.cn" : "amazonaws.com";

    return arena_printf(value_arena(), "https://s3.%s.%s/%s/%s", job->environment->region, suffix,
        environment_expand(job->environment, asset->bucket), asset->key);
}

struct stack_request job_request(const struct stack_job *job)
{
    const struct deploy_options *options = job->deployment->options;

    return (struct stack_request){
        .stack = job->stack->name,
        .template_body = job_needs_template_upload(job) ? NULL : job->stack->template_text,
        .template_url = job_needs_template_upload(job) ? template_url(job) : NULL,
        .parameters = job_parameters(job),
        .tags = job_tags(job),
        .notification_arns = job_notification_arns(job),
        .role = job_role(job),
        .token = job->change.token,
        .disable_rollback =
            options->no_rollback || (options->on_failure && strcmp(options->on_failure, "DO_NOTHING") == 0),
        .change_set = change_set_name(job),
        .change_set_type = change_set_type(job),
        .description = "made by tango-infra",
        .import_existing_resources = options->import_existing_resources,
        .resources_to_import = options->resources_to_import,
        .on_failure = job->is_new ? options->on_failure : NULL,
        .rollback_configuration = options->rollback_configuration,
        .express = options->express,
        .retain_except_on_create = options->retain_except_on_create,
        .include_nested = options->include_nested,
        .revert_drift = options->revert_drift && !job->is_new,
        .termination_protection = job_wants_protection(job),
    };
}

// After the change.

static void on_changed(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->final_status = status ? arena_strdup(job->deployment->arena, status) : NULL;
    if (!status) {
        job_fail_reply(job, "cannot follow the stack any further (its change continues)", reply);
    } else if (stack_state(status)->class == STACK_STABLE) {
        job->lacks_description = !job->monitor.description;
        if (job->monitor.description)
            job_take_description(job, job->monitor.description);
        job_finish(job, JOB_DONE);
    } else if (!job_creates_again(job)) {
        job_fail(job, "%-s", job_cause(job, status));
    }
}

// Change sets.

static void ask_change_set(void *data);

static void on_tidy(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    (void)reply;
    job->change.is_tidying = false;
}

// A stack under review that holds nothing but our failed attempt would be in everybody's way.
static void on_other_change_sets(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE && !value_length(object_get(reply->answer, "Summaries")))
        delete_stack(&job->cf, &(struct stack_deletion){ .stack = job_stack_id(job), .role = job_role(job) },
            (struct aws_callback){ on_tidy, job });
    else
        job->change.is_tidying = false;
}

static void on_change_set_deleted(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    (void)reply;
    if (job->is_new)
        list_change_sets(&job->cf, job_stack_id(job), (struct aws_callback){ on_other_change_sets, job });
    else
        job->change.is_tidying = false;
}

// What is made for nothing is taken away again.
static void clean_up(struct stack_job *job)
{
    if (job->change.change_set) {
        job->change.is_tidying = true;
        delete_change_set(&job->cf, job_stack_id(job), job->change.change_set,
            (struct aws_callback){ on_change_set_deleted, job });
    }
    job->change.change_set = NULL;
}

// Whether one of the newest events is of this execution.
static void on_newest_events(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *events = object_get(reply->answer, "StackEvents");

    for (size_t i = 0; i < value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, i), &event);
        if (strcmp(event.token, job->change.token) == 0) {
            job_follow(job, job->change.token, on_changed);
            return;
        }
    }
    // A change set that somebody else has made cannot be made again.
    if (job->deployment->options->method == DEPLOY_EXECUTE_CHANGE_SET) {
        job_fail(job, "cannot execute the change set '%s': %s", change_set_name(job), job->change.refusal);
    } else if (job->change.same_refusals >= MAX_SAME_REFUSALS) {
        clean_up(job);
        job_fail(job, "cannot execute the change set: %s\n--method direct does without change sets",
            job->change.refusal);
    } else {
        job_query_again(job);
    }
}

static void note_refusal(struct job_change *change, const char *message, struct arena *arena)
{
    change->same_refusals = strings_equal(change->refusal, message) ? change->same_refusals + 1 : 1;
    change->refusal = arena_strdup(arena, message);
}

// An answer that got lost may have been a good one: then the change set is executed already, and gone.
static void on_executed(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->change.is_asking = false;
    if (reply->outcome == AWS_DONE)
        job_follow(job, job->change.token, on_changed);
    else if (reply->outcome == AWS_REFUSED) {
        note_refusal(&job->change, reply->message, job->deployment->arena);
        describe_stack_events(
            &job->cf, job_stack_id(job), NEWEST_EVENTS, (struct aws_callback){ on_newest_events, job });
    } else {
        if (reply->outcome == AWS_DENIED)
            clean_up(job);
        job_fail_reply(job, "cannot execute the change set", reply);
    }
}

static void execute(struct stack_job *job)
{
    struct stack_request request = job_request(job);

    request.stack = job_stack_id(job);
    request.change_set = change_set_id(job);
    job_enter(job, JOB_CHANGING);
    job->change.is_asking = true;
    execute_change_set(&job->cf, &request, (struct aws_callback){ on_executed, job });
}

static void on_protected(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome != AWS_DONE)
        job_note(job, "its termination protection could not be set: %s", reply->message);
    if (job->deployment->options->method == DEPLOY_PREPARE_CHANGE_SET)
        job_finish(job, JOB_PREPARED);
    else
        execute(job);
}

static bool protection_differs(const struct stack_job *job)
{
    return job_is_protected(job) != job_wants_protection(job);
}

static void on_protected_only(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        job_finish(job, JOB_DONE);
    else
        job_fail_reply(job, "cannot set the termination protection", reply);
}

// If not, the job has ended.
static bool is_approved(struct stack_job *job)
{
    const struct deploy_observer *observer = job->deployment->observer;
    const char *problem = "the change was not approved";

    if (job->change.is_approved || !observer->approve ||
        observer->approve(observer->context, job, &problem)) {
        job->change.is_approved = true;
        return true;
    }
    clean_up(job);
    job_fail(job, "%-s", problem);
    return false;
}

static void finish_without_changes(struct stack_job *job)
{
    if (!protection_differs(job) || job->is_new) {
        clean_up(job);
        job_finish(job, JOB_UNCHANGED);
    } else if (is_approved(job)) {
        clean_up(job);
        update_termination_protection(&job->cf, job->stack->name, job_wants_protection(job),
            (struct aws_callback){ on_protected_only, job });
    }
}

static void go_ahead(struct stack_job *job)
{
    if (job->deployment->is_stopping) {
        clean_up(job);
        job->problem = "interrupted before anything was changed";
        job_finish(job, JOB_SKIPPED);
    } else if (!is_approved(job)) {
        return;
    } else if (protection_differs(job)) {
        update_termination_protection(&job->cf, job->stack->name, job_wants_protection(job),
            (struct aws_callback){ on_protected, job });
    } else {
        on_protected(job, &(struct aws_reply){ .outcome = AWS_DONE });
    }
}

bool job_says_no_changes(const char *reason)
{
    return strncmp(reason, "The submitted information didn't contain changes.",
               strlen("The submitted information didn't contain changes.")) == 0 ||
        strncmp(reason, "No updates are to be performed", strlen("No updates are to be performed")) == 0;
}

static void on_change_set_failed(struct stack_job *job)
{
    clean_up(job);
    job_fail(job, "the change set cannot be made: %s", job->change.refusal);
}

static void on_change_set(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const char *status = object_string(reply->answer, "Status");
    const char *reason = object_string(reply->answer, "StatusReason");

    reason = reason ? reason : "CloudFormation gives no reason";
    if (reply->outcome != AWS_DONE || !status) {
        clean_up(job);
        job_fail_reply(job, "cannot see what became of the change set", reply);
    } else if (strcmp(status, "CREATE_COMPLETE") == 0) {
        job->changes = value_copy(job->deployment->arena, object_get(reply->answer, "Changes"));
        job->change_count = value_length(job->changes);
        go_ahead(job);
    } else if (strcmp(status, "FAILED") == 0 && job_says_no_changes(reason)) {
        finish_without_changes(job);
    } else if (strcmp(status, "FAILED") == 0) {
        job->change.refusal = arena_strdup(job->deployment->arena, reason);
        explain_change_set(job, on_change_set_failed);
    } else {
        event_loop_after(job->deployment->queue, job->change.poll_ms, ask_change_set, job);
        job->change.poll_ms = job->change.poll_ms * 2 < CHANGE_SET_POLL_MAX_MS ? job->change.poll_ms * 2
                                                                               : CHANGE_SET_POLL_MAX_MS;
    }
}

static void ask_change_set(void *data)
{
    struct stack_job *job = data;

    describe_change_set(
        &job->cf, job_stack_id(job), change_set_id(job), (struct aws_callback){ on_change_set, job });
}

static void prepare(struct stack_job *job);

// Another one, not the answer to a call that was repeated.
static void prepare_anew(void *data)
{
    struct stack_job *job = data;

    random_token(job->change.token);
    prepare(job);
}

static void on_old_deleted(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        prepare_anew(job);
    else if (strcmp(reply->code, "InvalidChangeSetStatus") == 0 && job->rounds++ < 10)
        event_loop_after(
            job->deployment->queue, (int64_t)CHANGE_SET_POLL_MS * job->rounds, prepare_anew, job);
    else
        job_fail_reply(job, "cannot remove the change set of an earlier attempt", reply);
}

// The stack may have changed since it was looked at; that is worth another look. A template that
// CloudFormation does not take is not.
static bool is_about_state(const struct aws_reply *reply)
{
    return strstr(reply->message, "can not be updated") || strstr(reply->message, "does not exist") ||
        strstr(reply->message, "already exists");
}

static void on_change_set_made(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE) {
        struct value *made = object((struct field[]){
            { "StackId", object_get(reply->answer, "StackId") },
            { "StackStatus", string(job_status(job)) },
            { "EnableTerminationProtection", object_get(job->current, "EnableTerminationProtection") },
            END,
        });

        if (!job->current)
            job_copy_current(job, made);
        job->change.change_set =
            arena_strdup(job->deployment->arena, object_string_or_empty(reply->answer, "Id"));
        job->change.poll_ms = CHANGE_SET_POLL_MS;
        ask_change_set(job);
    } else if (strcmp(reply->code, "AlreadyExistsException") == 0) {
        delete_change_set(
            &job->cf, job->stack->name, change_set_name(job), (struct aws_callback){ on_old_deleted, job });
    } else if (reply->outcome == AWS_REFUSED && is_about_state(reply)) {
        job_query_again(job);
    } else {
        job_fail_reply(job, "the change set cannot be made", reply);
    }
}

static void prepare(struct stack_job *job)
{
    struct stack_request request = job_request(job);

    create_change_set(&job->cf, &request, (struct aws_callback){ on_change_set_made, job });
}

static void make_change_set(struct stack_job *job)
{
    random_token(job->change.token);
    job_enter(job, JOB_PREPARING);
    prepare(job);
}

// Without change sets.

static void on_direct(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->change.is_asking = false;
    if (reply->outcome == AWS_DONE) {
        if (!job->current)
            job_copy_current(job, reply->answer);
        job_follow(job, job->change.token, on_changed);
    } else if (reply->outcome == AWS_REFUSED && job_says_no_changes(reply->message)) {
        finish_without_changes(job);
    } else if (reply->outcome == AWS_REFUSED && is_about_state(reply)) {
        job_query_again(job);
    } else if (reply->outcome == AWS_DENIED && job->deployment->options->creates_directly) {
        job->change.needs_change_set = true;
        make_change_set(job);
    } else {
        job_fail_reply(
            job, job->is_new ? "the stack cannot be created" : "the stack cannot be changed", reply);
    }
}

static void change_directly(struct stack_job *job)
{
    struct stack_request request = job_request(job);

    job->change_count = value_length(object_get(job->stack->template, "Resources"));
    job_enter(job, JOB_CHANGING);
    job->change.is_asking = true;
    if (job->is_new)
        create_stack(&job->cf, &request, (struct aws_callback){ on_direct, job });
    else
        update_stack(&job->cf, &request, (struct aws_callback){ on_direct, job });
}

static void change(struct stack_job *job)
{
    random_token(job->change.token);
    known_template_forget(job);
    switch (job_creates_directly(job) ? DEPLOY_DIRECT : job->deployment->options->method) {
    case DEPLOY_DIRECT:
        if (is_approved(job))
            change_directly(job);
        break;
    case DEPLOY_EXECUTE_CHANGE_SET:
        if (is_approved(job))
            execute(job);
        break;
    case DEPLOY_CHANGE_SET:
    case DEPLOY_PREPARE_CHANGE_SET:
        make_change_set(job);
        break;
    }
}

void job_change(struct stack_job *job)
{
    job_weaken_importers(job, change);
}

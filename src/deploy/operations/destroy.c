// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/operations/destroy.h"
#include "schema/deletion.h"
#include "template/template.h"
#include "util/strbuf.h"

#include <string.h>

// S3 takes that many in one DeleteObjects.
enum { OBJECTS_AT_ONCE = 1000 };

enum deletion_effect resource_deletion_effect(const struct value *resource)
{
    const char *type = object_string_or_empty(resource, "Type");
    const char *policy = resource_deletion_policy(type, resource);

    if (policy_retains(policy))
        return EFFECT_RETAINED;
    if (strcmp(policy, "Snapshot") == 0)
        return EFFECT_SNAPSHOT;
    return resource_holds_data(type, resource) ? EFFECT_DATA_LOST : EFFECT_DELETED;
}

// As the CDK marks a bucket whose objects go with it (aws-cdk-lib: Bucket.autoDeleteObjects).
bool resource_is_emptied(const struct value *resource)
{
    const struct value *tags = object_get(object_get(resource, "Properties"), "Tags");
    const char *type = object_string(resource, "Type");

    if (!type || strcmp(type, "AWS::S3::Bucket") != 0 ||
        resource_deletion_effect(resource) == EFFECT_RETAINED)
        return false;
    for (size_t i = 0; i < value_length(tags); i++) {
        const char *key = object_string(array_at(tags, i), "Key");
        const char *value = object_string(array_at(tags, i), "Value");

        if (key && value && strcmp(key, "aws-cdk:auto-delete-objects") == 0 && strcmp(value, "true") == 0)
            return true;
    }
    return false;
}

// When nothing but edge functions is left, all went as it can go.
static void on_left(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *resources = object_get(reply->answer, "StackResourceSummaries");
    STRBUF_AUTO functions = STRBUF_INIT;
    size_t others = 0;

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = array_at(resources, i);

        if (strcmp(object_string_or_empty(resource, "ResourceStatus"), "DELETE_FAILED") != 0)
            continue;
        if (strstr(object_string_or_empty(resource, "ResourceStatusReason"), "replicated function"))
            strbuf_addf(&functions, "%s%s", functions.length ? ", " : "",
                object_string_or_empty(resource, "PhysicalResourceId"));
        else
            others++;
    }
    if (others || !functions.length)
        job_fail(job, "%-s", job_cause(job, job->final_status));
    else
        job_fail(job,
            "only its edge functions are left (%s): CloudFront deletes their replicas within hours of the "
            "distribution\nrun 'tango-infra destroy %s' again then; until then nothing else is to be done",
            functions.data, job->stack->display_name);
}

// CloudFormation takes what it is to leave only from a stack whose deletion has failed.
static bool may_leave_resources(const struct stack_job *job)
{
    const struct deploy_options *options = job->deployment->options;

    return !job->change.is_last_resort && (value_length(options->retained) || options->forces_deletion);
}

static void delete_now(struct stack_job *job);

static void on_failed(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!job_receive_resources(job, reply))
        return;
    job->change.is_last_resort = true;
    delete_now(job);
}

// Of those that are to be left, the ones that the deletion has failed at.
static struct value *left_resources(struct stack_job *job)
{
    const struct value *wanted = job->deployment->options->retained;
    struct value *left = array();

    for (size_t i = 0; i < value_length(job->removal.resources); i++) {
        const struct value *resource = array_at(job->removal.resources, i);
        const char *id = object_string_or_empty(resource, "LogicalResourceId");

        for (size_t j = 0; j < value_length(wanted); j++)
            if (strcmp(value_string_or_empty(array_at(wanted, j)), id) == 0 &&
                strcmp(object_string_or_empty(resource, "ResourceStatus"), "DELETE_FAILED") == 0) {
                array_append(left, string(id));
                job_note(job, "%s stays, without a stack: %s", id,
                    object_string_or_empty(resource, "PhysicalResourceId"));
            }
    }
    return left;
}

static void on_deleted(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->final_status = status ? arena_strdup(job->deployment->arena, status) : NULL;
    if (!status)
        job_fail_reply(job, "cannot follow the stack any further (its deletion continues)", reply);
    else if (strcmp(status, "DELETE_COMPLETE") == 0)
        job_finish(job, JOB_DONE);
    else if (strcmp(status, "DELETE_FAILED") == 0 && may_leave_resources(job))
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_failed, job });
    else
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_left, job });
}

static void on_deleting(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->change.is_asking = false;
    if (reply->outcome == AWS_DONE)
        job_follow(job, job->change.token, on_deleted);
    else if (reply->outcome == AWS_REFUSED && strstr(reply->message, "while in status"))
        job_query_again(job);
    else
        job_fail_reply(job, "the stack cannot be deleted", reply);
}

static void empty_next(struct stack_job *job);

static void call_s3(
    struct stack_job *job, const char *const *arguments, const struct value *input, aws_callback_fn *then)
{
    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = job_caller(job), .arguments = arguments, .input = input, .then = { then, job } });
}

static const char *bucket(const struct stack_job *job)
{
    return value_string(array_at(job->removal.buckets, job->removal.emptied));
}

static void on_emptied(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        empty_next(job);
    else
        job_fail(job, "bucket '%s' cannot be emptied: %-s", bucket(job), aws_explain(reply));
}

static void add_objects(struct value *objects, const struct value *listed)
{
    for (size_t i = 0; i < value_length(listed); i++)
        array_append(objects,
            object((struct field[]){
                { "Key", object_get(array_at(listed, i), "Key") },
                { "VersionId", object_get(array_at(listed, i), "VersionId") },
                END,
            }));
}

static void on_objects(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct value *objects = array();

    add_objects(objects, object_get(reply->answer, "Versions"));
    add_objects(objects, object_get(reply->answer, "DeleteMarkers"));
    if (reply->outcome != AWS_DONE && strcmp(reply->code, "NoSuchBucket") != 0) {
        job_fail(job, "bucket '%s' cannot be emptied: %-s", bucket(job), aws_explain(reply));
    } else if (!value_length(objects)) {
        job->removal.emptied++;
        empty_next(job);
    } else {
        call_s3(job, (const char *const[]){ "s3api", "delete-objects", NULL },
            object((struct field[]){
                { "Bucket", string(bucket(job)) },
                { "Delete",
                    object((struct field[]){ { "Objects", objects }, { "Quiet", boolean(true) }, END }) },
                END,
            }),
            on_emptied);
    }
}

// Goes on until a look finds nothing more: S3 lists a thousand at a time.
static void empty_next(struct stack_job *job)
{
    if (job->deployment->is_stopping) {
        job->problem = "interrupted before it was deleted";
        job_finish(job, JOB_SKIPPED);
        return;
    }
    if (job->removal.emptied < value_length(job->removal.buckets)) {
        call_s3(job, (const char *const[]){ "s3api", "list-object-versions", "--max-items", "1000", NULL },
            object((struct field[]){
                { "Bucket", string(bucket(job)) }, { "MaxKeys", number(OBJECTS_AT_ONCE) }, END }),
            on_objects);
        return;
    }
    if (strcmp(job_status(job), "DELETE_FAILED") == 0 && may_leave_resources(job))
        job->change.is_last_resort = true;
    delete_now(job);
}

static void delete_now(struct stack_job *job)
{
    const struct deploy_options *options = job->deployment->options;
    bool is_last_resort = job->change.is_last_resort;
    struct stack_deletion deletion = {
        .stack = job_stack_id(job),
        .role = job_role(job),
        .token = job->change.token,
        .retained = is_last_resort ? left_resources(job) : NULL,
        .is_forced = is_last_resort && options->forces_deletion,
        .express = options->express,
    };

    random_token(job->change.token);
    job->change.is_asking = true;
    delete_stack(&job->cf, &deletion, (struct aws_callback){ on_deleting, job });
}

static void change(struct stack_job *job)
{
    job_enter(job, JOB_CHANGING);
    job_unprotect_databases(job, empty_next);
}

static void find_buckets(struct stack_job *job)
{
    const struct value *declared = template_resources(job->current_template);
    VALUE_ARENA_SCOPE(job->deployment->arena);
    struct value *names = array();

    for (size_t i = 0; i < value_length(declared); i++) {
        const struct field *field = object_at(declared, i);
        const char *name = resource_is_emptied(field->value)
            ? summary_physical_id(job->removal.resources, field->key)
            : NULL;

        if (name && *name)
            array_append(names, string(name));
    }
    job->removal.buckets = names;
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!job_receive_resources(job, reply))
        return;
    for (size_t i = 0; i < value_length(job->removal.resources); i++) {
        const char *status = object_string_or_empty(array_at(job->removal.resources, i), "ResourceStatus");

        job->change_count += strcmp(status, "DELETE_COMPLETE") != 0;
    }
    find_buckets(job);
    destroy_check(job);
}

static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (job_receive_template(job, reply))
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
}

static void handle_destroy(struct stack_job *job)
{
    job->is_held = false;
    job_take_current(job);
    if (stack_next_action(job_status(job)) == STACK_WAIT) {
        if (!job_is_held(job))
            job_wait_for_other(job);
    } else if (!job->current || strcmp(job_status(job), "DELETE_COMPLETE") == 0) {
        job_finish(job, JOB_UNCHANGED);
    } else if (strcmp(job_status(job), "REVIEW_IN_PROGRESS") == 0) {
        job_finish(job, JOB_BLOCKED);
    } else {
        get_template(&job->cf, job_stack_id(job), (struct aws_callback){ on_template, job });
    }
}

const struct job_operation destroy_operation = {
    .verb = "destroy",
    .doing = "deleting",
    .unchanged = "does not exist",
    .is_reversed = true,
    .handle = handle_destroy,
    .change = change,
};

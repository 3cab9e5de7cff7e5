// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "deploy/engine/deployment_private.h"
#include "deploy/operations/destroy.h"
#include "util/display.h"

#include <stdarg.h>
#include <string.h>

static bool has_type(const struct value *resource, const char *type)
{
    return strcmp(object_string_or_empty(resource, "Type"), type) == 0;
}

static const char *function_of_version(const struct value *resources, const char *version)
{
    const struct value *resource = version ? object_get(resources, version) : NULL;

    return object_string(object_get(object_get(resource, "Properties"), "FunctionName"), "Ref");
}

static bool behavior_runs(const struct value *resources, const struct value *behavior, const char *logical_id)
{
    const struct value *associations = object_get(behavior, "LambdaFunctionAssociations");

    for (size_t i = 0; i < value_length(associations); i++) {
        const struct value *arn = object_get(array_at(associations, i), "LambdaFunctionARN");
        const char *function = function_of_version(resources, object_string(arn, "Ref"));

        if (function && strcmp(function, logical_id) == 0)
            return true;
    }
    return false;
}

bool function_is_at_edge(const struct value *template, const char *logical_id)
{
    const struct value *resources = object_get(template, "Resources");

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = object_at(resources, i)->value;
        const struct value *config = object_get(object_get(resource, "Properties"), "DistributionConfig");
        const struct value *behaviors = object_get(config, "CacheBehaviors");

        if (!has_type(resource, "AWS::CloudFront::Distribution"))
            continue;
        if (behavior_runs(resources, object_get(config, "DefaultCacheBehavior"), logical_id))
            return true;
        for (size_t j = 0; j < value_length(behaviors); j++)
            if (behavior_runs(resources, array_at(behaviors, j), logical_id))
                return true;
    }
    return false;
}

static void add_obstacle(struct stack_job *job, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_obstacle(struct stack_job *job, const char *format, ...)
{
    struct arena *arena = job->deployment->arena;
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = display_vprintf(arena, format, arguments);
    va_end(arguments);
    job->removal.obstacles =
        job->removal.obstacles ? display_printf(arena, "%-s\n%-s", job->removal.obstacles, text) : text;
}

static void finish(struct stack_job *job)
{
    if (value_length(job->removal.databases) && job->removal.was_complete)
        add_obstacle(job, "its database %s is protected against deletion\n    %s", job_database_names(job),
            job_unprotect_commands(job));
    if (job->removal.obstacles)
        job_fail(job, "%-s", job->removal.obstacles);
    else
        job_finish(job, JOB_BLOCKED);
}

static void on_databases(struct stack_job *job)
{
    if (value_length(job->removal.databases))
        job_find_history(job, finish);
    else
        finish(job);
}

static void answer(struct stack_job *job)
{
    if (--job->removal.open_questions == 0)
        job_find_databases(job, on_databases);
}

struct obstacle_check {
    struct stack_job *job;
    const char *name; // of the export or bucket
};

static struct obstacle_check *check_new(struct stack_job *job, const char *name)
{
    struct arena *arena = job->deployment->arena;
    struct obstacle_check *check = arena_alloc(arena, sizeof(*check));

    *check = (struct obstacle_check){ job, arena_strdup(arena, name) };
    job->removal.open_questions++;
    return check;
}

static bool goes_too(const struct stack_job *job, const char *stack)
{
    const struct deployment *deployment = job->deployment;

    for (size_t i = 0; i < deployment->job_count; i++)
        if (strcmp(deployment->jobs[i].stack->name, stack) == 0)
            return true;
    return false;
}

static void on_imports(void *data, const struct aws_reply *reply)
{
    struct obstacle_check *check = data;
    const struct value *importers = object_get(reply->answer, "Imports");

    for (size_t i = 0; i < value_length(importers); i++) {
        const char *importer = value_string_or_empty(array_at(importers, i));

        if (!goes_too(check->job, importer))
            add_obstacle(
                check->job, "its export '%s' is in use by stack '%s', which stays", check->name, importer);
    }
    answer(check->job);
}

static void ask_exports(struct stack_job *job)
{
    const struct value *outputs = object_get(job->current, "Outputs");

    for (size_t i = 0; i < value_length(outputs); i++) {
        const char *name = object_string(array_at(outputs, i), "ExportName");

        if (name)
            list_imports(&job->cf, name, (struct aws_callback){ on_imports, check_new(job, name) });
    }
}

static void on_objects(void *data, const struct aws_reply *reply)
{
    struct obstacle_check *check = data;

    if (value_length(object_get(reply->answer, "Versions")) ||
        value_length(object_get(reply->answer, "DeleteMarkers")))
        add_obstacle(check->job,
            "its bucket '%s' is not empty, and not marked as one that is emptied\n    aws s3 rm s3://%s "
            "--recursive",
            check->name, check->name);
    answer(check->job);
}

static void ask_bucket(struct stack_job *job, const char *name)
{
    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = job_caller(job),
            .arguments = (const char *const[]){ "s3api", "list-object-versions", "--max-items", "1", NULL },
            .input = object((struct field[]){ { "Bucket", string(name) }, { "MaxKeys", number(1) }, END }),
            .then = { on_objects, check_new(job, name) },
        });
}

static void ask_buckets(struct stack_job *job)
{
    for (size_t i = 0; i < value_length(job->removal.resources); i++) {
        const struct value *resource = array_at(job->removal.resources, i);
        const char *id = object_string(resource, "LogicalResourceId");
        const char *name = object_string(resource, "PhysicalResourceId");
        const struct value *declared =
            id ? object_get(object_get(job->current_template, "Resources"), id) : NULL;

        if (name && *name && has_type(declared, "AWS::S3::Bucket") &&
            resource_deletion_effect(declared) == EFFECT_DATA_LOST && !resource_is_emptied(declared))
            ask_bucket(job, name);
    }
}

static void ask_replication(void *data)
{
    struct stack_job *job = data;

    job->removal.open_questions = 1; // until all are asked
    if (job_is_protected(job))
        add_obstacle(job,
            "it is protected against deletion\n    aws cloudformation update-termination-protection "
            "--no-enable-termination-protection --stack-name %s --region %s",
            job->stack->name, job->environment->region);
    ask_exports(job);
    ask_buckets(job);
    answer(job);
}

void destroy_check(struct stack_job *job)
{
    environment_find_caller(job->environment, ask_replication, job);
}

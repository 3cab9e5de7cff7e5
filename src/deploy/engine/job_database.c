// SPDX-License-Identifier: MIT
// Databases that are protected against deletion: CloudFormation's deletion of their stack fails at them, half
// way.
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <string.h>

enum { EVERY_EVENT = 100000 };

// The calls of the RDS API for what can be protected (RDS API reference: DeletionProtection of
// ModifyDBCluster, ModifyDBInstance).
static const struct rds_calls {
    const char *type;
    const char *describe, *list, *modify;
    const char *identifier; // the field that names it
    const char *option;     // of the AWS CLI
} calls[] = {
    { "AWS::RDS::DBCluster", "describe-db-clusters", "DBClusters", "modify-db-cluster", "DBClusterIdentifier",
        "--db-cluster-identifier" },
    { "AWS::RDS::DBInstance", "describe-db-instances", "DBInstances", "modify-db-instance",
        "DBInstanceIdentifier", "--db-instance-identifier" },
};

static const struct rds_calls *calls_of(const char *type)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
        if (type && strcmp(calls[i].type, type) == 0)
            return &calls[i];
    return NULL;
}

// One question about a resource.
struct database_question {
    struct stack_job *job;
    const struct value *resource; // of ListStackResources
};

const struct aws_target *job_caller(const struct stack_job *job)
{
    return job->environment->is_own_account ? &job->environment->own : &job->environment->deploy;
}

static void ask_rds(
    struct stack_job *job, const char *operation, const struct value *input, struct aws_callback then)
{
    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = job_caller(job),
            .arguments = (const char *const[]){ "rds", operation, NULL },
            .input = input,
            .then = then,
        });
}

static void answer(struct stack_job *job)
{
    if (--job->removal.open_questions == 0)
        job->removal.answered(job);
}

// Without RDS's word.
static bool seems_protected(const struct stack_job *job, const struct value *resource)
{
    const char *reason = object_string_or_empty(resource, "ResourceStatusReason");
    const struct value *declared = object_get_path(job->current_template,
        (const char *[]){ "Resources", object_string_or_empty(resource, "LogicalResourceId"), "Properties",
            "DeletionProtection", NULL });

    return strstr(reason, "deletion protection") || strstr(reason, "delete protected") ||
        value_boolean(declared);
}

static void add_database(struct stack_job *job, const struct value *resource)
{
    VALUE_ARENA_SCOPE(job->deployment->arena);

    array_append((struct value *)job->removal.databases,
        object((struct field[]){
            { "Type", object_get(resource, "ResourceType") },
            { "Id", object_get(resource, "PhysicalResourceId") },
            { "LogicalId", object_get(resource, "LogicalResourceId") },
            END,
        }));
}

static void on_database(void *data, const struct aws_reply *reply)
{
    struct database_question *question = data;
    struct stack_job *job = question->job;
    const struct rds_calls *rds = calls_of(object_string_or_empty(question->resource, "ResourceType"));
    const struct value *found = array_at(object_get(reply->answer, rds->list), 0);
    bool is_protected = reply->outcome == AWS_DONE
        ? value_boolean(object_get(found, "DeletionProtection"))
        : !strstr(reply->code, "NotFound") && seems_protected(job, question->resource);

    if (is_protected)
        add_database(job, question->resource);
    answer(job);
}

bool job_resource_is_there(const struct value *resource)
{
    const char *status = object_string_or_empty(resource, "ResourceStatus");

    return *object_string_or_empty(resource, "PhysicalResourceId") &&
        strcmp(status, "DELETE_COMPLETE") != 0 && strcmp(status, "DELETE_SKIPPED") != 0;
}

static void ask_databases(void *data)
{
    struct stack_job *job = data;

    job->removal.open_questions = 1; // until all are asked
    for (size_t i = 0; i < value_length(job->removal.resources); i++) {
        const struct value *resource = array_at(job->removal.resources, i);
        const struct rds_calls *rds = calls_of(object_string_or_empty(resource, "ResourceType"));
        struct database_question *question;

        if (!rds || !job_resource_is_there(resource))
            continue;
        question = arena_alloc(job->deployment->arena, sizeof(*question));
        *question = (struct database_question){ job, resource };
        job->removal.open_questions++;
        ask_rds(job, rds->describe,
            object((struct field[]){ { rds->identifier, object_get(resource, "PhysicalResourceId") }, END }),
            (struct aws_callback){ on_database, question });
    }
    answer(job);
}

void job_find_databases(struct stack_job *job, void (*found)(struct stack_job *job))
{
    struct arena *before = value_arena_use(job->deployment->arena);
    bool is_any = false;

    job->removal.databases = array();
    value_arena_use(before);
    job->removal.answered = found;
    for (size_t i = 0; i < value_length(job->removal.resources); i++)
        is_any |= calls_of(object_string_or_empty(array_at(job->removal.resources, i), "ResourceType")) &&
            job_resource_is_there(array_at(job->removal.resources, i));
    if (is_any)
        environment_find_caller(job->environment, ask_databases, job);
    else
        found(job);
}

// Whether the whole history is there, from the beginning of the creation, and the stack was never complete in
// it. Events go back 90 days.
static void on_history(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *events = object_get(reply->answer, "StackEvents");
    bool is_whole = false;

    job->removal.was_complete = false;
    for (size_t i = 0; i < value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, i), &event);
        if (!event.is_stack)
            continue;
        is_whole |= strcmp(event.status, "CREATE_IN_PROGRESS") == 0;
        job->removal.was_complete |=
            strcmp(event.status, "CREATE_COMPLETE") == 0 || strcmp(event.status, "IMPORT_COMPLETE") == 0;
    }
    job->removal.was_complete |= !is_whole;
    job->removal.answered(job);
}

void job_find_history(struct stack_job *job, void (*found)(struct stack_job *job))
{
    const char *status = job_status(job);

    job->removal.answered = found;
    // These only ever end a creation.
    if (strcmp(status, "ROLLBACK_FAILED") == 0 || strcmp(status, "CREATE_FAILED") == 0) {
        job->removal.was_complete = false;
        found(job);
        return;
    }
    describe_stack_events(&job->cf, job_stack_id(job), EVERY_EVENT, (struct aws_callback){ on_history, job });
}

const char *job_database_names(const struct stack_job *job)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(job->removal.databases); i++)
        strbuf_addf(&text, "%s'%s'", i ? ", " : "",
            object_string_or_empty(array_at(job->removal.databases, i), "Id"));
    return arena_strdup(job->deployment->arena, text.data);
}

const char *job_unprotect_commands(const struct stack_job *job)
{
    DISPLAY_AUTO text = DISPLAY_INIT;

    for (size_t i = 0; i < value_length(job->removal.databases); i++) {
        const struct value *database = array_at(job->removal.databases, i);
        const struct rds_calls *rds = calls_of(object_string_or_empty(database, "Type"));

        display_addf(&text, "%-saws rds %s %s %s --no-deletion-protection --region %s", i ? "\n" : "",
            rds->modify, rds->option, object_string_or_empty(database, "Id"), job->environment->region);
    }
    return arena_strdup(job->deployment->arena, text.shown.data);
}

static void on_unprotected(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (job_has_ended(job))
        return;
    if (reply->outcome != AWS_DONE && !strstr(reply->code, "NotFound"))
        job_fail(job, "the protection of its database cannot be turned off: %-s\n%-s does so",
            aws_explain(reply), job_unprotect_commands(job));
    else
        answer(job);
}

void job_unprotect_databases(struct stack_job *job, void (*done)(struct stack_job *job))
{
    job->removal.answered = done;
    job->removal.open_questions = value_length(job->removal.databases);
    for (size_t i = 0; i < value_length(job->removal.databases); i++) {
        const struct value *database = array_at(job->removal.databases, i);
        const struct rds_calls *rds = calls_of(object_string_or_empty(database, "Type"));

        ask_rds(job, rds->modify,
            object((struct field[]){
                { rds->identifier, object_get(database, "Id") },
                { "DeletionProtection", boolean(false) },
                { "ApplyImmediately", boolean(true) },
                END,
            }),
            (struct aws_callback){ on_unprotected, job });
    }
    if (!value_length(job->removal.databases))
        done(job);
}

// SPDX-License-Identifier: MIT
#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/array.h"
#include "util/die.h"
#include "util/strbuf.h"
#include "util/text/human.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <string.h>

struct status_command {
    struct target_options target;
    bool json;
};

static const struct option options[] = {
    { "json", 'j', OPTION_FLAG(struct status_command, json), .help = "print JSON" },
    TARGET_IN_MEMORY_OPTIONS(struct status_command),
    OPTION_END,
};

// "@" is the program, "$" the stack.
static const char *fill_in(const struct cli *cli, const struct stack_job *job, const char *text)
{
    STRBUF_AUTO result = STRBUF_INIT;

    for (; *text; text++)
        if (*text == '@')
            strbuf_add_string(&result, cli_invocation(cli));
        else if (*text == '$')
            strbuf_add_string(&result, cli_stack_operand(cli, job->stack->display_name));
        else
            strbuf_add_char(&result, *text);
    return arena_strdup(value_arena(), result.data);
}

// What to do about the state that a stack is in, with the commands that do it; NULL when nothing is.
static const char *stack_advice(const struct cli *cli, const struct stack_job *job)
{
    static const char locked[] =
        "it can only be deleted and created again, but is protected against deletion: '@ logs $' names the cause; "
        "'@ deploy $ --no-termination-protection' takes the protection away, deletes what is left and creates it again";
    const struct stack_state *state = stack_state(object_string(job->current, "StackStatus"));
    bool is_locked = state->next_action == STACK_DELETE_FIRST &&
        value_boolean(object_get(job->current, "EnableTerminationProtection"));
    const char *advice = is_locked ? locked : state->advice;

    return advice ? fill_in(cli, job, advice) : NULL;
}

static const char *status_of(const struct stack_job *job)
{
    return job->current ? object_string_or_empty(job->current, "StackStatus") : "not deployed";
}

// Of the last operation, as far as the description tells.
static const char *changed_at(const struct stack_job *job)
{
    const char *updated = object_string_or_empty(job->current, "LastUpdatedTime");

    return *updated ? updated : object_string_or_empty(job->current, "CreationTime");
}

static const char *age_of(const char *time)
{
    int64_t then = timestamp_parse(time);
    char text[32];

    return then < 0 ? "" : arena_strdup(value_arena(), human_age(text, sizeof(text), timestamp_now() - then));
}

static const char *drift_of(const struct stack_job *job)
{
    static const struct {
        const char *name, *text;
    } states[] = { { "IN_SYNC", "in sync" }, { "DRIFTED", "drifted" }, { "NOT_CHECKED", "not checked" },
        { "UNKNOWN", "unknown" } };
    const struct value *drift = object_get(job->current, "DriftInformation");
    const char *age = age_of(object_string_or_empty(drift, "LastCheckTimestamp"));

    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        if (strcmp(states[i].name, object_string_or_empty(drift, "StackDriftStatus")) == 0)
            return arena_printf(
                value_arena(), "%s%s%s%s", states[i].text, *age ? " (" : "", age, *age ? " ago)" : "");
    return "";
}

// One that was executed, or has been overtaken by another one, waits for nothing.
static bool is_pending(const struct value *change_set)
{
    const char *status = object_string_or_empty(change_set, "ExecutionStatus");

    return strcmp(status, "AVAILABLE") == 0 || strcmp(status, "UNAVAILABLE") == 0;
}

static const char *change_sets_of(const struct stack_job *job)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(job->change_sets); i++) {
        const struct value *change_set = array_at(job->change_sets, i);
        const char *status = object_string_or_empty(change_set, "Status");
        bool is_ready = strcmp(status, "CREATE_COMPLETE") == 0;

        if (is_pending(change_set))
            strbuf_addf(&text, "%s%s%s%s%s", text.length ? ", " : "",
                object_string_or_empty(change_set, "ChangeSetName"), is_ready ? "" : " (",
                is_ready ? "" : status, is_ready ? "" : ")");
    }
    return arena_strdup(value_arena(), text.data);
}

// What could not be asked about is an error, and so is a name that nobody has.
static bool is_known(const struct stack_job *job)
{
    return job->stage == JOB_DONE || (job->stage == JOB_UNCHANGED && job->stack->template);
}

static void print_table(const struct deployment *deployment)
{
    static const char *const headings[] = { "STACK", "STATUS", "AGE", "DRIFT", "CHANGE SETS" };
    struct table table = { .arena = value_arena(), .columns = ARRAY_SIZE(headings), .headings = headings };

    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *job = &deployment->jobs[i];

        if (is_known(job))
            table_add(&table,
                (const char *const[]){ job->stack->display_name, status_of(job), age_of(changed_at(job)),
                    drift_of(job), change_sets_of(job) });
    }
    table_print(&table);
}

static void print_what_to_do(const struct cli *cli, const struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *job = &deployment->jobs[i];
        const char *care = is_known(job) && job->current ? stack_advice(cli, job) : NULL;
        const char *reason = object_string_or_empty(job->current, "StackStatusReason");
        bool tells = *reason && strcmp(reason, "User Initiated") != 0;

        if (care)
            cli_warning(cli, "%s is %s%s%s\n%s", job->stack->display_name, status_of(job), tells ? ": " : "",
                tells ? reason : "", care);
    }
}

static struct value *or_nothing(const char *text)
{
    return *text ? string(text) : NULL;
}

static struct value *describe_change_sets(const struct stack_job *job)
{
    struct value *list = array();

    for (size_t i = 0; i < value_length(job->change_sets); i++) {
        const struct value *change_set = array_at(job->change_sets, i);

        if (is_pending(change_set))
            array_append(list,
                object((struct field[]){
                    { "name", string(object_string_or_empty(change_set, "ChangeSetName")) },
                    { "status", string(object_string_or_empty(change_set, "Status")) },
                    { "created", or_nothing(object_string_or_empty(change_set, "CreationTime")) },
                    END,
                }));
    }
    return list;
}

static struct value *describe_drift(const struct stack_job *job)
{
    const struct value *drift = object_get(job->current, "DriftInformation");

    return object((struct field[]){
        { "status", string(object_string_or_empty(drift, "StackDriftStatus")) },
        { "checked", or_nothing(object_string_or_empty(drift, "LastCheckTimestamp")) },
        END,
    });
}

static struct value *status_json(const struct cli *cli, const struct stack_job *job)
{
    bool exists = job->current;

    return object((struct field[]){
        { "stack", string(job->stack->display_name) },
        { "name", string(job->stack->name) },
        { "account", string(job->environment->account) },
        { "region", string(job->environment->region) },
        { "status", exists ? string(status_of(job)) : null() },
        { "reason", or_nothing(object_string_or_empty(job->current, "StackStatusReason")) },
        { "created", or_nothing(object_string_or_empty(job->current, "CreationTime")) },
        { "updated", or_nothing(object_string_or_empty(job->current, "LastUpdatedTime")) },
        { "terminationProtection",
            exists ? boolean(value_boolean(object_get(job->current, "EnableTerminationProtection"))) : NULL },
        { "drift", exists ? describe_drift(job) : NULL },
        { "changeSets", exists ? describe_change_sets(job) : NULL },
        { "advice", exists ? string(stack_advice(cli, job)) : NULL },
        END,
    });
}

static void print_json(const struct cli *cli, const struct deployment *deployment)
{
    struct value *list = array();

    for (size_t i = 0; i < deployment->job_count; i++)
        if (is_known(&deployment->jobs[i]))
            array_append(list, status_json(cli, &deployment->jobs[i]));
    document_print(list, true);
}

static int run_status(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct status_command *given = values;
    STACK_QUERY_AUTO query;
    int status = stack_query_open(cli, &given->target, operands, &status_operation, &query);
    bool any = false;

    if (status != 0)
        return status;
    query.tolerates_missing = true;
    for (size_t i = 0; i < query.deployment.job_count; i++)
        any |= is_known(&query.deployment.jobs[i]);
    if (any && given->json)
        print_json(cli, &query.deployment);
    else if (any)
        print_table(&query.deployment);
    fflush(stdout);
    if (!given->json)
        print_what_to_do(cli, &query.deployment);
    return stack_query_status(&query);
}

const struct command_body cmd_status = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct status_command),
    .description =
        "Shows the stacks of the app as they are in AWS: their state, how long ago it last changed, what the "
        "last look for drift found, and change sets that wait. States that need attention are explained. The "
        "exit status is 0 when AWS could be asked, whatever the state.\n\n"
        "STACK is a name or a glob; it may also be the CloudFormation name of a stack that the app does not "
        "have.",
    .run = run_status,
};

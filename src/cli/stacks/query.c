// SPDX-License-Identifier: MIT
#include "cli/stacks/query.h"

#include "cli/core/cli.h"
#include "util/die.h"
#include "util/text/suggest.h"

enum { TURN_MS = 200 };

static void run_query(struct stack_query *query, const struct job_operation *operation)
{
    progress_init(&query->progress, query->cli, &query->target.assembly, NULL);
    query->progress.observer.stage = NULL; // the result says it all
    deployment_init(&query->deployment,
        &(struct deployment_props){
            .operation = operation,
            .loop = &query->target.queue,
            .assembly = &query->target.assembly,
            .chosen = query->target.chosen,
            .options = &query->options,
        },
        &query->progress.observer);
    query->progress.deployment = &query->deployment;
    deployment_start(&query->deployment);
    while (event_loop_run_once(&query->target.queue, TURN_MS))
        progress_tick(&query->progress);
    progress_clear(&query->progress);
}

int stack_query_open_with(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation,
    const struct deploy_options *given, struct stack_query *query)
{
    const struct target_need need = {
        .extend = SELECT_EXACTLY, .read_only = true, .accepts_unknown = true, .in_memory = true
    };
    int status;

    *query = (struct stack_query){ .cli = cli, .is_named = operands->count > 0, .options = *given };
    status = target_stacks_open(cli, options, operands, &need, &query->target);
    if (status != 0)
        return status;
    query->options.profile = query->target.profile;
    query->options.default_region = query->target.region;
    run_query(query, operation);
    return 0;
}

int stack_query_open(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation, struct stack_query *query)
{
    return stack_query_open_with(cli, options, operands, operation, &(struct deploy_options){ 0 }, query);
}

void stack_query_release(struct stack_query *query)
{
    deployment_release(&query->deployment);
    target_stacks_release(&query->target);
}

void print_missing(const struct cli *cli, const struct cloud_assembly *assembly, const struct stack_job *job)
{
    const char *name = job->stack->display_name;
    struct suggestion suggestion = SUGGESTION_FOR(name);

    // A template is what only stacks of the app have here.
    for (size_t i = 0; !job->stack->template && i < assembly->stack_count; i++)
        if (assembly->stacks[i].template)
            suggestion_consider(&suggestion, assembly->stacks[i].display_name);
    cli_error(cli, "stack '%s' does not exist in %s of account %s%s%s%s", name, job->environment->region,
        job->environment->account, suggestion.best ? "; did you mean '" : "",
        suggestion.best ? suggestion.best : "", suggestion.best ? "'?" : "");
}

static void report_missing(const struct stack_query *query, const struct strbuf *names)
{
    if (names->length)
        cli_info(query->cli, "not deployed: %s", names->data);
}

int stack_query_status(const struct stack_query *query)
{
    STRBUF_AUTO missing = STRBUF_INIT;
    int status = EXIT_STATUS_OK;

    for (size_t i = 0; i < query->deployment.job_count; i++) {
        const struct stack_job *job = &query->deployment.jobs[i];

        if (job->stage == JOB_FAILED || job->stage == JOB_SKIPPED) {
            status = cli_error(query->cli, "%s: %-s", job->stack->display_name, job->problem);
        } else if (job->stage == JOB_UNCHANGED && query->is_named &&
            !(query->tolerates_missing && job->stack->template)) {
            print_missing(query->cli, &query->target.assembly, job);
            status = EXIT_STATUS_FAILURE;
        } else if (job->stage == JOB_UNCHANGED && !query->tolerates_missing) {
            strbuf_addf(&missing, "%s%s", missing.length ? ", " : "", job->stack->display_name);
        }
    }
    report_missing(query, &missing);
    return status;
}

const char *resource_name(const struct stack_job *job, const char *logical_id)
{
    const char *construct = cloud_stack_construct(job->stack, logical_id);

    return construct ? construct : logical_id;
}

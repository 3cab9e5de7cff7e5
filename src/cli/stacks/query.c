// SPDX-License-Identifier: MIT
#include "cli/stacks/query.h"

#include "cli/core/cli.h"
#include "util/die.h"
#include "util/text/suggest.h"

enum { TURN_MS = 200 };

static void run_query(struct stack_query *look, const struct job_operation *operation)
{
    progress_init(&look->progress, look->cli, &look->target.assembly, NULL);
    look->progress.observer.stage = NULL; // the result says it all
    deployment_init(&look->deployment,
        &(struct deployment_props){
            .operation = operation,
            .loop = &look->target.queue,
            .assembly = &look->target.assembly,
            .chosen = look->target.chosen,
            .options = &look->options,
        },
        &look->progress.observer);
    look->progress.deployment = &look->deployment;
    deployment_start(&look->deployment);
    while (event_loop_run_once(&look->target.queue, TURN_MS))
        progress_tick(&look->progress);
    progress_clear(&look->progress);
}

int stack_query_open_with(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation,
    const struct deploy_options *given, struct stack_query *look)
{
    const struct target_need need = { .extend = SELECT_EXACTLY, .read_only = true, .accepts_unknown = true };
    int status;

    *look = (struct stack_query){ .cli = cli, .is_named = operands->count > 0, .options = *given };
    status = target_stacks_open(cli, options, operands, &need, &look->target);
    if (status != 0)
        return status;
    look->options.profile = look->target.profile;
    look->options.default_region = look->target.region;
    run_query(look, operation);
    return 0;
}

int stack_query_open(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation, struct stack_query *look)
{
    return stack_query_open_with(cli, options, operands, operation, &(struct deploy_options){ 0 }, look);
}

void stack_query_release(struct stack_query *look)
{
    deployment_release(&look->deployment);
    target_stacks_release(&look->target);
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

static void report_missing(const struct stack_query *look, const struct strbuf *names)
{
    if (names->length)
        cli_info(look->cli, "not deployed: %s", names->data);
}

int stack_query_status(const struct stack_query *look)
{
    STRBUF_AUTO missing = STRBUF_INIT;
    int status = EXIT_STATUS_OK;

    for (size_t i = 0; i < look->deployment.job_count; i++) {
        const struct stack_job *job = &look->deployment.jobs[i];

        if (job->stage == JOB_FAILED || job->stage == JOB_SKIPPED) {
            status = cli_error(look->cli, "%s: %s", job->stack->display_name, job->problem);
        } else if (job->stage == JOB_UNCHANGED && look->is_named &&
            !(look->tolerates_missing && job->stack->template)) {
            print_missing(look->cli, &look->target.assembly, job);
            status = EXIT_STATUS_FAILURE;
        } else if (job->stage == JOB_UNCHANGED && !look->tolerates_missing) {
            strbuf_addf(&missing, "%s%s", missing.length ? ", " : "", job->stack->display_name);
        }
    }
    report_missing(look, &missing);
    return status;
}

const char *resource_name(const struct stack_job *job, const char *logical_id)
{
    const char *construct = cloud_stack_construct(job->stack, logical_id);

    return construct ? construct : logical_id;
}

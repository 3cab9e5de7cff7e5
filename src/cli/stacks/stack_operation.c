// SPDX-License-Identifier: MIT
#include "cli/stacks/stack_operation.h"

#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/query.h"
#include "util/die.h"

#include <string.h>

struct operation_run {
    struct cli *cli;
    const struct stack_operation *operation;
    struct result_formats formats;
    struct progress progress;
    void (*report_stage)(void *progress, struct stack_job *job);
    struct deployment deployment;
};

// What is not there is told once, with the stack that may be meant.
static void on_stage(void *data, struct stack_job *job)
{
    struct progress *progress = data;
    const struct operation_run *run = progress->observer.context;

    if (job->stage != JOB_UNCHANGED || job->current || run->operation->target->all)
        run->report_stage(data, job);
}

static bool begin_operation(void *context)
{
    struct operation_run *run = context;

    progress_clear(&run->progress);
    return run->operation->begin(run->cli, &run->deployment, run->operation->values);
}

static bool ended_well(const char *status)
{
    return !status_is_failed(status) && !strstr(status, "ROLLBACK");
}

// A stack that is not there is no obstacle to --all.
static int status_of(
    const struct operation_run *run, const struct cloud_assembly *assembly, const struct stack_job *job)
{
    if (job->stage == JOB_DONE)
        return EXIT_STATUS_OK;
    if (job->stage != JOB_UNCHANGED)
        return EXIT_STATUS_FAILURE;
    if (job->final_status)
        return ended_well(job->final_status) ? EXIT_STATUS_OK : EXIT_STATUS_FAILURE;
    if (run->operation->target->all)
        return EXIT_STATUS_OK;
    print_missing(run->cli, assembly, job);
    return EXIT_STATUS_FAILURE;
}

static int run_until_done(struct operation_run *run, struct target_stacks *target)
{
    int status;

    progress_init(&run->progress, run->cli, &target->assembly, run->operation->progress);
    run->report_stage = run->progress.observer.stage;
    run->progress.observer.stage = on_stage;
    run->progress.observer.begin = run->operation->begin ? begin_operation : NULL;
    run->progress.observer.context = run;
    status = account_run(&run->progress, &run->deployment,
        &(struct deployment_props){
            .operation = run->operation->operation,
            .loop = &target->queue,
            .assembly = &target->assembly,
            .chosen = target->chosen,
            .options = run->operation->given,
        });
    for (size_t i = 0; i < run->deployment.job_count && status <= EXIT_STATUS_FAILURE; i++)
        if (status_of(run, &target->assembly, &run->deployment.jobs[i]) != EXIT_STATUS_OK)
            status = EXIT_STATUS_FAILURE;
    status = failure_report_end(&run->progress, &run->formats, status);
    deployment_release(&run->deployment);
    return status;
}

int stack_operation_run(struct cli *cli, const struct stack_operation *operation)
{
    struct operation_run run = { .cli = cli, .operation = operation };
    TARGET_STACKS_AUTO target = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (result_formats_parse("--format", operation->formats, failure_formats, &run.formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = target_stacks_open(cli, operation->target, operation->operands,
        &(struct target_need){ .extend = SELECT_EXACTLY, .accepts_unknown = true, .in_memory = true },
        &target);
    if (status != 0)
        return status;
    operation->given->profile = target.profile;
    operation->given->default_region = target.region;
    return run_until_done(&run, &target);
}

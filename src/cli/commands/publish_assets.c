// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "deploy/engine/deployment.h"
#include "util/die.h"

struct publish_command {
    struct target_options target;
    bool force;
};

static const struct option options[] = {
    TARGET_ALL(struct publish_command),
    { "exclusively", 'e', OPTION_FLAG(struct publish_command, target.exclusively),
        .help = "only these stacks, not those that they depend on" },
    { "force", 'f', OPTION_FLAG(struct publish_command, force),
        .help = "upload without looking what is there already" },
    TARGET_ASSET_ACCOUNTS(struct publish_command),
    TARGET_OPTIONS(struct publish_command),
    OPTION_END,
};

enum { VERB_WIDTH = sizeof("uploaded") - 1 };

struct publish_run {
    struct progress progress; // the first: the observer is told by it
    struct cli *cli;
    struct deployment deployment;
    size_t uploaded, present, failed;
};

static void on_upload(void *data, const struct upload *upload)
{
    struct publish_run *run = data;

    run->uploaded += upload->state == UPLOAD_DONE;
    run->present += upload->state == UPLOAD_PRESENT;
    run->failed += upload->state == UPLOAD_FAILED;
    if (upload->state == UPLOAD_DONE)
        progress_line(&run->progress, "uploaded", NULL, "%s", upload->asset->name);
    else if (upload->state == UPLOAD_PRESENT)
        progress_line(&run->progress, "is there", NULL, "%s", upload->asset->name);
}

// Stacks share what they need: only what goes wrong is a stack's own.
static void on_stage(void *data, struct stack_job *job)
{
    struct publish_run *run = data;

    if (job->stage == JOB_FAILED || job->stage == JOB_SKIPPED)
        progress_line(&run->progress, job->stack->display_name, NULL, "%s: %-s",
            job->stage == JOB_FAILED ? "failed" : "skipped", job->problem);
}

static int report_publish(const struct publish_run *run)
{
    size_t incomplete = 0;

    for (size_t i = 0; i < run->deployment.job_count; i++)
        incomplete += run->deployment.jobs[i].stage != JOB_DONE;
    cli_info(run->cli, "%zu uploaded, %zu there already", run->uploaded, run->present);
    if (!incomplete)
        return EXIT_STATUS_OK;
    return cli_error(run->cli, "%zu of %zu stack%s something", incomplete, run->deployment.job_count,
        run->deployment.job_count == 1 ? " lacks" : "s lack");
}

static int publish(
    struct publish_run *run, struct target_stacks *target, const struct deploy_options *deploy_options)
{
    int status;

    progress_init(&run->progress, run->cli, &target->assembly, "events");
    if (run->progress.name_width < VERB_WIDTH)
        run->progress.name_width = VERB_WIDTH;
    run->progress.observer.upload = on_upload;
    run->progress.observer.stage = on_stage;
    status = account_run(&run->progress, &run->deployment,
        &(struct deployment_props){
            .operation = &publish_operation,
            .loop = &target->queue,
            .assembly = &target->assembly,
            .chosen = target->chosen,
            .options = deploy_options,
        });
    if (status == EXIT_STATUS_OK)
        status = report_publish(run);
    deployment_release(&run->deployment);
    return status;
}

static int run_publish_assets(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct publish_command *given = values;
    struct publish_run run = { .cli = cli };
    TARGET_STACKS_AUTO target;
    int status = target_stacks_open(cli, &given->target, operands,
        &(struct target_need){ .extend = SELECT_UPSTREAM, .assets = true }, &target);

    if (status != 0)
        return status;
    return publish(&run, &target,
        &(struct deploy_options){
            .profile = target.profile,
            .default_region = target.region,
            .skips_asset_check = given->force,
            .asset_accounts = &given->target.asset_accounts,
        });
}

const struct command_body cmd_publish_assets = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct publish_command),
    .description =
        "Uploads what the stacks need, and nothing else: the packages of functions, other files, and the "
        "templates. What is there already is not uploaded again. A deployment does so by itself; this is for "
        "those who let somebody else deploy.\n\n"
        "STACK is a name or a glob; what the stacks depend on is published as well.",
    .run = run_publish_assets,
};

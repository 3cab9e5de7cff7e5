// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/prompt.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/stack_operation.h"
#include "deploy/engine/deployment.h"

struct cancel_command {
    struct target_options target;
    bool yes;
    const char *progress;
    struct string_list formats;
};

static const struct option options[] = {
    TARGET_ALL(struct cancel_command),
    { "yes", 'y', OPTION_FLAG(struct cancel_command, yes), .help = "do not ask" },
    { "progress", 0, OPTION_CHOICE(struct cancel_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    FAILURE_FORMAT_OPTION(struct cancel_command),
    TARGET_IN_MEMORY_OPTIONS(struct cancel_command),
    OPTION_END,
};

static bool begin_cancel(const struct cli *cli, const struct deployment *deployment, const void *values)
{
    const struct cancel_command *given = values;
    size_t count = 0;

    for (size_t i = 0; i < deployment->job_count; i++) {
        if (job_has_ended(&deployment->jobs[i]))
            continue;
        cli_info(cli, "%s: its update will be rolled back", deployment->jobs[i].stack->display_name);
        count++;
    }
    if (!count || given->yes)
        return true;
    if (prompt_is_possible())
        return prompt_yes("Cancel the update%s?", count == 1 ? "" : "s");
    cli_error(cli, "there is no terminal to ask whether to cancel that; --yes does not ask");
    return false;
}

static int run_cancel(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct cancel_command *given = values;

    return stack_operation_run(cli,
        &(struct stack_operation){
            .target = &given->target,
            .operands = operands,
            .operation = &cancel_operation,
            .progress = given->progress,
            .formats = &given->formats,
            .given = &(struct deploy_options){ 0 },
            .begin = begin_cancel,
            .values = given,
        });
}

const struct command_body cmd_cancel = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct cancel_command),
    .description =
        "Cancels the update of a stack that is in progress, whoever has started it, and waits until it is "
        "rolled back. CloudFormation cancels nothing but updates; where something else is in progress, it "
        "says what can be done instead.",
    .run = run_cancel,
};

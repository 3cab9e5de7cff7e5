// SPDX-License-Identifier: MIT
#include "cli/core/command.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/stack_operation.h"
#include "deploy/engine/deployment.h"

struct watch_command {
    struct target_options target;
    const char *progress;
    struct string_list formats;
};

static const struct option options[] = {
    TARGET_ALL(struct watch_command),
    { "progress", 0, OPTION_CHOICE(struct watch_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    FAILURE_FORMAT_OPTION(struct watch_command),
    TARGET_IN_MEMORY_OPTIONS(struct watch_command),
    OPTION_END,
};

static int run_watch(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct watch_command *given = values;

    return stack_operation_run(cli,
        &(struct stack_operation){
            .target = &given->target,
            .operands = operands,
            .operation = &watch_operation,
            .progress = given->progress,
            .formats = &given->formats,
            .given = &(struct deploy_options){ 0 },
        });
}

const struct command_body cmd_watch = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct watch_command),
    .description =
        "Follows what is in progress on a stack, whoever has started it and from where, until its end: as a "
        "live view at a terminal, else event by event. The exit status is 0 when it ended well, 1 when it "
        "failed or was rolled back. Where nothing is in progress it says so, and how the last operation "
        "ended.\n\n"
        "An interrupt (Ctrl-C) ends the watching and nothing else. STACK may also be the CloudFormation name "
        "of a stack that the app does not have.",
    .run = run_watch,
};

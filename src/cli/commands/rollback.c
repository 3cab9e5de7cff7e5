// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/stack_operation.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/die.h"

struct rollback_command {
    struct target_options target;
    struct string_list orphans;
    bool force;
    const char *role;
    enum toggle bootstrap_check;
    const char *progress;
    struct string_list formats;
};

static const struct option options[] = {
    TARGET_ALL(struct rollback_command),
    { "orphan", 0, OPTION_LIST(struct rollback_command, orphans), .argument = "LOGICAL_ID",
        .help = "leave this resource as it is" },
    { "force", 'f', OPTION_FLAG(struct rollback_command, force),
        .help = "leave every resource as it is that cannot be rolled back" },
    { "role-arn", 'r', OPTION_STRING(struct rollback_command, role), .argument = "ARN",
        .help = "IAM role that CloudFormation assumes" },
    { "validate-bootstrap-version", 0, OPTION_TOGGLE(struct rollback_command, bootstrap_check),
        .shown_negated = true, .help = "do not look whether the account's bootstrap is new enough" },
    { "progress", 0, OPTION_CHOICE(struct rollback_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    FAILURE_FORMAT_OPTION(struct rollback_command),
    TARGET_IN_MEMORY_OPTIONS(struct rollback_command),
    OPTION_END,
};

static int run_rollback(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct rollback_command *given = values;
    struct value *orphans = array();

    if (given->force && given->orphans.count)
        return cli_usage_error(
            cli, "--force leaves every resource as it is that fails; --orphan cannot be given as well");
    for (size_t i = 0; i < given->orphans.count; i++)
        array_append(orphans, string(given->orphans.items[i]));
    return stack_operation_run(cli,
        &(struct stack_operation){
            .target = &given->target,
            .operands = operands,
            .operation = &rollback_operation,
            .progress = given->progress,
            .formats = &given->formats,
            .given = &(struct deploy_options){ .force = given->force,
                .role = given->role,
                .orphans = orphans,
                .skips_bootstrap_check = given->bootstrap_check == NO },
        });
}

const struct command_body cmd_rollback = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct rollback_command),
    .description =
        "Rolls back a creation or an update that has failed and was left where it stopped (deploy "
        "--no-rollback), and resumes the rollback of an update that has failed itself. Resources that keep "
        "it from being rolled back are left as they are with --orphan; what the template says about them and "
        "what they are then differ.",
    .run = run_rollback,
};

// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/json_file.h"
#include "cli/core/prompt.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/import_mapping.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/operations/resource_import.h"
#include "util/die.h"
#include "util/text/human.h"

#include <string.h>

struct import_command {
    struct target_options target;
    const char *mapping_file;
    const char *mapping_text;
    const char *record_file;
    bool force;
    bool yes;
    const char *role;
    const char *progress;
};

static const struct option options[] = {
    { "resource-mapping", 'm', OPTION_STRING(struct import_command, mapping_file), .argument = "FILE",
        .help = "take from this file what identifies the resources; what it does not name is left out" },
    { "resource-mapping-inline", 0, OPTION_STRING(struct import_command, mapping_text), .argument = "JSON",
        .help = "likewise, without a file" },
    { "record-resource-mapping", 'r', OPTION_STRING(struct import_command, record_file), .argument = "FILE",
        .help = "write such a file instead of importing" },
    { "force", 'f', OPTION_FLAG(struct import_command, force),
        .help = "also when the template has other changes, which are left for the next deployment" },
    { "yes", 'y', OPTION_FLAG(struct import_command, yes),
        .help = "do not ask: import what the template itself identifies" },
    { "role-arn", 0, OPTION_STRING(struct import_command, role), .argument = "ARN",
        .help = "IAM role that CloudFormation assumes" },
    { "progress", 0, OPTION_CHOICE(struct import_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    TARGET_ASSET_ACCOUNTS(struct import_command),
    TARGET_OPTIONS(struct import_command),
    OPTION_END,
};

struct import_run {
    struct cli *cli;
    const struct import_command *given;
    struct target_stacks target;
    struct resource_import import;
    const struct cloud_stack *stack;
    struct progress progress;
};

static void on_stage_of_query(void *data, struct stack_job *job)
{
    struct progress *progress = data;

    if (job->stage == JOB_FAILED)
        progress_line(progress, job->stack->display_name, NULL, "failed: %-s", job->problem);
}

// Runs one stack of an assembly through an operation. Returns the exit status; *ret_stage is how it ended.
static int run_operation(struct import_run *run, const struct job_operation *operation,
    const struct cloud_assembly *assembly, const bool *chosen, enum job_stage *ret_stage)
{
    struct deployment deployment;
    int status;

    progress_init(&run->progress, run->cli, assembly, run->given->progress);
    if (operation == &import_query_operation)
        run->progress.observer.stage = on_stage_of_query;
    status = account_run(&run->progress, &deployment,
        &(struct deployment_props){
            .operation = operation,
            .loop = &run->target.queue,
            .assembly = assembly,
            .chosen = chosen,
            .options = &run->import.options,
        });
    *ret_stage = deployment.jobs[0].stage;
    deployment_release(&deployment);
    if (status == EXIT_STATUS_OK && (*ret_stage == JOB_FAILED || *ret_stage == JOB_SKIPPED))
        return EXIT_STATUS_FAILURE;
    return status;
}

static int find_stack(struct import_run *run)
{
    for (size_t i = 0; i < run->target.assembly.stack_count; i++) {
        if (!run->target.chosen[i])
            continue;
        if (run->stack) {
            cli_error(run->cli,
                "resources are imported into one stack at a time; '%s' and '%s' are meant here",
                run->stack->display_name, run->target.assembly.stacks[i].display_name);
            return EXIT_STATUS_USAGE;
        }
        run->stack = &run->target.assembly.stacks[i];
    }
    return 0;
}

// CloudFormation imports, or changes something; never both at a time.
static int refuse_others(const struct import_run *run)
{
    const struct value *others = run->import.others;

    if (!value_length(others))
        return 0;
    cli_info(run->cli, "%s of what is deployed differ%s from the template:",
        value_length(others) == 1 ? "1 resource"
                                  : arena_printf(value_arena(), "%zu resources", value_length(others)),
        value_length(others) == 1 ? "s" : "");
    for (size_t i = 0; i < value_length(others); i++) {
        const char *id = value_string(array_at(others, i));
        const char *construct = cloud_stack_construct(run->stack, id);

        cli_info(run->cli, "  %s", construct ? construct : id);
    }
    if (run->given->force)
        return 0;
    return cli_error(run->cli,
        "an import can change nothing else\ndeploy these changes first, or import with --force and deploy "
        "them then");
}

static void warn_of_garbled(const struct import_run *run)
{
    const struct value *garbled = import_garbled(&run->import, run->stack);

    for (size_t i = 0; i < value_length(garbled); i++) {
        const char *id = value_string(array_at(garbled, i));
        const char *construct = cloud_stack_construct(run->stack, id);

        cli_warning(run->cli,
            "%s: its text cannot be compared, since CloudFormation returns '?' for characters beyond ASCII; where it "
            "has any, the import is refused as a change of it: deploy this resource first",
            construct ? construct : id);
    }
}

static int choose(struct import_run *run, struct value **ret_mapping)
{
    const struct import_command *given = run->given;
    ERROR_AUTO err = ERROR_INIT;
    struct value *file = NULL;

    if (given->mapping_text)
        file =
            json_parse(given->mapping_text, strlen(given->mapping_text), "--resource-mapping-inline", &err);
    else if (given->mapping_file)
        json_file_read_required(given->mapping_file, &file, &err);
    else
        *ret_mapping = import_mapping_ask(run->cli, &run->import, run->stack, given->yes);
    if (file && value_type(file) != VALUE_OBJECT)
        error_set(&err, "a mapping is an object: { LOGICAL_ID: { PROPERTY: STRING } }");
    else if (file)
        import_mapping_check(run->cli, &run->import, run->stack, file, ret_mapping, &err);
    return err.message ? cli_error(run->cli, "%-s", err.message) : 0;
}

static int record(const struct import_run *run, const struct value *mapping)
{
    ERROR_AUTO err = ERROR_INIT;

    if (json_file_write(run->given->record_file, mapping, &err) < 0)
        return cli_error(run->cli, "%-s", err.message);
    cli_info(run->cli, "wrote '%s'; nothing was imported", run->given->record_file);
    return EXIT_STATUS_OK;
}

static int import_chosen(struct import_run *run, const struct value *mapping)
{
    struct cloud_stack stack;
    const struct cloud_assembly assembly = {
        .directory = run->target.assembly.directory, .stacks = &stack, .stack_count = 1
    };
    size_t additions = value_length(run->import.additions);
    const char *skipped = value_length(mapping) < additions ? "; some were left out" : "";
    enum job_stage stage;
    ERROR_AUTO err = ERROR_INIT;
    int status;

    for (size_t i = 0; i < value_length(mapping); i++)
        cli_info(run->cli, "%s: imported as %s", import_resource_name(run->stack, object_at(mapping, i)->key),
            identifier_text(object_at(mapping, i)->value));
    if (import_prepare(&run->import, run->stack, mapping, assembly.directory, &stack, &err) < 0)
        return cli_error(run->cli, "%-s", err.message);
    status = run_operation(run, &import_operation, &assembly, (const bool[]){ true }, &stage);
    if (status == EXIT_STATUS_OK)
        cli_info(run->cli,
            "imported %zu of %zu new resource%s%s\n"
            "'%s drift %s' shows where they differ from the template; a deployment brings the rest",
            value_length(mapping), additions, plural(additions), skipped, cli_invocation(run->cli),
            cli_stack_operand(run->cli, run->stack->display_name));
    return status;
}

static int import_into(struct import_run *run)
{
    struct value *mapping = NULL;
    enum job_stage stage;
    int status =
        run_operation(run, &import_query_operation, &run->target.assembly, run->target.chosen, &stage);

    if (status != EXIT_STATUS_OK)
        return status;
    if (stage == JOB_UNCHANGED) {
        cli_info(run->cli, "%s: nothing in its template is new; there is nothing to import",
            run->stack->display_name);
        return EXIT_STATUS_OK;
    }
    status = refuse_others(run);
    if (status == 0)
        warn_of_garbled(run);
    if (status == 0)
        status = choose(run, &mapping);
    if (status != 0)
        return status;
    if (!value_length(mapping)) {
        cli_info(run->cli, "no resource was chosen; nothing was imported");
        return EXIT_STATUS_OK;
    }
    return run->given->record_file ? record(run, mapping) : import_chosen(run, mapping);
}

static int check_use(const struct cli *cli, const struct import_command *given)
{
    if (given->mapping_file && given->mapping_text)
        return cli_usage_error(cli, "--resource-mapping and --resource-mapping-inline exclude each other");
    if (given->mapping_file || given->mapping_text || given->yes || prompt_is_possible())
        return 0;
    return cli_error(cli,
        "there is no terminal to ask what identifies the resources: give --resource-mapping, or --yes to take what the template says");
}

static int run_import(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct import_run run = { .cli = cli, .given = values };
    int status = check_use(cli, run.given);

    if (status != 0)
        return status;
    status = target_stacks_open(
        cli, &run.given->target, operands, &(struct target_need){ .extend = SELECT_EXACTLY }, &run.target);
    if (status == 0)
        status = find_stack(&run);
    if (status == 0) {
        run.import.options = (struct deploy_options){
            .profile = run.target.profile,
            .default_region = run.target.region,
            .role = run.given->role,
            .asset_accounts = &run.given->target.asset_accounts,
        };
        status = import_into(&run);
    }
    target_stacks_release(&run.target);
    return status;
}

const struct command_body cmd_import = {
    .operands = { "STACK", 0, 1, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct import_command),
    .description =
        "Brings resources that exist into a stack: those that are new in its template, whose properties "
        "should be those of what exists. For each one it offers what the template says of its name, or asks "
        "for it, unless --resource-mapping tells all; the file is the CDK's: { LOGICAL_ID: { PROPERTY: "
        "STRING } }.\n\n"
        "Nothing is created, changed or deleted. What has no DeletionPolicy is imported with Retain, until "
        "the next deployment.",
    .run = run_import,
};

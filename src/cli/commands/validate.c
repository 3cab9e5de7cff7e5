// SPDX-License-Identifier: MIT
#include "validate/validate.h"
#include "cli/app/environment_table.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/stacks/target_stacks.h"
#include "cli/validate/check.h"
#include "cli/validate/inputs.h"
#include "cli/validate/output.h"
#include "cli/validate/rules.h"
#include "cli/validate/settings.h"
#include "cli/validate/watch.h"
#include "data/value.h"
#include "util/die.h"
#include "util/terminal.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct validate_cli_options {
    struct target_options target;
    struct string_list formats;
    struct string_list ignore;
    struct string_list include;
    struct string_list regions;
    const char *explain;
    const char *policy;
    bool strict;
    bool watch;
    bool cfn_lint_exit_codes;
    bool list_rules;
    struct string_list tables;
};

// As cfn-lint exits: the sum.
enum { CFN_LINT_ERRORS = 2, CFN_LINT_WARNINGS = 4, CFN_LINT_INFOS = 8 };

static const struct option options[] = {
    { "app", 'a', OPTION_STRING(struct validate_cli_options, target.app), .argument = "DIR",
        .help = "take the cloud assembly in this directory instead of synthesizing" },
    { "format", 'f', OPTION_LIST(struct validate_cli_options, formats), .argument = "FORMAT[=FILE]",
        .choices = findings_format_names, .completes = COMPLETES_FORMAT_AND_FILE,
        .help = "print the result so, or write it so into FILE; may be given again" },
    { "ignore", 0, OPTION_LIST(struct validate_cli_options, ignore), .argument = "RULE",
        .help = "leave out this rule, or those whose ids begin so" },
    { "include", 0, OPTION_LIST(struct validate_cli_options, include), .argument = "RULE",
        .help = "add this rule, or those whose ids begin so: information is off by default" },
    { "region", 0, OPTION_LIST(struct validate_cli_options, regions), .argument = "REGION",
        .help = "a region that the templates are for (us-east-1); may be given again" },
    { "policy", 0, OPTION_CHOICE(struct validate_cli_options, policy), .argument = "PACK",
        .choices = policy_names,
        .help =
            "rules of good practice: none, or aws-solutions as in cdk-nag; by default none, or what cdk.json "
            "says for the app's stacks" },
    { "strict", 0, OPTION_FLAG(struct validate_cli_options, strict), .help = "fail on warnings too" },
    { "cfn-lint-exit-codes", 0, OPTION_FLAG(struct validate_cli_options, cfn_lint_exit_codes),
        .help = "exit as cfn-lint does: 2 for errors, 4 for warnings, 8 for information, added up" },
    { "watch", 'w', OPTION_FLAG(struct validate_cli_options, watch),
        .help = "check files again whenever one of them changes" },
    { "list-rules", 0, OPTION_FLAG(struct validate_cli_options, list_rules), .help = "list all rules" },
    { "explain", 0, OPTION_STRING(struct validate_cli_options, explain), .argument = "RULE",
        .help = "say what a rule is about, why, and what to do" },
    ENVIRONMENT_TABLE_OPTION(struct validate_cli_options),
    OPTION_END,
};

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// A path that is there, or can only be one.
static bool is_path(const char *operand)
{
    return strchr(operand, '/') || exists(operand);
}

static int find_stacks(struct cli *cli, const struct validate_cli_options *given,
    const struct string_list *operands, struct validate_inputs *inputs, const char **ret_prefix)
{
    const char *environment = cli->environments.count > 1 ? cli->environment : NULL;
    const struct target_need need = {
        .extend = SELECT_EXACTLY, .read_only = true, .in_memory = true, .offline = true
    };
    TARGET_STACKS_AUTO target;
    int status = target_stacks_open(cli, &given->target, operands, &need, &target);
    bool policy = false;
    ERROR_AUTO err = ERROR_INIT;

    if (status == 0)
        *ret_prefix = environment_prefix(cli, &target.synthesis.context);
    if (status == 0 && context_policy(&target.synthesis.context, given->policy, &policy, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    for (size_t i = 0; status == 0 && i < target.assembly.stack_count; i++) {
        const struct cloud_stack *stack = &target.assembly.stacks[i];

        if (target.chosen[i])
            validate_inputs_add(inputs,
                &(struct validate_input){
                    .path = arena_printf(&cli->arena, "%s%s%s.template.json", environment ? environment : "",
                        environment ? "/" : "", stack->id),
                    .environment = environment,
                    .text = arena_strndup(&cli->arena, stack->template_text, stack->template_length),
                    .length = stack->template_length,
                    .is_certain = true,
                    .stack = stack,
                    .policy = policy,
                });
    }
    return status;
}

// Operands are paths, or stacks of the app. Returns 0, or the exit status after saying what is wrong.
static int find_inputs(struct cli *cli, const struct validate_cli_options *given,
    const struct string_list *operands, struct validate_inputs *inputs)
{
    struct string_list stacks = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    const char *prefix;

    for (size_t i = 0; i < operands->count; i++) {
        if (!is_path(operands->items[i]))
            string_list_add(&stacks, &cli->arena, operands->items[i]);
        else if (validate_inputs_find(inputs, operands->items[i], &err) < 0)
            return cli_error(cli, "%-s", err.message);
    }
    if (stacks.count < operands->count && cli->environments.count)
        return cli_usage_error(cli, "'--env' is for what the app makes, and files are named");
    return !operands->count || stacks.count ? find_stacks(cli, given, &stacks, inputs, &prefix) : 0;
}

static int exit_status(const struct validate_cli_options *given, const struct template_findings *findings)
{
    if (given->cfn_lint_exit_codes)
        return (findings->errors ? CFN_LINT_ERRORS : 0) + (findings->warnings ? CFN_LINT_WARNINGS : 0) +
            (findings->infos ? CFN_LINT_INFOS : 0);
    return findings->errors || (given->strict && findings->warnings) ? EXIT_STATUS_FAILURE : EXIT_STATUS_OK;
}

// `ret_findings` NULL: nobody wants them.
static int check_inputs(struct cli *cli, const struct validate_cli_options *given,
    const struct validate_inputs *inputs, const struct result_formats *outputs,
    struct template_findings *ret_findings)
{
    struct validate_options how = {
        .ignore = given->ignore,
        .include = given->include,
        .regions = given->regions,
        .policy = given->policy && strcmp(given->policy, policy_names[0]) != 0,
    };
    struct findings_format_options look = { .color = cli->globals.color == TOGGLE_DEFAULT
            ? terminal_has_color(STDOUT_FILENO)
            : cli->globals.color == YES };
    struct check_result result;
    ERROR_AUTO err = ERROR_INIT;

    if (validate_settings_read(&how, NULL, &err) < 0 || validate_regions_check(&how.regions, &err) < 0 ||
        validate_inputs_check(inputs, &how, &result, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    look.files = result.templates;
    if (findings_outputs_write(outputs, &result.findings, &look, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (ret_findings)
        *ret_findings = result.findings;
    return exit_status(given, &result.findings);
}

struct environment_validation {
    const struct validate_cli_options *given;
    const struct string_list *operands;
    struct validate_inputs inputs;
};

static int find_environment(struct cli *cli, struct environment_row *row, void *data)
{
    struct environment_validation *work = data;

    return find_stacks(cli, work->given, work->operands, &work->inputs, &row->prefix) == 0 ? 0 : -1;
}

static int validate_environments(struct cli *cli, const struct validate_cli_options *given,
    const struct string_list *operands, const struct result_formats *outputs)
{
    struct environment_validation work = { .given = given, .operands = operands };
    struct template_findings findings = { 0 };
    struct result_formats formats;
    struct environment_table table;
    int status = environment_table_formats_parse(cli, &given->tables, &formats), made;

    if (status != EXIT_STATUS_OK)
        return status;
    made = environment_table_make(cli, find_environment, &work, &table);
    status = check_inputs(cli, given, &work.inputs, outputs, &findings);
    validate_fill_table(&table, &work.inputs, &findings);
    return environment_table_finish(cli, &table, &formats,
        given->tables.count || result_formats_are_text(outputs), made == EXIT_STATUS_OK ? status : made);
}

static int watch(struct cli *cli, const struct validate_cli_options *given,
    const struct string_list *operands, const struct result_formats *outputs)
{
    uint64_t before = 0;
    int status = 0;

    while (status == 0) {
        struct validate_inputs inputs = { 0 };
        struct arena round = ARENA_INIT;
        VALUE_ARENA_SCOPE(&round);
        uint64_t state;

        status = find_inputs(cli, given, operands, &inputs);
        state = validate_inputs_state(&inputs);
        if (state != before && status == 0)
            check_inputs(cli, given, &inputs, outputs, NULL);
        fflush(stdout);
        before = state;
        arena_release(&round);
        validate_watch_pause();
    }
    return status;
}

static bool has_path(const struct string_list *operands)
{
    for (size_t i = 0; i < operands->count; i++)
        if (is_path(operands->items[i]))
            return true;
    return false;
}

static bool are_paths(const struct string_list *operands)
{
    for (size_t i = 0; i < operands->count; i++)
        if (!is_path(operands->items[i]))
            return false;
    return operands->count > 0;
}

static int run_validate(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct validate_cli_options *given = values;
    struct validate_inputs inputs = { 0 };
    struct result_formats outputs;
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (given->explain)
        return validate_rule_explain(cli, given->explain);
    if (given->list_rules) {
        validate_rules_print(cli);
        return EXIT_STATUS_OK;
    }
    if (result_formats_parse("--format", &given->formats, findings_format_names, &outputs, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if (validate_regions_check(&given->regions, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if (given->watch && !are_paths(operands))
        return cli_usage_error(cli, "'--watch' needs files or directories to look at");
    if (given->watch)
        return watch(cli, given, operands, &outputs);
    if ((cli->environments.count > 1 || given->tables.count) && !has_path(operands))
        return validate_environments(cli, given, operands, &outputs);
    status = find_inputs(cli, given, operands, &inputs);
    return status == 0 ? check_inputs(cli, given, &inputs, &outputs, NULL) : status;
}

const struct command_body cmd_validate = {
    .operands = { "STACK|FILE|DIR", 0, ANY_NUMBER, OPERAND_STACK_OR_FILE },
    .options = options,
    .options_size = sizeof(struct validate_cli_options),
    .description =
        "Checks CloudFormation templates, JSON or YAML, without asking AWS: those of the app's stacks, and any "
        "file or directory of them.\n\n"
        "Rules have the ids of cfn-lint, and of cdk-nag for good practice. What is not to be reported is said as "
        "for cfn-lint: in 'Metadata' of a template or a resource, in .cfnlintrc, or in YAML in a comment: "
        "# cfn-lint: ignore E3012 -- the reason.\n\n"
        "Of several environments (--env) the templates of all are checked, and a table sums up.\n\n"
        "The exit status is 0, or 1 when there are errors, with --strict also when there are warnings; 2 for a "
        "command line that cannot be understood.",
    .takes_environments = true,
    .run = run_validate,
};

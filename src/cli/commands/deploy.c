// SPDX-License-Identifier: MIT
#include "cli/app/context.h"
#include "cli/app/prerequisites.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/key_values.h"
#include "cli/core/prompt.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/approval.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/outputs.h"
#include "cli/stacks/plan.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "cli/validate/gate.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "schema/deletion.h"
#include "template/template.h"
#include "util/clock.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/human.h"

#include <stdio.h>
#include <string.h>

struct deploy_command {
    struct target_options target;
    const char *approval;
    bool yes;
    bool force;
    const char *method;
    const char *change_set_name;
    int concurrency;
    const char *outputs_file;
    struct string_list parameters;
    enum toggle previous_parameters;
    struct string_list tags;
    const char *role;
    struct string_list notification_arns;
    enum toggle rollback;
    bool import_existing;
    const char *progress;
    enum toggle protection;
    enum toggle asset_check;
    enum toggle preflight;
    enum toggle validation;
    bool dry_run;
    struct string_list formats;
    int express;
    struct string_list alarms;
    int monitoring_minutes;
    const char *on_failure;
    bool include_nested;
    bool retain_except_on_create;
    bool revert_drift;
};

static const char *const methods[] = { "change-set", "prepare-change-set", "execute-change-set", "direct",
    NULL };
static const char *const failure_names[] = { "rollback", "do-nothing", "delete", NULL };
static const struct option options[] = {
    TARGET_ALL(struct deploy_command),
    { "exclusively", 'e', OPTION_FLAG(struct deploy_command, target.exclusively),
        .help = "only these stacks, not those that they depend on" },
    { "require-approval", 0, OPTION_CHOICE(struct deploy_command, approval), .argument = "WHAT",
        .choices = approval_names, .help = "ask before such changes; the default is broadening" },
    { "yes", 'y', OPTION_FLAG(struct deploy_command, yes),
        .help = "take every question as answered with yes" },
    VALIDATION_OPTION(struct deploy_command),
    { "force", 'f', OPTION_FLAG(struct deploy_command, force),
        .help = "also stacks that seem unchanged; skip resources that cannot be rolled back" },
    { "method", 'm', OPTION_CHOICE(struct deploy_command, method), .argument = "HOW", .choices = methods,
        .help = "how a stack is changed; the default is change-set" },
    { "change-set-name", 0, OPTION_STRING(struct deploy_command, change_set_name), .argument = "NAME",
        .help = "name of the change set" },
    { "concurrency", 0, OPTION_INTEGER(struct deploy_command, concurrency), .argument = "N", .minimum = 1,
        .maximum = 1000, .help = "change at most N stacks at a time" },
    { "outputs-file", 'O', OPTION_STRING(struct deploy_command, outputs_file), .argument = "FILE",
        .help = "write the outputs of the stacks as JSON" },
    { "parameters", 0, OPTION_LIST(struct deploy_command, parameters), .argument = "[STACK:]KEY=VALUE",
        .help = "set a parameter of the templates; without a stack or with * of all that have it" },
    { "previous-parameters", 0, OPTION_TOGGLE(struct deploy_command, previous_parameters),
        .shown_negated = true, .help = "give parameters that are not set the template's defaults again" },
    { "tags", 't', OPTION_LIST(struct deploy_command, tags), .argument = "KEY=VALUE",
        .help = "tag every stack" },
    { "role-arn", 'r', OPTION_STRING(struct deploy_command, role), .argument = "ARN",
        .help = "IAM role that CloudFormation assumes" },
    { "notification-arns", 0, OPTION_LIST(struct deploy_command, notification_arns), .argument = "ARN",
        .help = "SNS topic that CloudFormation notifies of stack events" },
    { "rollback", 0, OPTION_TOGGLE(struct deploy_command, rollback), .shown_negated = true,
        .help = "leave a stack as it is where its change fails" },
    { "import-existing-resources", 0, OPTION_FLAG(struct deploy_command, import_existing),
        .help = "take over resources that exist under the names in the template" },
    { "progress", 0, OPTION_CHOICE(struct deploy_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    { "termination-protection", 0, OPTION_TOGGLE(struct deploy_command, protection),
        .help = "protect the stacks against deletion; --no-termination-protection takes that away" },
    { "asset-upload-check", 0, OPTION_TOGGLE(struct deploy_command, asset_check), .shown_negated = true,
        .help = "upload assets without looking whether they are there" },
    { "preflight", 0, OPTION_TOGGLE(struct deploy_command, preflight), .shown_negated = true,
        .help = "deploy without looking whether the account has what the stacks need" },
    { "dry-run", 0, OPTION_FLAG(struct deploy_command, dry_run),
        .help = "only show what would change, in which order, and about how long it would take" },
    FAILURE_FORMAT_OPTION(struct deploy_command),
    { "express", 0, OPTION_COUNT(struct deploy_command, express),
        .help = "for development: do not wait until resources are ready; twice for stacks that hold data" },
    { "rollback-alarm", 0, OPTION_LIST(struct deploy_command, alarms), .alias = "rollback-trigger-alarm-arns",
        .argument = "ARN",
        .help = "CloudWatch alarm because of which CloudFormation rolls a change back; up to five" },
    { "monitoring-minutes", 0, OPTION_INTEGER(struct deploy_command, monitoring_minutes),
        .alias = "monitoring-time-minutes", .argument = "N", .minimum = 0, .maximum = 180,
        .help = "watch these alarms for so long after a change" },
    { "on-failure", 0, OPTION_CHOICE(struct deploy_command, on_failure), .argument = "WHAT",
        .choices = failure_names,
        .help = "what becomes of a new stack whose creation fails; the default is rollback" },
    { "include-nested", 0, OPTION_FLAG(struct deploy_command, include_nested),
        .help = "change sets of nested stacks, too" },
    { "retain-except-on-create", 0, OPTION_FLAG(struct deploy_command, retain_except_on_create),
        .help = "when a change is rolled back, delete what it has made, also with DeletionPolicy Retain" },
    { "revert-drift", 0, OPTION_FLAG(struct deploy_command, revert_drift),
        .help = "also undo what was changed outside of CloudFormation" },
    TARGET_ASSET_ACCOUNTS(struct deploy_command),
    TARGET_OPTIONS(struct deploy_command),
    OPTION_END,
};

static enum deploy_method method_of(const char *name)
{
    int i = 0;

    while (name && strcmp(methods[i], name) != 0)
        i++;
    return (enum deploy_method)i;
}

enum { ALARMS_MAX = 5 }; // CloudFormation API reference, "RollbackConfiguration"

static const char *failure_action(const char *name)
{
    static const char *const actions[] = { "ROLLBACK", "DO_NOTHING", "DELETE" };
    size_t i = 0;

    while (name && strcmp(failure_names[i], name) != 0)
        i++;
    return name ? actions[i] : NULL;
}

static const struct value *rollback_configuration(const struct deploy_command *given)
{
    struct value *triggers = array();

    for (size_t i = 0; i < given->alarms.count; i++)
        array_append(triggers,
            object((struct field[]){ { "Arn", string(given->alarms.items[i]) },
                { "Type", string("AWS::CloudWatch::Alarm") }, END }));
    return given->alarms.count ? object((struct field[]){ { "RollbackTriggers", triggers },
                                     { "MonitoringTimeInMinutes", number(given->monitoring_minutes) }, END })
                               : NULL;
}

static bool stack_holds_data(const struct cloud_stack *stack)
{
    const struct value *resources = template_resources(stack->template);

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = object_at(resources, i)->value;

        if (resource_holds_data(object_string_or_empty(resource, "Type"), resource))
            return true;
    }
    return false;
}

static int check_express(
    const struct deploy_command *given, const struct target_stacks *target, struct error *err)
{
    for (size_t i = 0; i < target->assembly.stack_count; i++)
        if (given->express == 1 && target->chosen[i] && stack_holds_data(&target->assembly.stacks[i]))
            return error_set(err,
                "stack '%s' holds data, and CloudFormation's express mode says that it is done before it is\n"
                "'--express --express' deploys it all the same",
                target->assembly.stacks[i].display_name);
    return 0;
}

// What does not go together.
static int check_use(const struct deploy_command *given, struct error *err)
{
    bool no_change_set = given->method && strcmp(given->method, "direct") == 0;

    if (given->on_failure && given->rollback != TOGGLE_DEFAULT)
        return error_set(
            err, "'--on-failure' and '--%srollback' say the same", given->rollback == NO ? "no-" : "");
    if (given->monitoring_minutes && !given->alarms.count)
        return error_set(err, "'--monitoring-minutes' is about the alarms of '--rollback-alarm'");
    if (given->alarms.count > ALARMS_MAX)
        return error_set(
            err, "CloudFormation takes %d alarms at most, not %zu", ALARMS_MAX, given->alarms.count);
    if (given->alarms.count && given->rollback == NO)
        return error_set(err, "'--rollback-alarm' and '--no-rollback' contradict each other");
    if (given->express && given->on_failure && strcmp(given->on_failure, "delete") == 0)
        return error_set(err, "CloudFormation's express mode has no '--on-failure delete'");
    if (no_change_set && (given->include_nested || given->revert_drift))
        return error_set(err, "'--%s' needs a change set, which '--method direct' does without",
            given->include_nested ? "include-nested" : "revert-drift");
    return 0;
}

static int read_options(const struct deploy_command *given, const struct target_stacks *target,
    struct deploy_options *ret, struct error *err)
{
    struct value *parameters = key_values_read(&given->parameters);

    if (deployment_check_parameters(parameters, &target->assembly, target->chosen, err) < 0)
        return -1;
    *ret = (struct deploy_options){
        .method = method_of(given->method),
        .creates_directly = !given->method && !given->change_set_name,
        .change_set = given->change_set_name,
        .profile = target->profile,
        .role = given->role,
        .concurrency = (size_t)given->concurrency,
        .force = given->force,
        .no_rollback = given->rollback == NO,
        .on_failure = failure_action(given->on_failure),
        .rollback_configuration = rollback_configuration(given),
        .express = given->express > 0,
        .retain_except_on_create = given->retain_except_on_create,
        .include_nested = given->include_nested,
        .revert_drift = given->revert_drift,
        .import_existing_resources = given->import_existing,
        .skips_asset_check = given->asset_check == NO,
        .protection = given->protection,
        .asset_accounts = &given->target.asset_accounts,
        .parameters = parameters,
        .resets_parameters = given->previous_parameters == NO,
        .tags = key_values_read(&given->tags),
        .default_region = target->region,
    };
    if (given->notification_arns.count) {
        struct value *arns = array();

        for (size_t i = 0; i < given->notification_arns.count; i++)
            array_append(arns, string(given->notification_arns.items[i]));
        ret->notification_arns = arns;
    }
    return 0;
}

// What the command line leaves open, cdk.json may say.
static int apply_settings(struct deploy_command *given, const struct context *context, struct error *err)
{
    if (!given->approval &&
        context_setting_choice(context, "requireApproval", approval_names, &given->approval, err) < 0)
        return -1;
    if (!given->progress &&
        context_setting_choice(context, "progress", progress_modes, &given->progress, err) < 0)
        return -1;
    if (!given->outputs_file && context_setting_text(context, "outputsFile", &given->outputs_file, err) < 0)
        return -1;
    return context_setting_toggle(context, "rollback", &given->rollback, err);
}

struct deploy_run {
    struct cli *cli;
    const struct deploy_command *given;
    struct result_formats formats;
    struct progress progress;
    struct deployment deployment;
};

static bool approve(void *context, struct stack_job *job, const char **ret_problem)
{
    struct deploy_run *run = context;

    progress_clear(&run->progress);
    return run->given->yes ||
        approval_given(run->cli, approval_from_name(run->given->approval), job, ret_problem);
}

static bool confirm(void *context, struct stack_job *job, const char *question, const char **ret_problem)
{
    struct deploy_run *run = context;

    (void)job;
    progress_clear(&run->progress);
    if (run->given->yes)
        return true;
    if (prompt_is_possible())
        return prompt_yes("%-s", question);
    *ret_problem =
        display_printf(value_arena(), "%-s\nthere is no terminal to ask at; --yes says yes", question);
    return false;
}

static size_t count_stage(const struct deployment *deployment, enum job_stage stage)
{
    size_t count = 0;

    for (size_t i = 0; i < deployment->job_count; i++)
        count += deployment->jobs[i].stage == stage;
    return count;
}

// Whatever became of the others.
static int report_outputs(struct deploy_run *run)
{
    ERROR_AUTO err = ERROR_INIT;

    for (size_t i = 0; i < run->deployment.job_count && result_formats_are_text(&run->formats); i++)
        if (outputs_print(&run->deployment.jobs[i]))
            run->progress.is_buried = run->progress.has_failed;
    fflush(stdout);
    if (!run->given->outputs_file || outputs_write(&run->deployment, run->given->outputs_file, &err) == 0)
        return EXIT_STATUS_OK;
    return cli_error(run->cli, "%-s", err.message);
}

static int report_deploy(const struct deploy_run *run, int64_t began)
{
    const struct deployment *deployment = &run->deployment;
    size_t failed = count_stage(deployment, JOB_FAILED);
    size_t skipped = count_stage(deployment, JOB_SKIPPED);
    char time[32];

    if (failed || skipped)
        return cli_error(run->cli, "%zu stack%s failed, %zu skipped, of %zu", failed, failed == 1 ? "" : "s",
            skipped, deployment->job_count);
    cli_info(run->cli, "deployed in %s", human_duration(time, sizeof(time), clock_ms() - began));
    return EXIT_STATUS_OK;
}

static int report_plan(const struct deploy_run *run)
{
    size_t failed = count_stage(&run->deployment, JOB_FAILED);

    if (failed)
        return cli_error(run->cli, "%zu of %zu stack%s could not be deployed", failed,
            run->deployment.job_count, plural(run->deployment.job_count));
    if (!result_formats_are_text(&run->formats))
        document_print(plan_json(&run->deployment), true);
    else
        plan_print(&run->deployment);
    return EXIT_STATUS_OK;
}

static int deploy(
    struct deploy_run *run, struct target_stacks *target, const struct deploy_options *deploy_options)
{
    int64_t began = clock_ms();
    int status;

    progress_init(&run->progress, run->cli, &target->assembly, run->given->progress);
    run->progress.observer.approve = approve;
    run->progress.observer.confirm = confirm;
    run->progress.observer.context = run;
    status = account_run(&run->progress, &run->deployment,
        &(struct deployment_props){
            .operation = run->given->dry_run ? &dry_run_operation : &deploy_operation,
            .loop = &target->queue,
            .assembly = &target->assembly,
            .chosen = target->chosen,
            .options = deploy_options,
        });
    if (!run->given->dry_run && report_outputs(run) != EXIT_STATUS_OK && status == EXIT_STATUS_OK)
        status = EXIT_STATUS_FAILURE;
    else if (status == EXIT_STATUS_OK)
        status = run->given->dry_run ? report_plan(run) : report_deploy(run, began);
    cli_debug(run->cli, "%zu call%s of the AWS CLI", target->queue.calls, plural(target->queue.calls));
    if (run->given->dry_run)
        progress_repeat_failures(&run->progress);
    else
        status = failure_report_end(&run->progress, &run->formats, status);
    deployment_release(&run->deployment);
    return status;
}

static bool is_format_of_plan(const struct result_formats *given)
{
    return given->count == 1 && !given->items[0].file &&
        strcmp(failure_formats[given->items[0].format], "markdown") != 0;
}

static int run_deploy(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct deploy_command given = *(const struct deploy_command *)values;
    struct deploy_run run = { .cli = cli, .given = &given };
    TARGET_STACKS_AUTO target = { 0 };
    struct deploy_options deploy_options;
    ERROR_AUTO err = ERROR_INIT;
    size_t errors = 0;
    int status;

    if (result_formats_parse("--format", &given.formats, failure_formats, &run.formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if (given.dry_run && !is_format_of_plan(&run.formats))
        return cli_usage_error(cli, "'--dry-run' prints its plan as text or json, on standard output");
    if (check_use(&given, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = target_stacks_open(cli, &given.target, operands,
        &(struct target_need){ .extend = SELECT_UPSTREAM, .assets = true, .in_memory = given.dry_run },
        &target);
    if (status != 0)
        return status;
    if (validation_is_on(cli, given.validation))
        status = validation_check_target(cli, &target, &errors);
    if (status != 0)
        return status;
    if (errors)
        return cli_error(cli,
            "the templates have errors; nothing was deployed\n"
            "'--no-validation' deploys it all the same");
    if (check_express(&given, &target, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (apply_settings(&given, &target.synthesis.context, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (read_options(run.given, &target, &deploy_options, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if (run.given->preflight != NO)
        deploy_options.prerequisites = prerequisite_fixes(cli);
    return deploy(&run, &target, &deploy_options);
}

const struct command_body cmd_deploy = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct deploy_command),
    .description =
        "Deploys the stacks: uploads their assets, and creates or updates them side by side as far as they "
        "do not depend on each other. Unchanged stacks are skipped. A stack in a state that CloudFormation "
        "refuses to update is recovered first. Before anything is changed, what the stacks need of the "
        "account and do not create themselves is looked for, and what is missing is named, all of it at "
        "once.\n\n"
        "STACK is a name or a glob; what the stacks depend on is deployed as well. An interrupt (Ctrl-C) "
        "starts nothing new and leaves CloudFormation to finish what it has begun; running the command again "
        "resumes from there. --dry-run asks AWS only questions, and prints the plan; docs/deploy.md describes its "
        "JSON.",
    .run = run_deploy,
};

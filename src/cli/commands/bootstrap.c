// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/prompt.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/bootstrap_options.h"
#include "cli/stacks/environments.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "data/bootstrap.h"
#include "data/value.h"
#include "deploy/bootstrap/bootstrap_template.h"
#include "util/die.h"

#include <string.h>

static const struct option options[] = {
    { "yes", 'y', OPTION_FLAG(struct bootstrap_command, yes), .help = "do not ask" },
    { "show-template", 0, OPTION_FLAG(struct bootstrap_command, show_template),
        .help = "print the template of the bootstrap stack, and do nothing else" },
    { "json", 'j', OPTION_FLAG(struct bootstrap_command, json), .help = "print it as JSON, not YAML" },
    { "qualifier", 0, OPTION_STRING(struct bootstrap_command, qualifier), .argument = "TEXT",
        .help = "what the names of the resources have in them; also the context key "
                "@aws-cdk/core:bootstrapQualifier" },
    { "trust", 0, OPTION_LIST(struct bootstrap_command, trusted), .argument = "ACCOUNT",
        .help = "let this account deploy here" },
    { "trust-for-lookup", 0, OPTION_LIST(struct bootstrap_command, trusted_for_lookup), .argument = "ACCOUNT",
        .help = "let this account look values up here" },
    { "untrust", 0, OPTION_LIST(struct bootstrap_command, untrusted), .argument = "ACCOUNT",
        .help = "trust this account no longer" },
    { "cloudformation-execution-policies", 0, OPTION_LIST(struct bootstrap_command, policies),
        .argument = "ARN", .help = "managed policy with which CloudFormation deploys" },
    { "bootstrap-bucket-name", 'b', OPTION_STRING(struct bootstrap_command, bucket),
        .alias = "toolkit-bucket-name", .argument = "NAME", .help = "name of the staging bucket" },
    { "bootstrap-kms-key-id", 0, OPTION_STRING(struct bootstrap_command, key), .argument = "KEY",
        .help = "key that encrypts the bucket: AWS_MANAGED_KEY, an id or an ARN" },
    { "bootstrap-customer-key", 0, OPTION_TOGGLE(struct bootstrap_command, customer_key),
        .help = "make a key for the bucket" },
    { "custom-permissions-boundary", 0, OPTION_STRING(struct bootstrap_command, boundary), .argument = "NAME",
        .help = "policy that bounds what CloudFormation may do" },
    { "public-access-block-configuration", 0, OPTION_TOGGLE(struct bootstrap_command, public_access_block),
        .shown_negated = true, .help = "leave it to the account to block public access to the bucket" },
    { "termination-protection", 0, OPTION_TOGGLE(struct bootstrap_command, protection),
        .help = "protect the stack against deletion" },
    { "tags", 't', OPTION_LIST(struct bootstrap_command, tags), .argument = "KEY=VALUE",
        .help = "tag the stack" },
    { "toolkit-stack-name", 0, OPTION_STRING(struct bootstrap_command, stack), .argument = "NAME",
        .help = "name of the stack; the default is CDKToolkit" },
    { "force", 'f', OPTION_FLAG(struct bootstrap_command, force),
        .help = "also over a newer version, or another variant" },
    TARGET_IN_MEMORY_OPTIONS(struct bootstrap_command),
    OPTION_END,
};

struct bootstrap_run {
    struct cli *cli;
    const struct bootstrap_command *given;
    struct progress progress;
    struct bootstrap bootstrap;
    struct deployment deployment;
};

static void announce_list(
    const struct bootstrap_run *run, const struct stack_job *job, const char *parameter, const char *what)
{
    const char *text = bootstrap_parameter(job, parameter);

    if (text && *text)
        cli_info(run->cli, "  %s: %s", what, text);
}

static void announce(const struct bootstrap_run *run, const struct stack_job *job)
{
    const char *policies = bootstrap_parameter(job, "CloudFormationExecutionPolicies");
    int version = bootstrap_version(job);

    if (version && version != BOOTSTRAP_VERSION)
        cli_info(run->cli, "account %s in %s: bootstrap version %d becomes %d", job->environment->account,
            job->environment->region, version, BOOTSTRAP_VERSION);
    else
        cli_info(run->cli, "account %s in %s: bootstrap version %d, %s", job->environment->account,
            job->environment->region, BOOTSTRAP_VERSION,
            version ? "exists and will be updated"
                    : "a bucket and a repository for assets, roles that deploy");
    announce_list(run, job, "TrustedAccounts", "accounts that may deploy");
    announce_list(run, job, "TrustedAccountsForLookup", "accounts that may look values up");
    if (policies && *policies)
        announce_list(run, job, "CloudFormationExecutionPolicies", "CloudFormation may do what these allow");
    else
        cli_info(run->cli,
            "  CloudFormation may do anything (AdministratorAccess); --cloudformation-execution-policies "
            "narrows it");
}

static bool begin_bootstrap(void *data)
{
    struct bootstrap_run *run = data;
    size_t count = 0;

    progress_clear(&run->progress);
    for (size_t i = 0; i < run->deployment.job_count; i++)
        if (!job_has_ended(&run->deployment.jobs[i])) {
            announce(run, &run->deployment.jobs[i]);
            count++;
        }
    if (!count || run->given->yes)
        return true;
    if (!prompt_is_possible()) {
        cli_error(run->cli, "there is no terminal to ask whether to do that; --yes does not ask");
        return false;
    }
    return prompt_yes("Bootstrap %zu environment%s?", count, count == 1 ? "" : "s");
}

static int report_bootstrap(const struct bootstrap_run *run)
{
    size_t failed = 0;

    for (size_t i = 0; i < run->deployment.job_count; i++)
        failed += run->deployment.jobs[i].stage == JOB_FAILED || run->deployment.jobs[i].stage == JOB_SKIPPED;
    if (failed)
        return cli_error(run->cli, "%zu of %zu environment%s not bootstrapped", failed,
            run->deployment.job_count, run->deployment.job_count == 1 ? " was" : "s were");
    return EXIT_STATUS_OK;
}

static int bootstrap(struct bootstrap_run *run, struct target_stacks *target)
{
    bool *chosen = arena_alloc(value_arena(), run->bootstrap.assembly.stack_count * sizeof(*chosen));
    int status;

    memset(chosen, true, run->bootstrap.assembly.stack_count * sizeof(*chosen));
    progress_init(&run->progress, run->cli, &run->bootstrap.assembly, NULL);
    run->progress.observer.begin = begin_bootstrap;
    run->progress.observer.context = run;
    status = account_run(&run->progress, &run->deployment,
        &(struct deployment_props){
            .operation = &bootstrap_operation,
            .loop = &target->queue,
            .assembly = &run->bootstrap.assembly,
            .chosen = chosen,
            .options = &run->bootstrap.options,
            .context = &run->bootstrap,
        });
    if (status == EXIT_STATUS_OK)
        status = report_bootstrap(run);
    deployment_release(&run->deployment);
    return status;
}

static int run_bootstrap(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct bootstrap_run run = { .cli = cli, .given = values };
    TARGET_STACKS_AUTO target = { 0 };
    struct bootstrap_settings settings;
    struct environment_list environments = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (run.given->show_template) {
        document_print(bootstrap_template(), run.given->json);
        return EXIT_STATUS_OK;
    }
    status = operands->count
        ? environments_open(cli, operands, &target, &environments)
        : environments_open_app(cli, &run.given->target, operands, &target, &environments);
    if (status != 0)
        return status;
    if (bootstrap_settings_read(run.given, &target, &settings, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    bootstrap_init(&run.bootstrap, &settings, environments.items, environments.count);
    return bootstrap(&run, &target);
}

const struct command_body cmd_bootstrap = {
    .operands = { "ENVIRONMENT", 0, ANY_NUMBER, OPERAND_ENVIRONMENT },
    .options = options,
    .options_size = sizeof(struct bootstrap_command),
    .description =
        "Deploys the bootstrap stack, which holds what deployments to an account and region need: a bucket "
        "and a repository for assets, and the roles that upload, deploy and look up. It is compatible with "
        "the CDK's bootstrap: each tool uses, and updates, what the other has deployed.\n\n"
        "ENVIRONMENT is aws://ACCOUNT/REGION; without one, every environment of the app's stacks is "
        "bootstrapped. An existing bootstrap keeps its parameters unless an option overrides them; a newer "
        "version is not changed.",
    .run = run_bootstrap,
};

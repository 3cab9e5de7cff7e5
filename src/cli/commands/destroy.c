// SPDX-License-Identifier: MIT
#include "deploy/operations/destroy.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/prompt.h"
#include "cli/stacks/account_run.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "template/template.h"
#include "util/clock.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/human.h"
#include "util/text/suggest.h"

#include <stdarg.h>

struct destroy_command {
    struct target_options target;
    bool force;
    bool yes;
    const char *role;
    int concurrency;
    const char *progress;
    bool dry_run;
    struct string_list formats;
    struct string_list retained;
    bool force_delete;
    bool express;
};

static const struct option options[] = {
    TARGET_ALL(struct destroy_command),
    { "exclusively", 'e', OPTION_FLAG(struct destroy_command, target.exclusively),
        .help = "only these stacks, not those that depend on them" },
    { "force", 'f', OPTION_FLAG(struct destroy_command, force), .help = "do not ask" },
    { "yes", 'y', OPTION_FLAG(struct destroy_command, yes), .help = "do not ask" },
    { "role-arn", 'r', OPTION_STRING(struct destroy_command, role), .argument = "ARN",
        .help = "IAM role that CloudFormation assumes" },
    { "concurrency", 0, OPTION_INTEGER(struct destroy_command, concurrency), .argument = "N", .minimum = 1,
        .maximum = 1000, .help = "delete at most N stacks at a time" },
    { "progress", 0, OPTION_CHOICE(struct destroy_command, progress), .argument = "HOW",
        .choices = progress_modes, .help = "what is shown; the default is bar on a terminal, else events" },
    { "dry-run", 0, OPTION_FLAG(struct destroy_command, dry_run),
        .help = "only show what would be deleted, lost and retained, and what would stop it" },
    FAILURE_FORMAT_OPTION(struct destroy_command),
    { "retain", 0, OPTION_LIST(struct destroy_command, retained), .argument = "LOGICAL_ID",
        .help = "leave this resource, without a stack, where its deletion fails; may be given again" },
    { "force-delete", 0, OPTION_FLAG(struct destroy_command, force_delete),
        .help = "leave every resource whose deletion fails, without a stack" },
    { "express", 0, OPTION_FLAG(struct destroy_command, express),
        .help = "do not wait until resources are gone" },
    TARGET_IN_MEMORY_OPTIONS(struct destroy_command),
    OPTION_END,
};

struct destroy_run {
    struct cli *cli;
    const struct destroy_command *given;
    struct result_formats formats;
    struct progress progress;
    struct deployment deployment;
    bool was_told; // of a dry run: all that there is to say
    void (*report_stage)(void *data, struct stack_job *job);
};

// Of a dry run that is the result.
static void tell(const struct destroy_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(const struct destroy_run *run, const char *format, ...)
{
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = display_vprintf(value_arena(), format, arguments);
    va_end(arguments);
    if (run->given->dry_run)
        print("%-s\n", text);
    else
        cli_info(run->cli, "%-s", text);
}

// What an earlier deletion has taken away, or a condition never made, is not there to be lost.
static bool is_there(const struct stack_job *job, const char *logical_id)
{
    const struct value *resources = job->removal.resources;

    for (size_t i = 0; i < value_length(resources); i++)
        if (strcmp(object_string_or_empty(array_at(resources, i), "LogicalResourceId"), logical_id) == 0)
            return job_resource_is_there(array_at(resources, i));
    return false;
}

static void list_losses(const struct destroy_run *run, const struct stack_job *job)
{
    static const char *const effects[] = { [EFFECT_DATA_LOST] = "its data is lost",
        [EFFECT_SNAPSHOT] = "a snapshot is made of it",
        [EFFECT_RETAINED] = "it is retained" };
    const struct value *resources = template_resources(job->current_template);

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct field *resource = object_at(resources, i);
        const char *construct = cloud_stack_construct(job->stack, resource->key);
        enum deletion_effect effect = resource_deletion_effect(resource->value);

        if (!is_there(job, resource->key))
            continue;
        if (effects[effect])
            tell(run, "  %s (%s): %s", construct ? construct : resource->key,
                object_string_or_empty(resource->value, "Type"), effects[effect]);
        if (function_is_at_edge(job->current_template, resource->key))
            tell(run,
                "  %s (%s): it can be deleted only hours after its distribution, when CloudFront has deleted "
                "its replicas: the rest goes now, and it when the same command is run again then",
                construct ? construct : resource->key, object_string_or_empty(resource->value, "Type"));
    }
    for (size_t i = 0; i < value_length(job->removal.buckets); i++)
        tell(run, "  bucket %s is emptied", value_string_or_empty(array_at(job->removal.buckets, i)));
    for (size_t i = 0; i < value_length(job->removal.databases); i++)
        tell(run, "  database %s is protected, but its stack was never complete: protection is turned off",
            object_string_or_empty(array_at(job->removal.databases, i), "Id"));
}

// Those that no stack has are a mistake.
static bool knows_retained(const struct destroy_run *run)
{
    const struct string_list *retained = &run->given->retained;

    for (size_t i = 0; i < retained->count; i++) {
        struct suggestion suggestion = SUGGESTION_FOR(retained->items[i]);
        bool is_known = false;

        for (size_t j = 0; j < run->deployment.job_count; j++) {
            const struct value *resources = run->deployment.jobs[j].removal.resources;

            for (size_t k = 0; k < value_length(resources); k++) {
                const char *id = object_string_or_empty(array_at(resources, k), "LogicalResourceId");

                is_known |= strcmp(id, retained->items[i]) == 0;
                suggestion_consider(&suggestion, id);
            }
        }
        if (is_known)
            continue;
        cli_error(run->cli, "no stack that is destroyed has a resource '%s'%s%s%s", retained->items[i],
            suggestion.best ? "; did you mean '" : "", suggestion.best ? suggestion.best : "",
            suggestion.best ? "'?" : "");
        return false;
    }
    return true;
}

static bool begin_destroy(void *data)
{
    struct destroy_run *run = data;
    size_t count = 0;

    progress_clear(&run->progress);
    for (size_t i = 0; i < run->deployment.job_count; i++) {
        const struct stack_job *job = &run->deployment.jobs[i];

        if (job_has_ended(job))
            continue;
        tell(run, "%s: %zu resource%s", job->stack->display_name, job->change_count,
            job->change_count == 1 ? " goes" : "s go");
        list_losses(run, job);
        count++;
    }
    if (!knows_retained(run))
        return false;
    if (run->given->dry_run) {
        run->was_told = true;
        print("%zu stack%s would be destroyed\n", count, plural(count));
        return false;
    }
    if (!count || run->given->force || run->given->yes)
        return true;
    if (!prompt_is_possible()) {
        cli_error(run->cli, "there is no terminal to ask whether to destroy that; --force does not ask");
        return false;
    }
    return prompt_yes("Destroy %zu stack%s?", count, count == 1 ? "" : "s");
}

// What a dry run has told of is not skipped.
static void on_stage(void *data, struct stack_job *job)
{
    struct progress *progress = data;
    const struct destroy_run *run = progress->observer.context;

    if (!run->was_told || job->stage != JOB_SKIPPED)
        run->report_stage(data, job);
}

static int report_destroy(const struct destroy_run *run, int64_t began)
{
    size_t failed = 0;
    char time[32];

    for (size_t i = 0; i < run->deployment.job_count; i++)
        failed += run->deployment.jobs[i].stage == JOB_FAILED || run->deployment.jobs[i].stage == JOB_SKIPPED;
    if (failed && run->given->dry_run)
        return cli_error(run->cli, "nothing would be destroyed");
    if (failed)
        return cli_error(run->cli, "%zu of %zu stack%s not destroyed", failed, run->deployment.job_count,
            run->deployment.job_count == 1 ? " was" : "s were");
    cli_info(run->cli, "destroyed in %s", human_duration(time, sizeof(time), clock_ms() - began));
    return EXIT_STATUS_OK;
}

static int destroy(
    struct destroy_run *run, struct target_stacks *target, const struct deploy_options *deploy_options)
{
    int64_t began = clock_ms();
    int status;

    progress_init(&run->progress, run->cli, &target->assembly, run->given->progress);
    run->report_stage = run->progress.observer.stage;
    run->progress.observer.stage = on_stage;
    run->progress.observer.begin = begin_destroy;
    run->progress.observer.context = run;
    status = account_run(&run->progress, &run->deployment,
        &(struct deployment_props){
            .operation = &destroy_operation,
            .loop = &target->queue,
            .assembly = &target->assembly,
            .chosen = target->chosen,
            .options = deploy_options,
        });
    if (status == EXIT_STATUS_OK && !run->was_told)
        status = report_destroy(run, began);
    status = failure_report_end(&run->progress, &run->formats, status);
    deployment_release(&run->deployment);
    return status;
}

static int run_destroy(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct destroy_run run = { .cli = cli, .given = values };
    struct value *retained = array();
    struct deploy_options deploy_options;
    TARGET_STACKS_AUTO target = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (result_formats_parse("--format", &run.given->formats, failure_formats, &run.formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = target_stacks_open(cli, &run.given->target, operands,
        &(struct target_need){ .extend = SELECT_DOWNSTREAM, .in_memory = true }, &target);
    if (status != 0)
        return status;
    for (size_t i = 0; i < run.given->retained.count; i++)
        array_append(retained, string(run.given->retained.items[i]));
    deploy_options = (struct deploy_options){
        .retained = retained,
        .forces_deletion = run.given->force_delete,
        .express = run.given->express,
        .profile = target.profile,
        .role = run.given->role,
        .concurrency = (size_t)run.given->concurrency,
        .default_region = target.region,
    };
    return destroy(&run, &target, &deploy_options);
}

const struct command_body cmd_destroy = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct destroy_command),
    .description =
        "Deletes the stacks, and those that depend on them, in reverse order. Before anything happens it "
        "names what is lost, what a snapshot is made of, and what is retained, and asks. Buckets that the "
        "template marks for it (the tag aws-cdk:auto-delete-objects) are emptied. A stack that is protected "
        "against deletion is refused. --dry-run looks at all of this, prints it, and changes nothing.",
    .run = run_destroy,
};

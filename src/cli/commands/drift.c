// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/paragraph.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/human.h"

#include <stdio.h>

enum { REASON_INDENT = 15, VALUE_INDENT = 16 }; // of what goes on in the next line

struct drift_command {
    struct target_options target;
    bool fail;
    bool json;
};

static const struct option options[] = {
    { "fail", 0, OPTION_FLAG(struct drift_command, fail),
        .help = "exit status 1 when something has drifted" },
    { "json", 'j', OPTION_FLAG(struct drift_command, json), .help = "print JSON" },
    TARGET_IN_MEMORY_OPTIONS(struct drift_command),
    OPTION_END,
};

static bool has_drifted(const struct drifted_resource *resource)
{
    return resource->status == DRIFT_MODIFIED || resource->status == DRIFT_DELETED;
}

static void print_properties(const struct drifted_resource *resource)
{
    for (size_t i = 0; i < resource->property_count; i++) {
        const struct drifted_property *property = &resource->properties[i];

        print("    %s\n", property->path);
        if (*property->expected)
            paragraph_printf(VALUE_INDENT, "      expected  %s\n", property->expected);
        paragraph_printf(
            VALUE_INDENT, "      actual    %s\n", *property->actual ? property->actual : "(nothing)");
    }
}

static void print_resources(
    const struct stack_job *job, bool (*wanted)(const struct drifted_resource *resource))
{
    for (size_t i = 0; i < job->drift->resource_count; i++) {
        const struct drifted_resource *resource = &job->drift->resources[i];

        if (!wanted(resource))
            continue;
        paragraph_printf(REASON_INDENT, "  %-11s  %s  %s%s%s\n", drift_status_name(resource->status),
            resource->type, resource_name(job, resource->logical_id), *resource->reason ? ": " : "",
            resource->reason);
        print_properties(resource);
    }
}

static bool is_unchecked(const struct drifted_resource *resource)
{
    return resource->status == DRIFT_NOT_CHECKED;
}

static void print_stack(const struct cli *cli, const struct stack_job *job)
{
    const struct drift *drift = job->drift;

    print("%s: ", job->stack->display_name);
    if (drift->drifted)
        print("%zu of %zu resource%s drifted", drift->drifted, drift->resource_count,
            plural(drift->resource_count));
    else
        print("no drift");
    if (drift->not_checked)
        print(", %zu not checked", drift->not_checked);
    print("\n");
    print_resources(job, has_drifted);
    if (cli->globals.verbose)
        print_resources(job, is_unchecked);
}

static struct value *describe_properties(const struct drifted_resource *resource)
{
    struct value *list = array();

    for (size_t i = 0; i < resource->property_count; i++)
        array_append(list,
            object((struct field[]){
                { "path", string(resource->properties[i].path) },
                { "expected", string(resource->properties[i].expected) },
                { "actual", string(resource->properties[i].actual) },
                { "kind", string(resource->properties[i].kind) },
                END,
            }));
    return list;
}

static struct value *describe_stack(const struct stack_job *job)
{
    struct value *resources = array();

    for (size_t i = 0; i < job->drift->resource_count; i++) {
        const struct drifted_resource *resource = &job->drift->resources[i];

        array_append(resources,
            object((struct field[]){
                { "logicalId", string(resource->logical_id) },
                { "physicalId", string(resource->physical_id) },
                { "construct", string(cloud_stack_construct(job->stack, resource->logical_id)) },
                { "type", string(resource->type) },
                { "drift", string(drift_status_name(resource->status)) },
                { "reason", *resource->reason ? string(resource->reason) : NULL },
                { "properties", resource->property_count ? describe_properties(resource) : NULL },
                END,
            }));
    }
    return object((struct field[]){
        { "drifted", number((double)job->drift->drifted) },
        { "notChecked", number((double)job->drift->not_checked) },
        { "resources", resources },
        END,
    });
}

// A detection that failed in the middle has found something nevertheless.
// `seen`: every stack could be looked at.
static size_t report_drift(const struct stack_query *query, bool json, bool seen)
{
    struct value *all = object((struct field[]){ END });
    size_t drifted = 0;

    for (size_t i = 0; i < query->deployment.job_count; i++) {
        const struct stack_job *job = &query->deployment.jobs[i];

        if (!job->drift || (job->drift->problem && !job->drift->drifted))
            continue;
        drifted += job->drift->drifted;
        if (json)
            object_set(all, job->stack->name, describe_stack(job));
        else
            print_stack(query->cli, job);
    }
    if (json && (seen || value_length(all)))
        document_print(all, true);
    return drifted;
}

static int run_drift(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct drift_command *given = values;
    STACK_QUERY_AUTO query;
    int status = stack_query_open(cli, &given->target, operands, &drift_operation, &query);
    size_t drifted;

    if (status != 0)
        return status;
    status = stack_query_status(&query);
    drifted = report_drift(&query, given->json, status == EXIT_STATUS_OK);
    return drifted && given->fail ? EXIT_STATUS_FAILURE : status;
}

const struct command_body cmd_drift = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct drift_command),
    .description = "Has CloudFormation detect drift: compares the resources of deployed stacks with their "
                   "templates, and shows those that were changed or deleted since. All stacks are checked "
                   "side by side; without STACK those of the app. STACK may also be the CloudFormation name "
                   "of a stack that the app does not have.\n\n"
                   "Some types cannot be checked; -v names the resources that were not.",
    .run = run_drift,
};

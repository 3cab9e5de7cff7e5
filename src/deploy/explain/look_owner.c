// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/value.h"
#include "template/template.h"

#include <string.h>

// Properties that name a resource, of types whose refusal says no name.
static const char *const names[] = { "RoleName", "BucketName", "QueueName", "TopicName", "LogGroupName",
    "FunctionName", "Name", "ClusterName", "ServiceName", "RepositoryName", "DBClusterIdentifier",
    "DBProxyName", NULL };

static const char *name_in_template(const struct failure_inquiry *inquiry)
{
    const struct value *resource =
        object_get(template_resources(inquiry->job->stack->template), inquiry->explanation->logical_id);
    const char *name = NULL;

    for (const char *const *key = names; *key && !name; key++)
        name = object_string(object_get(resource, "Properties"), *key);
    return name;
}

// The deleted stack of this name that has kept it, as its resources tell (DELETE_SKIPPED).
static const char *find_retaining(struct failure_inquiry *inquiry, const char *name)
{
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "list-stacks", NULL },
            object((struct field[]){
                { "StackStatusFilter", strings((const char *[]){ "DELETE_COMPLETE", NULL }) }, END }),
            "which stacks were deleted");
    const struct value *stacks = object_get(answer, "StackSummaries");
    int asked = 0;

    for (size_t i = 0; i < value_length(stacks) && asked < 5; i++) {
        const struct value *stack = array_at(stacks, i);
        const struct value *resources;

        if (strcmp(object_string_or_empty(stack, "StackName"), inquiry->job->stack->name) != 0)
            continue;
        asked++;
        answer = inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "list-stack-resources", NULL },
            object((struct field[]){ { "StackName", object_get(stack, "StackId") }, END }),
            "what an earlier stack has left");
        resources = object_get(answer, "StackResourceSummaries");
        for (size_t j = 0; j < value_length(resources); j++) {
            const struct value *one = array_at(resources, j);

            if (strcmp(object_string_or_empty(one, "PhysicalResourceId"), name) == 0 &&
                strcmp(object_string_or_empty(one, "ResourceStatus"), "DELETE_SKIPPED") == 0)
                return object_string_or_empty(stack, "DeletionTime");
        }
    }
    return NULL;
}

// CloudFormation API reference, "DescribeStackResources": a physical id finds the stack that it is part of.
void look_owner(struct failure_inquiry *inquiry)
{
    const char *name = object_string(inquiry->captures, "name");
    const char *refusal = NULL, *deleted;
    const struct value *answer, *owner;

    if (!name || strchr(name, ' '))
        name = name_in_template(inquiry);
    if (!name)
        return;
    object_set(inquiry->captures, "name", string(name));
    answer = inquiry_try(inquiry, (const char *const[]){ "cloudformation", "describe-stack-resources", NULL },
        object((struct field[]){ { "PhysicalResourceId", string(name) }, END }), "which stack has it",
        &refusal);
    owner = array_at(object_get(answer, "StackResources"), 0);
    if (owner) {
        detail_addf(inquiry_detail(inquiry, "owner"), "stack %s has it, as %s (%s)",
            object_string_or_empty(owner, "StackName"), object_string_or_empty(owner, "LogicalResourceId"),
            object_string_or_empty(owner, "ResourceType"));
        return;
    }
    if (!answer && !refusal)
        return;
    deleted = find_retaining(inquiry, name);
    if (deleted)
        detail_addf(inquiry_detail(inquiry, "owner"),
            "an earlier stack %s, deleted %s, has retained it: --import-existing-resources takes it over",
            inquiry->job->stack->name, deleted);
    else
        detail_addf(inquiry_detail(inquiry, "owner"),
            "no stack of this account and region: somebody has made it by hand, or a stack that is gone has left it");
}

void look_importers(struct failure_inquiry *inquiry)
{
    const char *export = object_string(inquiry->captures, "export");
    const struct value *answer, *imports;
    struct value *lines;

    if (!export)
        return;
    answer = inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "list-imports", NULL },
        object((struct field[]){ { "ExportName", string(export) }, END }), "which stacks import it");
    imports = object_get(answer, "Imports");
    if (!value_length(imports))
        return;
    lines = inquiry_detail(inquiry, "imported by");
    for (size_t i = 0; i < value_length(imports); i++)
        detail_addf(lines, "%s", value_string_or_empty(array_at(imports, i)));
}

// SPDX-License-Identifier: MIT
#include "awscli/cloudformation.h"

#include "data/value.h"

#include <stdio.h>
#include <string.h>

static void call(
    cloudformation *cf, const char *operation, const struct value *input, struct aws_callback then)
{
    event_loop_call(cf->queue,
        &(struct aws_call){
            .target = cf->target,
            .arguments = (const char *const[]){ "cloudformation", operation, NULL },
            .input = input,
            .then = then,
        });
}

static struct value *stack_alone(const char *stack)
{
    return object((struct field[]){ { "StackName", string(stack) }, END });
}

void describe_stacks(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "describe-stacks", stack_alone(stack), then);
}

void list_stacks(cloudformation *cf, const struct value *statuses, struct aws_callback then)
{
    call(cf, "list-stacks",
        object((struct field[]){ { "StackStatusFilter", (struct value *)statuses }, END }), then);
}

void describe_stack_events(cloudformation *cf, const char *stack, int count, struct aws_callback then)
{
    char items[16];

    snprintf(items, sizeof(items), "%d", count);
    event_loop_call(cf->queue,
        &(struct aws_call){
            .target = cf->target,
            .arguments = (const char *const[]){ "cloudformation", "describe-stack-events", "--max-items",
                items, NULL },
            .input = stack_alone(stack),
            .then = then,
        });
}

void list_stack_resources(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "list-stack-resources", stack_alone(stack), then);
}

const char *summary_physical_id(const struct value *summaries, const char *logical_id)
{
    for (size_t i = 0; i < value_length(summaries); i++) {
        const struct value *summary = array_at(summaries, i);
        const char *logical = object_string(summary, "LogicalResourceId");

        if (logical && strcmp(logical, logical_id) == 0)
            return object_string(summary, "PhysicalResourceId");
    }
    return NULL;
}

void get_template(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "get-template",
        object(
            (struct field[]){ { "StackName", string(stack) }, { "TemplateStage", string("Original") }, END }),
        then);
}

void get_change_set_template(cloudformation *cf, const char *change_set, struct aws_callback then)
{
    call(cf, "get-template",
        object((struct field[]){
            { "ChangeSetName", string(change_set) }, { "TemplateStage", string("Original") }, END }),
        then);
}

void get_template_summary(cloudformation *cf, const char *template_body, struct aws_callback then)
{
    call(cf, "get-template-summary",
        object((struct field[]){ { "TemplateBody", string(template_body) }, END }), then);
}

static struct value *capabilities(void)
{
    return strings(
        (const char *[]){ "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND", NULL });
}

// What every way to change a stack has in common.
static struct value *stack_input(const struct stack_request *request)
{
    return object((struct field[]){
        { "StackName", string(request->stack) },
        { "TemplateBody", string(request->template_body) },
        { "TemplateURL", string(request->template_url) },
        { "Parameters", (struct value *)request->parameters },
        { "Capabilities", capabilities() },
        { "Tags", (struct value *)request->tags },
        { "NotificationARNs", (struct value *)request->notification_arns },
        { "RoleARN", string(request->role) },
        { "RollbackConfiguration", (struct value *)request->rollback_configuration },
        END,
    });
}

// Takes the place of DisableRollback (CloudFormation API reference, "DeploymentConfig").
static void add_express(struct value *input, bool disable_rollback)
{
    object_set(input, "DeploymentConfig",
        object((struct field[]){
            { "Mode", string("EXPRESS") }, { "DisableRollback", boolean(disable_rollback) }, END }));
}

static void add_failure_options(struct value *input, const struct stack_request *request)
{
    if (request->disable_rollback && !request->express && !request->on_failure)
        object_set(input, "DisableRollback", boolean(true));
    if (request->retain_except_on_create)
        object_set(input, "RetainExceptOnCreate", boolean(true));
}

void create_change_set(cloudformation *cf, const struct stack_request *request, struct aws_callback then)
{
    struct value *input = stack_input(request);

    object_set(input, "ChangeSetName", string(request->change_set));
    object_set(input, "ChangeSetType", string(request->change_set_type));
    object_set(input, "Description", string(request->description));
    object_set(input, "ClientToken", string(request->token));
    object_set(input, "ResourcesToImport", (struct value *)request->resources_to_import);
    if (request->import_existing_resources)
        object_set(input, "ImportExistingResources", boolean(true));
    if (request->include_nested)
        object_set(input, "IncludeNestedStacks", boolean(true));
    if (request->revert_drift)
        object_set(input, "DeploymentMode", string("REVERT_DRIFT"));
    if (request->express)
        add_express(input, request->disable_rollback);
    else if (request->on_failure)
        object_set(input, "OnStackFailure", string(request->on_failure));
    call(cf, "create-change-set", input, then);
}

static struct value *change_set_input(const char *stack, const char *change_set)
{
    return object(
        (struct field[]){ { "StackName", string(stack) }, { "ChangeSetName", string(change_set) }, END });
}

void describe_change_set(
    cloudformation *cf, const char *stack, const char *change_set, struct aws_callback then)
{
    call(cf, "describe-change-set", change_set_input(stack, change_set), then);
}

void list_change_sets(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "list-change-sets", stack_alone(stack), then);
}

void execute_change_set(cloudformation *cf, const struct stack_request *request, struct aws_callback then)
{
    struct value *input = change_set_input(request->stack, request->change_set);

    object_set(input, "ClientRequestToken", string(request->token));
    add_failure_options(input, request);
    call(cf, "execute-change-set", input, then);
}

void delete_change_set(
    cloudformation *cf, const char *stack, const char *change_set, struct aws_callback then)
{
    call(cf, "delete-change-set", change_set_input(stack, change_set), then);
}

static struct value *direct_input(const struct stack_request *request)
{
    struct value *input = stack_input(request);

    object_set(input, "ClientRequestToken", string(request->token));
    add_failure_options(input, request);
    if (request->express)
        add_express(input, request->disable_rollback);
    return input;
}

void create_stack(cloudformation *cf, const struct stack_request *request, struct aws_callback then)
{
    struct value *input = direct_input(request);

    if (request->on_failure && !request->express)
        object_set(input, "OnFailure", string(request->on_failure));
    if (request->termination_protection)
        object_set(input, "EnableTerminationProtection", boolean(true));
    call(cf, "create-stack", input, then);
}

void update_stack(cloudformation *cf, const struct stack_request *request, struct aws_callback then)
{
    call(cf, "update-stack", direct_input(request), then);
}

static struct value *operation_input(const char *stack, const char *role, const char *token)
{
    return object((struct field[]){
        { "StackName", string(stack) },
        { "RoleARN", string(role) },
        { "ClientRequestToken", string(token) },
        END,
    });
}

void delete_stack(cloudformation *cf, const struct stack_deletion *deletion, struct aws_callback then)
{
    struct value *input = operation_input(deletion->stack, deletion->role, deletion->token);

    if (value_length(deletion->retained))
        object_set(input, "RetainResources", (struct value *)deletion->retained);
    if (deletion->is_forced)
        object_set(input, "DeletionMode", string("FORCE_DELETE_STACK"));
    if (deletion->express)
        object_set(input, "DeploymentConfig", object((struct field[]){ { "Mode", string("EXPRESS") }, END }));
    call(cf, "delete-stack", input, then);
}

void cancel_update_stack(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "cancel-update-stack", stack_alone(stack), then);
}

void rollback_stack(
    cloudformation *cf, const char *stack, const char *role, const char *token, struct aws_callback then)
{
    call(cf, "rollback-stack", operation_input(stack, role, token), then);
}

void continue_update_rollback(cloudformation *cf, const char *stack, const char *role,
    const struct value *skipped, const char *token, struct aws_callback then)
{
    struct value *input = operation_input(stack, role, token);

    object_set(input, "ResourcesToSkip", value_length(skipped) ? (struct value *)skipped : NULL);
    call(cf, "continue-update-rollback", input, then);
}

void update_termination_protection(cloudformation *cf, const char *stack, bool on, struct aws_callback then)
{
    call(cf, "update-termination-protection",
        object((struct field[]){
            { "StackName", string(stack) }, { "EnableTerminationProtection", boolean(on) }, END }),
        then);
}

void list_imports(cloudformation *cf, const char *export_name, struct aws_callback then)
{
    call(cf, "list-imports", object((struct field[]){ { "ExportName", string(export_name) }, END }), then);
}

void detect_stack_drift(cloudformation *cf, const char *stack, struct aws_callback then)
{
    call(cf, "detect-stack-drift", stack_alone(stack), then);
}

void describe_stack_drift_detection_status(cloudformation *cf, const char *id, struct aws_callback then)
{
    call(cf, "describe-stack-drift-detection-status",
        object((struct field[]){ { "StackDriftDetectionId", string(id) }, END }), then);
}

void describe_stack_resource_drifts(
    cloudformation *cf, const char *stack, const char *next, struct aws_callback then)
{
    struct value *input = stack_alone(stack);

    object_set(input, "NextToken", string(next));
    object_set(input, "MaxResults", number(100));
    call(cf, "describe-stack-resource-drifts", input, then);
}

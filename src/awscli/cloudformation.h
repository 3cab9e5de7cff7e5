// SPDX-License-Identifier: MIT
#ifndef AWSCLI_CLOUDFORMATION_H
#define AWSCLI_CLOUDFORMATION_H

// One function for each call of the CloudFormation API that is used. `stack` is a name or an id (ARN).

#include "awscli/event_loop.h"

#include <stdbool.h>

// Where calls go.
struct cloudformation {
    struct event_loop *queue;
    const struct aws_target *target;
};

// What is asked of CloudFormation for a stack, by a change set or directly.
struct stack_request {
    const char *stack;
    const char *template_body; // or:
    const char *template_url;
    const struct value *parameters; // of the API's shape; default: none
    const struct value *tags;       // likewise
    const struct value *notification_arns;
    const char *role; // CloudFormation's; default: that of the caller
    const char *token;
    bool disable_rollback;
    const char
        *on_failure; // of a creation: "ROLLBACK", "DO_NOTHING" or "DELETE", instead of disable_rollback
    const struct value *rollback_configuration; // of the API's shape; default: what the stack has
    bool express;                               // does not wait until resources are stable (DeploymentConfig)
    bool retain_except_on_create; // what is new and retained goes when its creation is rolled back
    // Change sets only:
    const char *change_set;
    const char *change_set_type; // "CREATE", "UPDATE" or "IMPORT"
    const char *description;
    bool import_existing_resources;
    const struct value *resources_to_import;
    bool include_nested;
    bool revert_drift; // DeploymentMode
    // create_stack only:
    bool termination_protection;
};

typedef const struct cloudformation cloudformation;

// Every stack of the account and region when `stack` is NULL.
void describe_stacks(cloudformation *cf, const char *stack, struct aws_callback then);
void list_stacks(cloudformation *cf, const struct value *statuses, struct aws_callback then);
// The newest `count` events, the newest first.
void describe_stack_events(cloudformation *cf, const char *stack, int count, struct aws_callback then);
void list_stack_resources(cloudformation *cf, const char *stack, struct aws_callback then);
// Among the StackResourceSummaries that it answers; NULL when there is no such resource, or none yet.
const char *summary_physical_id(const struct value *summaries, const char *logical_id);
void get_template(cloudformation *cf, const char *stack, struct aws_callback then);
void get_change_set_template(cloudformation *cf, const char *change_set, struct aws_callback then);
// What a template needs and declares; it is not checked beyond its shape.
void get_template_summary(cloudformation *cf, const char *template_body, struct aws_callback then);

void create_change_set(cloudformation *cf, const struct stack_request *request, struct aws_callback then);
void describe_change_set(
    cloudformation *cf, const char *stack, const char *change_set, struct aws_callback then);
void list_change_sets(cloudformation *cf, const char *stack, struct aws_callback then);
void execute_change_set(cloudformation *cf, const struct stack_request *request, struct aws_callback then);
void delete_change_set(
    cloudformation *cf, const char *stack, const char *change_set, struct aws_callback then);

void create_stack(cloudformation *cf, const struct stack_request *request, struct aws_callback then);
void update_stack(cloudformation *cf, const struct stack_request *request, struct aws_callback then);
struct stack_deletion {
    const char *stack;
    const char *role;
    const char *token;
    // Only of a stack that is DELETE_FAILED:
    const struct value *retained; // logical ids that are left as they are; NULL: none
    bool is_forced;               // whatever cannot be deleted is left as it is
    bool express;                 // as in stack_request
};

void delete_stack(cloudformation *cf, const struct stack_deletion *deletion, struct aws_callback then);
void cancel_update_stack(cloudformation *cf, const char *stack, struct aws_callback then);
void rollback_stack(
    cloudformation *cf, const char *stack, const char *role, const char *token, struct aws_callback then);
// `skipped`: logical ids; NULL: none.
void continue_update_rollback(cloudformation *cf, const char *stack, const char *role,
    const struct value *skipped, const char *token, struct aws_callback then);
void update_termination_protection(cloudformation *cf, const char *stack, bool on, struct aws_callback then);

void list_imports(cloudformation *cf, const char *export_name, struct aws_callback then);

void detect_stack_drift(cloudformation *cf, const char *stack, struct aws_callback then);
void describe_stack_drift_detection_status(cloudformation *cf, const char *id, struct aws_callback then);
// One page, of at most 100; the AWS CLI does not page this by itself. `next`: the page's token, NULL: the
// first.
void describe_stack_resource_drifts(
    cloudformation *cf, const char *stack, const char *next, struct aws_callback then);

#endif

// SPDX-License-Identifier: MIT
#ifndef AWS_LAMBDA_H
#define AWS_LAMBDA_H

// Lambda functions with their versions, aliases, permissions and asynchronous invocation, and what
// Lambda@Edge asks of them. Everything lives in the app's arena.
//
// Not here, because the CDK does it with a custom resource: logRetention (give the function a log_group).

#include "aws/ec2.h"
#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct events_event_bus;
struct kms_key;
struct lambda_version;
struct logs_log_group;
struct s3_bucket;
struct sns_topic;
struct sqs_queue;
struct value;

enum lambda_runtime {
    LAMBDA_RUNTIME_NONE,
#define RUNTIME(name, identifier, family, features) LAMBDA_RUNTIME_##name,
#include "aws/lambda_runtimes.def"
};

enum lambda_architecture { LAMBDA_ARCHITECTURE_DEFAULT, LAMBDA_X86_64, LAMBDA_ARM_64 };
enum lambda_tracing {
    LAMBDA_TRACING_DEFAULT,
    LAMBDA_TRACING_ACTIVE,
    LAMBDA_TRACING_PASS_THROUGH,
    LAMBDA_TRACING_DISABLED
};
enum lambda_logging_format { LAMBDA_LOGGING_DEFAULT, LAMBDA_LOGGING_TEXT, LAMBDA_LOGGING_JSON };
enum lambda_application_log_level {
    LAMBDA_APPLICATION_LOG_DEFAULT,
    LAMBDA_APPLICATION_LOG_TRACE,
    LAMBDA_APPLICATION_LOG_DEBUG,
    LAMBDA_APPLICATION_LOG_INFO,
    LAMBDA_APPLICATION_LOG_WARN,
    LAMBDA_APPLICATION_LOG_ERROR,
    LAMBDA_APPLICATION_LOG_FATAL,
};
enum lambda_system_log_level {
    LAMBDA_SYSTEM_LOG_DEFAULT,
    LAMBDA_SYSTEM_LOG_DEBUG,
    LAMBDA_SYSTEM_LOG_INFO,
    LAMBDA_SYSTEM_LOG_WARN,
};
enum lambda_recursive_loop {
    LAMBDA_RECURSIVE_LOOP_DEFAULT,
    LAMBDA_RECURSIVE_LOOP_ALLOW,
    LAMBDA_RECURSIVE_LOOP_TERMINATE
};
// When a runtime is updated to a newer patch ("UpdateRuntimeOn").
enum lambda_runtime_update {
    LAMBDA_RUNTIME_UPDATE_DEFAULT,
    LAMBDA_RUNTIME_UPDATE_AUTO,
    LAMBDA_RUNTIME_UPDATE_WITH_FUNCTION,
    LAMBDA_RUNTIME_UPDATE_MANUAL, // stays at runtime_version_arn
};

// Where the code is: exactly one of the three.
struct lambda_code {
    const char *asset;             // a directory, or a .zip or .jar file
    const char *inline_code;       // text, not empty; for runtimes that take it
    struct value *s3_bucket;       // name of a bucket that holds the package
    struct value *s3_key;          // required with s3_bucket
    const char *s3_object_version; // default: the latest
};

// Where the record of an asynchronous invocation goes: one of these, or {0} for nowhere.
struct lambda_destination {
    struct sqs_queue *queue;
    struct sns_topic *topic;
    struct events_event_bus *event_bus;
    struct lambda_function *function;
};
// Asynchronous invocation ("AWS::Lambda::EventInvokeConfig"). {0}: nothing is configured.
struct lambda_event_invoke_options {
    struct count retry_attempts;   // 0 to 2; default: Lambda's, 2
    struct duration max_event_age; // 60 seconds to 6 hours; default: Lambda's, 6 hours
    struct lambda_destination on_failure;
    struct lambda_destination on_success;
};

struct lambda_version_options {
    const char *description;                 // default: none
    const char *code_sha256;                 // of the package, to refuse another one; default: not checked
    enum removal_policy removal_policy;      // default: CloudFormation's, delete
    int provisioned_concurrent_executions;   // default: none
    struct count min_execution_environments; // default: not given
    struct count max_execution_environments; // default: not given
    struct lambda_event_invoke_options async_invoke;
};

struct lambda_layer_version {
    struct construct *node;
    struct value *layer_version_arn;
};
struct lambda_layer_version *lambda_layer_version_from_arn(
    struct construct *scope, const char *id, struct value *layer_version_arn);

// A function, made here or imported, or a version or alias of one (see `qualified` there): whatever can be
// invoked.
struct lambda_function {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *function_arn;
    struct value *function_name;
    struct iam_role *role;                 // NULL when it was imported without
    struct iam_principal *grant_principal; // to grant to the function
    struct ec2_connections *connections;   // NULL unless in a VPC
    enum lambda_architecture architecture;
    struct logs_log_group *log_group;    // NULL unless given
    struct sqs_queue *dead_letter_queue; // given or made; NULL when there is none
    struct lambda_function_state *state;
};

struct lambda_function_props {
    enum lambda_runtime runtime; // required
    const char *handler;         // required: "index.handler"; "bootstrap" for programs of their own
    struct lambda_code code;     // required
    struct value *function_name; // default: CloudFormation's choice; at most 64 letters, digits, "-", "_"
    const char *description;     // default: none; at most 256 characters
    int memory_size;             // MiB; default: Lambda's, 128
    struct duration timeout;     // default: Lambda's, 3 seconds
    struct value *environment;   // object of text; default: none; see lambda_function_add_environment
    enum lambda_architecture architecture;       // default: Lambda's, x86_64
    int ephemeral_storage_size;                  // MiB, 512 to 10240; default: Lambda's, 512
    struct count reserved_concurrent_executions; // default: no limit of its own
    struct lambda_layer_version *const *layers;  // at most 5, end with NULL

    struct iam_role *role; // default: one that may write logs; a given one gets no managed policies
    struct iam_statement *const *initial_policy; // added to the role; end with NULL

    struct ec2_vpc *vpc;                               // default: none; the others here need one
    const struct ec2_subnet_selection *vpc_subnets;    // default: the private subnets
    struct ec2_security_group *const *security_groups; // end with NULL; default: one of its own
    enum toggle allow_all_outbound;                    // of its own group; default yes
    enum toggle allow_all_ipv6_outbound;               // of its own group; default no
    enum toggle ipv6_allowed_for_dual_stack;           // default: not given
    bool allow_public_subnet; // takes public subnets although they give no way to the internet

    struct sqs_queue *dead_letter_queue;             // default: none
    enum toggle dead_letter_queue_enabled;           // yes: makes one (14 days) when none is given
    struct sns_topic *dead_letter_topic;             // instead of a queue
    struct lambda_event_invoke_options async_invoke; // default: not configured

    struct logs_log_group *log_group;          // default: "/aws/lambda/NAME", made by Lambda itself
    enum lambda_logging_format logging_format; // default: Lambda's, text
    enum lambda_application_log_level application_log_level; // default: Lambda's; needs LAMBDA_LOGGING_JSON
    enum lambda_system_log_level system_log_level;           // likewise
    enum lambda_tracing tracing;                             // default: none

    struct kms_key *environment_encryption;    // default: Lambda's own key
    struct value *code_signing_config_arn;     // default: none
    enum lambda_recursive_loop recursive_loop; // default: not given
    enum lambda_runtime_update runtime_update; // default: not given
    const char *runtime_version_arn;           // for LAMBDA_RUNTIME_UPDATE_MANUAL
    bool snap_start;                           // of published versions; default no

    struct lambda_version_options current_version_options;
};
struct lambda_function *lambda_function_new(
    struct construct *scope, const char *id, const struct lambda_function_props *props);

// A function that exists. Permissions can be added when it is known to be in the stack's account.
struct lambda_function_import {
    struct value *function_arn;                // required
    struct iam_role *role;                     // default: none, so that grants to the function are refused
    enum toggle same_environment;              // as the stack's; default: when the ARN says so
    bool skip_permissions;                     // they exist: adding some is silently left out
    enum lambda_architecture architecture;     // default x86_64
    struct ec2_security_group *security_group; // default: none
};
struct lambda_function *lambda_function_from_attributes(
    struct construct *scope, const char *id, const struct lambda_function_import *attributes);
struct lambda_function *lambda_function_from_arn(
    struct construct *scope, const char *id, struct value *function_arn);
// In the stack's account and region.
struct lambda_function *lambda_function_from_name(
    struct construct *scope, const char *id, struct value *function_name);

// Names that Lambda reserves are an error.
void lambda_function_add_environment(struct lambda_function *function, const char *name, struct value *text);
// As above; the variable is taken out again when the function is used at the edge, where there are none.
void lambda_function_add_environment_except_at_edge(
    struct lambda_function *function, const char *name, struct value *text);
void lambda_function_add_layer(struct lambda_function *function, struct lambda_layer_version *layer);
void lambda_function_add_to_role_policy(struct lambda_function *function, struct iam_statement *statement);
// An error when the function has a configuration already.
void lambda_function_configure_async_invoke(
    struct lambda_function *function, const struct lambda_event_invoke_options *options);

// Lets others invoke the function (AWS::Lambda::Permission), by its own policy.
struct lambda_permission_props {
    // Required: a service, an account, an ARN, or one of those with conditions aws:SourceArn (ArnLike),
    // aws:SourceAccount or aws:PrincipalOrgID (StringEquals).
    struct iam_principal *principal;
    const char *action;                   // default "lambda:InvokeFunction"
    struct value *source_arn;             // default: any
    struct value *source_account;         // default: any
    const char *organization_id;          // default: none
    const char *event_source_token;       // for Alexa skills
    const char *function_url_auth_type;   // "AWS_IAM" or "NONE"; default: not given
    enum toggle invoked_via_function_url; // default: not given
    struct construct *scope;              // where the permission is made; default: the function
};
void lambda_function_add_permission(
    struct lambda_function *function, const char *id, const struct lambda_permission_props *props);
// May invoke the function and all its versions; of a version or alias, only that.
struct iam_grant lambda_function_grant_invoke(
    struct lambda_function *function, struct iam_principal *grantee);

// A published version.
struct lambda_version {
    struct construct *node;
    struct resource *resource;
    struct value *version;       // its number
    struct value *function_arn;  // with the version
    struct value *function_name; // with the version
    struct lambda_function *function;
    struct lambda_function *qualified; // the version as something to invoke, for permissions and targets
};
struct lambda_version *lambda_version_new(struct construct *scope, const char *id,
    struct lambda_function *function, const struct lambda_version_options *options);
// The version of the function as it is configured: its logical id holds a hash of the configuration, so that
// each change publishes another one (CDK's function-hash.js).
struct lambda_version *lambda_function_current_version(struct lambda_function *function);
// Makes the current version depend on `text`, too.
void lambda_function_invalidate_version_based_on(struct lambda_function *function, const char *text);

// For an association with a CloudFront behavior: the version's ARN. Lets the edge assume the function's role;
// environment variables that stay are an error.
struct value *lambda_version_edge_arn(struct lambda_version *version);

struct lambda_version_weight {
    struct lambda_version *version;
    double weight; // 0 to 1
};
struct lambda_alias_options {
    const char *description;                                 // default: none
    const struct lambda_version_weight *additional_versions; // end with a NULL version
    int provisioned_concurrent_executions;                   // default: none
    struct lambda_event_invoke_options async_invoke;
};
struct lambda_alias {
    struct construct *node;
    struct resource *resource;
    const char *alias_name;
    struct value *function_arn;
    struct value *function_name; // with the alias
    struct lambda_version *version;
    struct lambda_function *qualified; // the alias as something to invoke
};
struct lambda_alias *lambda_alias_new(struct construct *scope, const char *id, const char *alias_name,
    struct lambda_version *version, const struct lambda_alias_options *options);
// Of the current version; `options` may be NULL.
struct lambda_alias *lambda_function_add_alias(
    struct lambda_function *function, const char *alias_name, const struct lambda_alias_options *options);

#endif

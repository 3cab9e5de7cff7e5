// SPDX-License-Identifier: MIT
#ifndef LAMBDA_LAMBDA_PRIVATE_H
#define LAMBDA_LAMBDA_PRIVATE_H

// The inside of functions, versions and aliases, for this service only.

#include "aws/lambda.h"

struct environment_variable {
    const char *name;
    struct value *text;
    bool remove_at_edge;
};

struct invocation_grant {
    const char *identifier;
    struct iam_grant grant;
    struct invocation_grant *next;
};

struct lambda_function_state {
    struct lambda_function *base; // the function itself, where this is a version or alias; else NULL
    struct value *qualifier;      // likewise
    enum lambda_runtime runtime;  // LAMBDA_RUNTIME_NONE when imported
    bool can_create_permissions;
    bool skip_permissions;
    struct environment_variable *variables;
    size_t variable_count, variable_capacity;
    struct lambda_layer_version **layers; // in the order in which they were added
    size_t layer_count, layer_capacity;
    int policy_count; // those made instead of adding to the role's own
    struct lambda_version_options current_version_options;
    struct lambda_version *current_version; // NULL until it is asked for
    const char *version_salt;               // texts that the version depends on
    bool has_invoke_permissions;            // the current version needs a warning
    bool has_async_invoke;
    struct invocation_grant *invocation_grants;
};

enum runtime_features {
    RUNTIME_INLINE = 1, // takes inline code
    RUNTIME_PROFILING = 2,
    RUNTIME_SNAP_START = 4,
    RUNTIME_VARIABLE = 8, // may stand for another version later
};
const char *lambda_runtime_identifier(enum lambda_runtime runtime);
bool lambda_runtime_has(enum lambda_runtime runtime, enum runtime_features feature);
// The CDK's Runtime.ALL, in the shape that JSON.stringify gives it.
struct value *lambda_all_runtimes(void);

// The property Code; makes the asset where there is one. *ret_asset may be set to NULL.
struct asset;
struct value *lambda_code_bind(
    struct lambda_function *function, const struct lambda_code *code, struct asset **ret_asset);

// The property VpcConfig; sets function->connections. NULL without a VPC.
struct value *lambda_function_vpc_config(
    struct lambda_function *function, const struct lambda_function_props *props);
// The property LoggingConfig.
struct value *lambda_logging_config(
    struct lambda_function *function, const struct lambda_function_props *props);
// The property DeadLetterConfig; makes the queue if there shall be one.
struct value *lambda_dead_letter_config(
    struct lambda_function *function, const struct lambda_function_props *props);
// The properties Environment and Layers, made at synthesis.
struct value *lambda_function_environment(struct lambda_function *function);
struct value *lambda_function_layers(struct lambda_function *function);
// Takes out what is not for the edge, and reports what stays.
void lambda_function_check_edge(struct lambda_function *function);

// Layers in the order of their paths, or as they were added without
// @aws-cdk/aws-lambda:recognizeLayerVersion.
struct lambda_layer_version **lambda_function_sorted_layers(const struct lambda_function *function);
// MD5 of everything that a version of the function stands for, in hexadecimal; at synthesis.
const char *lambda_function_hash(struct lambda_function *function);

// As a copy that outlives the caller's.
struct lambda_version_options lambda_version_options_copy(
    struct construct *scope, const struct lambda_version_options *options);
void lambda_event_invoke_config_new(
    struct lambda_function *function, const struct lambda_event_invoke_options *options);
bool lambda_event_invoke_options_given(const struct lambda_event_invoke_options *options);

// What versions and aliases have in common: something to invoke that borrows role and network from the
// function.
struct lambda_function *lambda_qualified_function(struct construct *node, struct lambda_function *base,
    struct value *arn, struct value *name, struct value *qualifier);
// {"ProvisionedConcurrentExecutions": n}; NULL for 0.
struct value *lambda_provisioned_concurrency(struct construct *construct, int executions);
void lambda_function_warn_of_unqualified_permissions(struct construct *construct);

#endif

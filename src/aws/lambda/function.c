// SPDX-License-Identifier: MIT
#include "aws/lambda.h"

#include "aws/attribute.h"
#include "aws/kms.h"
#include "aws/lambda/lambda_private.h"
#include "aws/logs.h"
#include "cdk/asset.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/text/utf8.h"

#include <ctype.h>
#include <string.h>

enum {
    MAX_NAME_LENGTH = 64,
    MAX_DESCRIPTION_LENGTH = 256,
    MIN_EPHEMERAL_STORAGE = 512, // MiB
    MAX_EPHEMERAL_STORAGE = 10240,
};

static const char *const architecture_names[] = { [LAMBDA_X86_64] = "x86_64", [LAMBDA_ARM_64] = "arm64" };
static const char *const tracing_modes[] = {
    [LAMBDA_TRACING_ACTIVE] = "Active",
    [LAMBDA_TRACING_PASS_THROUGH] = "PassThrough",
    [LAMBDA_TRACING_DISABLED] = NULL,
};
static const char *const recursive_loops[] = {
    [LAMBDA_RECURSIVE_LOOP_ALLOW] = "Allow",
    [LAMBDA_RECURSIVE_LOOP_TERMINATE] = "Terminate",
};
static const char *const runtime_updates[] = {
    [LAMBDA_RUNTIME_UPDATE_AUTO] = "Auto",
    [LAMBDA_RUNTIME_UPDATE_WITH_FUNCTION] = "FunctionUpdate",
    [LAMBDA_RUNTIME_UPDATE_MANUAL] = "Manual",
};

static bool is_name(const char *text)
{
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && *text != '-' && *text != '_')
            return false;
    return true;
}

static void check_texts(struct construct *node, const struct lambda_function_props *p)
{
    const char *name = value_string(p->function_name);
    size_t length;

    if (name && utf16_length(name) > MAX_NAME_LENGTH)
        diag_error(node, "function name '%s' is longer than %d characters", name, MAX_NAME_LENGTH);
    if (name && !is_name(name))
        diag_error(node, "function name '%s' may have only letters, digits, '-' and '_'", name);
    length = p->description ? utf16_length(p->description) : 0;
    if (length > MAX_DESCRIPTION_LENGTH)
        diag_error(node, "the description is %zu characters long, at most %d are possible", length,
            MAX_DESCRIPTION_LENGTH);
}

static void check_required(struct construct *node, const struct lambda_function_props *p)
{
    if (!p->handler)
        diag_error(node, "the function has no 'handler'");
    if (p->runtime == LAMBDA_RUNTIME_NONE)
        diag_error(node, "the function has no 'runtime'");
    if (p->runtime_update == LAMBDA_RUNTIME_UPDATE_MANUAL && !p->runtime_version_arn)
        diag_error(node, "manual updates of the runtime need 'runtime_version_arn'");
}

static void check_storage(struct construct *node, int size)
{
    if (size && (size < MIN_EPHEMERAL_STORAGE || size > MAX_EPHEMERAL_STORAGE))
        diag_error(node, "'ephemeral_storage_size' must be between %d and %d MiB, got %d",
            MIN_EPHEMERAL_STORAGE, MAX_EPHEMERAL_STORAGE, size);
}

static void check_snap_start(struct construct *node, const struct lambda_function_props *p)
{
    if (!p->snap_start)
        return;
    if (p->runtime != LAMBDA_RUNTIME_NONE && !lambda_runtime_has(p->runtime, RUNTIME_SNAP_START))
        diag_error(node, "runtime '%s' has no SnapStart", lambda_runtime_identifier(p->runtime));
    else if (p->ephemeral_storage_size > MIN_EPHEMERAL_STORAGE)
        diag_error(node, "SnapStart is not possible with more than %d MiB of ephemeral storage",
            MIN_EPHEMERAL_STORAGE);
    else
        diag_warning(node, "SnapStart works for published versions only");
}

static struct iam_role *service_role(struct construct *node, bool in_vpc)
{
    return iam_role_new(node, "ServiceRole",
        &(struct iam_role_props){
            .assumed_by = iam_service_principal("lambda.amazonaws.com"),
            .managed_policies =
                (struct value *[]){
                    iam_aws_managed_policy("service-role/AWSLambdaBasicExecutionRole"),
                    in_vpc ? iam_aws_managed_policy("service-role/AWSLambdaVPCAccessExecutionRole") : NULL,
                    NULL,
                },
        });
}

static struct value *tracing_config(enum lambda_tracing tracing)
{
    const char *mode = tracing_modes[tracing];

    return mode ? object((struct field[]){ { "Mode", string(mode) }, END }) : NULL;
}

static struct value *runtime_management(const struct lambda_function_props *p)
{
    if (p->runtime_update == LAMBDA_RUNTIME_UPDATE_DEFAULT)
        return NULL;
    return object((struct field[]){
        { "RuntimeVersionArn", string(p->runtime_version_arn) },
        { "UpdateRuntimeOn", string(runtime_updates[p->runtime_update]) },
        END,
    });
}

static struct value *one_string(const char *text)
{
    return text ? strings((const char *[]){ text, NULL }) : NULL;
}

static struct value *one_field(const char *key, struct value *value)
{
    return value ? object((struct field[]){ { key, value }, END }) : NULL;
}

static struct value *number_unless_zero(int n)
{
    return n ? number(n) : NULL;
}

static struct value *function_properties(struct lambda_function *self, const struct lambda_function_props *p,
    struct value *code, struct value *dead_letters)
{
    struct kms_key *key = p->environment_encryption;

    return object((struct field[]){
        { "Architectures", one_string(architecture_names[p->architecture]) },
        { "Code", code },
        { "CodeSigningConfigArn", p->code_signing_config_arn },
        { "DeadLetterConfig", dead_letters },
        { "Description", string(p->description) },
        { "Environment", lambda_function_environment(self) },
        { "EphemeralStorage", one_field("Size", number_unless_zero(p->ephemeral_storage_size)) },
        { "FunctionName", p->function_name },
        { "Handler", string(p->handler) },
        { "KmsKeyArn", key ? key->key_arn : NULL },
        { "Layers", lambda_function_layers(self) },
        { "LoggingConfig", lambda_logging_config(self, p) },
        { "MemorySize", number_unless_zero(p->memory_size) },
        { "RecursiveLoop", string(recursive_loops[p->recursive_loop]) },
        { "ReservedConcurrentExecutions", count_value(p->reserved_concurrent_executions) },
        { "Role", self->role->role_arn },
        { "Runtime", string(lambda_runtime_identifier(p->runtime)) },
        { "RuntimeManagementConfig", runtime_management(p) },
        { "SnapStart", one_field("ApplyOn", p->snap_start ? string("PublishedVersions") : NULL) },
        { "Timeout", seconds_value(p->timeout) },
        { "TracingConfig", tracing_config(p->tracing) },
        { "VpcConfig", lambda_function_vpc_config(self, p) },
        END,
    });
}

static void add_given_environment(struct lambda_function *self, const struct value *environment)
{
    for (size_t i = 0; i < value_length(environment); i++) {
        const struct field *variable = object_at(environment, i);

        lambda_function_add_environment(self, variable->key, variable->value);
    }
}

static void allow_tracing(struct lambda_function *self)
{
    lambda_function_add_to_role_policy(self,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "xray:PutTraceSegments", "xray:PutTelemetryRecords", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
        }));
}

// Where the CDK makes the log group itself (@aws-cdk/aws-lambda:useCdkManagedLogGroup).
static struct logs_log_group *managed_log_group(struct lambda_function *self)
{
    if (!construct_context_flag(self->node, "@aws-cdk/aws-lambda:useCdkManagedLogGroup"))
        return NULL;
    return logs_log_group_new(self->node, "LogGroup",
        &(struct logs_log_group_props){ .log_group_name = concatf("/aws/lambda/%v", self->function_name) });
}

static struct lambda_function *function_make(
    struct construct *scope, const char *id, const struct lambda_function_props *p)
{
    struct arena *arena = construct_arena(scope);
    struct lambda_function *self = arena_alloc(arena, sizeof(*self));
    bool is_arm = p->architecture == LAMBDA_ARM_64;

    self->node = construct_new(scope, id, "lambda.Function");
    self->architecture = is_arm ? LAMBDA_ARM_64 : LAMBDA_X86_64;
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->runtime = p->runtime;
    self->state->can_create_permissions = true;
    self->state->version_salt = "";
    self->state->current_version_options = lambda_version_options_copy(scope, &p->current_version_options);
    return self;
}

// Role, code, environment and dead letter queue come before the function itself, as in the CDK: the order of
// the template's resources and of a policy's statements shows it.
static void make_resource(struct lambda_function *self, const struct lambda_function_props *p)
{
    struct value *code, *dead_letters;
    struct asset *asset;

    self->role = p->role ? p->role : service_role(self->node, p->vpc);
    self->grant_principal = self->role->principal;
    for (struct iam_statement *const *at = p->initial_policy; at && *at; at++)
        iam_role_add_to_policy(self->role, *at);
    code = lambda_code_bind(self, &p->code, &asset);
    add_given_environment(self, p->environment);
    dead_letters = lambda_dead_letter_config(self, p);
    self->resource = resource_new(
        self->node, "Resource", "AWS::Lambda::Function", function_properties(self, p, code, dead_letters));
    self->function_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){
            .service = "lambda",
            .resource = "function",
            .resource_name = p->function_name,
            .format = ARN_COLON_RESOURCE_NAME,
        });
    self->function_name = attribute_name(self->resource, p->function_name);
    if (tracing_modes[p->tracing])
        allow_tracing(self);
    construct_add_dependency(resource_node(self->resource), self->role->node);
    if (asset)
        asset_add_resource_metadata(asset, self->resource, "Code");
}

struct lambda_function *lambda_function_new(
    struct construct *scope, const char *id, const struct lambda_function_props *props)
{
    struct lambda_function *self = function_make(scope, id, props);

    check_required(self->node, props);
    check_texts(self->node, props);
    check_storage(self->node, props->ephemeral_storage_size);
    check_snap_start(self->node, props);
    make_resource(self, props);
    for (struct lambda_layer_version *const *at = props->layers; at && *at; at++)
        lambda_function_add_layer(self, *at);
    self->log_group = props->log_group ? props->log_group : managed_log_group(self);
    if (lambda_event_invoke_options_given(&props->async_invoke))
        lambda_function_configure_async_invoke(self, &props->async_invoke);
    return self;
}

void lambda_function_add_to_role_policy(struct lambda_function *function, struct iam_statement *statement)
{
    struct value *id;

    if (!function->role)
        return;
    if (!construct_context_flag(function->node, "@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy")) {
        iam_role_add_to_policy(function->role, statement);
        return;
    }
    id = stringf("inlinePolicyAddedToExecutionRole-%d", function->state->policy_count++);
    iam_policy_new(function->node, value_string(id),
        &(struct iam_policy_props){
            .statements = (struct iam_statement *[]){ statement, NULL },
            .roles = (struct iam_role *[]){ function->role, NULL },
        });
}

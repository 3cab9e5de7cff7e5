// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "data/json.h"
#include "util/array.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <string.h>

static const char invoke_action[] = "lambda:InvokeFunction";

// The conditions of a principal that a permission has properties for (function-base.js, validateConditions).
static const struct {
    const char *op, *key;
} supported_conditions[] = {
    { "ArnLike", "aws:SourceArn" },
    { "StringEquals", "aws:SourceAccount" },
    { "StringEquals", "aws:PrincipalOrgID" },
};

static bool is_supported(const char *op, const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(supported_conditions); i++)
        if (strcmp(supported_conditions[i].op, op) == 0 && strcmp(supported_conditions[i].key, key) == 0)
            return true;
    return false;
}

struct permission_conditions {
    struct value *source_arn, *source_account, *organization_id;
};

static void check_conditions(struct construct *construct, const struct value *conditions)
{
    for (size_t i = 0; i < value_length(conditions); i++) {
        const struct field *op = object_at(conditions, i);

        for (size_t j = 0; j < value_length(op->value); j++)
            if (!is_supported(op->key, object_at(op->value, j)->key))
                diag_error(construct, "a permission cannot have the condition '%s' on '%s'", op->key,
                    object_at(op->value, j)->key);
    }
}

static struct permission_conditions read_conditions(
    struct construct *construct, const struct value *conditions)
{
    const struct value *equal = object_get(conditions, "StringEquals");
    struct permission_conditions read = {
        .source_arn = object_get(object_get(conditions, "ArnLike"), "aws:SourceArn"),
        .source_account = object_get(equal, "aws:SourceAccount"),
        .organization_id = object_get(equal, "aws:PrincipalOrgID"),
    };

    check_conditions(construct, conditions);
    if (read.organization_id && (read.source_arn || read.source_account))
        diag_error(construct, "a permission for an organization cannot have other conditions");
    return read;
}

static struct value *principal_value(
    struct construct *construct, const struct iam_principal_description *principal)
{
    if (principal->account)
        return principal->account;
    if (principal->service)
        return string(principal->service);
    if (!principal->arn)
        diag_error(construct,
            "a permission is for a service, an account, an organization, or an ARN, not for %s",
            principal->text);
    return principal->arn;
}

void lambda_function_warn_of_unqualified_permissions(struct construct *construct)
{
    diag_warning(construct,
        "permissions to invoke the function do not count for its versions and aliases; grant those on the "
        "version or alias itself");
}

static void consider_warning(struct lambda_function *function, struct construct *scope, const char *action)
{
    static const char *const invoking[] = { invoke_action, "lambda:*", "lambda:Invoke*" };

    if (function->state->base)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(invoking); i++)
        if (strcmp(invoking[i], action) == 0) {
            if (construct_child(scope, "CurrentVersion"))
                lambda_function_warn_of_unqualified_permissions(scope);
            else
                function->state->has_invoke_permissions = true;
        }
}

static struct resource *permission_resource(struct lambda_function *function, const char *id,
    const struct lambda_permission_props *props, struct construct *scope, const char *action)
{
    struct iam_principal_description principal = iam_principal_describe(props->principal, function->node);
    struct permission_conditions conditions = read_conditions(function->node, principal.conditions);

    return resource_new(scope, id, "AWS::Lambda::Permission",
        object((struct field[]){
            { "Action", string(action) },
            { "EventSourceToken", string(props->event_source_token) },
            { "FunctionName", function->function_arn },
            { "FunctionUrlAuthType", string(props->function_url_auth_type) },
            { "InvokedViaFunctionUrl", toggle_value(props->invoked_via_function_url) },
            { "Principal", principal_value(function->node, &principal) },
            { "PrincipalOrgID",
                props->organization_id ? string(props->organization_id) : conditions.organization_id },
            { "SourceAccount", props->source_account ? props->source_account : conditions.source_account },
            { "SourceArn", props->source_arn ? props->source_arn : conditions.source_arn },
            END,
        }));
}

// NULL when the function's policy cannot be changed from here.
static struct construct *add_permission(
    struct lambda_function *function, const char *id, const struct lambda_permission_props *props)
{
    struct construct *scope = props->scope ? props->scope : function->node;
    const char *action = props->action ? props->action : invoke_action;

    if (!function->state->can_create_permissions) {
        if (!function->state->skip_permissions)
            diag_warning(function->node,
                "the permission '%s' has no effect: the function is imported from another account, or from "
                "one that is not known; if it is the stack's own, import it with 'same_environment'",
                id);
        return NULL;
    }
    consider_warning(function, scope, action);
    return resource_node(permission_resource(function, id, props, scope, action));
}

void lambda_function_add_permission(
    struct lambda_function *function, const char *id, const struct lambda_permission_props *props)
{
    add_permission(function, id, props);
}

struct invocation_permission {
    struct lambda_function *function;
    struct iam_principal *grantee;
    const char *id;
};

static struct construct *add_invocation(void *data, struct iam_statement *statement)
{
    const struct invocation_permission *invocation = data;
    struct lambda_function *function = invocation->function;
    struct construct *permission = add_permission(
        function, invocation->id, &(struct lambda_permission_props){ .principal = invocation->grantee });

    (void)statement;
    if (!permission && !function->state->skip_permissions)
        diag_error(function->node,
            "the policy of this imported function cannot be changed from here; import it with "
            "'same_environment', or with 'skip_permissions' if the permission exists");
    return permission;
}

// "Invoke" and a hash of who is granted, as the CDK makes it.
static const char *invocation_id(const struct lambda_function *function, const struct iam_principal *grantee)
{
    struct iam_principal_description principal = iam_principal_describe(grantee, function->node);
    struct value *identity = object((struct field[]){
        { "principal", string(principal.text) },
        { "conditions",
            principal.conditions ? (struct value *)principal.conditions : object((struct field[]){ END }) },
        END,
    });
    unsigned char digest[SHA256_DIGEST_SIZE];
    char base64[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
    struct sha256_ctx context;
    STRBUF_AUTO text = STRBUF_INIT;

    json_stringify(&text, stack_resolve(construct_stack(function->node), identity));
    sha256_init(&context);
    sha256_update(&context, text.length, (const unsigned char *)text.data);
    sha256_digest(&context, sizeof(digest), digest);
    base64_encode_raw(base64, sizeof(digest), digest);
    return value_string(stringf("Invoke%s", base64));
}

static struct iam_grant grant(struct lambda_function *function, struct iam_principal *grantee, const char *id)
{
    struct invocation_permission invocation = { function, grantee, id };
    struct value *all_versions = function->state->base ? NULL : concatf("%v:*", function->function_arn);

    return iam_grant_add_to_principal_or_resource(
        &(struct iam_grant_props){
            .grantee = grantee,
            .actions = (const char *[]){ invoke_action, NULL },
            .resources = (struct value *[]){ function->function_arn, all_versions, NULL },
            .scope = function->node,
        },
        add_invocation, &invocation);
}

struct iam_grant lambda_function_grant_invoke(struct lambda_function *function, struct iam_principal *grantee)
{
    struct lambda_function_state *state = function->state;
    const char *id = invocation_id(function, grantee);
    struct invocation_grant *made = state->invocation_grants;

    while (made && strcmp(made->identifier, id) != 0)
        made = made->next;
    if (made)
        return made->grant;
    made = arena_alloc(construct_arena(function->node), sizeof(*made));
    made->identifier = id;
    made->grant = grant(function, grantee, id);
    made->next = state->invocation_grants;
    state->invocation_grants = made;
    return made->grant;
}

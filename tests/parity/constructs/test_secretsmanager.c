// SPDX-License-Identifier: MIT
#include "aws/secretsmanager.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/token.h"
#include "parity/constructs/parity.h"

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static struct secretsmanager_secret *secret(struct stack *stack, const char *id)
{
    return secretsmanager_secret_new(stack->node, id, &(struct secretsmanager_secret_props){ 0 });
}

static struct iam_principal *role(struct stack *stack, const char *id)
{
    return iam_role_new(stack->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("lambda.amazonaws.com") })
        ->principal;
}

static struct value *parameter(struct stack *stack, const char *id)
{
    return parameter_new(stack->node, id, &(struct parameter_props){ 0 });
}

static void defaults(struct stack *stack)
{
    secret(stack, "Secret");
}

static void generate(struct stack *stack, const char *id, struct secretsmanager_generator generator)
{
    secretsmanager_secret_new(
        stack->node, id, &(struct secretsmanager_secret_props){ .generate_secret_string = &generator });
}

static void generated(struct stack *stack)
{
    generate(stack, "Login",
        (struct secretsmanager_generator){
            .secret_string_template =
                json_text(object((struct field[]){ { "username", string("tango") }, END })),
            .generate_string_key = "password",
            .exclude_characters = "\"@/\\",
            .password_length = 48,
        });
    generate(stack, "Digits",
        (struct secretsmanager_generator){
            .exclude_lowercase = true,
            .exclude_uppercase = true,
            .exclude_punctuation = true,
            .include_space = true,
            .require_each_included_type = NO,
        });
    generate(stack, "Letters",
        (struct secretsmanager_generator){ .exclude_numbers = true, .require_each_included_type = YES });
}

static void given_values(struct stack *stack)
{
    struct value *key = parameter(stack, "Key");

    secretsmanager_secret_new(
        stack->node, "Text", &(struct secretsmanager_secret_props){ .secret_string_value = string("hush") });
    secretsmanager_secret_new(
        stack->node, "Token", &(struct secretsmanager_secret_props){ .secret_string_value = key });
    secretsmanager_secret_new(stack->node, "Object",
        &(struct secretsmanager_secret_props){
            .secret_object_value =
                (struct field[]){
                    { "username", string("tango \"the\" dancer") },
                    { "key", key },
                    END,
                },
        });
}

static struct secretsmanager_secret *named_secret(struct stack *stack, const char *id, struct value *name)
{
    return secretsmanager_secret_new(
        stack->node, id, &(struct secretsmanager_secret_props){ .secret_name = name });
}

static void names(struct stack *stack)
{
    struct secretsmanager_secret *named = secretsmanager_secret_new(stack->node, "Named",
        &(struct secretsmanager_secret_props){
            .secret_name = string("tango/app-secrets"),
            .description = string("Keys of the application"),
            .removal_policy = REMOVAL_POLICY_RETAIN,
        });
    struct secretsmanager_secret *unnamed = secretsmanager_secret_new(stack->node, "Unnamed",
        &(struct secretsmanager_secret_props){ .removal_policy = REMOVAL_POLICY_DESTROY });
    struct value *name = parameter(stack, "Name");

    output(stack, "HyphensName", named_secret(stack, "Hyphens", string("tango-app-secrets"))->secret_name);
    output(stack, "TokenName", named_secret(stack, "Token", name)->secret_name);
    output(stack, "NamedArn", named->secret_arn);
    output(stack, "NamedName", named->secret_name);
    output(stack, "UnnamedArn", unnamed->secret_arn);
    output(stack, "UnnamedName", unnamed->secret_name);
    output(stack, "FullArn", unnamed->secret_full_arn);
}

static void replicas(struct stack *stack)
{
    secretsmanager_secret_new(stack->node, "Secret",
        &(struct secretsmanager_secret_props){
            .replica_regions =
                (struct secretsmanager_replica[]){
                    { .region = "us-east-1" },
                    { .region = "eu-central-1" },
                    { 0 },
                },
        });
}

static void show(struct stack *stack, const char *id, struct secretsmanager_secret *secret)
{
    output(stack, value_string(stringf("%sArn", id)), secret->secret_arn);
    output(stack, value_string(stringf("%sName", id)), secret->secret_name);
    secretsmanager_secret_grant_read(secret, role(stack, value_string(stringf("%sRole", id))));
}

static void imports(struct stack *stack)
{
    const char *arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:tango/app-secrets";
    struct value *token;

    show(stack, "Name", secretsmanager_secret_from_name_v2(stack->node, "ByName", "tango/app-secrets"));
    show(stack, "Partial", secretsmanager_secret_from_partial_arn(stack->node, "ByPartialArn", string(arn)));
    show(stack, "Complete",
        secretsmanager_secret_from_complete_arn(stack->node, "ByCompleteArn", stringf("%s-AbC123", arn)));
    token = parameter(stack, "Arn");
    show(stack, "Token", secretsmanager_secret_from_complete_arn(stack->node, "ByToken", token));
    show(stack, "PartialToken", secretsmanager_secret_from_partial_arn(stack->node, "ByPartialToken", token));
}

static void grants(struct stack *stack)
{
    struct secretsmanager_secret *own = secret(stack, "Secret");
    struct iam_principal *both;

    secretsmanager_secret_grant_read(own, role(stack, "Reader"));
    secretsmanager_secret_grant_read_versions(
        own, role(stack, "CurrentReader"), (const char *[]){ "AWSCURRENT", "AWSPREVIOUS", NULL });
    secretsmanager_secret_grant_write(own, role(stack, "Writer"));
    both = role(stack, "Both");
    secretsmanager_secret_grant_read(own, both);
    secretsmanager_secret_grant_write(own, both);
    secretsmanager_secret_grant_write(
        secretsmanager_secret_from_name_v2(stack->node, "Imported", "tango/app-secrets"), both);
}

static void resource_policy(struct stack *stack)
{
    struct secretsmanager_secret *own = secret(stack, "Secret");

    secretsmanager_secret_deny_account_root_delete(own);
    secretsmanager_secret_add_to_resource_policy(own,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "secretsmanager:GetSecretValue", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ iam_service_principal("events.amazonaws.com"), NULL },
        }));
    secretsmanager_secret_grant_read(own, iam_account_principal(string("210987654321")));
}

static void cross_environment(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = "210987654321", .region = "us-east-1" });

    output(stack, "Arn", named_secret(other, "Secret", string("tango"))->secret_arn);
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct secretsmanager_secret *elsewhere = secret(other, "Secret");

    secretsmanager_secret_grant_read(elsewhere, role(stack, "Role"));
    output(stack, "Name", elsewhere->secret_name);
}

static void dynamic_references(struct stack *stack)
{
    struct secretsmanager_secret *own = secret(stack, "Secret");
    struct secretsmanager_secret *imported =
        secretsmanager_secret_from_name_v2(stack->node, "Imported", "tango/app-secrets");

    resource_new(stack->node, "Thing", "Custom::Thing",
        object((struct field[]){
            { "Whole", secretsmanager_secret_value(own) },
            { "Field", secretsmanager_secret_value_from_json(own, "password") },
            { "Imported", secretsmanager_secret_value_from_json(imported, "key") },
            END,
        }));
}

static void attachment(struct stack *stack)
{
    struct secretsmanager_secret *attached =
        secretsmanager_secret_attach(secret(stack, "Secret"), string("database"), "AWS::RDS::DBCluster");

    secretsmanager_secret_grant_read(attached, role(stack, "Role"));
    secretsmanager_secret_grant_read(attached, iam_account_principal(string("210987654321")));
    output(stack, "Arn", attached->secret_arn);
    output(stack, "Name", attached->secret_name);
    secretsmanager_secret_attach(secretsmanager_secret_from_name_v2(stack->node, "Imported", "tango"),
        string("database"), "AWS::RDS::DBProxy");
}

static void attachment_policy(struct stack *stack)
{
    struct secretsmanager_secret *attached =
        secretsmanager_secret_attach(secret(stack, "Secret"), string("database"), "AWS::RDS::DBInstance");

    secretsmanager_secret_grant_read(attached, iam_account_principal(string("210987654321")));
}

static void encryption_keys(struct stack *stack)
{
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });
    struct secretsmanager_secret *own = secretsmanager_secret_new(stack->node, "Secret",
        &(struct secretsmanager_secret_props){
            .encryption_key = key,
            .replica_regions =
                (struct secretsmanager_replica[]){
                    { .region = "eu-west-3", .encryption_key = key },
                    { 0 },
                },
        });
    struct iam_principal *both = role(stack, "Both");
    struct kms_key *imported;

    secretsmanager_secret_grant_read(own, both);
    secretsmanager_secret_grant_write(own, both);
    secretsmanager_secret_grant_read(own, iam_account_principal(string("210987654321")));
    secretsmanager_secret_grant_write(own, iam_service_principal("events.amazonaws.com"));
    imported = kms_key_from_arn(
        stack->node, "ImportedKey", string("arn:aws:kms:eu-west-1:123456789012:key/12345678"));
    own = secretsmanager_secret_new(
        stack->node, "Other", &(struct secretsmanager_secret_props){ .encryption_key = imported });
    secretsmanager_secret_grant_read(own, role(stack, "Reader"));
}

static const struct parity_case cases[] = {
    { "secretsmanager-defaults", defaults },
    { "secretsmanager-generated", generated },
    { "secretsmanager-given-values", given_values },
    { "secretsmanager-names", names },
    { "secretsmanager-replicas", replicas },
    { "secretsmanager-imports", imports },
    { "secretsmanager-grants", grants },
    { "secretsmanager-resource-policy", resource_policy },
    { "secretsmanager-cross-environment", cross_environment },
    { "secretsmanager-cross-stack", cross_stack },
    { "secretsmanager-dynamic-references", dynamic_references },
    { "secretsmanager-attachment", attachment },
    { "secretsmanager-attachment-policy", attachment_policy },
    { "secretsmanager-encryption-keys", encryption_keys },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("secretsmanager", cases, argc, argv);
}

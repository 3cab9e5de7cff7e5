// SPDX-License-Identifier: MIT
#include "aws/secretsmanager/secretsmanager_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"

#include <string.h>

struct secretsmanager_secret *secret_allocate(
    struct construct *scope, const char *id, const char *type, enum secret_kind kind)
{
    struct arena *arena = construct_arena(scope);
    struct secretsmanager_secret *secret = arena_alloc(arena, sizeof(*secret));

    secret->node = construct_new(scope, id, type);
    secret->state = arena_alloc(arena, sizeof(*secret->state));
    secret->state->kind = kind;
    return secret;
}

static struct value *true_value(bool on)
{
    return on ? boolean(true) : NULL;
}

static struct value *generator_value(const struct secretsmanager_generator *g)
{
    return object((struct field[]){
        { "ExcludeCharacters", string(g->exclude_characters) },
        { "ExcludeLowercase", true_value(g->exclude_lowercase) },
        { "ExcludeNumbers", true_value(g->exclude_numbers) },
        { "ExcludePunctuation", true_value(g->exclude_punctuation) },
        { "ExcludeUppercase", true_value(g->exclude_uppercase) },
        { "GenerateStringKey", string(g->generate_string_key) },
        { "IncludeSpace", true_value(g->include_space) },
        { "PasswordLength", g->password_length ? number(g->password_length) : NULL },
        { "RequireEachIncludedType",
            g->require_each_included_type ? boolean(g->require_each_included_type == YES) : NULL },
        { "SecretStringTemplate", g->secret_string_template },
        END,
    });
}

static struct value *replicas_value(struct construct *node, const struct secretsmanager_replica *replicas)
{
    const char *region = value_string(construct_stack(node)->region);
    struct value *list = array();

    for (; replicas && replicas->region; replicas++) {
        if (region && strcmp(region, replicas->region) == 0)
            diag_error(node, "the secret is in '%s' already: replicas are for other regions", region);
        array_append(list,
            object((struct field[]){
                { "KmsKeyId", replicas->encryption_key ? replicas->encryption_key->key_arn : NULL },
                { "Region", string(replicas->region) },
                END,
            }));
    }
    return value_length(list) ? list : NULL;
}

static struct value *given_value(const struct secretsmanager_secret_props *p)
{
    return p->secret_object_value ? json_text(object(p->secret_object_value)) : p->secret_string_value;
}

static struct value *secret_properties(struct construct *node, const struct secretsmanager_secret_props *p)
{
    const struct secretsmanager_generator defaults = { 0 };
    const struct secretsmanager_generator *generator = p->generate_secret_string;
    struct value *given = given_value(p);

    if (!generator && !given)
        generator = &defaults;
    return object((struct field[]){
        { "Description", p->description },
        { "GenerateSecretString", generator ? generator_value(generator) : NULL },
        { "KmsKeyId", p->encryption_key ? p->encryption_key->key_arn : NULL },
        { "Name", p->secret_name },
        { "ReplicaRegions", replicas_value(node, p->replica_regions) },
        { "SecretString", given },
        END,
    });
}

static void check_props(struct construct *node, const struct secretsmanager_secret_props *p)
{
    const struct secretsmanager_generator *generator = p->generate_secret_string;

    if (generator && !generator->secret_string_template != !generator->generate_string_key)
        diag_error(node, "'secret_string_template' and 'generate_string_key' need each other: give both");
    if ((generator != NULL) + (p->secret_string_value != NULL) + (p->secret_object_value != NULL) > 1)
        diag_error(node,
            "a secret is generated or has a given value: choose one of 'generate_secret_string', "
            "'secret_string_value' and 'secret_object_value'");
}

// Secrets Manager appends a hyphen and six characters to a name.
static struct value *without_suffix(struct value *name)
{
    const char *text = value_string(name);
    const char *hyphen = text ? strrchr(text, '-') : NULL;

    return hyphen && strlen(hyphen + 1) == 6 ? string_n(text, (size_t)(hyphen - text)) : name;
}

struct value *secret_name_from_arn(struct construct *scope, struct value *arn)
{
    struct value *name = arn_split(scope, arn, ARN_COLON_RESOURCE_NAME).resource_name;

    if (!name)
        diag_error(scope, "the ARN of a secret has no name in it");
    return without_suffix(name);
}

struct iam_principal *secret_via_service(
    const struct secretsmanager_secret *secret, struct iam_principal *principal)
{
    return iam_via_service_principal(
        principal, concatf("secretsmanager.%v.amazonaws.com", construct_stack(secret->node)->region));
}

struct value *secret_arn_pattern(struct value *arn)
{
    return concatf("%v-??????", arn);
}

struct value *secret_arn_of_name(struct construct *scope, struct value *name)
{
    return stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "secretsmanager",
            .resource = "secret",
            .resource_name = name,
            .format = ARN_COLON_RESOURCE_NAME,
        });
}

// The Ref of the resource is the ARN with its suffix. Stacks of other accounts or regions know the name at
// most.
static void set_arns(struct secretsmanager_secret *secret, struct value *name)
{
    struct value *known = name ? secret_arn_of_name(secret->node, name) : NULL;
    struct value *elsewhere = known ? known : ref(secret->resource);

    secret->secret_arn = across_environments(ref(secret->resource), known);
    secret->secret_full_arn = secret->secret_arn;
    secret->state->arn_for_policies =
        across_environments(ref(secret->resource), secret_arn_pattern(elsewhere));
}

// The ARN ends with the name, a hyphen and the suffix: the name is what stands between the other hyphens.
static struct value *name_without_suffix(struct value *resource_name, const char *given_name)
{
    struct value *parts = array();
    int count = given_name ? 1 : 2;

    for (; given_name && (given_name = strchr(given_name, '-')); given_name++)
        count++;
    for (int i = 0; i < count; i++)
        array_append(parts, fn_select(i, fn_split("-", resource_name)));
    return fn_join("-", parts);
}

static struct value *owned_name(const struct secretsmanager_secret *secret, struct value *given_name)
{
    struct arn arn = arn_split(secret->node, secret->secret_arn, ARN_COLON_RESOURCE_NAME);

    if (!value_is_literal(given_name))
        return given_name;
    return name_without_suffix(arn.resource_name, value_string(given_name));
}

// Secrets Manager uses the key for everyone in the account who may use the secret.
static void grant_key_to_account(const struct secretsmanager_secret *secret)
{
    const char *const actions[] = { "kms:CreateGrant", "kms:DescribeKey", NULL };
    struct iam_principal *account = iam_account_principal(construct_stack(secret->node)->account);
    struct iam_principal *principal = secret_via_service(secret, account);

    kms_key_grant_encrypt_decrypt(secret->encryption_key, principal);
    kms_key_grant(secret->encryption_key, principal, actions);
}

struct secretsmanager_secret *secretsmanager_secret_new(
    struct construct *scope, const char *id, const struct secretsmanager_secret_props *props)
{
    const struct secretsmanager_generator *generator = props->generate_secret_string;
    struct secretsmanager_secret *secret = secret_allocate(scope, id, "secretsmanager.Secret", SECRET_OWNED);

    check_props(secret->node, props);
    secret->resource = resource_new(
        secret->node, "Resource", "AWS::SecretsManager::Secret", secret_properties(secret->node, props));
    resource_apply_removal_policy(
        secret->resource, props->removal_policy ? props->removal_policy : REMOVAL_POLICY_DESTROY);
    set_arns(secret, value_if_literal(props->secret_name));
    secret->secret_name = owned_name(secret, props->secret_name);
    secret->encryption_key = props->encryption_key;
    if (generator && generator->exclude_characters)
        secret->exclude_characters = arena_strdup(construct_arena(scope), generator->exclude_characters);
    if (secret->encryption_key)
        grant_key_to_account(secret);
    return secret;
}

struct secretsmanager_secret *secretsmanager_secret_attach(
    struct secretsmanager_secret *secret, struct value *target_id, const char *target_type)
{
    struct secretsmanager_secret *attached;

    if (secret->state->attachment) {
        diag_error(secret->node, "the secret belongs to a database already");
        return secret->state->attachment;
    }
    attached = secret_allocate(
        secret->node, "Attachment", "secretsmanager.SecretTargetAttachment", SECRET_ATTACHMENT);
    attached->resource =
        resource_new(attached->node, "Resource", "AWS::SecretsManager::SecretTargetAttachment",
            object((struct field[]){
                { "SecretId", secret->secret_arn },
                { "TargetId", target_id },
                { "TargetType", string(target_type) },
                END,
            }));
    set_arns(attached, NULL);
    attached->secret_name = secret->secret_name;
    attached->encryption_key = secret->encryption_key;
    attached->state->attached = secret;
    secret->state->attachment = attached;
    return attached;
}

struct value *secretsmanager_secret_value_from_json(
    const struct secretsmanager_secret *secret, const char *field)
{
    return concatf("{{resolve:secretsmanager:%v:SecretString:%s::}}", secret->secret_arn, field);
}

struct value *secretsmanager_secret_value(const struct secretsmanager_secret *secret)
{
    return secretsmanager_secret_value_from_json(secret, "");
}

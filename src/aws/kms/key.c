// SPDX-License-Identifier: MIT
#include "aws/kms/kms_private.h"
#include "cdk/arn.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char alias_prefix[] = "alias/";
enum { ALIAS_LIMIT = 256 };

static bool is_between_days(struct duration duration, int64_t least, int64_t most)
{
    return duration.milliseconds >= days(least).milliseconds &&
        duration.milliseconds <= days(most).milliseconds;
}

static void check(struct construct *node, const struct kms_key_props *props)
{
    if (props->rotation_period.given && props->enable_key_rotation == NO)
        diag_error(node, "the key has a rotation period, but its rotation is not enabled");
    if (props->rotation_period.given && !is_between_days(props->rotation_period, 90, 2560))
        diag_error(node, "the key's rotation period must be 90 to 2560 days");
    if (props->pending_window.given && !is_between_days(props->pending_window, 7, 30))
        diag_error(node, "the key's pending window must be 7 to 30 days");
}

// The account itself may do everything, so that identities' policies can give permissions.
static struct iam_policy_document *default_policy(struct construct *node)
{
    struct iam_policy_document *policy = iam_policy_document_new(node);

    iam_policy_document_add(policy,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "kms:*", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ iam_account_root_principal(), NULL },
        }));
    return policy;
}

static struct value *key_properties(const struct kms_key *key, const struct kms_key_props *p)
{
    enum toggle rotation = p->enable_key_rotation;

    if (rotation == TOGGLE_DEFAULT && p->rotation_period.given)
        rotation = YES;
    return object((struct field[]){
        { "Description", string(p->description) },
        { "EnableKeyRotation", toggle_value(rotation) },
        { "Enabled", toggle_value(p->enabled) },
        { "KeyPolicy", iam_policy_document_value(key->state->policy) },
        { "MultiRegion", p->multi_region ? boolean(true) : NULL },
        { "PendingWindowInDays", days_value(p->pending_window) },
        { "RotationPeriodInDays", days_value(p->rotation_period) },
        END,
    });
}

static void check_alias(struct construct *node, const char *alias)
{
    size_t length = strlen(alias);

    if (strcmp(alias, alias_prefix) == 0)
        diag_error(node, "the alias must have a name behind '%s'", alias_prefix);
    if (strncasecmp(alias, "alias/aws/", strlen("alias/aws/")) == 0)
        diag_error(node, "the alias '%s' must not begin with 'alias/aws/', which is AWS's own", alias);
    for (const char *at = alias; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr(":/_-", *at))
            length = ALIAS_LIMIT + 1;
    if (length > ALIAS_LIMIT)
        diag_error(node, "the alias '%s' must have at most %d letters, digits or ':/_-'", alias, ALIAS_LIMIT);
}

static void add_alias(struct kms_key *key, const char *alias)
{
    struct construct *node = construct_new(key->node, "Alias", "kms.Alias");
    bool has_prefix = strncmp(alias, alias_prefix, strlen(alias_prefix)) == 0;
    const char *name = has_prefix ? alias : arena_printf(value_arena(), "%s%s", alias_prefix, alias);

    check_alias(node, name);
    resource_new(node, "Resource", "AWS::KMS::Alias",
        object((struct field[]){ { "AliasName", string(name) }, { "TargetKeyId", key->key_arn }, END }));
}

static struct kms_key *allocate(struct construct *node)
{
    struct kms_key *key = arena_alloc(construct_arena(node), sizeof(*key));

    key->node = node;
    key->state = arena_alloc(construct_arena(node), sizeof(*key->state));
    return key;
}

struct kms_key *kms_key_new(struct construct *scope, const char *id, const struct kms_key_props *props)
{
    struct kms_key *key = allocate(construct_new(scope, id, "kms.Key"));
    enum removal_policy removal = props->removal_policy;

    check(key->node, props);
    key->state->policy = props->policy ? props->policy : default_policy(key->node);
    iam_policy_document_validate_as(key->state->policy, IAM_RESOURCE_POLICY, key->node);
    key->resource = resource_new(key->node, "Resource", "AWS::KMS::Key", key_properties(key, props));
    key->key_arn = get_att(key->resource, "Arn");
    key->key_id = ref(key->resource);
    key->state->account = construct_stack(key->node)->account;
    key->state->region = construct_stack(key->node)->region;
    resource_apply_removal_policy(
        key->resource, removal == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_RETAIN : removal);
    if (props->alias)
        add_alias(key, props->alias);
    return key;
}

struct kms_key *kms_key_from_arn(struct construct *scope, const char *id, struct value *key_arn)
{
    struct arn parts = arn_split(scope, key_arn, ARN_SLASH_RESOURCE_NAME);
    struct kms_key *key = allocate(construct_new(scope, id, "kms.ReferencedKey"));

    if (!parts.resource_name)
        diag_error(scope,
            "'%s' is not the ARN of a key; it must look like 'arn:partition:kms:region:account:key/id'",
            value_string(key_arn));
    key->key_arn = key_arn;
    key->key_id = parts.resource_name;
    key->state->account = parts.account;
    key->state->region = parts.region;
    return key;
}

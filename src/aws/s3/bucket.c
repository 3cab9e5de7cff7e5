// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

struct s3_bucket *bucket_allocate(struct construct *node, struct value *account, struct value *region)
{
    struct s3_bucket *bucket = arena_alloc(construct_arena(node), sizeof(*bucket));
    struct s3_bucket_state *state = arena_alloc(construct_arena(node), sizeof(*state));

    bucket->node = node;
    bucket->state = state;
    state->account = account;
    state->region = region;
    state->cors = array();
    state->lifecycle_rules = array();
    state->metrics = array();
    state->inventories = array();
    return bucket;
}

// With the flag, what is not said is blocked too.
static struct s3_block_public_access public_access(
    struct construct *node, struct s3_block_public_access given)
{
    enum toggle *all[] = { &given.block_public_acls, &given.block_public_policy, &given.ignore_public_acls,
        &given.restrict_public_buckets };
    bool any = false;

    for (size_t i = 0; i < 4; i++)
        any |= *all[i] != TOGGLE_DEFAULT;
    if (!any || !construct_context_flag(node, "@aws-cdk/aws-s3:publicAccessBlockedByDefault"))
        return given;
    for (size_t i = 0; i < 4; i++)
        if (*all[i] == TOGGLE_DEFAULT)
            *all[i] = YES;
    return given;
}

static struct value *public_access_block(struct s3_block_public_access p)
{
    return omit_empty(object((struct field[]){
        { "BlockPublicAcls", toggle_value(p.block_public_acls) },
        { "BlockPublicPolicy", toggle_value(p.block_public_policy) },
        { "IgnorePublicAcls", toggle_value(p.ignore_public_acls) },
        { "RestrictPublicBuckets", toggle_value(p.restrict_public_buckets) },
        END,
    }));
}

static struct value *enabled(const char *key, bool is_enabled)
{
    return is_enabled ? single(key, string("Enabled")) : NULL;
}

static struct value *object_lock_enabled(const struct s3_bucket_props *props)
{
    return props->object_lock_default_retention ? boolean(true) : toggle_value(props->object_lock_enabled);
}

static struct value *bucket_properties(struct s3_bucket *bucket, const struct s3_bucket_props *p)
{
    const struct s3_bucket_state *state = bucket->state;

    return object((struct field[]){
        { "AccelerateConfiguration", enabled("AccelerationStatus", p->transfer_acceleration) },
        { "AccessControl", bucket_access_control(bucket) },
        { "BucketEncryption", bucket_encryption(bucket, p) },
        { "BucketName", p->bucket_name },
        { "CorsConfiguration", omit_empty(single("CorsRules", omit_empty(state->cors))) },
        { "IntelligentTieringConfigurations", bucket_intelligent_tiering(bucket, p->intelligent_tiering) },
        { "InventoryConfigurations", omit_empty(state->inventories) },
        { "LifecycleConfiguration", bucket_lifecycle(bucket) },
        { "LoggingConfiguration", bucket_logging(bucket, p) },
        { "MetricsConfigurations", omit_empty(state->metrics) },
        { "ObjectLockConfiguration", bucket_object_lock(bucket, p) },
        { "ObjectLockEnabled", object_lock_enabled(p) },
        { "OwnershipControls", bucket_ownership_controls(bucket) },
        { "PublicAccessBlockConfiguration",
            public_access_block(public_access(bucket->node, p->block_public_access)) },
        { "VersioningConfiguration", enabled("Status", p->versioned) },
        { "WebsiteConfiguration", bucket_website(bucket, p) },
        END,
    });
}

static void set_attributes(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    const char *known = value_string(props->bucket_name);
    const struct arn_parts parts = {
        .service = "s3",
        .region = string(""),
        .account = string(""),
        .resource = known,
        .format = ARN_NO_RESOURCE_NAME,
    };
    struct value *arn = known ? stack_format_arn(construct_stack(bucket->node), &parts) : NULL;

    bucket->bucket_arn = across_environments(get_att(bucket->resource, "Arn"), arn);
    bucket->bucket_name = across_environments(ref(bucket->resource), value_if_literal(props->bucket_name));
    bucket->bucket_domain_name = get_att(bucket->resource, "DomainName");
    bucket->bucket_dual_stack_domain_name = get_att(bucket->resource, "DualStackDomainName");
    bucket->bucket_regional_domain_name = get_att(bucket->resource, "RegionalDomainName");
    bucket->bucket_website_url = get_att(bucket->resource, "WebsiteURL");
    bucket->bucket_website_domain_name = fn_select(2, fn_split("/", bucket->bucket_website_url));
}

static void add_rules(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    for (const struct s3_inventory *const *at = props->inventories; at && *at; at++)
        s3_bucket_add_inventory(bucket, *at);
    for (const struct s3_metric *at = props->metrics; at && at->id; at++)
        s3_bucket_add_metric(bucket, at);
    for (const struct s3_cors_rule *at = props->cors; at && at->allowed_methods; at++)
        s3_bucket_add_cors_rule(bucket, at);
    for (const struct s3_lifecycle_rule *const *at = props->lifecycle_rules; at && *at; at++)
        s3_bucket_add_lifecycle_rule(bucket, *at);
}

static void add_log_delivery(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    struct s3_bucket *target = props->server_access_logs_bucket;

    if (target && !target->resource)
        diag_warning(bucket->node,
            "the imported bucket '%s' must let S3 deliver the access logs; that permission is not added to "
            "it",
            construct_path(target->node));
    else if (target || props->server_access_logs_prefix)
        bucket_allow_log_delivery(target ? target : bucket, bucket, props->server_access_logs_prefix);
}

static void set_public(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    struct s3_block_public_access block = public_access(bucket->node, props->block_public_access);

    bucket->disallow_public_access = block.block_public_policy == YES;
    if (!props->public_read_access)
        return;
    if (!value_length(public_access_block(block)))
        diag_error(bucket->node, "public_read_access needs block_public_access that allows it");
    s3_bucket_grant_public_access(bucket, "*");
}

struct s3_bucket *s3_bucket_new(struct construct *scope, const char *id, const struct s3_bucket_props *props)
{
    struct construct *node = construct_new(scope, id, "s3.Bucket");
    struct stack *stack = construct_stack(node);
    struct s3_bucket *bucket = bucket_allocate(node, stack->account, stack->region);
    enum removal_policy removal = props->removal_policy;

    bucket_set_encryption(bucket, props);
    bucket_check_name(node, value_string(props->bucket_name), false);
    bucket->state->access_control = props->access_control;
    bucket->state->object_ownership = props->object_ownership;
    bucket->state->transition_default_minimum_object_size = props->transition_default_minimum_object_size;
    bucket_check_access_control(bucket);
    bucket->resource = resource_new(node, "Resource", "AWS::S3::Bucket", bucket_properties(bucket, props));
    bucket->is_website = object_get(resource_properties(bucket->resource), "WebsiteConfiguration");
    resource_apply_removal_policy(
        bucket->resource, removal == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_RETAIN : removal);
    set_attributes(bucket, props);
    if (props->enforce_ssl)
        bucket_enforce_ssl(bucket, props->minimum_tls_version);
    else if (props->minimum_tls_version.given)
        diag_error(node, "minimum_tls_version needs enforce_ssl");
    add_log_delivery(bucket, props);
    add_rules(bucket, props);
    set_public(bucket, props);
    return bucket;
}

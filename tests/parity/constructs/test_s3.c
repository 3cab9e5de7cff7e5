// SPDX-License-Identifier: MIT
#include "aws/s3.h"

#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"
#include "util/array.h"
#include "util/strbuf.h"

static struct s3_bucket *add(struct stack *stack, const char *id, struct s3_bucket_props props)
{
    return s3_bucket_new(stack->node, id, &props);
}

static struct s3_bucket *plain(struct stack *stack, const char *id)
{
    return add(stack, id, (struct s3_bucket_props){ 0 });
}

static struct iam_principal *granted(struct stack *stack, const char *id)
{
    return plain_role(stack->node, id)->principal;
}

static struct stack *other(struct stack *stack, const char *account_id, const char *region)
{
    return stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = account_id, .region = region });
}

static struct kms_key *imported_key(struct stack *stack)
{
    return kms_key_from_arn(stack->node, "Imported", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));
}

static struct value *parameter(struct stack *stack, const char *id)
{
    return parameter_new(stack->node, id, &(struct parameter_props){ 0 });
}

static void attributes(struct stack *stack, const struct s3_bucket *b, const char *id)
{
    output(stack, id,
        concatf("%v %v %v %v %v %v %v %v %v %v %v %s", b->bucket_arn, b->bucket_name, b->bucket_domain_name,
            b->bucket_regional_domain_name, b->bucket_dual_stack_domain_name, b->bucket_website_url,
            b->bucket_website_domain_name, s3_bucket_arn_for_objects(b, "x/*"),
            s3_bucket_url_for_object(b, NULL), s3_bucket_url_for_object(b, "/key"),
            s3_bucket_s3_url_for_object(b, "a/b"), b->is_website ? "true" : "false"));
}

static void grant_all(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    s3_bucket_grant_read(bucket, grantee);
    s3_bucket_grant(bucket, grantee, S3_ACCESS_WRITE, "written/*");
    s3_bucket_grant_put(bucket, grantee);
    s3_bucket_grant_put_acl(bucket, grantee);
    s3_bucket_grant(bucket, grantee, S3_ACCESS_DELETE, "tmp/*");
    s3_bucket_grant_read_write(bucket, grantee);
}

static void bucket(struct stack *stack)
{
    const struct s3_object_lock_retention month = { S3_OBJECT_LOCK_COMPLIANCE, days(30) };
    const struct s3_object_lock_retention day = { S3_OBJECT_LOCK_GOVERNANCE, days(1) };

    attributes(stack, plain(stack, "Plain"), "Attributes");
    add(stack, "Named",
        (struct s3_bucket_props){
            .bucket_name = string("the-bucket.name"),
            .versioned = true,
            .removal_policy = REMOVAL_POLICY_DESTROY,
            .transfer_acceleration = true,
        });
    add(stack, "TokenName",
        (struct s3_bucket_props){ .bucket_name = parameter(stack, "Name"), .object_lock_enabled = YES });
    add(stack, "Locked", (struct s3_bucket_props){ .object_lock_default_retention = &month });
    add(stack, "Governed",
        (struct s3_bucket_props){ .object_lock_enabled = YES, .object_lock_default_retention = &day });
    add(stack, "Unlocked", (struct s3_bucket_props){ .object_lock_enabled = NO });
}

static void encryption(struct stack *stack)
{
    static const struct {
        const char *id;
        enum s3_encryption encryption;
    } kinds[] = {
        { "UNENCRYPTED", S3_ENCRYPTION_UNENCRYPTED },
        { "KMS_MANAGED", S3_ENCRYPTION_KMS_MANAGED },
        { "S3_MANAGED", S3_ENCRYPTION_S3_MANAGED },
        { "KMS", S3_ENCRYPTION_KMS },
        { "DSSE_MANAGED", S3_ENCRYPTION_DSSE_MANAGED },
        { "DSSE", S3_ENCRYPTION_DSSE },
    };

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        add(stack, kinds[i].id, (struct s3_bucket_props){ .encryption = kinds[i].encryption });
    add(stack, "BucketKey",
        (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS_MANAGED, .bucket_key_enabled = YES });
    add(stack, "NoBucketKey",
        (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_S3_MANAGED, .bucket_key_enabled = NO });
    add(stack, "GivenKey",
        (struct s3_bucket_props){ .encryption_key = imported_key(stack), .bucket_key_enabled = YES });
    add(stack, "GivenKeyDsse",
        (struct s3_bucket_props){
            .encryption = S3_ENCRYPTION_DSSE,
            .encryption_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }),
        });
}

static void enforce_ssl(struct stack *stack)
{
    struct s3_bucket *strict;

    add(stack, "Bucket", (struct s3_bucket_props){ .enforce_ssl = true });
    strict = add(
        stack, "Strict", (struct s3_bucket_props){ .enforce_ssl = true, .minimum_tls_version = count(1.2) });
    s3_bucket_add_to_resource_policy(strict,
        iam_statement_new(&(struct iam_statement_props){
            .actions = TEXTS("s3:GetObject"),
            .resources = VALUES(s3_bucket_arn_for_objects(strict, "*")),
            .principals = PRINCIPALS(iam_service_principal("cloudfront.amazonaws.com")),
            .conditions = condition("StringEquals", "AWS:SourceArn", "arn"),
        }));
}

static void public_access(struct stack *stack)
{
    add(stack, "BlockAll", (struct s3_bucket_props){ .block_public_access = s3_block_all() });
    add(stack, "BlockAclsOnly",
        (struct s3_bucket_props){ .block_public_access = s3_block_acls_only(), .public_read_access = true });
    add(stack, "Some",
        (struct s3_bucket_props){
            .block_public_access = { .restrict_public_buckets = YES, .block_public_policy = NO } });
    s3_bucket_grant_public_access(plain(stack, "Granted"), "public/*");
}

static void public_access_blocked_by_default(struct stack *stack)
{
    plain(stack, "Plain");
    add(stack, "Some", (struct s3_bucket_props){ .block_public_access = { .restrict_public_buckets = NO } });
}

static void access_control(struct stack *stack)
{
    static const char *const controls[] = { "Private", "PublicRead", "PublicReadWrite", "AuthenticatedRead",
        "LogDeliveryWrite", "BucketOwnerRead", "BucketOwnerFullControl", "AwsExecRead" };
    static const char *const ownerships[] = { "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter" };

    for (int i = 0; i < 8; i++)
        add(stack, controls[i],
            (struct s3_bucket_props){
                .access_control = (enum s3_access_control)(S3_ACCESS_CONTROL_PRIVATE + i) });
    for (int i = 0; i < 3; i++)
        add(stack, ownerships[i],
            (struct s3_bucket_props){ .object_ownership = (enum s3_object_ownership)(
                                          S3_OBJECT_OWNERSHIP_BUCKET_OWNER_ENFORCED + i) });
    add(stack, "Both",
        (struct s3_bucket_props){
            .access_control = S3_ACCESS_CONTROL_PUBLIC_READ,
            .object_ownership = S3_OBJECT_OWNERSHIP_BUCKET_OWNER_PREFERRED,
        });
}

static void cors(struct stack *stack)
{
    const struct s3_cors_rule rules[] = {
        {
            .id = "web",
            .allowed_methods = TEXTS("GET", "PUT", "POST"),
            .allowed_origins = TEXTS("https://example.com"),
            .allowed_headers = TEXTS("*"),
            .exposed_headers = TEXTS("ETag"),
            .max_age = count(3000),
        },
        { .allowed_methods = TEXTS("HEAD"), .allowed_origins = TEXTS("*"), .max_age = count(0) },
        { .allowed_methods = NULL },
    };
    struct s3_bucket *made = add(stack, "Bucket", (struct s3_bucket_props){ .cors = rules });

    s3_bucket_add_cors_rule(made,
        &(struct s3_cors_rule){
            .allowed_methods = TEXTS("DELETE"), .allowed_origins = TEXTS("https://late.example.com") });
    s3_bucket_add_cors_rule(plain(stack, "Late"),
        &(struct s3_cors_rule){ .allowed_methods = TEXTS("GET"), .allowed_origins = TEXTS("*") });
}

static const struct s3_transition transitions[] = {
    { .storage_class = S3_STORAGE_CLASS_INFREQUENT_ACCESS, .transition_after = { true, 2592000000 } },
    { .storage_class = S3_STORAGE_CLASS_GLACIER, .transition_date = "2030-01-01T00:00:00Z" },
    { .storage_class = S3_STORAGE_CLASS_GLACIER_INSTANT_RETRIEVAL, .transition_after = { true, 0 } },
    { .storage_class = S3_STORAGE_CLASS_NONE },
};

static void lifecycle(struct stack *stack)
{
    const struct field tags[] = { { "tmp", string("yes") }, { "team", string("core") }, END };
    const struct s3_noncurrent_version_transition noncurrent[] = {
        { S3_STORAGE_CLASS_DEEP_ARCHIVE, days(90), count(1) },
        { S3_STORAGE_CLASS_ONE_ZONE_INFREQUENT_ACCESS, days(60), { 0 } },
        { S3_STORAGE_CLASS_NONE, { 0 }, { 0 } },
    };
    const struct s3_lifecycle_rule all = {
        .id = "all",
        .prefix = "a/",
        .enabled = NO,
        .expiration = days(365),
        .abort_incomplete_multipart_upload_after = days(7),
        .object_size_greater_than = count(500),
        .object_size_less_than = count(1000),
        .tag_filters = object(tags),
        .noncurrent_version_expiration = days(30),
        .noncurrent_versions_to_retain = count(3),
        .transitions = transitions,
        .noncurrent_version_transitions = noncurrent,
    };
    const struct s3_lifecycle_rule dated = { .expiration_date = "2031-02-03T04:05:06Z" };
    const struct s3_lifecycle_rule marker = { .expired_object_delete_marker = true,
        .object_size_less_than = count(0) };
    const struct s3_lifecycle_rule old = { .noncurrent_version_expiration = days(1) };
    const struct s3_transition tiers[] = {
        { .storage_class = S3_STORAGE_CLASS_INTELLIGENT_TIERING, .transition_after = days(1) },
        { .storage_class = S3_STORAGE_CLASS_NONE },
    };
    const struct s3_lifecycle_rule tiered = { .transitions = tiers };
    struct s3_bucket *made = add(stack, "Bucket",
        (struct s3_bucket_props){
            .versioned = true,
            .transition_default_minimum_object_size = "varies_by_storage_class",
            .lifecycle_rules = (const struct s3_lifecycle_rule *const[]){ &all, &dated, &marker, &old, NULL },
        });

    s3_bucket_add_lifecycle_rule(
        made, &(struct s3_lifecycle_rule){ .abort_incomplete_multipart_upload_after = days(1) });
    add(stack, "None",
        (struct s3_bucket_props){ .transition_default_minimum_object_size = "all_storage_classes_128K" });
    add(stack, "Tiered",
        (struct s3_bucket_props){
            .lifecycle_rules = (const struct s3_lifecycle_rule *const[]){ &tiered, NULL } });
}

static void website(struct stack *stack)
{
    const struct s3_redirect_target https = { "example.com", "https" }, any = { "example.com", NULL };
    const struct s3_routing_rule first = {
        .host_name = "www.example.com",
        .http_redirect_code = "302",
        .protocol = "https",
        .replace_key_prefix_with = "test/",
        .condition_http_error_code = "404",
        .condition_key_prefix = "prefix",
    };
    const struct s3_routing_rule second = { .replace_key_with = "other.html" };

    attributes(stack, add(stack, "Index", (struct s3_bucket_props){ .website_index_document = "index.html" }),
        "Attributes");
    add(stack, "Error",
        (struct s3_bucket_props){
            .website_index_document = "index.html",
            .website_error_document = "error.html",
            .public_read_access = true,
            .block_public_access = s3_block_acls_only(),
        });
    add(stack, "Redirect", (struct s3_bucket_props){ .website_redirect = &https });
    add(stack, "RedirectPlainly", (struct s3_bucket_props){ .website_redirect = &any });
    add(stack, "Rules",
        (struct s3_bucket_props){
            .website_index_document = "index.html",
            .website_routing_rules = (const struct s3_routing_rule *const[]){ &first, &second, NULL },
        });
}

static void access_logs(struct stack *stack)
{
    struct s3_bucket *logs = plain(stack, "Logs"), *encrypted;

    add(stack, "Logged",
        (struct s3_bucket_props){
            .server_access_logs_bucket = logs, .server_access_logs_prefix = "logged/" });
    add(stack, "Itself",
        (struct s3_bucket_props){
            .server_access_logs_prefix = "self/",
            .server_access_logs_key_format = S3_LOG_KEY_PARTITIONED_BY_EVENT_TIME,
        });
    encrypted = add(stack, "Encrypted",
        (struct s3_bucket_props){
            .encryption = S3_ENCRYPTION_KMS,
            .object_ownership = S3_OBJECT_OWNERSHIP_BUCKET_OWNER_PREFERRED,
        });
    add(stack, "ToEncrypted",
        (struct s3_bucket_props){
            .server_access_logs_bucket = encrypted,
            .server_access_logs_key_format = S3_LOG_KEY_SIMPLE_PREFIX,
        });
    add(stack, "ToImported",
        (struct s3_bucket_props){
            .server_access_logs_bucket = s3_bucket_from_name(stack->node, "There", string("there")),
            .server_access_logs_prefix = "x",
            .server_access_logs_key_format = S3_LOG_KEY_PARTITIONED_BY_DELIVERY_TIME,
        });
}

static void access_logs_across_stacks(struct stack *stack)
{
    struct stack *there = other(stack, "111111111111", "eu-west-1");

    add(stack, "Logged",
        (struct s3_bucket_props){
            .server_access_logs_bucket = plain(there, "Logs"), .server_access_logs_prefix = "x" });
}

static void metrics_and_tiering(struct stack *stack)
{
    const struct field filters[] = { { "x", string("y") }, { "z", string("1") }, END };
    const struct field tags[] = { { "k", string("v") }, END };
    const struct s3_metric metrics[] = {
        { .id = "all" },
        { .id = "some", .prefix = "a/", .tag_filters = object(filters) },
        { .id = NULL },
    };
    const struct s3_intelligent_tiering tierings[] = {
        { "both", "b/", object(tags), days(90), days(180) },
        { .name = "archive", .archive_access_tier_time = days(100) },
        { .name = NULL },
    };
    struct s3_bucket *made =
        add(stack, "Bucket", (struct s3_bucket_props){ .metrics = metrics, .intelligent_tiering = tierings });

    s3_bucket_add_metric(made, &(struct s3_metric){ .id = "late" });
}

static void inventory(struct stack *stack)
{
    struct s3_bucket *target = add(stack, "Target", (struct s3_bucket_props){ .enforce_ssl = true });
    struct s3_bucket *there, *made;
    const struct s3_inventory weekly = { .destination = target };
    const struct s3_inventory daily = {
        .id = "my-daily",
        .destination = target,
        .destination_prefix = "daily",
        .destination_owner = "111111111111",
        .format = "Parquet",
        .frequency = "Daily",
        .enabled = NO,
        .current_versions_only = true,
        .optional_fields = TEXTS("Size", "ETag"),
        .objects_prefix = "data/",
    };
    STRBUF_AUTO id = STRBUF_INIT;

    made = add(stack, "Bucket",
        (struct s3_bucket_props){
            .inventories = (const struct s3_inventory *const[]){ &weekly, &daily, NULL } });
    there = s3_bucket_from_name(stack->node, "There", string("there"));
    s3_bucket_add_inventory(made, &(struct s3_inventory){ .destination = there, .format = "ORC" });
    s3_bucket_add_to_resource_policy(target,
        iam_statement_new(&(struct iam_statement_props){
            .actions = TEXTS("s3:ListBucket"),
            .resources = VALUES(target->bucket_arn),
            .principals = PRINCIPALS(account("222222222222")),
        }));
    strbuf_add_string(&id, "I.ventory/With~");
    for (int i = 0; i < 20; i++)
        strbuf_add_string(&id, "long");
    add(stack, id.data,
        (struct s3_bucket_props){ .inventories = (const struct s3_inventory *const[]){ &weekly, NULL } });
}

static void grants(struct stack *stack)
{
    struct s3_bucket *made = plain(stack, "Bucket");

    grant_all(made, granted(stack, "Role"));
    s3_bucket_grant_read_write(made, granted(stack, "ReadWrite"));
    s3_bucket_grant(made, granted(stack, "Reader"), S3_ACCESS_READ, "public/*");
    s3_bucket_grant_read(made, iam_service_principal("cloudfront"));
    s3_bucket_grant_put(made, account("222222222222"));
}

static void grants_of_all_objects(struct stack *stack)
{
    struct s3_bucket *made =
        add(stack, "Bucket", (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS });

    s3_bucket_grant_write(made, granted(stack, "Writer"));
    s3_bucket_grant_delete(made, granted(stack, "Cleaner"));
}

static void grants_encrypted(struct stack *stack)
{
    struct s3_bucket *made =
        add(stack, "Bucket", (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS });
    struct s3_bucket *with_key;

    grant_all(made, granted(stack, "Role"));
    s3_bucket_grant_read_write(made, granted(stack, "ReadWrite"));
    s3_bucket_grant_read(made, iam_service_principal("cloudfront"));
    with_key = add(stack, "WithKey", (struct s3_bucket_props){ .encryption_key = imported_key(stack) });
    s3_bucket_grant_read_write(with_key, granted(stack, "Third"));
}

static void imported(struct stack *stack)
{
    const struct s3_bucket_import full = {
        .bucket_arn = string("arn:aws:s3:::full"),
        .region = "us-east-1",
        .account = "222222222222",
        .is_website = true,
        .encryption_key = imported_key(stack),
        .bucket_website_url = string("http://site.example.com/"),
        .bucket_domain_name = string("domain"),
        .bucket_regional_domain_name = string("regional"),
        .bucket_dual_stack_domain_name = string("dual"),
    };
    const struct s3_bucket_import frankfurt = {
        .bucket_name = string("fra"),
        .bucket_arn = string("arn:aws:s3:::frankfurt"),
        .region = "eu-central-1",
    };
    struct s3_bucket *buckets[] = {
        s3_bucket_from_name(stack->node, "ByName", string("by_Name")),
        s3_bucket_from_arn(stack->node, "ByArn", string("arn:aws:s3:::by-arn")),
        s3_bucket_import(stack->node, "Full", &full),
        s3_bucket_from_arn(stack->node, "Token", parameter(stack, "Arn")),
        s3_bucket_import(stack->node, "Frankfurt", &frankfurt),
    };

    for (int i = 0; i < 5; i++) {
        attributes(stack, buckets[i], value_string(stringf("Attributes%d", i)));
        grant_all(buckets[i], granted(stack, value_string(stringf("Role%d", i))));
    }
}

static struct iam_role *named_role(struct stack *stack, const char *id, const char *name)
{
    return iam_role_new(
        stack->node, id, &(struct iam_role_props){ .assumed_by = lambda(), .role_name = string(name) });
}

static void named_elsewhere(struct stack *stack)
{
    struct s3_bucket *made = add(other(stack, "222222222222", "us-east-1"), "Bucket",
        (struct s3_bucket_props){ .bucket_name = string("known"), .encryption = S3_ENCRYPTION_S3_MANAGED });
    struct iam_role *immutable = named_role(stack, "Immutable", "immutable");

    s3_bucket_grant_read(made, named_role(stack, "Role", "reader")->principal);
    s3_bucket_grant_read(made, iam_role_without_policy_updates(immutable, true)->principal);
    output(stack, "Name", concatf("%v %v", made->bucket_name, made->bucket_arn));
}

static void across_stacks(struct stack *stack)
{
    struct s3_bucket *made = add(other(stack, "111111111111", "eu-west-1"), "Bucket",
        (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS, .enforce_ssl = true });

    s3_bucket_grant_read_write(made, granted(stack, "Role"));
    output(stack, "Domain", made->bucket_regional_domain_name);
}

static const struct parity_case cases[] = {
    { "s3-bucket", bucket },
    { "s3-encryption", encryption },
    { "s3-enforce-ssl", enforce_ssl },
    { "s3-public-access", public_access },
    { "s3-public-access-blocked-by-default", public_access_blocked_by_default },
    { "s3-access-control", access_control },
    { "s3-cors", cors },
    { "s3-lifecycle", lifecycle },
    { "s3-website", website },
    { "s3-access-logs", access_logs },
    { "s3-access-logs-by-policy", access_logs },
    { "s3-access-logs-by-policy-across-stacks", access_logs_across_stacks },
    { "s3-metrics-and-tiering", metrics_and_tiering },
    { "s3-inventory", inventory },
    { "s3-grants", grants },
    { "s3-grants-of-all-objects", grants_of_all_objects },
    { "s3-grants-encrypted", grants_encrypted },
    { "s3-imported", imported },
    { "s3-across-environments", named_elsewhere },
    { "s3-across-stacks", across_stacks },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("s3", cases, argc, argv);
}

// SPDX-License-Identifier: MIT
#include "aws/s3.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static struct s3_bucket *bucket(struct stack *stack, struct s3_bucket_props props)
{
    return s3_bucket_new(stack->node, "Bucket", &props);
}

static void name(struct stack *stack, const char *text)
{
    bucket(stack, (struct s3_bucket_props){ .bucket_name = string(text) });
}

static void short_name(struct stack *stack)
{
    name(stack, "ab");
}

static void capital_name(struct stack *stack)
{
    name(stack, "myBucket");
}

static void name_with_dash_at_end(struct stack *stack)
{
    name(stack, "bucket-");
}

static void name_with_two_dots(struct stack *stack)
{
    name(stack, "my..bucket");
}

static void name_like_address(struct stack *stack)
{
    name(stack, "192.168.0.1");
}

static void imported_name_with_blank(struct stack *stack)
{
    s3_bucket_from_name(stack->node, "Bucket", string("My Bucket"));
}

static void import_of_nothing(struct stack *stack)
{
    s3_bucket_import(stack->node, "Bucket", &(struct s3_bucket_import){ 0 });
}

static const struct diag_case name_cases[] = {
    { short_name, DIAG_ERROR, "Case/Bucket: the bucket name 'ab' must have 3 to 63 characters" },
    { capital_name, DIAG_ERROR,
        "Case/Bucket: the bucket name 'myBucket' must have only lower case letters, digits, '.' and '-'" },
    { name_with_dash_at_end, DIAG_ERROR,
        "Case/Bucket: the bucket name 'bucket-' must begin and end with a lower case letter or digit" },
    { name_with_two_dots, DIAG_ERROR,
        "Case/Bucket: the bucket name 'my..bucket' must not have a dot beside a dot or a dash" },
    { name_like_address, DIAG_ERROR,
        "Case/Bucket: the bucket name '192.168.0.1' must not look like an IP address" },
    { imported_name_with_blank, DIAG_ERROR,
        "Case/Bucket: the bucket name 'My Bucket' must have only letters, digits, '.', '_' and '-'" },
    { import_of_nothing, DIAG_ERROR, "Case: an imported bucket needs its name or its ARN" },
    { 0 },
};

static struct kms_key *key(struct stack *stack)
{
    return kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));
}

static void key_without_kms(struct stack *stack)
{
    bucket(stack,
        (struct s3_bucket_props){ .encryption = S3_ENCRYPTION_S3_MANAGED, .encryption_key = key(stack) });
}

static void bucket_key_without_encryption(struct stack *stack)
{
    bucket(stack, (struct s3_bucket_props){ .bucket_key_enabled = YES });
}

static void tls_without_ssl(struct stack *stack)
{
    bucket(stack, (struct s3_bucket_props){ .minimum_tls_version = count(1.2) });
}

static void public_without_block(struct stack *stack)
{
    bucket(stack, (struct s3_bucket_props){ .public_read_access = true });
}

static void public_while_blocked(struct stack *stack)
{
    bucket(
        stack, (struct s3_bucket_props){ .public_read_access = true, .block_public_access = s3_block_all() });
}

static void public_acl_of_enforced_owner(struct stack *stack)
{
    bucket(stack,
        (struct s3_bucket_props){
            .access_control = S3_ACCESS_CONTROL_PUBLIC_READ,
            .object_ownership = S3_OBJECT_OWNERSHIP_BUCKET_OWNER_ENFORCED,
        });
}

static void logs_to_private_bucket(struct stack *stack)
{
    struct s3_bucket *logs = s3_bucket_new(
        stack->node, "Logs", &(struct s3_bucket_props){ .access_control = S3_ACCESS_CONTROL_PRIVATE });

    bucket(stack, (struct s3_bucket_props){ .server_access_logs_bucket = logs });
}

static void logs_to_managed_key(struct stack *stack)
{
    bucket(stack,
        (struct s3_bucket_props){
            .server_access_logs_prefix = "logs/", .encryption = S3_ENCRYPTION_KMS_MANAGED });
}

static void logs_to_imported_bucket(struct stack *stack)
{
    struct s3_bucket *logs = s3_bucket_from_name(stack->node, "Logs", string("logs"));

    bucket(stack, (struct s3_bucket_props){ .server_access_logs_bucket = logs });
}

static const struct diag_case access_cases[] = {
    { key_without_kms, DIAG_ERROR,
        "Case/Bucket: the bucket has an encryption key, so its encryption must be S3_ENCRYPTION_KMS or "
        "S3_ENCRYPTION_DSSE" },
    { bucket_key_without_encryption, DIAG_ERROR,
        "Case/Bucket: the bucket has a bucket key, so it must be encrypted" },
    { tls_without_ssl, DIAG_ERROR, "Case/Bucket: minimum_tls_version needs enforce_ssl" },
    { public_without_block, DIAG_ERROR,
        "Case/Bucket: public_read_access needs block_public_access that allows it" },
    { public_while_blocked, DIAG_ERROR,
        "Case/Bucket: the bucket cannot be made public while block_public_access blocks public policies" },
    { public_acl_of_enforced_owner, DIAG_ERROR,
        "Case/Bucket: the bucket's access control is 'PublicRead', so its object ownership must be "
        "S3_OBJECT_OWNERSHIP_OBJECT_WRITER" },
    { logs_to_private_bucket, DIAG_ERROR,
        "Case/Logs: logs cannot be delivered to the bucket, whose access control is 'Private'" },
    { logs_to_managed_key, DIAG_ERROR,
        "Case/Bucket: access logs cannot be delivered to a bucket that is encrypted by AWS's own key" },
    { logs_to_imported_bucket, DIAG_WARNING,
        "Case/Bucket: the imported bucket 'Case/Logs' must let S3 deliver the access logs; that permission "
        "is not added to it" },
    { 0 },
};

static void add_rule(struct stack *stack, struct s3_lifecycle_rule rule)
{
    s3_bucket_add_lifecycle_rule(bucket(stack, (struct s3_bucket_props){ 0 }), &rule);
}

static void rule_without_effect(struct stack *stack)
{
    add_rule(stack, (struct s3_lifecycle_rule){ .prefix = "a/" });
}

static void marker_with_expiration(struct stack *stack)
{
    add_rule(
        stack, (struct s3_lifecycle_rule){ .expired_object_delete_marker = true, .expiration = days(1) });
}

static void add_transition(struct stack *stack, struct duration after, const char *date)
{
    const struct s3_transition transitions[] = {
        { S3_STORAGE_CLASS_GLACIER, after, date },
        { .storage_class = S3_STORAGE_CLASS_NONE },
    };

    add_rule(stack, (struct s3_lifecycle_rule){ .transitions = transitions });
}

static void transition_at_no_time(struct stack *stack)
{
    add_transition(stack, (struct duration){ 0 }, NULL);
}

static void transition_at_two_times(struct stack *stack)
{
    add_transition(stack, days(1), "2030-01-01T00:00:00Z");
}

static void half_days(struct stack *stack)
{
    add_rule(stack, (struct s3_lifecycle_rule){ .expiration = hours(36) });
}

static void retention_without_lock(struct stack *stack)
{
    const struct s3_object_lock_retention retention = { S3_OBJECT_LOCK_GOVERNANCE, days(1) };

    bucket(stack,
        (struct s3_bucket_props){ .object_lock_enabled = NO, .object_lock_default_retention = &retention });
}

static void long_retention(struct stack *stack)
{
    const struct s3_object_lock_retention retention = { S3_OBJECT_LOCK_GOVERNANCE, days(36501) };

    bucket(stack, (struct s3_bucket_props){ .object_lock_default_retention = &retention });
}

static void odd_inventory_id(struct stack *stack)
{
    struct s3_bucket *made = bucket(stack, (struct s3_bucket_props){ 0 });

    s3_bucket_add_inventory(made, &(struct s3_inventory){ .id = "my inventory", .destination = made });
}

static void error_page_without_index(struct stack *stack)
{
    bucket(stack, (struct s3_bucket_props){ .website_error_document = "error.html" });
}

static void redirect_with_index(struct stack *stack)
{
    const struct s3_redirect_target target = { .host_name = "example.com" };

    bucket(stack,
        (struct s3_bucket_props){ .website_index_document = "index.html", .website_redirect = &target });
}

static const struct diag_case rule_cases[] = {
    { rule_without_effect, DIAG_ERROR,
        "Case/Bucket: a lifecycle rule must do something: expire, abort uploads, or move objects to another "
        "storage class" },
    { marker_with_expiration, DIAG_ERROR,
        "Case/Bucket: a lifecycle rule with expired_object_delete_marker cannot have expiration, "
        "expiration_date or tag_filters" },
    { transition_at_no_time, DIAG_ERROR,
        "Case/Bucket: a lifecycle transition must have either transition_after or transition_date" },
    { transition_at_two_times, DIAG_ERROR,
        "Case/Bucket: a lifecycle transition must have either transition_after or transition_date" },
    { half_days, DIAG_ERROR, "Case/Bucket: 129600 seconds is not a whole number of days" },
    { retention_without_lock, DIAG_ERROR,
        "Case/Bucket: the bucket has a default retention, so object lock must be enabled" },
    { long_retention, DIAG_ERROR, "Case/Bucket: the object lock retention must be 1 day to 100 years" },
    { odd_inventory_id, DIAG_ERROR,
        "Case/Bucket: the inventory id 'my inventory' must have at most 64 letters, digits or '_.-'" },
    { error_page_without_index, DIAG_ERROR,
        "Case/Bucket: website_error_document needs website_index_document" },
    { redirect_with_index, DIAG_ERROR,
        "Case/Bucket: website_redirect cannot be used together with website_index_document, "
        "website_error_document or website_routing_rules" },
    { 0 },
};

static void names_are_checked(void **state)
{
    (void)state;
    check_diag_cases(name_cases, &(struct stack_props){ 0 });
}

static void access_is_checked(void **state)
{
    (void)state;
    check_diag_cases(access_cases, &(struct stack_props){ 0 });
}

static void rules_are_checked(void **state)
{
    (void)state;
    check_diag_cases(rule_cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(access_is_checked),
        cmocka_unit_test(rules_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: MIT
#ifndef AWS_S3_H
#define AWS_S3_H

// Buckets with their policies. What the CDK does by custom resources is not here: emptying a bucket that is
// deleted (autoDeleteObjects), and notifications of events.

#include "aws/iam.h"
#include "aws/kms.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;

struct s3_bucket {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *bucket_arn;
    struct value *bucket_name;
    struct value *bucket_domain_name;
    struct value *bucket_dual_stack_domain_name;
    struct value *bucket_regional_domain_name;
    struct value *bucket_website_url;
    struct value *bucket_website_domain_name;
    bool is_website;
    bool disallow_public_access;    // a policy with public access is blocked
    struct kms_key *encryption_key; // NULL: none that is known
    struct construct *policy;       // NULL while there is none
    struct s3_bucket_state *state;
};

enum s3_encryption {
    S3_ENCRYPTION_DEFAULT, // the service's; with a key given, KMS
    S3_ENCRYPTION_UNENCRYPTED,
    S3_ENCRYPTION_S3_MANAGED,
    S3_ENCRYPTION_KMS_MANAGED, // the account's key for S3
    S3_ENCRYPTION_KMS,         // the given key, or a new one
    S3_ENCRYPTION_DSSE_MANAGED,
    S3_ENCRYPTION_DSSE, // the given key, or a new one
};

// What the bucket's policy and ACLs may make public. {0}: the service's default.
struct s3_block_public_access {
    enum toggle block_public_acls;
    enum toggle block_public_policy;
    enum toggle ignore_public_acls;
    enum toggle restrict_public_buckets;
};
static inline struct s3_block_public_access s3_block_all(void)
{
    return (struct s3_block_public_access){ YES, YES, YES, YES };
}
static inline struct s3_block_public_access s3_block_acls_only(void)
{
    return (struct s3_block_public_access){ YES, NO, YES, NO };
}

enum s3_access_control {
    S3_ACCESS_CONTROL_DEFAULT,
    S3_ACCESS_CONTROL_PRIVATE,
    S3_ACCESS_CONTROL_PUBLIC_READ,
    S3_ACCESS_CONTROL_PUBLIC_READ_WRITE,
    S3_ACCESS_CONTROL_AUTHENTICATED_READ,
    S3_ACCESS_CONTROL_LOG_DELIVERY_WRITE,
    S3_ACCESS_CONTROL_BUCKET_OWNER_READ,
    S3_ACCESS_CONTROL_BUCKET_OWNER_FULL_CONTROL,
    S3_ACCESS_CONTROL_AWS_EXEC_READ,
};

enum s3_object_ownership {
    S3_OBJECT_OWNERSHIP_DEFAULT,
    S3_OBJECT_OWNERSHIP_BUCKET_OWNER_ENFORCED,
    S3_OBJECT_OWNERSHIP_BUCKET_OWNER_PREFERRED,
    S3_OBJECT_OWNERSHIP_OBJECT_WRITER,
};

enum s3_storage_class {
    S3_STORAGE_CLASS_NONE, // ends an array of transitions
    S3_STORAGE_CLASS_INFREQUENT_ACCESS,
    S3_STORAGE_CLASS_ONE_ZONE_INFREQUENT_ACCESS,
    S3_STORAGE_CLASS_GLACIER,
    S3_STORAGE_CLASS_GLACIER_INSTANT_RETRIEVAL,
    S3_STORAGE_CLASS_DEEP_ARCHIVE,
    S3_STORAGE_CLASS_INTELLIGENT_TIERING,
};

struct s3_transition {
    enum s3_storage_class storage_class;
    struct duration transition_after; // exactly one of this
    const char *transition_date;      // and this: ISO 8601, "2030-01-01T00:00:00Z"
};
struct s3_noncurrent_version_transition {
    enum s3_storage_class storage_class;
    struct duration transition_after;           // required
    struct count noncurrent_versions_to_retain; // default: none
};

// At least one of the fields that do something is needed. Durations are whole days.
struct s3_lifecycle_rule {
    const char *id;                        // default: S3's choice
    enum toggle enabled;                   // default yes
    const char *prefix;                    // default: all objects
    const struct value *tag_filters;       // object; default: all objects
    struct count object_size_less_than;    // bytes
    struct count object_size_greater_than; // bytes
    struct duration expiration;
    const char *expiration_date;       // ISO 8601
    bool expired_object_delete_marker; // not with expiration or tag filters
    struct duration abort_incomplete_multipart_upload_after;
    struct duration noncurrent_version_expiration;
    struct count noncurrent_versions_to_retain;
    const struct s3_transition *transitions; // end with S3_STORAGE_CLASS_NONE
    const struct s3_noncurrent_version_transition *noncurrent_version_transitions; // likewise
};

struct s3_cors_rule {
    const char *id;                     // default: none
    const char *const *allowed_methods; // required; end with NULL: "GET", "PUT", "HEAD", "POST", "DELETE"
    const char *const *allowed_origins; // required; end with NULL
    const char *const *allowed_headers; // end with NULL; default: none
    const char *const *exposed_headers; // end with NULL; default: none
    struct count max_age;               // seconds; default: none
};

struct s3_metric {
    const char *id;                  // required
    const char *prefix;              // default: all objects
    const struct value *tag_filters; // object; default: all objects
};

struct s3_inventory {
    const char *id;                     // default: from the construct id
    struct s3_bucket *destination;      // required; gets the permission that S3 needs
    const char *destination_prefix;     // default: none
    const char *destination_owner;      // account id; default: not checked
    const char *format;                 // "CSV", "Parquet", "ORC"; default "CSV"
    const char *frequency;              // "Daily", "Weekly"; default "Weekly"
    enum toggle enabled;                // default yes
    bool current_versions_only;         // default: all versions
    const char *const *optional_fields; // end with NULL; default: none
    const char *objects_prefix;         // default: all objects
};

struct s3_intelligent_tiering {
    const char *name;                              // required
    const char *prefix;                            // default: all objects
    const struct value *tags;                      // object; default: all objects
    struct duration archive_access_tier_time;      // default: not used
    struct duration deep_archive_access_tier_time; // default: not used
};

struct s3_redirect_target {
    const char *host_name; // required
    const char *protocol;  // "http", "https"; default: the request's
};
struct s3_routing_rule {
    const char *condition_http_error_code; // default: any
    const char *condition_key_prefix;      // default: any
    const char *host_name;                 // default: the request's
    const char *http_redirect_code;        // default "301"
    const char *protocol;                  // default: the request's
    const char *replace_key_with;          // default: the key stays
    const char *replace_key_prefix_with;   // default: the key stays
};

enum s3_object_lock_mode { S3_OBJECT_LOCK_GOVERNANCE, S3_OBJECT_LOCK_COMPLIANCE };
struct s3_object_lock_retention {
    enum s3_object_lock_mode mode;
    struct duration duration; // 1 day to 100 years
};

// How the keys of server access logs begin.
enum s3_log_key_format {
    S3_LOG_KEY_DEFAULT,
    S3_LOG_KEY_SIMPLE_PREFIX,
    S3_LOG_KEY_PARTITIONED_BY_EVENT_TIME,
    S3_LOG_KEY_PARTITIONED_BY_DELIVERY_TIME,
};

struct s3_bucket_props {
    struct value *bucket_name; // default: CloudFormation's choice
    enum s3_encryption encryption;
    struct kms_key *encryption_key;   // only with KMS or DSSE; default: none
    enum toggle bucket_key_enabled;   // default: not said
    bool enforce_ssl;                 // requests without TLS are denied
    struct count minimum_tls_version; // 1.2, only with enforce_ssl; default: any
    bool versioned;                   // default no
    struct s3_block_public_access block_public_access;
    bool public_read_access; // needs block_public_access that allows it
    enum s3_access_control access_control;
    enum s3_object_ownership object_ownership;
    const struct s3_cors_rule *cors;                        // end with NULL allowed_methods
    const struct s3_lifecycle_rule *const *lifecycle_rules; // end with NULL
    const char
        *transition_default_minimum_object_size;   // "all_storage_classes_128K", "varies_by_storage_class"
    const struct s3_metric *metrics;               // end with a NULL id
    const struct s3_inventory *const *inventories; // end with NULL
    const struct s3_intelligent_tiering *intelligent_tiering;   // end with a NULL name
    const char *website_index_document;                         // default: no website
    const char *website_error_document;                         // needs website_index_document
    const struct s3_redirect_target *website_redirect;          // not with any other of website_...
    const struct s3_routing_rule *const *website_routing_rules; // end with NULL
    struct s3_bucket *server_access_logs_bucket; // default: this one if there is a prefix, else no logs
    const char *server_access_logs_prefix;       // default: none
    enum s3_log_key_format server_access_logs_key_format;
    bool transfer_acceleration;      // default no
    enum toggle object_lock_enabled; // default: only with a default retention
    const struct s3_object_lock_retention *object_lock_default_retention; // default: none
    enum removal_policy removal_policy;                                   // default: retain
};
struct s3_bucket *s3_bucket_new(struct construct *scope, const char *id, const struct s3_bucket_props *props);
void s3_bucket_add_cors_rule(struct s3_bucket *bucket, const struct s3_cors_rule *rule);
void s3_bucket_add_lifecycle_rule(struct s3_bucket *bucket, const struct s3_lifecycle_rule *rule);
void s3_bucket_add_metric(struct s3_bucket *bucket, const struct s3_metric *metric);
void s3_bucket_add_inventory(struct s3_bucket *bucket, const struct s3_inventory *inventory);

struct s3_bucket_import {
    struct value *bucket_arn;       // this
    struct value *bucket_name;      // or this is required
    const char *account;            // default: the stack's
    const char *region;             // default: the stack's
    struct kms_key *encryption_key; // default: none
    bool is_website;
    struct value *bucket_domain_name;            // default: from the name
    struct value *bucket_regional_domain_name;   // default: from the name and region
    struct value *bucket_dual_stack_domain_name; // default: from the name and region
    struct value *bucket_website_url;            // default: from the name and region
};
// A bucket that exists already; its policy stays as it is. Where the region is known only at deployment, the
// website's name takes the form that newer regions have, "s3-website.REGION".
struct s3_bucket *s3_bucket_import(
    struct construct *scope, const char *id, const struct s3_bucket_import *attributes);
struct s3_bucket *s3_bucket_from_arn(struct construct *scope, const char *id, struct value *bucket_arn);
struct s3_bucket *s3_bucket_from_name(struct construct *scope, const char *id, struct value *bucket_name);

// "ARN/PATTERN"
struct value *s3_bucket_arn_for_objects(const struct s3_bucket *bucket, const char *pattern);
// The URL of an object, or of the bucket when `key` is NULL.
struct value *s3_bucket_url_for_object(const struct s3_bucket *bucket, const char *key);
struct value *s3_bucket_s3_url_for_object(const struct s3_bucket *bucket, const char *key);

// Returns the construct that has to exist before the statement counts, or NULL when the bucket is imported
// and so keeps the policy that it has.
struct construct *s3_bucket_add_to_resource_policy(struct s3_bucket *bucket, struct iam_statement *statement);
// What a grantee may do; also with the key that the objects are encrypted with.
enum s3_access {
    S3_ACCESS_READ,       // and list
    S3_ACCESS_WRITE,      // put and delete
    S3_ACCESS_READ_WRITE, // both of them
    S3_ACCESS_PUT,
    S3_ACCESS_PUT_ACL,
    S3_ACCESS_DELETE,
    S3_ACCESS_GET, // s3:GetObject alone
};
// On the objects whose keys match a pattern such as "uploads/*".
struct iam_grant s3_bucket_grant(
    struct s3_bucket *bucket, struct iam_principal *grantee, enum s3_access access, const char *pattern);
// On all objects.
struct iam_grant s3_bucket_grant_read(struct s3_bucket *bucket, struct iam_principal *grantee);
struct iam_grant s3_bucket_grant_write(struct s3_bucket *bucket, struct iam_principal *grantee);
struct iam_grant s3_bucket_grant_put(struct s3_bucket *bucket, struct iam_principal *grantee);
struct iam_grant s3_bucket_grant_put_acl(struct s3_bucket *bucket, struct iam_principal *grantee);
struct iam_grant s3_bucket_grant_delete(struct s3_bucket *bucket, struct iam_principal *grantee);
struct iam_grant s3_bucket_grant_read_write(struct s3_bucket *bucket, struct iam_principal *grantee);
// To everybody, s3:GetObject on keys with that prefix pattern ("*").
struct iam_grant s3_bucket_grant_public_access(struct s3_bucket *bucket, const char *key_prefix);

#endif

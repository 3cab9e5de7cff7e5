// SPDX-License-Identifier: MIT
#ifndef AWS_S3_PRIVATE_H
#define AWS_S3_PRIVATE_H

// Between the parts of S3.

#include "aws/resource_policy.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

// The lists are arrays of rendered values, which may grow until synthesis.
struct s3_bucket_state {
    struct resource_policy policy;
    struct value *account, *region; // where the bucket is
    enum s3_encryption encryption;
    enum s3_access_control access_control;
    enum s3_object_ownership object_ownership;
    struct value *cors, *lifecycle_rules, *metrics, *inventories;
    const char *transition_default_minimum_object_size;
};

struct s3_bucket *bucket_allocate(struct construct *node, struct value *account, struct value *region);

// A name that S3 refuses is an error on `node`; an imported bucket may have a name of the old kind.
void bucket_check_name(struct construct *node, const char *name, bool is_imported);

// Properties; each is NULL when there is nothing to say, and mistakes are errors on the bucket.
void bucket_set_encryption(struct s3_bucket *bucket, const struct s3_bucket_props *props);
struct value *bucket_encryption(const struct s3_bucket *bucket, const struct s3_bucket_props *props);
struct value *bucket_website(const struct s3_bucket *bucket, const struct s3_bucket_props *props);
struct value *bucket_intelligent_tiering(
    struct s3_bucket *bucket, const struct s3_intelligent_tiering *given);
struct value *bucket_object_lock(struct s3_bucket *bucket, const struct s3_bucket_props *props);
struct value *bucket_logging(struct s3_bucket *bucket, const struct s3_bucket_props *props);
// What may still change until synthesis.
struct value *bucket_access_control(struct s3_bucket *bucket);
struct value *bucket_ownership_controls(struct s3_bucket *bucket);
struct value *bucket_lifecycle(struct s3_bucket *bucket);

// Lets S3 write the access logs of `from` into the bucket.
void bucket_allow_log_delivery(struct s3_bucket *bucket, struct s3_bucket *from, const char *prefix);
// Requests without TLS, or with an older version of it, are denied.
void bucket_enforce_ssl(struct s3_bucket *bucket, struct count minimum_tls_version);
// A canned ACL that others can use asks for an ownership that lets them.
void bucket_check_access_control(struct s3_bucket *bucket);

// [{"Key": ..., "Value": ...}] of an object; NULL when it is empty.
struct value *tag_filters(const struct value *tags);
// A whole number of days; anything else is an error on the bucket.
struct value *whole_days(struct s3_bucket *bucket, struct duration duration);
// {"key": value}
struct value *single(const char *key, struct value *value);

#endif

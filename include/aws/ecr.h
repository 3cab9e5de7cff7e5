// SPDX-License-Identifier: MIT
#ifndef AWS_ECR_H
#define AWS_ECR_H

// Container image repositories (Elastic Container Registry): made here or imported, their URIs and the
// permissions to pull from and push to them. Everything lives in the app's arena.

#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;
struct ecr_repository_state;
struct kms_key;

struct ecr_repository {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *repository_arn;
    struct value *repository_name;
    struct value *repository_uri; // without a tag
    struct value *registry_uri;   // "ACCOUNT.dkr.ecr.REGION.URL-SUFFIX"
    struct ecr_repository_state *state;
};

// In the account and region of the stack.
struct ecr_repository *ecr_repository_from_name(
    struct construct *scope, const char *id, struct value *repository_name);
// The name is taken from the ARN, which must be literal.
struct ecr_repository *ecr_repository_from_arn(
    struct construct *scope, const char *id, const char *repository_arn);
struct ecr_repository *ecr_repository_from_attributes(
    struct construct *scope, const char *id, struct value *repository_name, struct value *repository_arn);

enum ecr_tag_mutability {
    ECR_TAGS_DEFAULT, // CloudFormation's: mutable
    ECR_TAGS_MUTABLE,
    ECR_TAGS_IMMUTABLE,
    ECR_TAGS_MUTABLE_WITH_EXCLUSION,
    ECR_TAGS_IMMUTABLE_WITH_EXCLUSION,
};

enum ecr_tag_status {
    ECR_TAG_STATUS_DEFAULT, // tagged when the rule has tag prefixes or patterns, else any
    ECR_TAG_STATUS_ANY,
    ECR_TAG_STATUS_TAGGED,
    ECR_TAG_STATUS_UNTAGGED,
};

enum ecr_encryption {
    ECR_ENCRYPTION_DEFAULT, // KMS when a key is given, else AES-256
    ECR_ENCRYPTION_AES_256,
    ECR_ENCRYPTION_KMS,
};

// Which images expire. Exactly one of max_image_age and max_image_count is required.
struct ecr_lifecycle_rule {
    int rule_priority;       // default: after those that are given, in order; rules for any tag last
    const char *description; // default: none
    enum ecr_tag_status tag_status;
    const char *const *tag_prefix_list;  // end with NULL
    const char *const *tag_pattern_list; // end with NULL; at most four "*" each
    struct duration max_image_age;       // whole days
    int max_image_count;
};

struct ecr_repository_props {
    struct value *repository_name; // default: CloudFormation's choice
    enum toggle image_scan_on_push;
    enum ecr_tag_mutability image_tag_mutability;
    const char *const *image_tag_mutability_exclusion_filters; // wildcard patterns, 1 to 5; end with NULL
    enum ecr_encryption encryption;
    struct kms_key *encryption_key;                   // default: none
    const struct ecr_lifecycle_rule *lifecycle_rules; // lifecycle_rule_count of them
    size_t lifecycle_rule_count;
    struct value *lifecycle_registry_id; // default: the account's registry
    bool empty_on_delete;                // needs REMOVAL_POLICY_DESTROY; default: no
    enum removal_policy removal_policy;  // default: retain
};
struct ecr_repository *ecr_repository_new(
    struct construct *scope, const char *id, const struct ecr_repository_props *props);

void ecr_repository_add_lifecycle_rule(
    struct ecr_repository *repository, const struct ecr_lifecycle_rule *rule);
// False when the repository is imported: it has no policy here.
bool ecr_repository_add_to_resource_policy(
    struct ecr_repository *repository, struct iam_statement *statement);

// A tag or digest of NULL is left out.
struct value *ecr_repository_uri_for_tag(const struct ecr_repository *repository, const char *tag);
struct value *ecr_repository_uri_for_digest(const struct ecr_repository *repository, const char *digest);
// A digest starts with "sha256:".
struct value *ecr_repository_uri_for_tag_or_digest(
    const struct ecr_repository *repository, const char *tag_or_digest);

struct iam_grant ecr_repository_grant(
    struct ecr_repository *repository, struct iam_principal *grantee, const char *const *actions);
struct iam_grant ecr_repository_grant_read(struct ecr_repository *repository, struct iam_principal *grantee);
// Pulling and pushing also need the login token, which is granted on "*".
struct iam_grant ecr_repository_grant_pull(struct ecr_repository *repository, struct iam_principal *grantee);
struct iam_grant ecr_repository_grant_push(struct ecr_repository *repository, struct iam_principal *grantee);
struct iam_grant ecr_repository_grant_pull_push(
    struct ecr_repository *repository, struct iam_principal *grantee);

#endif

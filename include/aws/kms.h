// SPDX-License-Identifier: MIT
#ifndef AWS_KMS_H
#define AWS_KMS_H

// Encryption keys: made here, or known by their ARN.

#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;

struct kms_key {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *key_arn;
    struct value *key_id;
    struct kms_key_state *state;
};
struct kms_key_props {
    const char *description;            // default: none
    const char *alias;                  // default: none; "alias/" is put in front
    enum toggle enabled;                // default yes
    enum toggle enable_key_rotation;    // default no; yes with a rotation_period
    struct duration rotation_period;    // 90 to 2560 days; default 365
    struct duration pending_window;     // before a deleted key is gone, 7 to 30 days; default 30
    bool multi_region;                  // default no
    struct iam_policy_document *policy; // default: all to the account, so that identities' policies suffice
    enum removal_policy removal_policy; // default: retain
};
struct kms_key *kms_key_new(struct construct *scope, const char *id, const struct kms_key_props *props);
struct kms_key *kms_key_from_arn(struct construct *scope, const char *id, struct value *key_arn);

// Returns the construct that has to exist before the statement counts, or NULL when the key is imported.
struct construct *kms_key_add_to_resource_policy(struct kms_key *key, struct iam_statement *statement);
struct iam_grant kms_key_grant(
    struct kms_key *key, struct iam_principal *grantee, const char *const *actions);
struct iam_grant kms_key_grant_decrypt(struct kms_key *key, struct iam_principal *grantee);
struct iam_grant kms_key_grant_encrypt(struct kms_key *key, struct iam_principal *grantee);
struct iam_grant kms_key_grant_encrypt_decrypt(struct kms_key *key, struct iam_principal *grantee);

#endif

// SPDX-License-Identifier: MIT
#ifndef AWS_SECRETSMANAGER_H
#define AWS_SECRETSMANAGER_H

// Secrets: made here or imported, their generated values, and dynamic references to them. Everything lives in
// the app's arena; props are borrowed for the call.

#include "aws/iam.h"
#include "aws/kms.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;

struct secretsmanager_secret {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *secret_arn;  // of an imported secret perhaps without the random suffix
    struct value *secret_name;
    struct value *secret_full_arn;  // with the random suffix; NULL where it is not known
    struct kms_key *encryption_key; // NULL: the account's own
    const char *exclude_characters; // of a generated value; NULL: not restricted
    struct secretsmanager_secret_state *state;
};

// How CloudFormation makes the value (AWS::SecretsManager::Secret GenerateSecretString).
struct secretsmanager_generator {
    const char *exclude_characters;         // default: none
    bool exclude_lowercase;                 // default no
    bool exclude_numbers;                   // default no
    bool exclude_punctuation;               // default no
    bool exclude_uppercase;                 // default no
    bool include_space;                     // default no
    int password_length;                    // default 32
    enum toggle require_each_included_type; // default yes
    struct value *secret_string_template;   // JSON text that the value is put in; needs generate_string_key
    const char *generate_string_key;        // the key in the template
};

struct secretsmanager_replica {
    const char *region;             // required
    struct kms_key *encryption_key; // default: the region's own key
};

struct secretsmanager_secret_props {
    struct value *secret_name;                                     // default: CloudFormation's choice
    struct value *description;                                     // default: none
    const struct secretsmanager_generator *generate_secret_string; // default: a password of 32 characters
    struct value *secret_string_value;                    // given value; ends up readable in the template
    const struct field *secret_object_value;              // given values under keys, likewise; ends with END
    struct kms_key *encryption_key;                       // default: the account's own key
    const struct secretsmanager_replica *replica_regions; // ends with a NULL region
    enum removal_policy removal_policy;                   // default: destroy
};
struct secretsmanager_secret *secretsmanager_secret_new(
    struct construct *scope, const char *id, const struct secretsmanager_secret_props *props);

struct secretsmanager_secret *secretsmanager_secret_from_name_v2(
    struct construct *scope, const char *id, const char *name);
// An ARN with its random suffix, or one without.
struct secretsmanager_secret *secretsmanager_secret_from_complete_arn(
    struct construct *scope, const char *id, struct value *arn);
struct secretsmanager_secret *secretsmanager_secret_from_partial_arn(
    struct construct *scope, const char *id, struct value *arn);

// The whole value, or one field of it when it is a JSON object, as dynamic reference: CloudFormation fills it
// in.
struct value *secretsmanager_secret_value(const struct secretsmanager_secret *secret);
struct value *secretsmanager_secret_value_from_json(
    const struct secretsmanager_secret *secret, const char *field);

struct iam_grant secretsmanager_secret_grant_read(
    struct secretsmanager_secret *secret, struct iam_principal *grantee);
// Only versions with one of these labels, "AWSCURRENT", ...; the list ends with NULL.
struct iam_grant secretsmanager_secret_grant_read_versions(
    struct secretsmanager_secret *secret, struct iam_principal *grantee, const char *const *version_stages);
struct iam_grant secretsmanager_secret_grant_write(
    struct secretsmanager_secret *secret, struct iam_principal *grantee);
// False when the secret is imported: it keeps its policy.
bool secretsmanager_secret_add_to_resource_policy(
    struct secretsmanager_secret *secret, struct iam_statement *statement);
void secretsmanager_secret_deny_account_root_delete(struct secretsmanager_secret *secret);

// Ties the secret to a database: Secrets Manager adds host, port and name to its value. `target_type` as in
// "AWS::RDS::DBCluster". Returns the secret as it is after that, which is what database users refer to.
struct secretsmanager_secret *secretsmanager_secret_attach(
    struct secretsmanager_secret *secret, struct value *target_id, const char *target_type);

#endif

// SPDX-License-Identifier: MIT
#ifndef AWS_IAM_H
#define AWS_IAM_H

// Identities and permissions: principals, policy statements and documents, roles, policies, and grants.
// Documents are merged and minimized at synthesis as the CDK does with @aws-cdk/aws-iam:minimizePolicies.
// Everything lives in the app's arena.

#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;

// Who: in a statement's Principal, in a role's trust policy, and to whom a grant is made. A principal that
// stands for a role or user of this app carries it, so that a grant can add to its policy.
struct iam_principal;

struct iam_principal *iam_service_principal(const char *service); // "lambda.amazonaws.com"
struct iam_principal *iam_arn_principal(struct value *arn);
struct iam_principal *iam_account_principal(struct value *account_id); // the account's root
struct iam_principal *iam_account_root_principal(void);                // of the stack's account
struct iam_principal *iam_any_principal(void);                         // {"AWS": "*"}
struct iam_principal *iam_star_principal(void);                        // "*"
struct iam_principal *iam_canonical_user_principal(struct value *id);
struct iam_principal *iam_federated_principal(
    struct value *provider, const struct value *conditions, const char *assume_role_action);
struct iam_principal *iam_composite_principal(struct iam_principal *const *principals); // ends with NULL
struct iam_principal *iam_principal_with_conditions(
    struct iam_principal *principal, const struct value *conditions);

enum iam_effect { IAM_ALLOW, IAM_DENY };

struct iam_statement_props {
    const char *sid;                         // default: none
    enum iam_effect effect;                  // default: allow
    const char *const *actions;              // end with NULL
    const char *const *not_actions;          // end with NULL
    struct value *const *resources;          // end with NULL
    struct value *const *not_resources;      // end with NULL
    struct iam_principal *const *principals; // end with NULL
    struct iam_principal *const *not_principals;
    struct value *conditions; // object, {"StringEquals": {...}}; default: none
};
struct iam_statement;
struct iam_statement *iam_statement_new(const struct iam_statement_props *props);

struct iam_policy_document;
// minimize: merge statements where that changes nothing; `scope`'s context decides
// (@aws-cdk/aws-iam:minimizePolicies).
struct iam_policy_document *iam_policy_document_new(struct construct *scope);
void iam_policy_document_add(struct iam_policy_document *document, struct iam_statement *statement);
bool iam_policy_document_is_empty(const struct iam_policy_document *document);
// The document as it will be at synthesis; statements may still be added. `assume_role`: never minimized
// across actions, as the CDK renders trust policies.
struct value *iam_policy_document_value(struct iam_policy_document *document);

// A role, made here or imported. Permissions that are added land in its "DefaultPolicy".
struct iam_role {
    struct construct *node;
    struct resource *resource;       // NULL when imported
    struct iam_principal *principal; // to grant to the role
    struct value *role_arn;
    struct value *role_name;
    struct value *role_id;
    struct iam_role_state *state;
};
struct iam_role_props {
    struct iam_principal *assumed_by;                // required
    const char *role_name;                           // default: CloudFormation's choice
    const char *description;                         // default: none
    const char *path;                                // default "/"
    struct value *const *managed_policies;           // ARNs, end with NULL; see iam_aws_managed_policy
    const char *const *external_ids;                 // end with NULL
    struct duration max_session_duration;            // default 1 hour
    struct value *permissions_boundary;              // ARN; default: none
    const struct iam_inline_policy *inline_policies; // end with a NULL name
};
struct iam_inline_policy {
    const char *name;
    struct iam_policy_document *document;
};
struct iam_role *iam_role_new(struct construct *scope, const char *id, const struct iam_role_props *props);
// `mutable`: permissions are added as a policy of the importing stack; otherwise they are taken for given.
struct iam_role *iam_role_from_arn(
    struct construct *scope, const char *id, struct value *role_arn, bool is_mutable);
void iam_role_add_managed_policy(struct iam_role *role, struct value *policy_arn);
// To the role's trust policy.
void iam_role_add_to_assume_role_policy(struct iam_role *role, struct iam_statement *statement);

// "service-role/AWSLambdaBasicExecutionRole": the ARN of a policy that AWS keeps.
struct value *iam_aws_managed_policy(const char *name);

// A stand-alone inline policy (AWS::IAM::Policy). Left out at synthesis while it has no statement, unless
// `force`.
struct iam_policy {
    struct construct *node;
    struct resource *resource;
    struct iam_policy_document *document;
    struct iam_policy_state *state;
};
struct iam_policy_props {
    const char *policy_name;       // default: from the path
    struct iam_role *const *roles; // end with NULL
    bool force;                    // an empty policy is an error instead of being left out
};
struct iam_policy *iam_policy_new(
    struct construct *scope, const char *id, const struct iam_policy_props *props);
void iam_policy_attach_to_role(struct iam_policy *policy, struct iam_role *role);

// Adds the statement to the policy of the role that the principal stands for. Returns what has to be there
// before the permission holds (the policy's construct), or NULL when the principal has no policy (a service,
// say): the caller then uses a resource policy. For an imported, immutable role nothing is added and
// *ret_added is true with a NULL construct.
struct construct *iam_principal_add_to_policy(
    struct iam_principal *principal, struct iam_statement *statement, bool *ret_added);

// What a grant did: CDK's Grant. `dependable` (may be NULL) has to exist before the permission holds.
struct iam_grant {
    bool added_to_principal;
    bool added_to_resource;
    struct construct *dependable;
};
struct iam_grant_props {
    struct iam_principal *grantee;           // required
    const char *const *actions;              // required; end with NULL
    struct value *const *resources;          // required; end with NULL
    struct value *const *resource_self_arns; // in the resource's own policy; default: resources
    struct value *conditions;                // default: none
    struct construct *scope;                 // the construct that the grant is about, for messages
};
struct iam_grant iam_grant_add_to_principal(const struct iam_grant_props *props);
// To the principal if it has a policy, else by `add_to_resource_policy` (CDK's
// Grant.addToPrincipalOrResource; across accounts both).
struct iam_grant iam_grant_add_to_principal_or_resource(const struct iam_grant_props *props,
    bool (*add_to_resource_policy)(void *resource, struct iam_statement *statement), void *resource);

#endif

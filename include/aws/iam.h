// SPDX-License-Identifier: MIT
#ifndef AWS_IAM_H
#define AWS_IAM_H

// Identities and permissions: principals, policy statements and documents, roles, policies, and grants.
// Documents are rendered at synthesis; with @aws-cdk/aws-iam:minimizePolicies in context their statements are
// merged and sorted as the CDK does. Everything lives in the app's arena.

#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct iam_statement;

// Who: in a statement's Principal, in a role's trust policy, and to whom a grant is made. A principal that
// stands for a role of this app carries it, so that a grant can add to its policy.
struct iam_principal;

// "lambda.amazonaws.com", or "lambda" for short.
struct iam_principal *iam_service_principal(const char *service);
// For a service's principal in a region that accounts opt in to; it is named by region when the stack is in
// another one.
struct iam_principal *iam_service_principal_in_region(const char *service, const char *region);
struct iam_principal *iam_arn_principal(struct value *arn);
struct iam_principal *iam_account_principal(struct value *account_id);         // the account's root
struct iam_principal *iam_account_root_principal(void);                        // of the stack's account
struct iam_principal *iam_organization_principal(const char *organization_id); // "o-..."
struct iam_principal *iam_any_principal(void);                                 // {"AWS": "*"}
struct iam_principal *iam_star_principal(void);                                // "*"
struct iam_principal *iam_canonical_user_principal(struct value *id);
// `conditions` may be NULL; an assume_role_action of NULL is "sts:AssumeRole".
struct iam_principal *iam_federated_principal(
    struct value *provider, const struct value *conditions, const char *assume_role_action);
// With sts:AssumeRoleWithWebIdentity; also for OpenID Connect, where `provider` is the provider's ARN.
struct iam_principal *iam_web_identity_principal(struct value *provider, const struct value *conditions);
struct iam_principal *iam_saml_principal(struct value *provider_arn, const struct value *conditions);
struct iam_principal *iam_composite_principal(struct iam_principal *const *principals); // ends with NULL
struct iam_principal *iam_principal_with_conditions(
    struct iam_principal *principal, const struct value *conditions);
// As far as it acts through that service, "secretsmanager.eu-west-1.amazonaws.com": for the policies of keys
// only, nothing is added to a role's own policy (CDK's kms.ViaServicePrincipal).
struct iam_principal *iam_via_service_principal(struct iam_principal *principal, struct value *service);
// May also tag the session when it assumes a role.
struct iam_principal *iam_principal_with_session_tags(struct iam_principal *principal);
// For something that was imported without its role: a grant to it is a warning that shows the statement.
struct iam_principal *iam_unknown_principal(struct construct *resource);

// What a principal says, for services that write one down in a way of their own.
struct iam_principal_description {
    const char *service;            // NULL: no service
    struct value *account;          // NULL: no account as such
    struct value *arn;              // NULL: not named by an ARN; may be "*"
    const struct value *conditions; // NULL: none
    struct value *of_account;       // the account that it belongs to; NULL: not known
    const char *text;               // as the CDK prints it, for names that hash it
};
struct iam_principal_description iam_principal_describe(
    const struct iam_principal *principal, struct construct *scope);

enum iam_effect { IAM_ALLOW, IAM_DENY };

struct iam_statement_props {
    const char *sid;                             // default: none
    enum iam_effect effect;                      // default: allow
    const char *const *actions;                  // end with NULL
    const char *const *not_actions;              // end with NULL; not together with actions
    struct value *const *resources;              // end with NULL
    struct value *const *not_resources;          // end with NULL; not together with resources
    struct iam_principal *const *principals;     // end with NULL
    struct iam_principal *const *not_principals; // end with NULL; not together with principals
    struct value *conditions;                    // object, {"StringEquals": {...}}; default: none
};
// What is wrong with a statement is reported on the construct of the document that it is added to.
struct iam_statement *iam_statement_new(const struct iam_statement_props *props);
void iam_statement_add_action(struct iam_statement *statement, const char *action);
void iam_statement_add_resource(struct iam_statement *statement, struct value *resource);
void iam_statement_add_principal(struct iam_statement *statement, struct iam_principal *principal);
// Keys are added to those that the operator has already.
void iam_statement_add_condition(
    struct iam_statement *statement, const char *op, const struct value *keys_and_values);
const char *iam_statement_sid(const struct iam_statement *statement); // NULL: none
void iam_statement_set_sid(struct iam_statement *statement, const char *sid);
// A copy for what `replace` makes of each principal.
struct iam_statement *iam_statement_with_principals(const struct iam_statement *statement,
    struct iam_principal *(*replace)(struct iam_principal *principal, void *data), void *data);
// The statement alone, as it is in the stack of `scope`.
struct value *iam_statement_value(const struct iam_statement *statement, struct construct *scope);

struct iam_policy_document;
// Rendered in the stack of `scope`, whose context decides whether statements are merged
// (@aws-cdk/aws-iam:minimizePolicies).
struct iam_policy_document *iam_policy_document_new(struct construct *scope);
// Whether statements are merged, instead of what context says.
void iam_policy_document_set_minimize(struct iam_policy_document *document, bool minimize);
// Statements without a Sid get their position as one.
void iam_policy_document_set_assign_sids(struct iam_policy_document *document);
void iam_policy_document_add(struct iam_policy_document *document, struct iam_statement *statement);
bool iam_policy_document_is_empty(const struct iam_policy_document *document);
// The document as it will be at synthesis; statements may still be added until then.
struct value *iam_policy_document_value(struct iam_policy_document *document);

enum iam_policy_kind {
    IAM_IDENTITY_POLICY,
    IAM_RESOURCE_POLICY,
    IAM_OWN_RESOURCE_POLICY, // of a resource whose policy is about itself, and so names no resources
    IAM_TRUST_POLICY,
};
// Has the statements checked before synthesis for what a policy of that kind must have; mistakes are errors
// on `construct`.
void iam_policy_document_validate_as(
    struct iam_policy_document *document, enum iam_policy_kind kind, struct construct *construct);

// A role, made here or imported. Permissions that are added land in its "DefaultPolicy"; what does not fit
// into 10,000 characters there, in managed policies "OverflowPolicy1" and so on.
struct iam_role {
    struct construct *node;
    struct resource *resource;       // NULL when imported
    struct iam_principal *principal; // to grant to the role
    struct value *role_arn;
    struct value *role_name;
    struct value *role_id;                          // NULL when imported
    struct iam_policy_document *assume_role_policy; // NULL when imported
    struct iam_role_state *state;
};
struct iam_inline_policy {
    const char *name;
    struct iam_policy_document *document;
};
struct iam_role_props {
    struct iam_principal *assumed_by;                // required
    struct value *role_name;                         // default: CloudFormation's choice
    const char *description;                         // default: none; at most 1000 characters
    const char *path;                                // default "/"
    struct value *const *managed_policies;           // ARNs, end with NULL; see iam_aws_managed_policy
    const char *const *external_ids;                 // end with NULL; default: none
    struct duration max_session_duration;            // default 1 hour; up to 12 hours
    struct value *permissions_boundary;              // ARN; default: none
    const struct iam_inline_policy *inline_policies; // end with a NULL name; default: none
};
struct iam_role *iam_role_new(struct construct *scope, const char *id, const struct iam_role_props *props);

struct iam_role_import {
    // What is granted is taken for given instead of being added as a policy of the importing stack. It
    // always is for a role of another account.
    bool immutable;
    bool add_grants_to_resources;    // of an immutable role: grants go to the resources' policies instead
    const char *default_policy_name; // default "Policy"
};
// `options` may be NULL.
struct iam_role *iam_role_from_arn(
    struct construct *scope, const char *id, struct value *role_arn, const struct iam_role_import *options);
struct iam_role *iam_role_from_name(
    struct construct *scope, const char *id, const char *role_name, const struct iam_role_import *options);
// Roles below `scope` that exist already: none of them is made, and what they would be granted is taken for
// given (the CDK's Role.customizeRoles). `names`: an object from construct paths, relative to `scope` or
// absolute, to role names. A role that is not in it is an error.
void iam_use_precreated_roles(struct construct *scope, const struct value *names);
// The role as a grantee that is left as it is (CDK's withoutPolicyUpdates).
struct iam_role *iam_role_without_policy_updates(struct iam_role *role, bool add_grants_to_resources);

void iam_role_add_managed_policy(struct iam_role *role, struct value *policy_arn);
// To the role's default policy.
void iam_role_add_to_policy(struct iam_role *role, struct iam_statement *statement);
// To the role's trust policy.
void iam_role_add_to_assume_role_policy(struct iam_role *role, struct iam_statement *statement);

// "service-role/AWSLambdaBasicExecutionRole": the ARN of a policy that AWS keeps.
struct value *iam_aws_managed_policy(const char *name);
// The ARN of a managed policy of the stack's account.
struct value *iam_customer_managed_policy(struct construct *scope, const char *name);

// A stand-alone inline policy (AWS::IAM::Policy). Left out at synthesis while it has no statement or no role,
// unless `force`.
struct iam_policy {
    struct construct *node;
    struct resource *resource;
    struct iam_principal *principal; // to grant to whoever has the policy
    struct iam_policy_document *document;
    struct iam_policy_state *state;
};
struct iam_policy_props {
    const char *policy_name;                 // default: from the path
    struct iam_role *const *roles;           // end with NULL
    struct iam_statement *const *statements; // end with NULL
    bool force;                              // an empty policy is an error instead of being left out
};
struct iam_policy *iam_policy_new(
    struct construct *scope, const char *id, const struct iam_policy_props *props);
void iam_policy_add_statement(struct iam_policy *policy, struct iam_statement *statement);
void iam_policy_attach_to_role(struct iam_policy *policy, struct iam_role *role);
// The name for use elsewhere, which makes an empty policy an error.
struct value *iam_policy_name(struct iam_policy *policy);

// A policy with an ARN of its own (AWS::IAM::ManagedPolicy). One without statements is an error.
struct iam_managed_policy {
    struct construct *node;
    struct resource *resource;
    struct iam_principal *principal; // to grant to whoever has the policy
    struct iam_policy_document *document;
    struct value *managed_policy_arn;
    struct iam_managed_policy_state *state;
};
struct iam_managed_policy_props {
    struct value *managed_policy_name;       // default: CloudFormation's choice
    const char *description;                 // default ""
    const char *path;                        // default "/"
    struct iam_role *const *roles;           // end with NULL
    struct iam_statement *const *statements; // end with NULL
    struct iam_policy_document *document;    // default: a new one
};
struct iam_managed_policy *iam_managed_policy_new(
    struct construct *scope, const char *id, const struct iam_managed_policy_props *props);
void iam_managed_policy_attach_to_role(struct iam_managed_policy *policy, struct iam_role *role);

// Adds the statement to the policy of the role that the principal stands for. Returns whether the permission
// holds by that; if not (a service, say), the caller uses a resource policy. *ret_dependable is what has to
// exist before it holds: the policy, or NULL where the permission is taken for given.
bool iam_principal_add_to_policy(
    struct iam_principal *principal, struct iam_statement *statement, struct construct **ret_dependable);
// The account that the principal belongs to; NULL when that is not known, or for none.
struct value *iam_principal_account(const struct iam_principal *principal);
// The role behind the principal, or NULL.
struct iam_role *iam_principal_role(const struct iam_principal *principal);

// What a grant did: CDK's Grant. {0}: nothing.
struct iam_grant {
    struct iam_principal *grantee;
    struct iam_statement *principal_statement; // in the grantee's policy; NULL: none
    struct iam_statement *resource_statement;  // for the resource's own policy; NULL: none
    struct construct *dependable;              // has to exist before the permission holds; may be NULL
    struct construct *resource_dependable;     // likewise, where both policies were added to
};
struct iam_grant_props {
    struct iam_principal *grantee;                   // required
    const char *const *actions;                      // required; end with NULL
    struct value *const *resources;                  // required; end with NULL
    struct value *const *resource_self_arns;         // in the resource's own policy; default: resources
    struct iam_principal *resource_policy_principal; // in the resource's own policy; default: grantee
    struct value *conditions;                        // object; default: none
    struct construct *scope;                         // required: the construct that the grant is about
    struct value *resource_account;                  // of the resource; default: of its stack
};
// Adds a statement to a resource's own policy. Returns what has to exist before the permission holds (the
// policy's construct), or NULL when the resource takes no statements.
typedef struct construct *iam_add_to_resource_policy(void *resource, struct iam_statement *statement);

struct iam_grant iam_grant_add_to_principal(const struct iam_grant_props *props);
// To the principal if it has a policy and is of the resource's account, else to the resource's policy, too.
struct iam_grant iam_grant_add_to_principal_or_resource(
    const struct iam_grant_props *props, iam_add_to_resource_policy *add, void *resource);
struct iam_grant iam_grant_add_to_principal_and_resource(
    const struct iam_grant_props *props, iam_add_to_resource_policy *add, void *resource);
// Whether a statement was made for either side.
bool iam_grant_succeeded(const struct iam_grant *grant);
// `construct` is deployed once the permission holds.
void iam_grant_apply_before(const struct iam_grant *grant, struct construct *construct);

struct iam_grant iam_role_grant_pass_role(struct iam_role *role, struct iam_principal *grantee);
struct iam_grant iam_role_grant_assume_role(struct iam_role *role, struct iam_principal *grantee);
struct iam_grant iam_role_grant(
    struct iam_role *role, struct iam_principal *grantee, const char *const *actions);

#endif

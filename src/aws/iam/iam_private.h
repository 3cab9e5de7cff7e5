// SPDX-License-Identifier: MIT
#ifndef AWS_IAM_PRIVATE_H
#define AWS_IAM_PRIVATE_H

// Between the parts of IAM.

#include "aws/iam.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"

// Lists live in the current arena.
#define IAM_LIST(type)                                                                                       \
    {                                                                                                        \
        type *items;                                                                                         \
        size_t length, capacity;                                                                             \
    }
#define IAM_LIST_APPEND(list, item)                                                                          \
    ((list)->items = arena_grow(                                                                             \
         value_arena(), (list)->items, (list)->length, &(list)->capacity, sizeof(*(list)->items)),           \
        (list)->items[(list)->length++] = (item))

struct principal_list IAM_LIST(struct iam_principal *);
struct statement_list IAM_LIST(struct iam_statement *);

enum principal_kind {
    PRINCIPAL_SERVICE,
    PRINCIPAL_NAMED,   // by `id` under `key`
    PRINCIPAL_ACCOUNT, // `id` NULL: the stack's
    PRINCIPAL_STAR,
    PRINCIPAL_COMPOSITE,         // of `parts`
    PRINCIPAL_WITH_CONDITIONS,   // around the one in `parts`
    PRINCIPAL_WITH_SESSION_TAGS, // around the one in `parts`
};

// As iam_principal_add_to_policy, for the grantee that a principal stands for.
typedef bool principal_add(void *grantee, struct iam_statement *statement, struct construct **ret_dependable);

struct iam_principal {
    enum principal_kind kind;
    const char *key; // in a statement: "AWS", "Federated", "CanonicalUser"
    struct value *id;
    const char *service, *region;
    const struct value *conditions; // NULL: none of its own
    const char *assume_role_action;
    struct principal_list parts;
    struct value *account; // NULL: not known, or of no account
    bool is_unique;        // equal to itself alone, even if another one says the same
    const char *class;     // tells apart principals that say the same; NULL: nothing to tell
    const char *mistake;   // why it cannot stand in a statement; NULL: it can
    principal_add *add;    // NULL: it has no policy
    void *grantee;         // for `add`
    struct iam_role *role; // NULL: it stands for no role
};

// One that stands for something with a policy of its own.
struct iam_principal *principal_for_grantee(struct value *arn, principal_add *add, void *grantee);
// Its conditions, those of the principal it is around included; NULL: none.
const struct value *principal_conditions(const struct iam_principal *principal);
// The first reason why it cannot stand in a statement, or NULL.
const char *principal_mistake(const struct iam_principal *principal);
bool principal_is_star(const struct iam_principal *principal);
// By what they say, as far as that is known before synthesis (CDK's dedupeString).
bool principal_equal(const struct iam_principal *a, const struct iam_principal *b);
// An element of a statement for all of them, as it is in that stack; NULL when there are none.
struct value *principals_render(const struct principal_list *principals, const struct stack *stack);

struct iam_statement {
    const char *sid; // NULL: none
    enum iam_effect effect;
    struct value *actions, *not_actions;     // arrays without repetitions
    struct value *resources, *not_resources; // likewise
    struct principal_list principals, not_principals;
    const struct value *conditions;           // object of objects; NULL: none
    const struct value *principal_conditions; // those that the principals brought
    const char *mistake;                      // the first one that was made; NULL: none
};

struct iam_statement *statement_copy(const struct iam_statement *statement);
void statement_add_conditions(struct iam_statement *statement, const struct value *conditions);
// The statement as an object, symbolic values included.
struct value *statement_render(const struct iam_statement *statement, const struct stack *stack);
// An estimate of its length in characters, as the CDK makes it to keep policies below IAM's limits.
size_t statement_size(const struct iam_statement *statement, size_t arn_size);

// A statement and those of the document that went into it.
struct merged_statement {
    struct iam_statement *statement;
    struct statement_list origins;
};
struct merged_list IAM_LIST(struct merged_statement);

struct merge_options {
    bool only_equal; // statements that say the same; otherwise also those that can be combined
    bool limit_size; // no combined statement becomes large
    size_t arn_size; // for the estimate
};
struct merged_list statements_merge(
    const struct statement_list *statements, const struct merge_options *options);

struct iam_policy_document {
    struct construct *scope;
    struct statement_list statements;
    enum toggle minimize; // TOGGLE_DEFAULT: as context says
    bool assign_sids;
};

bool document_minimizes(const struct iam_policy_document *document);

enum role_kind {
    ROLE_MADE,
    ROLE_IMPORTED,
    ROLE_IMMUTABLE,  // what it is granted is taken for given
    ROLE_PRECREATED, // likewise; what it has to be granted is told
};

// Deployed once the statement's permission holds.
struct dependent {
    struct iam_statement *statement;
    struct construct *construct;
};

struct policy_list IAM_LIST(struct iam_policy *);
struct dependent_list IAM_LIST(struct dependent);
struct role_list IAM_LIST(struct iam_role *);

struct iam_role_state {
    enum role_kind kind;
    struct value *account;
    struct iam_policy *default_policy; // NULL until there is a statement for it
    const char *default_policy_name;   // of an imported role; NULL: "Policy"
    struct value *managed_policies;    // a set of ARNs
    struct policy_list policies;       // that are attached to it
    struct dependent_list dependents;
    bool is_split;                     // its default policy was looked at for its size
    bool add_grants_to_resources;      // of an immutable role
    struct iam_policy_document *needs; // of a precreated role
    struct iam_role *immutable; // the same role for iam_role_without_policy_updates; NULL until asked for
};

// Its node, principal and state; the rest is the caller's.
struct iam_role *role_allocate(
    struct construct *node, enum role_kind kind, struct value *arn, struct value *account);
// Adds to its policy; `grantee` is the role.
bool role_add_statement(void *grantee, struct iam_statement *statement, struct construct **ret_dependable);
// CDK's attachInlinePolicy.
void role_attach_policy(struct iam_role *role, struct iam_policy *policy);
// Has policies that grow too large split, before synthesis.
void role_split_large_policy(struct iam_role *role);
// Makes `construct` depend on the policy that the statement ends up in.
void role_add_dependent(struct iam_role *role, struct iam_statement *statement, struct construct *construct);
// The construct's role if it is to be one that exists already, else NULL.
struct iam_role *role_precreated(struct construct *node, const struct iam_role_props *props);
// Whether roles and managed policies in this scope exist already, so that none are made.
bool precreated_roles_are_used(const struct construct *scope);

struct iam_policy_state {
    struct value *name;
    bool force;
    bool reference_taken; // someone uses its name, so it has to exist
    struct role_list roles;
    struct value *role_names; // array
};

// The estimated length of an ARN that is known only at deployment.
size_t arn_size_estimate(struct construct *scope);

// Arrays without repetitions, as sets.
void set_add(struct value *set, struct value *item);
bool set_equal(const struct value *a, const struct value *b);
// The same text as JSON: unlike value_equal, the order of keys counts.
bool same_json(const struct value *a, const struct value *b);

// Conditions with those of `more` added, operator by operator; neither is changed. Either may be NULL.
const struct value *conditions_merge(const struct value *conditions, const struct value *more);

#endif

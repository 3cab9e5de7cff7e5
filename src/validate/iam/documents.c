// SPDX-License-Identifier: MIT
// Where policy documents are.
#include "data/json.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/iam/document.h"

#include <string.h>

struct search {
    struct validator *validator;
    const struct schema_policy *policy;
    const struct template_resource *resource;
    const char *path; // that is left
};

static void visit_path(struct validator *validator, const struct node *node, void *data)
{
    struct search search = *(const struct search *)data;
    size_t length = strcspn(search.path, ".");
    struct node child;

    if (!node_is_object(node) || node_function(node))
        return;
    child = node_get(node, arena_strndup(validator_arena(validator), search.path, length));
    if (!node_exists(&child))
        return;
    search.path += length;
    if (*search.path) {
        search.path++;
        node_each_item(validator, &child, visit_path, &search);
    } else {
        iam_document_check(validator, search.policy, search.resource, &child);
    }
}

static bool is_statement(const struct node *node)
{
    struct node effect = node_get(node, "Effect");
    const char *text = node_string(&effect);

    return text && (strcmp(text, "Allow") == 0 || strcmp(text, "Deny") == 0);
}

// By its form: somebody else may have documents of the same words.
static bool looks_like_document(const struct node *node)
{
    struct node statements = node_get(node, "Statement"), first = node_at(&statements, 0);

    return is_statement(node_is_array(&statements) ? &first : &statements);
}

static void look_for_documents(struct validator *validator, const struct node *node, void *data)
{
    const struct search *search = data;

    if (looks_like_document(node)) {
        iam_document_check(validator, search->policy, search->resource, node);
        return;
    }
    for (size_t i = 0; i < node_length(node) && !node_function(node); i++) {
        struct node child = node_at(node, i);

        node_each_option(validator, &child, look_for_documents, data);
    }
}

// All that the table has of the resource's type.
static void check_named(struct search *search, const struct node *properties)
{
    const char *type = search->resource->type;

    for (size_t i = 0; i < schema_policy_count; i++) {
        const struct schema_policy *policy = &schema_policies[i];

        // Most differ in the first letter of the service.
        if (!policy->type || policy->type[strlen("AWS::")] != type[strlen("AWS::")] ||
            strcmp(policy->type, type) != 0 || policy->kind == SCHEMA_POLICY_HOLDER)
            continue;
        search->policy = policy;
        search->path = policy->path;
        if (policy->kind == SCHEMA_POLICY_ANY) {
            struct node value = node_get(properties, policy->path);

            node_each_option(search->validator, &value, look_for_documents, search);
        } else {
            visit_path(search->validator, properties, search);
        }
        iam_size_check(search->validator, policy, properties);
    }
}

// What properties of any type are called that hold documents.
static void check_unnamed(struct search *search, const struct node *properties)
{
    for (size_t i = 0; node_is_object(properties) && i < node_length(properties); i++) {
        struct node property = node_at(properties, i);

        if (!property.key || !strstr(property.key, "Polic"))
            continue;
        search->policy = schema_policy_find(search->resource->type, property.key);
        if (search->policy && !search->policy->type)
            node_each_option(search->validator, &property, look_for_documents, search);
    }
}

static void check_policies(struct validator *validator, const struct node *node)
{
    struct search search = { .validator = validator, .resource = node_resource(validator, node) };

    if (!search.resource || strncmp(search.resource->type, "AWS::", 5) != 0)
        return;
    check_named(&search, &search.resource->properties);
    check_unnamed(&search, &search.resource->properties);
}

static const char grammar[] = "IAM User Guide, \"Grammar of the IAM JSON policy language\"";
static const char reference[] = "Service Authorization Reference, as of the day of the data";

#define FORM_RULE(rule_id, what)                                                                             \
    {                                                                                                        \
        .id = (rule_id), .severity = SEVERITY_ERROR, .title = what " is none",                               \
        .why = "AWS refuses the document, so the stack is rolled back.",                                     \
        .fix = "Correct what the message names.", .source = grammar, .scope = RULE_REPORTED                  \
    }
#define ADVICE(rule_id, rule_severity, rule_title, rule_why, rule_fix, rule_source)                          \
    {                                                                                                        \
        .id = (rule_id), .severity = (rule_severity), .title = (rule_title), .why = (rule_why),              \
        .fix = (rule_fix), .source = (rule_source), .scope = RULE_REPORTED                                   \
    }

const struct rule iam_rules[] = {
    { "E3510", SEVERITY_ERROR, "an identity policy is none",
        "AWS refuses the document, so the stack is rolled back.", "Correct what the message names.", grammar,
        .scope = RULE_RESOURCE, .check = check_policies },
    FORM_RULE("E3512", "a resource policy"),
    FORM_RULE("E3513", "the policy of a repository"),
    FORM_RULE("E3514", "a resource of a resource policy"),
    FORM_RULE("E3530", "the trust policy of a role"),
    ADVICE("I3510", SEVERITY_INFO, "an action can only be allowed or denied on all resources",
        "It acts on no type of resources, so a statement about some of them does nothing for it.",
        "Put it into a statement with 'Resource: \"*\"'.", reference),
    ADVICE("T3510", SEVERITY_WARNING, "an action acts on none of the statement's resources",
        "The statement does nothing for this action: what needs it is refused.",
        "Add a resource of the type that the message names, or take the action out.", reference),
    ADVICE("T3511", SEVERITY_WARNING, "a condition key is not known",
        "A key that is not in a request makes the condition false, or true for a negated operator.",
        "Correct its name, or take it out.", reference),
    ADVICE("T3512", SEVERITY_WARNING, "no action of the statement knows a condition key",
        "The key is in no request for these actions, so the condition never holds, or always.",
        "Take it out, or put it into a statement with the actions that know it.", reference),
    ADVICE("T3513", SEVERITY_INFO, "some action of the statement does not know a condition key",
        "The key is in no request for this action, so the condition never holds for it, or always.",
        "Put the action into a statement of its own.", reference),
    ADVICE("T3514", SEVERITY_ERROR, "a policy is longer than AWS takes",
        "AWS refuses it, so the stack is rolled back.", "Split it, or name fewer actions and resources.",
        "IAM User Guide, \"IAM and AWS STS quotas\"; the service's quotas"),
    ADVICE("T3515", SEVERITY_WARNING, "a trust policy is longer than the default quota",
        "IAM takes 2,048 characters unless the account's quota has been raised.",
        "Name fewer principals, or have the quota raised.", "IAM User Guide, \"IAM and AWS STS quotas\""),
    ADVICE("T3516", SEVERITY_WARNING, "a policy's variable is not replaced",
        "Without version 2012-10-17 '${...}' is the text that it is.", "Set 'Version: \"2012-10-17\"'.",
        "IAM User Guide, \"IAM policy elements: Variables and tags\""),
    ADVICE("T3520", SEVERITY_WARNING, "a policy allows everything",
        "Who has it can do anything in the account, and give it to others.",
        "Name the actions and resources that are needed.", "IAM User Guide, \"Security best practices\""),
    ADVICE("T3521", SEVERITY_WARNING, "a policy allows to pass any role",
        "Who may pass any role to a service can use the rights of the most powerful one.",
        "Name the roles, or add a condition with iam:PassedToService.",
        "IAM User Guide, \"Grant a user permissions to pass a role to an AWS service\""),
    ADVICE("T3522", SEVERITY_INFO, "a policy allows all of a service on all resources",
        "That is more than most need, and all that the service will be able to do one day.",
        "Name the actions and resources that are needed.", "IAM User Guide, \"Security best practices\""),
    ADVICE("T3523", SEVERITY_WARNING, "a policy allows what it does not name",
        "Allow with NotAction on all resources, or with NotPrincipal, includes what comes one day.",
        "Name what is allowed.", "IAM User Guide, \"IAM JSON policy elements: NotAction\", \"NotPrincipal\""),
    ADVICE("W2511", SEVERITY_WARNING, "a policy has the old version of the language",
        "Variables are not replaced in it.", "Set 'Version: \"2012-10-17\"'.",
        "IAM User Guide, \"IAM JSON policy elements: Version\""),
    ADVICE("W3037", SEVERITY_WARNING, "an action is not known",
        "AWS takes the policy, but it does nothing for an action that does not exist.",
        "Correct its name. What AWS has added since the day of the data can be ignored.", reference),
    RULES_END,
};

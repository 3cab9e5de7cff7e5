// SPDX-License-Identifier: MIT
// What is allowed that hardly anybody needs.
#include "schema/iam.h"
#include "validate/iam/document.h"
#include "validate/iam/statement.h"

#include <string.h>
#include <strings.h>

bool iam_statement_allows(const struct node *statement)
{
    struct node effect = node_get(statement, "Effect");

    return node_string(&effect) && strcmp(node_string(&effect), "Allow") == 0;
}

static void look_at_resource(struct validator *validator, const struct node *node, void *data)
{
    bool *is_found = data;

    (void)validator;
    *is_found |= node_string(node) && strcmp(node_string(node), "*") == 0;
}

static bool is_on_all_resources(struct validator *validator, const struct node *statement)
{
    struct node resource = node_get(statement, "Resource");
    bool is_found = false;

    node_each_item(validator, &resource, look_at_resource, &is_found);
    return is_found;
}

// A condition limits what is allowed, one way or another.
static bool has_condition(const struct node *statement)
{
    struct node condition = node_get(statement, "Condition");

    return node_exists(&condition) && !node_is_no_value(&condition);
}

static void check_action(struct validator *validator, const struct node *node, void *data)
{
    struct iam_named_action named;

    (void)data;
    if (!iam_action_read(node, &named))
        return;
    if (strcmp(named.text, "*") == 0 || strcmp(named.text, "*:*") == 0)
        report(validator, "T3520", node, "'%s' on all resources", named.text);
    else if (named.service && strcmp(schema_iam_service_prefix(named.service), "iam") == 0 &&
        iam_action_names(named.name, "PassRole"))
        report(validator, "T3521", node, "'%s' on all resources allows to pass any role", named.text);
    else if (named.service && strcmp(named.name, "*") == 0)
        report(validator, "T3522", node, "'%s' on all resources", named.text);
}

void iam_privilege_check(const struct iam_document *document, const struct node *statement)
{
    struct validator *validator = document->validator;
    bool is_identity = document->policy->kind == SCHEMA_POLICY_IDENTITY;
    struct node action = node_get(statement, "Action"), not_action = node_get(statement, "NotAction"),
                not_principal = node_get(statement, "NotPrincipal");

    if (!iam_statement_allows(statement))
        return;
    if (node_exists(&not_principal))
        report_key(validator, "T3523", &not_principal, "allows everybody but those that are named");
    if (!is_identity || has_condition(statement) || !is_on_all_resources(validator, statement))
        return;
    node_each_item(validator, &action, check_action, NULL);
    if (node_exists(&not_action))
        report_key(validator, "T3523", &not_action, "allows everything but what is named");
}

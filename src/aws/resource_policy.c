// SPDX-License-Identifier: MIT
#include "aws/resource_policy.h"

#include "cdk/construct.h"
#include "cdk/resource.h"

#include <string.h>

static void make_policy(
    struct resource_policy *policy, struct construct *owner, const struct resource_policy_props *props)
{
    // The properties stand in the order of their names, as in the CDK's L1 constructs.
    bool target_first = strcmp(props->target_key, "PolicyDocument") < 0;

    policy->node = construct_new(owner, "Policy", props->construct_type);
    policy->document = iam_policy_document_new(policy->node);
    if (props->assign_sids)
        iam_policy_document_set_assign_sids(policy->document);
    resource_new(policy->node, "Resource", props->type,
        object((struct field[]){
            { props->target_key, target_first ? props->target : NULL },
            { "PolicyDocument", iam_policy_document_value(policy->document) },
            { props->target_key, target_first ? NULL : props->target },
            END,
        }));
    iam_policy_document_validate_as(policy->document, IAM_RESOURCE_POLICY, owner);
}

struct construct *resource_policy_add(struct resource_policy *policy, struct construct *owner,
    const struct resource_policy_props *props, struct iam_statement *statement)
{
    if (!policy->node)
        make_policy(policy, owner, props);
    iam_policy_document_add(policy->document, statement);
    return policy->node;
}

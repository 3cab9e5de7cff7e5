// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"

struct construct *sns_topic_add_to_resource_policy(struct sns_topic *topic, struct iam_statement *statement)
{
    if (!topic->resource)
        return NULL;
    return resource_policy_add(&topic->state->policy, topic->node,
        &(struct resource_policy_props){
            .construct_type = "sns.TopicPolicy",
            .type = "AWS::SNS::TopicPolicy",
            .target_key = "Topics",
            .target = array_of((struct value *[]){ topic->topic_arn, NULL }),
            .assign_sids = true,
        },
        statement);
}

static struct construct *add_to_policy(void *resource, struct iam_statement *statement)
{
    return sns_topic_add_to_resource_policy(resource, statement);
}

static struct iam_grant grant(
    struct sns_topic *topic, struct iam_principal *grantee, const char *const *actions)
{
    const struct iam_grant_props props = {
        .grantee = grantee,
        .actions = actions,
        .resources = (struct value *[]){ topic->topic_arn, NULL },
        .scope = topic->node,
        .resource_account = topic->state->account,
    };

    return iam_grant_add_to_principal_or_resource(&props, add_to_policy, topic);
}

struct iam_grant sns_topic_grant_publish(struct sns_topic *topic, struct iam_principal *grantee)
{
    static const char *const key_actions[] = { "kms:Decrypt", "kms:GenerateDataKey*", NULL };
    struct iam_grant result = grant(topic, grantee, (const char *[]){ "sns:Publish", NULL });

    if (topic->master_key)
        kms_key_grant(topic->master_key, grantee, key_actions);
    return result;
}

struct iam_grant sns_topic_grant_subscribe(struct sns_topic *topic, struct iam_principal *grantee)
{
    return grant(topic, grantee, (const char *[]){ "sns:Subscribe", NULL });
}

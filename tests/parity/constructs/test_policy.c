// SPDX-License-Identifier: MIT
#include "cdk/policy.h"

#include "cdk/construct.h"
#include "cdk/resource.h"
#include "parity/constructs/parity.h"

static void suppress(struct stack *stack)
{
    struct construct *group = construct_new(stack->node, "Group", "Construct");
    struct resource *topic = resource_new(group, "Topic", "AWS::SNS::Topic", NULL);

    resource_new(group, "Role", "AWS::IAM::Role", NULL);
    resource_add_metadata(resource_new(stack->node, "Queue", "AWS::SQS::Queue", NULL), "Own", string("kept"));
    policy_suppress(stack->node, "AwsSolutions-SQS3", "Nothing is lost");
    policy_suppress(group, "AwsSolutions-SNS3", "The group is closed");
    policy_suppress(group, "AwsSolutions-IAM5[Action::s3:*]", "All of \"it\" – ünter <uns>");
    policy_suppress(resource_node(topic), "AwsSolutions-SNS3", "The topic is closed");
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "policy-suppress", suppress },
        { NULL, NULL },
    };

    return parity_main("policy", cases, argc, argv);
}

// SPDX-License-Identifier: MIT
// ARNs of roles, where a name will not do.
#include "util/array.h"
#include "util/text/pattern.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"

#include <string.h>

// cfn-lint's list. Each is the ARN of a role, whatever other names the property's documentation has.
static const struct {
    const char *type, *place;
} roles[] = {
    { "AWS::Backup::BackupSelection", "BackupSelection/IamRoleArn" },
    { "AWS::Batch::ComputeEnvironment", "ComputeResources/SpotIamFleetRole" },
    { "AWS::Batch::ComputeEnvironment", "ServiceRole" },
    { "AWS::EC2::SpotFleet", "SpotFleetRequestConfigData/IamFleetRole" },
    { "AWS::ECS::TaskDefinition", "ExecutionRoleArn" },
    { "AWS::S3::Bucket", "ReplicationConfiguration/Role" },
};

static void check_role(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);

    (void)data;
    if (text && !strstr(text, "{{resolve:") &&
        !text_matches(text, "^arn:(aws[a-zA-Z-]*)?:iam::[0-9]{12}:role/[a-zA-Z_0-9+=,.@/_-]+$"))
        report(judge->validator, "E3511", node, "'%s' is not the ARN of a role", text);
}

static void check_roles(struct validator *validator, const struct node *node)
{
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; resource && i < ARRAY_SIZE(roles); i++)
        if (strcmp(roles[i].type, resource->type) == 0)
            validator_each_at(validator, &resource->properties, roles[i].place, check_role, NULL);
}

const struct rule iam_role_rules[] = {
    { "E3511", SEVERITY_ERROR, "a role is not named by its ARN",
        "The service refuses it, so the stack is rolled back.", "Use Fn::GetAtt of the role's Arn.",
        "IAM User Guide, \"IAM identifiers\"", .scope = RULE_RESOURCE, .check = check_roles },
    RULES_END,
};

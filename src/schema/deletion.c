// SPDX-License-Identifier: MIT
#include "schema/deletion.h"

#include "data/value.h"
#include "schema/schema.h"

#include <string.h>

static bool is_in_cluster(const struct value *resource)
{
    return object_get(object_get(resource, "Properties"), "DBClusterIdentifier");
}

bool resource_holds_data(const char *type, const struct value *resource)
{
    return schema_resource_is_stateful(schema_resource_find(type)) && !is_in_cluster(resource);
}

const char *resource_deletion_policy(const char *type, const struct value *resource)
{
    const char *policy = object_string(resource, "DeletionPolicy");

    if (policy)
        return policy;
    if (type &&
        (strcmp(type, "AWS::RDS::DBCluster") == 0 ||
            (strcmp(type, "AWS::RDS::DBInstance") == 0 && !is_in_cluster(resource))))
        return "Snapshot";
    return "Delete";
}

const char *resource_replace_policy(const struct value *resource)
{
    const char *policy = object_string(resource, "UpdateReplacePolicy");

    return policy ? policy : "Delete";
}

bool policy_retains(const char *policy)
{
    return strcmp(policy, "Retain") == 0 || strcmp(policy, "RetainExceptOnCreate") == 0;
}

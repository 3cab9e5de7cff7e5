// SPDX-License-Identifier: MIT
#include "schema/schema.h"

const char *schema_kind_name(enum schema_kind kind)
{
    static const char *const names[] = {
        [SCHEMA_STRING] = "string",
        [SCHEMA_NUMBER] = "number",
        [SCHEMA_INTEGER] = "integer",
        [SCHEMA_BOOLEAN] = "boolean",
        [SCHEMA_JSON] = "json",
        [SCHEMA_DATE_TIME] = "date-time",
        [SCHEMA_NULL] = "null",
        [SCHEMA_TAG] = "tag",
        [SCHEMA_OBJECT] = "object",
        [SCHEMA_ARRAY] = "array",
        [SCHEMA_MAP] = "map",
        [SCHEMA_UNION] = "union",
    };

    return names[kind];
}

const char *schema_scrutiny_name(enum schema_scrutiny scrutiny)
{
    static const char *const names[] = {
        [SCHEMA_SCRUTINY_NONE] = "None",
        [SCHEMA_SCRUTINY_RESOURCE_POLICY_RESOURCE] = "ResourcePolicyResource",
        [SCHEMA_SCRUTINY_IDENTITY_POLICY_RESOURCE] = "IdentityPolicyResource",
        [SCHEMA_SCRUTINY_LAMBDA_PERMISSION] = "LambdaPermission",
        [SCHEMA_SCRUTINY_INGRESS_RULE_RESOURCE] = "IngressRuleResource",
        [SCHEMA_SCRUTINY_EGRESS_RULE_RESOURCE] = "EgressRuleResource",
        [SCHEMA_SCRUTINY_SSO_ASSIGNMENT_RESOURCE] = "SsoAssignmentResource",
        [SCHEMA_SCRUTINY_SSO_INSTANCE_ACA_CONFIG_RESOURCE] = "SsoInstanceACAConfigResource",
        [SCHEMA_SCRUTINY_SSO_PERMISSION_SET] = "SsoPermissionSet",
        [SCHEMA_SCRUTINY_INLINE_RESOURCE_POLICY] = "InlineResourcePolicy",
        [SCHEMA_SCRUTINY_INLINE_IDENTITY_POLICIES] = "InlineIdentityPolicies",
        [SCHEMA_SCRUTINY_MANAGED_POLICIES] = "ManagedPolicies",
        [SCHEMA_SCRUTINY_INGRESS_RULES] = "IngressRules",
        [SCHEMA_SCRUTINY_EGRESS_RULES] = "EgressRules",
    };

    return names[scrutiny];
}

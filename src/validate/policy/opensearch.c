// SPDX-License-Identifier: MIT
// OpenSearch Service, also under its old name.
#include "data/json.h"
#include "data/value.h"
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

#define OLD_DOMAIN "AWS::Elasticsearch::Domain"
#define DOMAINS OLD_DOMAIN " AWS::OpenSearchService::Domain"

static enum verdict judge_os1(struct policy_case *policy)
{
    const struct value *options = policy_property(policy, "VPCOptions");
    const struct value *subnets = policy_optional(options, "SubnetIds");

    return subnets && (value_type(subnets) != VALUE_ARRAY || value_length(subnets)) ? COMPLIANT
                                                                                    : NON_COMPLIANT;
}

// The CDK sets access policies with a custom resource beside the domain, to which it gives a call of the API
// as JSON within JSON.

static const char *construct_path(const struct template_resource *resource)
{
    return object_string_or_empty(object_get(resource->node->value, "Metadata"), "aws:cdk:path");
}

static const struct template_resource *find_custom_policy(const struct policy_case *policy)
{
    static const char resource[] = "/Resource";
    const char *path = construct_path(policy->resource), *end = NULL, *wanted;

    for (const char *at = path; (at = strstr(at, resource)); at++)
        end = at;
    if (!end)
        return NULL;
    wanted = arena_printf(value_arena(), "%.*s/%s/Resource/Default", (int)(end - path), path,
        policy_is_type(policy, OLD_DOMAIN) ? "ESAccessPolicy" : "AccessPolicy");
    for (size_t i = 0; i < validator_resource_count(policy->validator); i++)
        if (strcmp(construct_path(validator_resource_at(policy->validator, i)), wanted) == 0)
            return validator_resource_at(policy->validator, i);
    return NULL;
}

static const struct value *parse(struct policy_case *policy, const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *value = text ? json_parse(text, strlen(text), "policy", &err) : NULL;

    if (!value)
        policy_set_undecided(policy, NULL);
    return value;
}

static const struct value *custom_policies(struct policy_case *policy, const struct template_resource *custom)
{
    const struct value *join = object_get(policy_property_of(policy, custom, "Update"), "Fn::Join");
    const struct value *items = array_at(join, 1), *call;
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0, count = policy_items(policy, items); i < count; i++)
        strbuf_add_string(&text, policy_interpolated(array_at(items, i)));
    call = parse(policy, text.data);
    return parse(policy, value_string(policy_optional(call, "parameters/AccessPolicies")));
}

static const struct value *access_statements(struct policy_case *policy)
{
    const struct template_resource *custom = find_custom_policy(policy);
    const struct value *document =
        custom ? custom_policies(policy, custom) : policy_property(policy, "AccessPolicies");
    const struct value *statements = policy_optional(document, "Statement");

    return value_type(statements) == VALUE_ARRAY && !value_length(statements) ? NULL : statements;
}

static bool is_empty(const struct value *value)
{
    return !value || (value_string(value) && !*value_string(value)) ||
        (value_type(value) == VALUE_ARRAY && !value_length(value));
}

static enum verdict judge_os3(struct policy_case *policy)
{
    const struct value *statements = access_statements(policy);

    policy->name = "Statement";
    for (size_t i = 0, count = statements ? policy_items(policy, statements) : 0; i < count; i++) {
        const struct value *statement = policy_item(statements, i);

        if (policy_is(policy_member(policy, statement, "Effect"), "Allow") &&
            is_empty(policy_optional(statement, "Condition/IpAddress/aws:sourceIp")))
            return NON_COMPLIANT;
    }
    return statements ? COMPLIANT : NON_COMPLIANT;
}

static enum verdict judge_os5(struct policy_case *policy)
{
    const struct value *statements = access_statements(policy);

    policy->name = "Statement";
    return statements && !policy_allows_star(policy, statements) ? COMPLIANT : NON_COMPLIANT;
}

static enum verdict judge_cluster_switch(struct policy_case *policy, const char *name)
{
    const struct value *config = policy_property(
        policy, policy_is_type(policy, OLD_DOMAIN) ? "ElasticsearchClusterConfig" : "ClusterConfig");

    if (!config)
        return NON_COMPLIANT;
    return policy_is_true(policy_primitive(policy, policy_member(policy, config, name))) ? COMPLIANT
                                                                                         : NON_COMPLIANT;
}

static enum verdict judge_os4(struct policy_case *policy)
{
    return judge_cluster_switch(policy, "DedicatedMasterEnabled");
}

static enum verdict judge_os7(struct policy_case *policy)
{
    return judge_cluster_switch(policy, "ZoneAwarenessEnabled");
}

static enum verdict judge_os9(struct policy_case *policy)
{
    static const char *const names[] = { "SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS", NULL };
    const struct value *options = policy_property(policy, "LogPublishingOptions");

    // What refers to something is no map.
    if (policy_target(options) != options && !policy_is_pseudo(options))
        policy_set_undecided(policy, options);
    for (const char *const *name = names; *name; name++) {
        const struct value *enabled = policy_optional(policy_optional(options, *name), "Enabled");

        policy->name = "Enabled";
        if (!policy_is_true(policy_primitive(policy, enabled)))
            policy_found(policy, "LogExport::%s", *name);
    }
    return policy_findings_verdict(policy);
}

const struct rule opensearch_policy_rules[] = {
    POLICY("OS1", ERROR, DOMAINS, "the domain is in no VPC", "It can be reached from the internet.",
        "Set SubnetIds of VPCOptions.", .judge = judge_os1),
    POLICY("OS2", ERROR, DOMAINS, "the domain's nodes talk to each other in the clear",
        "Data can be read on the way.", "Set Enabled of NodeToNodeEncryptionOptions to true.",
        .demand = MUST_BE_ON, .path = "NodeToNodeEncryptionOptions/Enabled"),
    POLICY("OS3", ERROR, DOMAINS, "the domain's policy asks for no address",
        "Whoever has the credentials may use it from anywhere.",
        "Give each statement that allows something a condition IpAddress on aws:sourceIp.",
        .judge = judge_os3),
    POLICY("OS4", ERROR, DOMAINS, "the domain has no dedicated master nodes",
        "Under load the cluster loses its head.", "Set DedicatedMasterEnabled to true.", .judge = judge_os4),
    POLICY("OS5", ERROR, DOMAINS, "the domain takes unsigned or anonymous requests",
        "Whoever reaches it may use it.", "Name the roles in Principal.", .judge = judge_os5),
    POLICY("OS7", ERROR, DOMAINS, "the domain is in one zone", "When the zone fails, it is away.",
        "Set ZoneAwarenessEnabled to true.", .judge = judge_os7),
    POLICY("OS8", ERROR, DOMAINS, "the domain is not encrypted", "Data lies on disks in the clear.",
        "Set Enabled of EncryptionAtRestOptions to true.", .demand = MUST_BE_ON,
        .path = "EncryptionAtRestOptions/Enabled"),
    POLICY("OS9", ERROR, DOMAINS, "a slow log of the domain is not published",
        "What makes it slow cannot be told.",
        "Enable SEARCH_SLOW_LOGS and INDEX_SLOW_LOGS in LogPublishingOptions.", .judge = judge_os9),
    RULES_END,
};

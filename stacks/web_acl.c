// SPDX-License-Identifier: MIT
#include "stacks/web_acl.h"

#include "aws/elbv2.h"
#include "aws/logs.h"
#include "cdk/construct.h"
#include "util/arena.h"

#include <stddef.h>
#include <string.h>

enum { FIRST_GROUP_PRIORITY = 10 };

static const struct managed_group {
    const char *name;
    const char *counted; // a rule that blocks nothing; NULL: none
} managed_groups[] = {
    { "AWSManagedRulesAmazonIpReputationList", NULL },
    // Bodies of more than 8 KB are counted, not blocked: there are API requests as long as that.
    { "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY" },
    { "AWSManagedRulesKnownBadInputsRuleSet", NULL },
    { "AWSManagedRulesSQLiRuleSet", NULL },
    { NULL, NULL },
};

static struct value *one(const char *key, struct value *value)
{
    return object((struct field[]){ { key, value }, END });
}

static struct value *list_of_one(struct value *value)
{
    return array_of((struct value *[]){ value, NULL });
}

static struct value *visibility(const char *metric_name)
{
    return object((struct field[]){
        { "CloudWatchMetricsEnabled", boolean(true) },
        { "MetricName", string(metric_name) },
        { "SampledRequestsEnabled", boolean(true) },
        END,
    });
}

static struct value *rate_limit(const char *name, int priority, struct value *statement)
{
    return object((struct field[]){
        { "Action", one("Block", object((struct field[]){ END })) },
        { "Name", string(name) },
        { "Priority", number(priority) },
        { "Statement", one("RateBasedStatement", statement) },
        { "VisibilityConfig", visibility(name) },
        END,
    });
}

static struct value *managed_rule(const struct managed_group *group, int priority)
{
    struct value *counted = NULL;

    if (group->counted)
        counted = list_of_one(object((struct field[]){
            { "ActionToUse", one("Count", object((struct field[]){ END })) },
            { "Name", string(group->counted) },
            END,
        }));
    return object((struct field[]){
        { "Name", string(group->name) },
        { "OverrideAction", one("None", object((struct field[]){ END })) },
        { "Priority", number(priority) },
        { "Statement",
            one("ManagedRuleGroupStatement",
                object((struct field[]){
                    { "Name", string(group->name) },
                    { "RuleActionOverrides", counted },
                    { "VendorName", string("AWS") },
                    END,
                })) },
        { "VisibilityConfig", visibility(group->name) },
        END,
    });
}

static struct value *address_limit(const struct settings *settings, struct value *scope_down)
{
    return object((struct field[]){
        { "AggregateKeyType", string("IP") },
        { "Limit", number(settings->waf_rate_limit) },
        { "ScopeDownStatement", scope_down },
        END,
    });
}

static struct value *is_forwarded(void)
{
    struct value *transformation = object((struct field[]){
        { "Priority", number(0) },
        { "Type", string("NONE") },
        END,
    });

    return one("SizeConstraintStatement",
        object((struct field[]){
            { "ComparisonOperator", string("GT") },
            { "FieldToMatch", one("SingleHeader", one("Name", string("x-forwarded-for"))) },
            { "Size", number(0) },
            { "TextTransformations", list_of_one(transformation) },
            END,
        }));
}

static struct value *forwarded_address_limit(const struct settings *settings)
{
    return object((struct field[]){
        { "AggregateKeyType", string("FORWARDED_IP") },
        { "ForwardedIPConfig",
            object((struct field[]){
                { "FallbackBehavior", string("NO_MATCH") },
                { "HeaderName", string("X-Forwarded-For") },
                END,
            }) },
        { "Limit", number(settings->waf_rate_limit) },
        END,
    });
}

// Not retained: there can be only one of that name, which WAF wants to begin like this.
static void add_log(struct construct *scope, const char *id, const struct settings *settings,
    const char *log_name, const struct resource *acl)
{
    const struct logs_log_group *group = logs_log_group_new(scope, arena_printf(value_arena(), "%sLogs", id),
        &(struct logs_log_group_props){
            .log_group_name = stringf("aws-waf-logs-%s-%s", settings->resource_prefix, log_name),
            .retention = (enum logs_retention)settings->log_retention_days,
            .removal_policy = REMOVAL_POLICY_DESTROY,
        });
    struct value *destination = stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "logs",
            .resource = "log-group",
            .resource_name = group->log_group_name,
            .format = ARN_COLON_RESOURCE_NAME,
        });

    resource_new(scope, arena_printf(value_arena(), "%sLogging", id), "AWS::WAFv2::LoggingConfiguration",
        object((struct field[]){
            { "LogDestinationConfigs", list_of_one(destination) },
            { "RedactedFields",
                array_of((struct value *[]){ one("SingleHeader", one("Name", string("authorization"))),
                    one("SingleHeader", one("Name", string("cookie"))), NULL }) },
            { "ResourceArn", get_att(acl, "Arn") },
            END,
        }));
}

// `rules`: the limits, to which AWS's rules are added.
static struct value *acl_new(struct construct *scope, const char *id, const struct settings *settings,
    const char *acl_scope, struct value *rules, const char *log_name)
{
    struct resource *acl;
    int priority = FIRST_GROUP_PRIORITY;

    for (const struct managed_group *group = managed_groups; group->name; group++)
        array_append(rules, managed_rule(group, priority++));
    acl = resource_new(scope, id, "AWS::WAFv2::WebACL",
        object((struct field[]){
            { "DefaultAction", one("Allow", object((struct field[]){ END })) },
            { "Rules", rules },
            { "Scope", string(acl_scope) },
            { "VisibilityConfig", visibility(id) },
            END,
        }));
    add_log(scope, id, settings, log_name, acl);
    return get_att(acl, "Arn");
}

struct value *tango_cloudfront_acl_new(
    struct construct *scope, const char *id, const struct settings *settings, const char *log_name)
{
    struct value *limits = list_of_one(rate_limit("RateLimit", 0, address_limit(settings, NULL)));

    if (!settings->waf || strcmp(settings->region, "us-east-1") != 0)
        return NULL;
    return acl_new(scope, id, settings, "CLOUDFRONT", limits, log_name);
}

void tango_protect_load_balancer(
    struct construct *scope, const struct settings *settings, const struct elbv2_load_balancer *load_balancer)
{
    // Behind CloudFront or another proxy the address of the connection is the proxy's, and everybody would
    // share it.
    struct value *not_forwarded = one("NotStatement", one("Statement", is_forwarded()));
    struct value *limits = array_of((struct value *[]){
        rate_limit("RateLimit", 0, address_limit(settings, not_forwarded)),
        rate_limit("RateLimitForwarded", 1, forwarded_address_limit(settings)),
        NULL,
    });
    struct value *acl = acl_new(scope, "ApiAcl", settings, "REGIONAL", limits, "api");

    resource_new(scope, "ApiAclAssociation", "AWS::WAFv2::WebACLAssociation",
        object((struct field[]){
            { "ResourceArn", load_balancer->load_balancer_arn },
            { "WebACLArn", acl },
            END,
        }));
}

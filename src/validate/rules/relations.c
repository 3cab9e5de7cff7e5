// SPDX-License-Identifier: MIT
// Relations within and between resources that schemas do not say.
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/rules/functions.h"

#include <string.h>
#include <time.h>

enum { ENVIRONMENT_LIMIT = 4096, DAY_LENGTH = 11 };

static const struct template_resource *resource_of(struct validator *validator, const struct node *node)
{
    return node_resource(validator, node);
}

static bool is_of_type(const struct template_resource *resource, const char *type)
{
    return resource && strcmp(resource->type, type) == 0;
}

// Functions.

static void check_runtime(struct judge *judge, const struct node *node, void *data)
{
    struct schema_runtime runtime;
    char today[DAY_LENGTH];
    time_t now = time(NULL);
    struct tm utc;

    (void)data;
    if (!schema_runtime_find(node_string(node), &runtime) || !gmtime_r(&now, &utc) ||
        strftime(today, sizeof(today), "%Y-%m-%d", &utc) == 0 || strcmp(runtime.deprecated, today) > 0)
        return;
    report(judge->validator,
        strcmp(runtime.no_update, today) <= 0       ? "E2533"
            : strcmp(runtime.no_create, today) <= 0 ? "E2531"
                                                    : "W2531",
        node,
        "'%s' is deprecated since %s; no function can be made with it from %s, none updated from %s; next is '%s' (%s)",
        runtime.name, runtime.deprecated, runtime.no_create, runtime.no_update,
        runtime.successor ? runtime.successor : "none", schema_list_at(schema_constraint_sources(), 0));
}

static void check_environment(struct judge *judge, const struct node *node, void *data)
{
    size_t size = 0;

    (void)data;
    for (size_t i = 0; node_is_object(node) && !node_function(node) && i < node_length(node); i++) {
        struct node member = node_at(node, i);

        size += strlen(member.key) + (node_string(&member) ? strlen(node_string(&member)) : 0);
    }
    if (size > ENVIRONMENT_LIMIT)
        report(judge->validator, "E3697", node, "the environment has %zu bytes, more than %d", size,
            ENVIRONMENT_LIMIT);
}

static void check_function(struct validator *validator, const struct node *node)
{
    const struct template_resource *function = resource_of(validator, node);

    validator_each_at(validator, &function->properties, "Runtime", check_runtime, NULL);
    validator_each_at(validator, &function->properties, "Environment/Variables", check_environment, NULL);
}

// Edge functions.

static void check_edge_function(
    struct validator *validator, const struct node *association, const struct template_resource *version)
{
    struct node name = node_get(&version->properties, "FunctionName");
    const struct template_resource *function =
        node_exists(&name) ? referred_resource(validator, &name) : NULL;
    struct node environment, variables;

    if (!is_of_type(function, "AWS::Lambda::Function"))
        return;
    environment = node_get(&function->properties, "Environment");
    variables = node_get(&environment, "Variables");
    if (node_is_object(&variables) && !node_function(&variables) && node_length(&variables))
        report(validator, "T3003", association, "the edge function '%s' has environment variables",
            function->id);
}

static void check_association(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *resource = referred_resource(judge->validator, node);

    (void)data;
    if (is_of_type(resource, "AWS::Lambda::Version"))
        check_edge_function(judge->validator, node, resource);
    else if (is_of_type(resource, "AWS::Lambda::Function") || is_of_type(resource, "AWS::Lambda::Alias"))
        report(judge->validator, "T3002", node, "CloudFront needs a version, '%s' is none", resource->id);
}

struct origins {
    const char *wanted;
    bool is_found; // or may be among those that nobody knows
};

static void look_at_origin(struct judge *judge, const struct node *node, void *data)
{
    struct origins *origins = data;
    const char *id = node_string(node);

    (void)judge;
    origins->is_found |= !id || strcmp(id, origins->wanted) == 0;
}

static void check_target_origin(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *distribution = data;
    struct origins origins = { node_string(node), false };
    struct node config = node_get(&distribution->properties, "DistributionConfig");
    struct node list = node_get(&config, "Origins");

    if (!origins.wanted || !node_is_array(&list))
        return;
    validator_each_at(judge->validator, &config, "Origins/*/Id", look_at_origin, &origins);
    validator_each_at(judge->validator, &config, "OriginGroups/Items/*/Id", look_at_origin, &origins);
    if (!origins.is_found)
        report(judge->validator, "E3057", node, "there is no origin '%s'", origins.wanted);
}

static void check_distribution(struct validator *validator, const struct node *node)
{
    static const char *const associations[] = {
        "DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/*/LambdaFunctionARN",
        "DistributionConfig/CacheBehaviors/*/LambdaFunctionAssociations/*/LambdaFunctionARN",
    };
    const struct template_resource *distribution = resource_of(validator, node);

    for (size_t i = 0; i < ARRAY_SIZE(associations); i++)
        validator_each_at(validator, &distribution->properties, associations[i], check_association, NULL);
    validator_each_at(validator, &distribution->properties,
        "DistributionConfig/DefaultCacheBehavior/TargetOriginId", check_target_origin, (void *)distribution);
}

// Services and target groups.

static void check_target_group(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *group = referred_resource(judge->validator, node);
    struct node type;

    (void)data;
    if (!is_of_type(group, "AWS::ElasticLoadBalancingV2::TargetGroup"))
        return;
    type = node_get(&group->properties, "TargetType");
    if (!node_exists(&type) || (node_string(&type) && strcmp(node_string(&type), "instance") == 0))
        report(judge->validator, "T3004", node,
            "the target group '%s' has targets of type instance, tasks in network mode awsvpc need ip",
            group->id);
}

static void check_service(struct validator *validator, const struct node *node)
{
    const struct template_resource *service = resource_of(validator, node);
    struct node reference = node_get(&service->properties, "TaskDefinition");
    const struct template_resource *task =
        node_exists(&reference) ? referred_resource(validator, &reference) : NULL;
    struct node mode;

    if (!is_of_type(task, "AWS::ECS::TaskDefinition"))
        return;
    mode = node_get(&task->properties, "NetworkMode");
    if (node_string(&mode) && strcmp(node_string(&mode), "awsvpc") == 0)
        validator_each_at(
            validator, &service->properties, "LoadBalancers/*/TargetGroupArn", check_target_group, NULL);
}

// Bucket policies.

// The resource of "${BUCKET.Arn}/*" and "arn:${AWS::Partition}:s3:::${BUCKET}/*".
static const struct template_resource *substituted(struct validator *validator, const struct node *node)
{
    struct node argument = node_argument(node);
    const char *text = node_string(&argument), *variable;
    const struct template_resource *resource = NULL;

    while (!resource && text && (variable = sub_next_variable(text, &text)))
        resource = validator_resource(
            validator, arena_strndup(validator_arena(validator), variable, strcspn(variable, ".")));
    return resource;
}

// {"Fn::GetAtt": [BUCKET, "Arn"]}, Fn::Join whose first part is that, or Fn::Sub with one of them.
static const struct template_resource *bucket_in(struct validator *validator, const struct node *node)
{
    struct node argument = node_argument(node);
    struct node parts = node_at(&argument, 1);
    struct node first = node_at(&parts, 0);
    const struct template_resource *resource;

    if (node_is_function(node, "Fn::Sub"))
        resource = substituted(validator, node);
    else if (node_is_function(node, "Fn::Join"))
        resource = node_is_function(&first, "Fn::GetAtt") ? referred_resource(validator, &first) : NULL;
    else
        resource = node_is_function(node, "Fn::GetAtt") ? referred_resource(validator, node) : NULL;
    return is_of_type(resource, "AWS::S3::Bucket") ? resource : NULL;
}

static void check_policy_resource(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *own = data;
    const struct template_resource *bucket = bucket_in(judge->validator, node);

    if (bucket && bucket != own)
        report(judge->validator, "T3005", node, "the policy of the bucket '%s' is about the bucket '%s'",
            own->id, bucket->id);
}

static void check_policy_resources(struct judge *judge, const struct node *node, void *data)
{
    if (node_is_array(node))
        validator_each_at(judge->validator, node, "*", check_policy_resource, data);
    else
        check_policy_resource(judge, node, data);
}

static void check_bucket_policy(struct validator *validator, const struct node *node)
{
    const struct template_resource *policy = resource_of(validator, node);
    struct node reference = node_get(&policy->properties, "Bucket");
    const struct template_resource *bucket =
        node_exists(&reference) ? referred_resource(validator, &reference) : NULL;

    if (is_of_type(bucket, "AWS::S3::Bucket"))
        validator_each_at(validator, &policy->properties, "PolicyDocument/Statement/*/Resource",
            check_policy_resources, (void *)bucket);
}

static void check_health_type(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);
    const char *at = text ? strstr(text, "EC2") : NULL;

    (void)data;
    if (at && strchr(text, ',') && (at == text || strchr(" ,", at[-1])) &&
        (at[3] == '\0' || strchr(" ,", at[3])))
        report(judge->validator, "E3056", node, "EC2 cannot be combined with other types of health checks");
}

static void check_instance(struct validator *validator, const struct node *node)
{
    const struct template_resource *instance = resource_of(validator, node);
    struct node image = node_get(&instance->properties, "ImageId");
    struct node reference = node_get(&instance->properties, "LaunchTemplate");
    struct node id = node_get(&reference, "LaunchTemplateId");
    const struct template_resource *template = node_exists(&id) ? referred_resource(validator, &id) : NULL;
    struct node data, its_image;

    if (!node_is_object(&instance->properties) || node_function(&instance->properties) || node_exists(&image))
        return;
    if (is_of_type(template, "AWS::EC2::LaunchTemplate")) {
        data = node_get(&template->properties, "LaunchTemplateData");
        its_image = node_get(&data, "ImageId");
        if (!node_is_object(&data) || node_function(&data) || node_exists(&its_image))
            return;
    } else if (node_exists(&reference)) {
        return;
    }
    report(validator, "E3673", &instance->properties, "'ImageId' is required");
}

static void check_scaling_group(struct validator *validator, const struct node *node)
{
    const struct template_resource *group = resource_of(validator, node);

    validator_each_at(validator, &group->properties, "HealthCheckType", check_health_type, NULL);
}

#define RUNTIME_RULE(rule_id, rule_title)                                                                    \
    {                                                                                                        \
        .id = (rule_id), .severity = SEVERITY_WARNING, .title = (rule_title),                                \
        .why = "Functions with it get no fixes, and then cannot be made or updated.",                        \
        .fix = "Move to a newer runtime.",                                                                   \
        .source =                                                                                            \
            "Runtime deprecation policy in the AWS Lambda Developer Guide, as of the day of the schema",     \
        .scope = RULE_REPORTED                                                                               \
    }
#define RELATION_FOUND(rule_id, rule_title, rule_fix, rule_source)                                           \
    .id = (rule_id), .severity = SEVERITY_ERROR, .title = (rule_title),                                      \
    .why = "AWS refuses it, so the stack is rolled back.", .fix = (rule_fix), .source = (rule_source)
#define RELATION_REPORTED(rule_id, rule_title, rule_fix, rule_source)                                        \
    {                                                                                                        \
        RELATION_FOUND(rule_id, rule_title, rule_fix, rule_source), .scope = RULE_REPORTED                   \
    }
#define RELATION(rule_id, rule_title, rule_fix, rule_source, type, function)                                 \
    {                                                                                                        \
        RELATION_FOUND(rule_id, rule_title, rule_fix, rule_source), .scope = RULE_RESOURCE,                  \
                                                                    .subject = (type), .check = (function)   \
    }

const struct rule relation_rules[] = {
    RUNTIME_RULE("E2531", "no function can be made with the runtime any more"),
    RUNTIME_RULE("E2533", "no function with the runtime can be updated any more"),
    RUNTIME_RULE("W2531", "the runtime is deprecated"),
    RELATION("E3056", "the health check of EC2 is combined with others", "Name EC2 alone, or only others.",
        "AWS::AutoScaling::AutoScalingGroup HealthCheckType", "AWS::AutoScaling::AutoScalingGroup",
        check_scaling_group),
    RELATION("E3057", "a cache behavior's origin is none of the distribution's", "Name the id of an origin.",
        "AWS::CloudFront::Distribution DefaultCacheBehavior", "AWS::CloudFront::Distribution",
        check_distribution),
    RELATION("E3673", "an instance has no image", "Add ImageId, or name a launch template that has it.",
        "AWS::EC2::Instance ImageId", "AWS::EC2::Instance", check_instance),
    RELATION("E3697", "a function's environment is larger than 4 KB",
        "Move values into a parameter or secret.", "Lambda quotas in the AWS Lambda Developer Guide",
        "AWS::Lambda::Function", check_function),
    RELATION_REPORTED("T3002", "an edge function is no version", "Refer to an AWS::Lambda::Version of it.",
        "Restrictions on Lambda@Edge in the Amazon CloudFront Developer Guide"),
    RELATION_REPORTED("T3003", "an edge function has environment variables", "Take them out of the function.",
        "Restrictions on Lambda@Edge in the Amazon CloudFront Developer Guide"),
    RELATION("T3004", "a target group's type does not fit the tasks' network mode", "Set TargetType to ip.",
        "AWS::ECS::Service LoadBalancer: target type ip with network mode awsvpc", "AWS::ECS::Service",
        check_service),
    RELATION("T3005", "a bucket's policy is about another bucket",
        "Name the bucket of the policy in Resource.", "Policies and permissions in the Amazon S3 User Guide",
        "AWS::S3::BucketPolicy", check_bucket_policy),
    RULES_END,
};

// SPDX-License-Identifier: MIT
// Functions of AWS::Lambda.
#include "util/arena.h"
#include "util/array.h"
#include "util/text/utf8.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"

#include <string.h>

// As of cfn-lint 1.51.0: "Improving startup performance with Lambda SnapStart".
static const char *const snap_start_regions[] = { "us-east-2", "us-east-1", "us-west-1", "us-west-2",
    "af-south-1", "ap-east-1", "ap-southeast-3", "ap-south-1", "ap-northeast-2", "ap-northeast-3",
    "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ca-central-1", "eu-central-1", "eu-west-1",
    "eu-west-2", "eu-south-1", "eu-west-3", "eu-north-1", "me-south-1", "sa-east-1" };
static const char *const snap_start_runtimes[] = { "python", "java", "dotnet" };
static const char *const no_snap_start[] = { "dotnet5.0", "dotnet6", "dotnet7", "java8.al2", "java8",
    "python3.10", "python3.11", "python3.7", "python3.8", "python3.9" };

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_among(const char *text, const char *const *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i], text) == 0)
            return true;
    return false;
}

static bool runtime_starts_fast(const char *runtime)
{
    for (size_t i = 0; i < ARRAY_SIZE(snap_start_runtimes); i++)
        if (begins_with(runtime, snap_start_runtimes[i]))
            return !begins_with(runtime, "dotnetcore") &&
                !is_among(runtime, no_snap_start, ARRAY_SIZE(no_snap_start));
    return false;
}

static void check_snap_start(struct judge *judge, const struct node *properties, void *data)
{
    struct node snap_start = node_get(properties, "SnapStart"), apply_on = node_get(&snap_start, "ApplyOn"),
                runtime = node_get(properties, "Runtime");

    (void)data;
    if (!node_string(&apply_on) || strcmp(node_string(&apply_on), "PublishedVersions") != 0)
        return;
    for (size_t i = 0; i < validator_region_count(judge->validator); i++) {
        const char *region = validator_region(judge->validator, i);

        if (!is_among(region, snap_start_regions, ARRAY_SIZE(snap_start_regions)))
            report(judge->validator, "E2530", &apply_on, "there is no SnapStart in %s", region);
    }
    if (node_string(&runtime) && !runtime_starts_fast(node_string(&runtime)))
        report(judge->validator, "E2530", &apply_on, "there is no SnapStart for the runtime '%s'",
            node_string(&runtime));
}

// What a file of code needs; an image brings it with it.
static void check_package(struct judge *judge, const struct node *properties, void *data)
{
    struct node type = node_get(properties, "PackageType"), code = node_get(properties, "Code");
    bool is_zip = node_string(&type) && strcmp(node_string(&type), "Zip") == 0;
    const char *missing = !object_get(properties->value, "Handler") ? "Handler" : NULL;

    (void)data;
    if (!missing && !object_get(properties->value, "Runtime"))
        missing = "Runtime";
    if (missing && is_zip)
        report(judge->validator, "W2533", &type, "'%s' is missing, which code in a file needs", missing);
    else if (missing && (object_get(code.value, "ZipFile") || object_get(code.value, "S3Key")))
        report(judge->validator, "W2533", &code, "'%s' is missing, which code in a file needs", missing);
}

// Parts of an ARN that are as long as they are in each region.
static const char *partition_of(const char *region)
{
    static const struct {
        const char *prefix, *partition;
    } partitions[] = { { "cn-", "aws-cn" }, { "us-gov-", "aws-us-gov" }, { "us-iso-", "aws-iso" },
        { "us-isof-", "aws-iso" }, { "us-isob-", "aws-iso-b" }, { "eu-isoe-", "aws-iso-e" },
        { "eusc-", "aws-iso-f" } };

    for (size_t i = 0; i < ARRAY_SIZE(partitions); i++)
        if (begins_with(region, partitions[i].prefix))
            return partitions[i].partition;
    return "aws";
}

enum { LAYER_ARN_REST = 176 };

static void check_layer(struct judge *judge, const struct node *node, void *data)
{
    const char *arn = node_string(node);

    (void)data;
    for (size_t i = 0; arn && i < validator_region_count(judge->validator); i++) {
        const char *region = validator_region(judge->validator, i);
        size_t limit = LAYER_ARN_REST + strlen(partition_of(region)) + strlen(region);

        if (utf8_length(arn) > limit)
            report(judge->validator, "E3716", node,
                "the ARN of a layer has %zu characters, more than %zu in %s", utf8_length(arn), limit,
                region);
    }
}

// Whether a version of the function is made, which is all that SnapStart applies to.
static bool has_version(struct validator *validator, const struct template_resource *function)
{
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);
        struct node name = node_get(&resource->properties, "FunctionName");

        if (strcmp(resource->type, "AWS::Lambda::Version") == 0 &&
            (!node_function(&name) || referred_resource(validator, &name) == function ||
                !referred_resource(validator, &name)))
            return true;
    }
    return false;
}

static void check_versions(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *function = data;

    if (node_string(node) && strcmp(node_string(node), "PublishedVersions") == 0 &&
        !has_version(judge->validator, function))
        report(judge->validator, "W2530", node, "there is no version of '%s' that SnapStart could apply to",
            function->id);
}

static void check_function(struct validator *validator, const struct node *node)
{
    static const char *const of_snap_start[] = { "Runtime", "SnapStart", NULL };
    static const char *const of_package[] = { "PackageType", "Code", "Handler", "Runtime", NULL };
    const struct template_resource *function = node_resource(validator, node);

    validator_each_scenario(validator, &function->properties, of_snap_start, check_snap_start, NULL);
    validator_each_scenario(validator, &function->properties, of_package, check_package, NULL);
    validator_each_at(validator, node, "Properties/Layers/*", check_layer, NULL);
    validator_each_at(validator, node, "Properties/SnapStart/ApplyOn", check_versions, (void *)function);
}

enum { SUBSCRIPTION_LIMIT = 2 };

static void check_subscription(struct validator *validator, const struct node *node)
{
    const struct template_resource *filter = node_resource(validator, node);
    const struct value *group = object_get(filter->properties.value, "LogGroupName");
    size_t before = 0;

    for (size_t i = 0; group && i < filter->index; i++) {
        const struct template_resource *other = validator_resource_at(validator, i);

        before += strcmp(other->type, filter->type) == 0 &&
            value_equal(object_get(other->properties.value, "LogGroupName"), group) &&
            nodes_coexist(validator, other->node, node) == POSSIBLE;
    }
    if (before == SUBSCRIPTION_LIMIT)
        report(validator, "E2529", node,
            "the log group has %zu subscription filters already, which is the limit", before);
}

#define FUNCTION_SOURCE "AWS::Lambda::Function in the AWS CloudFormation template reference"

const struct rule lambda_rules[] = {
    { "E2529", SEVERITY_ERROR, "a log group has more than two subscription filters",
        "CloudWatch Logs refuses the third one, so the stack is rolled back.",
        "Let one filter feed a stream that others read.", "CloudWatch Logs quotas: subscription filters",
        .scope = RULE_RESOURCE, .subject = "AWS::Logs::SubscriptionFilter", .check = check_subscription },
    { "E2530", SEVERITY_ERROR, "SnapStart does not work with the runtime or in the region",
        "Lambda refuses the function, so the stack is rolled back.",
        "Use a runtime of Java, Python or .NET that has it, or take SnapStart out.",
        "Lambda Developer Guide: Lambda SnapStart", .scope = RULE_RESOURCE,
        .subject = "AWS::Lambda::Function", .check = check_function },
    { "E3716", SEVERITY_ERROR, "the ARN of a layer is too long",
        "Lambda refuses the function, so the stack is rolled back.", "Name a layer as Lambda names it.",
        FUNCTION_SOURCE, .scope = RULE_REPORTED },
    { "W2530", SEVERITY_WARNING, "SnapStart has no version that it applies to",
        "Only published versions start from a snapshot.", "Add an AWS::Lambda::Version of the function.",
        "Lambda Developer Guide: Lambda SnapStart", .scope = RULE_REPORTED },
    { "W2533", SEVERITY_WARNING, "code in a file has no handler or runtime",
        "Lambda refuses the function, so the stack is rolled back.", "Add Handler and Runtime.",
        FUNCTION_SOURCE, .scope = RULE_REPORTED },
    RULES_END,
};

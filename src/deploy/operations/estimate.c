// SPDX-License-Identifier: MIT
#include "deploy/operations/estimate.h"

#include "data/value.h"
#include "diff/diff.h"
#include "template/references.h"
#include "util/map.h"

#include <string.h>

// Preparing a change set, and what CloudFormation needs around the resources.
enum { OVERHEAD_S = 20, LONG_S = 60, DEPTH_MAX = 500 };

struct resource_duration {
    const char *type;
    int create, update, remove; // seconds
};

// In seconds, as such resources usually take; the last row is for every other type.
static const struct resource_duration durations[] = {
    { "AWS::CertificateManager::Certificate", 180, 30, 30 },
    { "AWS::CloudFront::Distribution", 240, 240, 300 },
    { "AWS::CloudFront::Function", 20, 20, 10 },
    { "AWS::CloudFront::OriginRequestPolicy", 10, 10, 10 },
    { "AWS::EC2::InternetGateway", 15, 10, 15 },
    { "AWS::EC2::NatGateway", 120, 10, 60 },
    { "AWS::EC2::Route", 15, 10, 15 },
    { "AWS::EC2::VPCEndpoint", 60, 30, 60 },
    { "AWS::EC2::VPCGatewayAttachment", 20, 10, 15 },
    { "AWS::ECS::Service", 180, 180, 120 },
    { "AWS::ElastiCache::ReplicationGroup", 900, 600, 600 },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", 150, 20, 30 },
    { "AWS::Events::Rule", 65, 35, 65 },
    { "AWS::IAM::InstanceProfile", 125, 30, 10 },
    { "AWS::IAM::ManagedPolicy", 20, 15, 10 },
    { "AWS::IAM::Policy", 20, 15, 10 },
    { "AWS::IAM::Role", 20, 15, 10 },
    { "AWS::Lambda::EventSourceMapping", 40, 30, 40 },
    { "AWS::Lambda::Version", 15, 15, 5 },
    { "AWS::OpenSearchService::Domain", 1200, 1200, 600 },
    { "AWS::RDS::DBCluster", 120, 120, 180 },
    { "AWS::RDS::DBInstance", 600, 240, 420 },
    { "AWS::RDS::DBProxy", 420, 60, 180 },
    { "AWS::RDS::DBProxyTargetGroup", 120, 60, 30 },
    { "AWS::Route53::RecordSet", 65, 65, 65 },
    { "AWS::S3::Bucket", 25, 25, 10 },
    { "AWS::SQS::Queue", 70, 65, 65 },
    { NULL, 10, 8, 8 },
};

struct estimate {
    struct map resources; // logical id to struct step
};

struct step {
    const struct diff_resource *resource;
    int64_t end; // 0: not known yet
    bool is_open;
};

// What one step waits for.
struct wait {
    struct estimate *estimate;
    int64_t until;
    int depth;
};

static const struct resource_duration *duration_of(const char *type)
{
    const struct resource_duration *duration = durations;

    while (duration->type && !(type && strcmp(duration->type, type) == 0))
        duration++;
    return duration;
}

static int64_t seconds_of(const struct diff_resource *resource)
{
    const struct resource_duration *duration =
        duration_of(resource->type ? resource->type : resource->old_type);

    switch (resource->impact) {
    case DIFF_CREATE:
    case DIFF_REPLACE:
    case DIFF_MAY_REPLACE:
        return duration->create;
    case DIFF_UPDATE:
    case DIFF_IMPORT:
        return duration->update;
    default:
        return 0;
    }
}

// After the new resources are there.
static int64_t cleanup_seconds(const struct diff_resource *resource)
{
    if (resource->impact != DIFF_DESTROY && resource->impact != DIFF_REPLACE)
        return 0;
    return duration_of(resource->old_type ? resource->old_type : resource->type)->remove;
}

static int64_t end_of(struct estimate *estimate, const char *id, int depth);

static void wait_for(struct wait *wait, const char *id)
{
    int64_t end = end_of(wait->estimate, id, wait->depth);

    if (end > wait->until)
        wait->until = end;
}

static void wait_for_reference(void *data, const struct template_reference *reference)
{
    if (reference->id)
        wait_for(data, reference->id);
}

static void wait_for_named(struct wait *wait, const struct value *names)
{
    if (value_string(names))
        wait_for(wait, value_string(names));
    for (size_t i = 0; value_type(names) == VALUE_ARRAY && i < value_length(names); i++)
        if (value_string(array_at(names, i)))
            wait_for(wait, value_string(array_at(names, i)));
}

// Seconds from the beginning until a resource is there; what does not change is there at once. References in
// a circle are CloudFormation's to refuse.
static int64_t end_of(struct estimate *estimate, const char *id, int depth)
{
    struct step *step = map_get(&estimate->resources, id);
    struct wait wait = { estimate, 0, depth + 1 };

    if (!step || step->is_open || depth > DEPTH_MAX)
        return 0;
    if (!step->end) {
        step->is_open = true;
        template_each_reference(object_get(step->resource->after, "Properties"), wait_for_reference, &wait);
        wait_for_named(&wait, object_get(step->resource->after, "DependsOn"));
        step->is_open = false;
        step->end = wait.until + seconds_of(step->resource);
    }
    return step->end;
}

struct stack_estimate estimate_change(const struct diff_stack *stack)
{
    struct estimate estimate;
    struct stack_estimate result = { 0 };
    int64_t longest = LONG_S - 1;
    int64_t cleanup = 0;

    map_init(&estimate.resources, value_arena());
    for (size_t i = 0; i < stack->resource_count; i++) {
        struct step *step = arena_alloc(value_arena(), sizeof(*step));

        *step = (struct step){ .resource = &stack->resources[i] };
        map_set(&estimate.resources, stack->resources[i].id, step);
    }
    for (size_t i = 0; i < stack->resource_count; i++) {
        const struct diff_resource *resource = &stack->resources[i];
        int64_t end = end_of(&estimate, resource->id, 0);
        int64_t removal = cleanup_seconds(resource);
        int64_t own = seconds_of(resource) + removal;

        result.seconds = end > result.seconds ? end : result.seconds;
        cleanup = removal > cleanup ? removal : cleanup;
        if (own > longest) {
            longest = own;
            result.longest = resource->type ? resource->type : resource->old_type;
        }
    }
    result.seconds += cleanup + OVERHEAD_S;
    return result;
}

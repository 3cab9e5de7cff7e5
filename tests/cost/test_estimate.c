// SPDX-License-Identifier: MIT
// What small templates cost. Expected amounts are worked out by hand from the price pages
// (src/cost/prices.def) at 730 hours a month; AWS's own examples are named where there are any.
#include "cost/cost.h"
#include "data/json.h"
#include "data/value.h"
#include "template/template.h"
#include "util/array.h"
#include "value_arena.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct estimate_case {
    const char *name;
    const char *resources; // of a template in YAML
    const char *usage;     // JSON; NULL: none
    double dollars;
};

#define R(id, type, properties) "  " id ": {Type: '" type "', Properties: {" properties "}}\n"
#define TASK(more) R("Task", "AWS::ECS::TaskDefinition", "Cpu: '512', Memory: '1024'" more)
#define SERVICE(more)                                                                                        \
    R("Service", "AWS::ECS::Service", "TaskDefinition: {Ref: Task}, LaunchType: FARGATE" more)
#define CLUSTER(more) R("Cluster", "AWS::RDS::DBCluster", "Engine: aurora-postgresql" more)
#define WRITER                                                                                               \
    R("Writer", "AWS::RDS::DBInstance", "DBInstanceClass: db.serverless, DBClusterIdentifier: {Ref: Cluster}")

static const struct estimate_case cases[] = {
    { "nothing", R("Role", "AWS::IAM::Role", ""), NULL, 0 },
    { "NAT gateway and its address", R("Nat", "AWS::EC2::NatGateway", "") R("Ip", "AWS::EC2::EIP", ""), NULL,
        32.85 + 3.65 },
    // VPC pricing, example: 1 GB through a gateway costs 0.045 on top of the hours.
    { "a gigabyte through NAT", R("Nat", "AWS::EC2::NatGateway", ""), "{\"Nat\":{\"gigabytes\":1}}", 32.895 },
    { "interface endpoint in two zones",
        R("E", "AWS::EC2::VPCEndpoint", "VpcEndpointType: Interface, SubnetIds: [a, b]"), NULL, 14.60 },
    { "gateway endpoint", R("E", "AWS::EC2::VPCEndpoint", "VpcEndpointType: Gateway"), NULL, 0 },
    { "internal balancer",
        R("L", "AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme: internal, Subnets: [a, b]"), NULL,
        16.425 },
    { "public balancer in two zones", R("L", "AWS::ElasticLoadBalancingV2::LoadBalancer", "Subnets: [a, b]"),
        NULL, 16.425 + 7.30 },
    { "one task of half a vCPU and 1 GB", TASK("") SERVICE(", DesiredCount: 1"), NULL, 14.7752 + 3.24485 },
    { "as many tasks as scaling leaves",
        TASK("") SERVICE(", DesiredCount: 1") R("Target", "AWS::ApplicationAutoScaling::ScalableTarget",
            "MinCapacity: 3, ResourceId: {'Fn::Join': ['/', [service, {'Fn::GetAtt': [Service, Name]}]]}"),
        NULL, 3 * (14.7752 + 3.24485) },
    { "on Arm", TASK(", RuntimePlatform: {CpuArchitecture: ARM64}") SERVICE(", DesiredCount: 1"), NULL,
        11.8187 + 2.5988 },
    { "half an ACU", CLUSTER(", ServerlessV2ScalingConfiguration: {MinCapacity: 0.5}") WRITER, NULL, 43.80 },
    { "a cluster that pauses", CLUSTER(", ServerlessV2ScalingConfiguration: {MinCapacity: 0}") WRITER, NULL,
        0 },
    { "I/O-Optimized",
        CLUSTER(", StorageType: aurora-iopt1, ServerlessV2ScalingConfiguration: {MinCapacity: 1}") WRITER,
        "{\"Cluster\":{\"gigabytes_stored\":10,\"io_requests\":1000000}}", 113.88 + 2.25 },
    { "standard storage and I/O", CLUSTER(""),
        "{\"AWS::RDS::DBCluster\":{\"gigabytes_stored\":10,\"io_requests\":1000000}}", 1.00 + 0.20 },
    { "proxy", R("P", "AWS::RDS::DBProxy", ""), NULL, 87.60 },
    { "alarms and a dashboard",
        R("A", "AWS::CloudWatch::Alarm", "MetricName: m") R("B", "AWS::CloudWatch::Alarm",
            "Metrics: [{Id: a, MetricStat: {}}, {Id: b, MetricStat: {}}, {Id: c, Expression: a/b}]")
            R("C", "AWS::CloudWatch::CompositeAlarm", "") R("D", "AWS::CloudWatch::Dashboard", ""),
        NULL, 0.10 + 0.20 + 0.50 + 3.00 },
    // Lambda pricing, example "mobile application backend": 3 million requests of 120 ms with 1536 MB
    // cost 2.73 USD after the free tier; without it 540,000 GB seconds and 3 million requests.
    { "function", R("F", "AWS::Lambda::Function", "MemorySize: 1536"),
        "{\"F\":{\"requests\":3000000,\"milliseconds\":120}}", 9.000018 + 0.60 },
    { "function on Arm", R("F", "AWS::Lambda::Function", "MemorySize: 1024, Architectures: [arm64]"),
        "{\"F\":{\"requests\":1000000,\"milliseconds\":1000}}", 13.3334 + 0.20 },
    { "function at the edge",
        R("F", "AWS::Lambda::Function", "MemorySize: 128")
            R("V", "AWS::Lambda::Version", "FunctionName: {Ref: F}") R("D", "AWS::CloudFront::Distribution",
                "DistributionConfig: {DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: "
                "origin-request, LambdaFunctionARN: {Ref: V}}]}}"),
        "{\"F\":{\"requests\":10000000,\"milliseconds\":5}}", 6.00 + 0.3125625 },
    { "web ACL with two rules", R("W", "AWS::WAFv2::WebACL", "Rules: [{}, {}]"),
        "{\"W\":{\"requests\":10000000}}", 5 + 2 + 6 },
    { "distribution", R("D", "AWS::CloudFront::Distribution", ""),
        "{\"D\":{\"requests\":1000000,\"gigabytes\":100}}", 1.00 + 8.50 },
};

static struct value *template_of(const char *resources)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct value *template;

    strbuf_addf(&text, "Resources:\n%s", resources);
    template = template_parse(text.data, text.length, "case", &err);
    if (!template)
        fail_msg("%s", err.message);
    return template;
}

static int estimate(const char *resources, const char *usage, struct cost *cost, struct error *err)
{
    const struct cost_template template = { "Stack", template_of(resources), NULL };

    return cost_estimate(
        &template, 1, usage ? json_parse(usage, strlen(usage), "usage", err) : NULL, cost, err);
}

static void test_amounts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        ERROR_AUTO err = ERROR_INIT;
        struct cost cost;

        if (estimate(cases[i].resources, cases[i].usage, &cost, &err) < 0)
            fail_msg("%s: %s", cases[i].name, err.message);
        if (fabs(cost.dollars - cases[i].dollars) > 1e-6)
            fail_msg("%s: %f, not %f", cases[i].name, cost.dollars, cases[i].dollars);
        assert_int_equal(cost.unknown.count, 0);
    }
}

static void test_what_is_not_known_is_named(void **state)
{
    ERROR_AUTO err = ERROR_INIT;
    struct cost cost;

    (void)state;
    assert_int_equal(estimate(R("B", "AWS::Braket::Job", "") R("C", "AWS::Braket::Job", "") TASK("")
                                  SERVICE(", DesiredCount: {Ref: N}"),
                         NULL, &cost, &err),
        0);
    assert_int_equal(cost.unknown.count, 1);
    assert_string_equal(cost.unknown.items[0], "AWS::Braket::Job");
    assert_string_equal(cost.open.items[0], "Stack/Service: DesiredCount");
    assert_true(cost.dollars == 0);
}

static void test_mistakes_in_the_use(void **state)
{
    static const struct {
        const char *usage, *message;
    } mistakes[] = {
        { "{\"Functio\":{}}", "there is no resource or type 'Functio'; did you mean 'Function'?" },
        { "{\"AWS::SQS::Queue\":{}}", "there is no resource or type 'AWS::SQS::Queue'" },
        { "{\"Function\":{\"request\":1}}",
            "AWS::Lambda::Function has no 'request'; it has requests, milliseconds" },
        { "{\"Function\":{\"requests\":-1}}", "'requests' of 'Function' must be a number, not below 0" },
        { "{\"Function\":{\"requests\":\"1\"}}", "'requests' of 'Function' must be a number, not below 0" },
        { "{\"Function\":3}", "the use of 'Function' must be an object of dimensions and numbers" },
        { "{\"Proxy\":{\"requests\":1}}", "AWS::RDS::DBProxy costs the same however it is used" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
        ERROR_AUTO err = ERROR_INIT;
        struct cost cost;

        assert_int_equal(
            estimate(R("Function", "AWS::Lambda::Function", "") R("Proxy", "AWS::RDS::DBProxy", ""),
                mistakes[i].usage, &cost, &err),
            -1);
        assert_string_equal(err.message, mistakes[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_what_is_not_known_is_named),
        cmocka_unit_test(test_mistakes_in_the_use),
    };

    return cmocka_run_group_tests(tests, value_arena_setup, value_arena_teardown);
}

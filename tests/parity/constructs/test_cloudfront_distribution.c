// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/cloudfront_origins.h"
#include "aws/cloudwatch_dashboard.h"
#include "aws/lambda.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#include <stdio.h>

#define DISTRIBUTION(scope, id, ...)                                                                         \
    cloudfront_distribution_new(scope, id, &(struct cloudfront_distribution_props){ __VA_ARGS__ })
#define ADD_BEHAVIOR(distribution, ...)                                                                      \
    cloudfront_distribution_add_behavior(distribution, &(struct cloudfront_behavior){ __VA_ARGS__ })
#define VALUES(...) ((struct value *[]){ __VA_ARGS__, NULL })
#define WWW .default_behavior = { .origin = www() }

static struct cloudfront_origin *www(void)
{
    return cloudfront_http_origin_new(string("www.example.com"), NULL);
}

static struct acm_certificate *certificate(struct stack *stack)
{
    return acm_certificate_from_arn(
        stack->node, "Certificate", string("arn:aws:acm:us-east-1:123456789012:certificate/abc"));
}

static void defaults(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Distribution", WWW);
}

static const char *long_comment(void)
{
    char text[400] = "";
    size_t length = 0;
    for (int i = 0; i < 100; i++)
        length += (size_t)snprintf(text + length, sizeof(text) - length, "\xc3\xa9");
    length += (size_t)snprintf(text + length, sizeof(text) - length, " ");
    for (int i = 0; i < 20; i++)
        length += (size_t)snprintf(text + length, sizeof(text) - length, "long ");
    return arena_strdup(value_arena(), text);
}

static void props(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Distribution", WWW,
        .domain_names = VALUES(string("app.example.com"), concatf("%v.example.com", aws_region())),
        .certificate = certificate(stack), .minimum_protocol_version = CLOUDFRONT_TLS_V1_3_2025,
        .ssl_support_method = CLOUDFRONT_SSL_VIP, .comment = long_comment(),
        .default_root_object = "index.html", .enabled = NO, .enable_ipv6 = NO,
        .http_version = CLOUDFRONT_HTTP2_AND_3, .price_class = CLOUDFRONT_PRICE_CLASS_100,
        .geo_restriction =
            &(struct cloudfront_geo_restriction){
                CLOUDFRONT_GEO_DENY_LIST,
                (const char *[]){ "AQ", "BV", NULL },
            },
        .error_responses =
            (struct cloudfront_error_response[]){
                { 404, 200, "/index.html", seconds(0) },
                { .http_status = 403, .response_page_path = "/forbidden.html" },
                { .http_status = 500, .ttl = minutes(1) },
                { .http_status = 502, .response_http_status = 503, .response_page_path = "/down.html" },
                { 0 },
            },
        .web_acl_id = string("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/abc"),
        .publish_additional_metrics = true);
}

static void empty_lists(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Distribution",
        .default_behavior = {
            .origin = www(),
            .trusted_key_group_ids = (struct value *[]){ NULL },
            .function_associations = (struct cloudfront_function_association[]){ { 0 } },
            .edge_lambdas = (struct cloudfront_edge_lambda[]){ { 0 } },
        },
        .domain_names = (struct value *[]){ NULL },
        .additional_behaviors = (struct cloudfront_behavior[]){ { 0 } },
        .error_responses = (struct cloudfront_error_response[]){ { 0 } });
}

static void versions(struct stack *stack)
{
    const struct acm_certificate *shared = certificate(stack);
    const enum cloudfront_security_policy policies[] = { CLOUDFRONT_SSL_V3, CLOUDFRONT_TLS_V1,
        CLOUDFRONT_TLS_V1_2016, CLOUDFRONT_TLS_V1_1_2016, CLOUDFRONT_TLS_V1_2_2018, CLOUDFRONT_TLS_V1_2_2019,
        CLOUDFRONT_TLS_V1_2_2021, CLOUDFRONT_TLS_V1_2_2025, 0 };
    const enum cloudfront_http_version http[] = { CLOUDFRONT_HTTP1_1, CLOUDFRONT_HTTP2, CLOUDFRONT_HTTP3 };
    const enum cloudfront_price_class prices[] = { CLOUDFRONT_PRICE_CLASS_200, CLOUDFRONT_PRICE_CLASS_ALL,
        CLOUDFRONT_PRICE_CLASS_DEFAULT };
    const enum cloudfront_ssl_method methods[] = { CLOUDFRONT_SSL_SNI, CLOUDFRONT_SSL_STATIC_IP,
        CLOUDFRONT_SSL_METHOD_DEFAULT };
    const struct cloudfront_geo_restriction germany = { CLOUDFRONT_GEO_ALLOW_LIST,
        (const char *[]){ "DE", NULL } };
    char id[32];
    for (int i = 0; i < (int)(ARRAY_SIZE(policies)); i++) {
        snprintf(id, sizeof(id), "Distribution%d", i);
        DISTRIBUTION(stack->node, id, WWW, .domain_names = VALUES(string("example.com")),
            .certificate = shared, .minimum_protocol_version = policies[i], .http_version = http[i % 3],
            .price_class = prices[i % 3], .ssl_support_method = methods[i % 3],
            .geo_restriction = i == 0 ? &germany : NULL);
    }
}

static void flags(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Distribution", WWW,
        .additional_behaviors =
            (struct cloudfront_behavior[]){
                {
                    .path_pattern = "/open/*",
                    .origin = www(),
                    .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_ALLOW_ALL,
                },
                { 0 },
            },
        .domain_names = VALUES(string("example.com")), .certificate = certificate(stack));
}

static void flag_off(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Distribution", WWW, .domain_names = VALUES(string("example.com")),
        .certificate = certificate(stack));
}

static struct cloudfront_behavior default_behavior(struct cloudfront_origin *origin)
{
    return (struct cloudfront_behavior){
        .origin = origin,
        .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_HTTPS_ONLY,
        .allowed_methods = CLOUDFRONT_ALLOW_GET_HEAD,
        .cached_methods = CLOUDFRONT_CACHE_GET_HEAD,
        .cache_policy_id = cloudfront_managed_cache_policy(CLOUDFRONT_CACHING_DISABLED),
        .origin_request_policy_id =
            cloudfront_managed_origin_request_policy(CLOUDFRONT_ORIGIN_REQUEST_ALL_VIEWER),
        .response_headers_policy_id =
            cloudfront_managed_response_headers_policy(CLOUDFRONT_RESPONSE_HEADERS_SECURITY_HEADERS),
        .compress = NO,
        .smooth_streaming = YES,
    };
}

static void behaviors(struct stack *stack)
{
    struct cloudfront_origin *shared = www();
    struct value *const *key_groups = VALUES(string("keys-1"), string("keys-2"));
    struct cloudfront_distribution_props p = {
        .http_version = CLOUDFRONT_HTTP2,
        .default_behavior = default_behavior(shared),
        .additional_behaviors =
            (struct cloudfront_behavior[]){
                {
                    .path_pattern = "z/*",
                    .origin = shared,
                    .allowed_methods = CLOUDFRONT_ALLOW_GET_HEAD_OPTIONS,
                    .cached_methods = CLOUDFRONT_CACHE_GET_HEAD_OPTIONS,
                },
                {
                    .path_pattern = "/api/*",
                    .origin = cloudfront_http_origin_new(string("api.example.com"), NULL),
                    .allowed_methods = CLOUDFRONT_ALLOW_ALL,
                    .enable_grpc = YES,
                    .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS,
                },
                { 0 },
            },
    };
    p.default_behavior.trusted_key_group_ids = key_groups;
    struct cloudfront_distribution *distribution =
        cloudfront_distribution_new(stack->node, "Distribution", &p);
    ADD_BEHAVIOR(distribution, .path_pattern = "/late/*", .origin = shared, .compress = YES,
        .enable_grpc = NO, .smooth_streaming = NO);
    ADD_BEHAVIOR(distribution, .path_pattern = "/later/*", .origin = www());
}

static void managed_policies(struct stack *stack)
{
    struct cloudfront_origin *origin = www();
    struct cloudfront_distribution *distribution =
        DISTRIBUTION(stack->node, "Distribution", .default_behavior = { .origin = origin });
    char path[32];
    for (int i = 0; i <= CLOUDFRONT_CACHE_USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS; i++) {
        snprintf(path, sizeof(path), "/cache/%d", i);
        ADD_BEHAVIOR(distribution, .path_pattern = path, .origin = origin,
            .cache_policy_id = cloudfront_managed_cache_policy(i));
    }
    for (int i = 0; i <= CLOUDFRONT_ORIGIN_REQUEST_HOST_HEADER_ONLY; i++) {
        snprintf(path, sizeof(path), "/request/%d", i);
        ADD_BEHAVIOR(distribution, .path_pattern = path, .origin = origin,
            .origin_request_policy_id = cloudfront_managed_origin_request_policy(i));
    }
    for (int i = 0;
         i <= CLOUDFRONT_RESPONSE_HEADERS_CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS; i++) {
        snprintf(path, sizeof(path), "/response/%d", i);
        ADD_BEHAVIOR(distribution, .path_pattern = path, .origin = origin,
            .response_headers_policy_id = cloudfront_managed_response_headers_policy(i));
    }
}

static void edge(struct stack *stack)
{
    struct lambda_function *function = lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "exports.handler = async (e) => e;" },
        });
    struct lambda_version *version = lambda_function_current_version(function);
    struct cloudfront_function *viewer = cloudfront_function_new(stack->node, "Viewer",
        &(struct cloudfront_function_props){ .code = "function handler(e) { return e.request; }" });
    DISTRIBUTION(stack->node, "Distribution",
        .default_behavior = {
            .origin = www(),
            .edge_lambdas = (struct cloudfront_edge_lambda[]){
                { version, CLOUDFRONT_ORIGIN_REQUEST, YES },
                { version, CLOUDFRONT_ORIGIN_RESPONSE, TOGGLE_DEFAULT },
                { 0 },
            },
        },
        .additional_behaviors = (struct cloudfront_behavior[]){
            {
                .path_pattern = "/viewer/*",
                .origin = www(),
                .edge_lambdas = (struct cloudfront_edge_lambda[]){
                    { version, CLOUDFRONT_VIEWER_REQUEST, NO },
                    { version, CLOUDFRONT_VIEWER_RESPONSE, TOGGLE_DEFAULT },
                    { 0 },
                },
            },
            {
                .path_pattern = "/function/*",
                .origin = www(),
                .edge_lambdas = (struct cloudfront_edge_lambda[]){ { 0 } },
                .function_associations = (struct cloudfront_function_association[]){
                    { viewer->function_arn, CLOUDFRONT_VIEWER_REQUEST },
                    { viewer->function_arn, CLOUDFRONT_VIEWER_RESPONSE },
                    { 0 },
                },
            },
            { 0 },
        });
}

static void logging(struct stack *stack)
{
    DISTRIBUTION(stack->node, "Default", WWW, .enable_logging = YES);
    struct s3_bucket *logs = s3_bucket_new(stack->node, "Logs",
        &(struct s3_bucket_props){ .object_ownership = S3_OBJECT_OWNERSHIP_OBJECT_WRITER });
    DISTRIBUTION(stack->node, "Given", WWW, .log_bucket = logs, .log_file_prefix = "cdn/",
        .log_includes_cookies = YES);
    DISTRIBUTION(stack->node, "None", WWW, .log_file_prefix = "cdn/", .enable_logging = NO);
}

static struct cloudwatch_widget *metrics_of(struct cloudfront_distribution *distribution)
{
    struct cloudwatch_metric_props out = { .label = "Out", .statistic = "max" };
    struct cloudwatch_metric_props slow = { .statistic = "p99" };
    return cloudwatch_graph_widget_new(&(struct cloudwatch_graph_widget_props){
        .left =
            (struct cloudwatch_metric *[]){
                cloudfront_distribution_metric(distribution, "Requests", NULL),
                cloudfront_distribution_metric(distribution, "BytesUploaded", NULL),
                cloudfront_distribution_metric(distribution, "BytesDownloaded", &out),
                cloudfront_distribution_metric(distribution, "TotalErrorRate", NULL),
                cloudfront_distribution_metric(distribution, "4xxErrorRate", NULL),
                cloudfront_distribution_metric(distribution, "5xxErrorRate", NULL),
                cloudfront_distribution_metric(distribution, "OriginLatency", &slow),
                cloudfront_distribution_metric(distribution, "CacheHitRate", NULL),
                cloudfront_distribution_metric(distribution, "404ErrorRate", NULL),
                cloudfront_distribution_metric(distribution, "503ErrorRate", NULL),
                cloudfront_distribution_metric(distribution, "FunctionInvocations", NULL),
                NULL,
            },
    });
}

static void use(struct stack *stack)
{
    struct cloudfront_distribution *distribution =
        DISTRIBUTION(stack->node, "Distribution", WWW, .publish_additional_metrics = true);
    struct cloudfront_distribution *imported = cloudfront_distribution_from_attributes(
        stack->node, "Imported", string("E123"), string("d1.cloudfront.net"));
    struct iam_role *role = iam_role_new(stack->node, "Deploy",
        &(struct iam_role_props){ .assumed_by = iam_service_principal("codebuild.amazonaws.com") });
    cloudfront_distribution_grant_create_invalidation(distribution, role->principal);
    cloudfront_distribution_grant_create_invalidation(imported, role->principal);
    struct cloudwatch_dashboard *dashboard =
        cloudwatch_dashboard_new(stack->node, "Dashboard", &(struct cloudwatch_dashboard_props){ 0 });
    cloudwatch_dashboard_add_widgets(
        dashboard, (struct cloudwatch_widget *[]){ metrics_of(distribution), NULL });
    resource_new(stack->node, "Topic", "AWS::SNS::Topic",
        object((struct field[]){
            { "DisplayName", distribution->distribution_arn },
            { "TopicName", distribution->distribution_domain_name },
            END,
        }));
}

static void stacks(struct stack *stack)
{
    const struct stack_props europe = { .account = "123456789012", .region = "eu-west-1" };
    struct construct *app = construct_scope(stack->node);
    struct stack *near = stack_new(app, "Near", &europe);
    struct resource *api = resource_new(near->node, "Topic", "AWS::SNS::Topic", NULL);
    struct cloudfront_origin *origin = cloudfront_http_origin_new(get_att(api, "TopicName"),
        &(struct cloudfront_http_origin_props){
            .common = { .custom_headers = (struct field[]){ { "X-Token", ref(api) }, END } },
        });
    struct cloudfront_distribution *distribution =
        DISTRIBUTION(stack->node, "Distribution", .default_behavior = { .origin = origin });
    struct stack *far = stack_new(app, "Far", &europe);
    resource_new(far->node, "Topic", "AWS::SNS::Topic",
        object((struct field[]){
            { "DisplayName", distribution->distribution_domain_name },
            { "TopicName", distribution->distribution_id },
            END,
        }));
}

static const struct parity_case cases[] = {
    { "cloudfront-distribution-defaults", defaults },
    { "cloudfront-distribution-props", props },
    { "cloudfront-distribution-empty-lists", empty_lists },
    { "cloudfront-distribution-versions", versions },
    { "cloudfront-distribution-flags", flags },
    { "cloudfront-distribution-flag-off", flag_off },
    { "cloudfront-distribution-behaviors", behaviors },
    { "cloudfront-distribution-managed-policies", managed_policies },
    { "cloudfront-distribution-edge", edge },
    { "cloudfront-distribution-logging", logging },
    { "cloudfront-distribution-use", use },
    { "cloudfront-distribution-stacks", stacks },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("cloudfront-distribution", cases, argc, argv);
}

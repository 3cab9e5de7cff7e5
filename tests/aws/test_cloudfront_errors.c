// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/cloudfront_origins.h"
#include "aws/kms.h"
#include "aws/lambda.h"
#include "aws/s3.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })

static struct cloudfront_origin *www(void)
{
    return cloudfront_http_origin_new(string("www.example.com"), NULL);
}

static struct cloudfront_distribution *distribution(
    struct stack *stack, struct cloudfront_distribution_props props)
{
    if (!props.default_behavior.origin)
        props.default_behavior.origin = www();
    return cloudfront_distribution_new(stack->node, "Cdn", &props);
}

static const struct acm_certificate *certificate(struct stack *stack, const char *arn)
{
    return acm_certificate_from_arn(stack->node, "Certificate", string(arn));
}

static void far_certificate(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){
            .certificate = certificate(stack, "arn:aws:acm:eu-west-1:123456789012:certificate/abc"),
            .domain_names = (struct value *[]){ string("example.com"), NULL },
        });
}

static void certificate_without_names(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){
            .certificate = certificate(stack, "arn:aws:acm:us-east-1:123456789012:certificate/abc") });
}

static void protocol_without_certificate(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){ .minimum_protocol_version = CLOUDFRONT_TLS_V1_2_2021 });
}

static void method_without_certificate(struct stack *stack)
{
    distribution(stack, (struct cloudfront_distribution_props){ .ssl_support_method = CLOUDFRONT_SSL_SNI });
}

static void far_web_acl(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){
            .web_acl_id = string("arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b") });
}

static void empty_error_response(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){
            .error_responses = (struct cloudfront_error_response[]){ { .http_status = 404 }, { 0 } } });
}

static void restricted_to(struct stack *stack, const char *const *locations)
{
    distribution(stack,
        (struct cloudfront_distribution_props){ .geo_restriction = &(struct cloudfront_geo_restriction){
                                                    CLOUDFRONT_GEO_ALLOW_LIST, locations } });
}

static void restricted_to_nothing(struct stack *stack)
{
    restricted_to(stack, (const char *[]){ NULL });
}

static void bad_location(struct stack *stack)
{
    restricted_to(stack, NAMES("DE", "france"));
}

static void logs_off_with_bucket(struct stack *stack)
{
    distribution(stack,
        (struct cloudfront_distribution_props){
            .enable_logging = NO,
            .log_bucket = s3_bucket_from_name(stack->node, "Logs", string("logs")),
        });
}

static void behavior_for_everything(struct stack *stack)
{
    cloudfront_distribution_add_behavior(distribution(stack, (struct cloudfront_distribution_props){ 0 }),
        &(struct cloudfront_behavior){ .path_pattern = "*", .origin = www() });
}

static void behavior_without_origin(struct stack *stack)
{
    cloudfront_distribution_add_behavior(distribution(stack, (struct cloudfront_distribution_props){ 0 }),
        &(struct cloudfront_behavior){ .path_pattern = "/a/*" });
}

static void behavior_of_imported_distribution(struct stack *stack)
{
    cloudfront_distribution_add_behavior(
        cloudfront_distribution_from_attributes(stack->node, "Cdn", string("E123"), string("d1")),
        &(struct cloudfront_behavior){ .path_pattern = "/a/*", .origin = www() });
}

static void grpc(
    struct stack *stack, struct cloudfront_distribution_props props, enum cloudfront_allowed_methods methods)
{
    props.default_behavior = (struct cloudfront_behavior){ .allowed_methods = methods, .enable_grpc = YES };
    distribution(stack, props);
}

static void grpc_over_http_1(struct stack *stack)
{
    grpc(stack, (struct cloudfront_distribution_props){ .http_version = CLOUDFRONT_HTTP1_1 },
        CLOUDFRONT_ALLOW_ALL);
}

static void grpc_over_http_3(struct stack *stack)
{
    grpc(stack, (struct cloudfront_distribution_props){ .http_version = CLOUDFRONT_HTTP3 },
        CLOUDFRONT_ALLOW_ALL);
}

static void grpc_without_post(struct stack *stack)
{
    grpc(stack, (struct cloudfront_distribution_props){ 0 }, CLOUDFRONT_ALLOW_GET_HEAD);
}

static struct lambda_function *function(struct stack *stack)
{
    return lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "x" },
        });
}

static void at_the_edge(
    struct stack *stack, struct cloudfront_behavior behavior, struct cloudfront_edge_lambda association)
{
    association.function_version = lambda_function_current_version(function(stack));
    behavior.edge_lambdas = (struct cloudfront_edge_lambda[]){ association, { 0 } };
    distribution(stack, (struct cloudfront_distribution_props){ .default_behavior = behavior });
}

static void body_of_response(struct stack *stack)
{
    at_the_edge(stack, (struct cloudfront_behavior){ 0 },
        (struct cloudfront_edge_lambda){ .event_type = CLOUDFRONT_ORIGIN_RESPONSE, .include_body = YES });
}

static void grpc_at_the_edge(struct stack *stack)
{
    at_the_edge(stack,
        (struct cloudfront_behavior){ .allowed_methods = CLOUDFRONT_ALLOW_ALL, .enable_grpc = YES },
        (struct cloudfront_edge_lambda){ .event_type = CLOUDFRONT_ORIGIN_REQUEST });
}

static void unpublished_metric(struct stack *stack)
{
    cloudfront_distribution_metric(
        distribution(stack, (struct cloudfront_distribution_props){ 0 }), "CacheHitRate", NULL);
}

static const struct diag_case distribution_cases[] = {
    { far_certificate, DIAG_ERROR,
        "Case/Cdn: the certificate of a distribution must be in 'us-east-1', not in 'eu-west-1'" },
    { certificate_without_names, DIAG_WARNING,
        "Case/Cdn: there is a certificate, but no domain_names: they have to be moved here by hand (aws "
        "cloudfront associate-alias)" },
    { protocol_without_certificate, DIAG_WARNING,
        "Case/Cdn: minimum_protocol_version is ignored without a certificate" },
    { method_without_certificate, DIAG_WARNING,
        "Case/Cdn: ssl_support_method is ignored without a certificate" },
    { far_web_acl, DIAG_ERROR,
        "Case/Cdn: the web ACL of a distribution must be in 'us-east-1', not in 'eu-west-1'" },
    { empty_error_response, DIAG_ERROR,
        "Case/Cdn: the error response for 404 needs a response_http_status, response_page_path or ttl" },
    { restricted_to_nothing, DIAG_ERROR, "Case/Cdn: a geo restriction needs one location at least" },
    { bad_location, DIAG_ERROR,
        "Case/Cdn: location 'france' of the geo restriction must be a country's two upper case letters (ISO "
        "3166-1 alpha-2)" },
    { logs_off_with_bucket, DIAG_ERROR, "Case/Cdn: enable_logging is no, but there is a log_bucket" },
    { behavior_for_everything, DIAG_ERROR,
        "Case/Cdn: an additional behavior needs a path_pattern other than '*'" },
    { behavior_without_origin, DIAG_ERROR, "Case/Cdn: a behavior needs an origin" },
    { behavior_of_imported_distribution, DIAG_ERROR,
        "Case/Cdn: an imported distribution takes no more behaviors" },
    { grpc_over_http_1, DIAG_ERROR, "Case/Cdn: enable_grpc needs an http_version with HTTP/2" },
    { grpc_over_http_3, DIAG_ERROR, "Case/Cdn: enable_grpc needs an http_version with HTTP/2" },
    { grpc_without_post, DIAG_ERROR, "Case/Cdn: enable_grpc needs allowed_methods CLOUDFRONT_ALLOW_ALL" },
    { body_of_response, DIAG_ERROR,
        "Case/Cdn: include_body of a function at the edge is for requests, not for origin-response" },
    { grpc_at_the_edge, DIAG_ERROR, "Case/Cdn: enable_grpc and edge_lambdas exclude each other" },
    { unpublished_metric, DIAG_ERROR, "Case/Cdn: metric 'CacheHitRate' needs publish_additional_metrics" },
    { 0 },
};

static void use_origin(struct stack *stack, struct cloudfront_origin *origin)
{
    distribution(stack, (struct cloudfront_distribution_props){ .default_behavior = { .origin = origin } });
}

static void http(struct stack *stack, struct cloudfront_http_origin_props props)
{
    use_origin(stack, cloudfront_http_origin_new(string("www.example.com"), &props));
}

static void long_connection_timeout(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .common = { .connection_timeout = seconds(11) } });
}

static void fraction_of_a_second(struct stack *stack)
{
    http(stack,
        (struct cloudfront_http_origin_props){ .common = { .connection_timeout = milliseconds(1500) } });
}

static void many_attempts(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .common = { .connection_attempts = 4 } });
}

static void long_completion_timeout(struct stack *stack)
{
    http(stack,
        (struct cloudfront_http_origin_props){ .common = { .response_completion_timeout = seconds(3601) } });
}

static void completion_before_read(struct stack *stack)
{
    http(stack,
        (struct cloudfront_http_origin_props){
            .common = { .response_completion_timeout = seconds(10) }, .read_timeout = seconds(20) });
}

static void send_header(struct stack *stack, const char *name)
{
    http(stack,
        (struct cloudfront_http_origin_props){
            .common = { .custom_headers = (struct field[]){ { name, string("x") }, END } } });
}

static void reserved_header(struct stack *stack)
{
    send_header(stack, "cookie");
}

static void reserved_prefix(struct stack *stack)
{
    send_header(stack, "x-amz-meta");
}

static void no_read_timeout(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .read_timeout = seconds(0) });
}

static void no_keepalive_timeout(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .keepalive_timeout = milliseconds(500) });
}

static void low_port(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .http_port = count(81) });
}

static void high_port(struct stack *stack)
{
    http(stack, (struct cloudfront_http_origin_props){ .https_port = count(65536) });
}

static void same_id_twice(struct stack *stack)
{
    struct cloudfront_http_origin_props props = { .common = { .origin_id = "www" } };
    struct cloudfront_distribution *made = distribution(stack,
        (struct cloudfront_distribution_props){
            .default_behavior = { .origin = cloudfront_http_origin_new(string("a"), &props) } });
    cloudfront_distribution_add_behavior(made,
        &(struct cloudfront_behavior){
            .path_pattern = "/b/*", .origin = cloudfront_http_origin_new(string("b"), &props) });
}

static struct cloudfront_origin *group(struct cloudfront_origin *primary, struct cloudfront_origin *fallback)
{
    return cloudfront_origin_group_new(
        &(struct cloudfront_origin_group_props){ .primary_origin = primary, .fallback_origin = fallback });
}

static void group_without_fallback(struct stack *stack)
{
    use_origin(stack, group(www(), NULL));
}

static void group_with_primary_group(struct stack *stack)
{
    use_origin(stack, group(group(www(), www()), www()));
}

static void group_with_fallback_group(struct stack *stack)
{
    use_origin(stack, group(www(), group(www(), www())));
}

static void group_without_codes(struct stack *stack)
{
    use_origin(stack,
        cloudfront_origin_group_new(&(struct cloudfront_origin_group_props){
            .primary_origin = www(), .fallback_origin = www(), .fallback_status_codes = (int[]){ 0 } }));
}

static void imported_bucket(struct stack *stack)
{
    use_origin(stack,
        cloudfront_s3_bucket_origin_with_access_control(
            s3_bucket_from_name(stack->node, "Bucket", string("shop")), NULL));
}

static void list_access(struct stack *stack)
{
    use_origin(stack,
        cloudfront_s3_bucket_origin_with_access_control(
            s3_bucket_new(stack->node, "Bucket", &(struct s3_bucket_props){ 0 }),
            &(struct cloudfront_s3_bucket_origin_props){
                .origin_access_levels =
                    (enum cloudfront_access_level[]){ CLOUDFRONT_ACCESS_LIST, CLOUDFRONT_ACCESS_END } }));
}

static void key_of_bucket(struct stack *stack)
{
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });
    use_origin(stack,
        cloudfront_s3_bucket_origin_with_access_control(
            s3_bucket_new(stack->node, "Bucket",
                &(struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS, .encryption_key = key }),
            NULL));
}

#define ORIGIN "Case/Cdn/Origin1: "
static const struct diag_case origin_cases[] = {
    { long_connection_timeout, DIAG_ERROR,
        ORIGIN "connection_timeout must be 1 to 10 whole seconds, not 11" },
    { fraction_of_a_second, DIAG_ERROR, ORIGIN "connection_timeout must be 1 to 10 whole seconds, not 1.5" },
    { many_attempts, DIAG_ERROR, ORIGIN "connection_attempts must be 1 to 3, not 4" },
    { long_completion_timeout, DIAG_ERROR,
        ORIGIN "response_completion_timeout must be 1 to 3600 whole seconds, not 3601" },
    { completion_before_read, DIAG_ERROR,
        ORIGIN "response_completion_timeout (10 s) must not be shorter than read_timeout (20 s)" },
    { reserved_header, DIAG_ERROR,
        ORIGIN "header 'cookie' cannot be a custom header: CloudFront sets it itself" },
    { reserved_prefix, DIAG_ERROR,
        ORIGIN "header 'x-amz-meta' cannot be a custom header: CloudFront sets it itself" },
    { no_read_timeout, DIAG_ERROR, ORIGIN "read_timeout must be one or more whole seconds, not 0" },
    { no_keepalive_timeout, DIAG_ERROR,
        ORIGIN "keepalive_timeout must be one or more whole seconds, not 0.5" },
    { low_port, DIAG_ERROR, ORIGIN "http_port must be 80, 443, or 1024 to 65535, not 81" },
    { high_port, DIAG_ERROR, ORIGIN "https_port must be 80, 443, or 1024 to 65535, not 65536" },
    { same_id_twice, DIAG_ERROR,
        "Case/Cdn: there is already an origin with the id 'www' in this distribution" },
    { group_without_fallback, DIAG_ERROR, ORIGIN "an origin group needs a fallback_origin" },
    { group_with_primary_group, DIAG_ERROR,
        ORIGIN "the primary_origin of an origin group cannot be a group itself" },
    { group_with_fallback_group, DIAG_ERROR,
        ORIGIN "the fallback_origin of an origin group cannot be a group itself" },
    { group_without_codes, DIAG_ERROR,
        ORIGIN "an origin group needs one status code at least to fall back on" },
    { imported_bucket, DIAG_WARNING,
        ORIGIN "the policy of an imported bucket stays as it is: let CloudFront in there for the "
               "distribution" },
    { list_access, DIAG_WARNING,
        ORIGIN "list access lets viewers list the bucket: give the distribution a default_root_object" },
    { key_of_bucket, DIAG_WARNING,
        "Case: the key's policy lets every distribution of the account in: narrow it down to the one after "
        "the first deployment" },
    { 0 },
};

static const struct stack_props virginia = { .account = "123456789012", .region = "us-east-1" };

static void distributions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(distribution_cases, &virginia);
}

static void origins_are_checked(void **state)
{
    (void)state;
    check_diag_cases(origin_cases, &virginia);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_are_checked),
        cmocka_unit_test(origins_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

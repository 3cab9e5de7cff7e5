// SPDX-License-Identifier: MIT
#include "aws/cloudfront_origins.h"
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })
#define CACHE(scope, id, ...)                                                                                \
    cloudfront_cache_policy_new(scope, id, &(struct cloudfront_cache_policy_props){ __VA_ARGS__ })
#define REQUEST(scope, id, ...)                                                                              \
    cloudfront_origin_request_policy_new(                                                                    \
        scope, id, &(struct cloudfront_origin_request_policy_props){ __VA_ARGS__ })
#define RESPONSE(scope, id, ...)                                                                             \
    cloudfront_response_headers_policy_new(                                                                  \
        scope, id, &(struct cloudfront_response_headers_policy_props){ __VA_ARGS__ })
#define FUNCTION(scope, id, ...)                                                                             \
    cloudfront_function_new(scope, id, &(struct cloudfront_function_props){ __VA_ARGS__ })

static void defaults(struct stack *stack)
{
    struct construct *scope = stack->node;
    struct cloudfront_cache_policy *cache = CACHE(scope, "Cache", .comment = NULL);
    struct cloudfront_origin_request_policy *request = REQUEST(scope, "Request", .comment = NULL);
    struct cloudfront_response_headers_policy *response = RESPONSE(scope, "Response", .comment = NULL);
    struct cloudfront_function *viewer = FUNCTION(scope, "Viewer", .code = "x");
    cloudfront_distribution_new(scope, "Distribution",
        &(struct cloudfront_distribution_props){
            .default_behavior = {
                .origin = cloudfront_http_origin_new(string("www.example.com"), NULL),
                .cache_policy_id = cache->cache_policy_id,
                .origin_request_policy_id = request->origin_request_policy_id,
                .response_headers_policy_id = response->response_headers_policy_id,
                .function_associations = (struct cloudfront_function_association[]){
                    { viewer->function_arn, CLOUDFRONT_VIEWER_REQUEST },
                    { 0 },
                },
            },
        });
}

static void names(struct stack *stack)
{
    struct construct *scope = construct_new(stack->node,
        "ScopeWithAnIdThatIsLongEnoughToMakeTheNameOfWhatIsMadeInItLongerThanCloudFrontTakesSoThatItIsCut",
        "constructs.Construct");
    CACHE(scope, "Cache", .comment = NULL);
    REQUEST(scope, "Request", .comment = NULL);
    RESPONSE(scope, "Response", .comment = NULL);
    FUNCTION(scope, "Viewer", .code = "x");
    FUNCTION(stack->node, "Short", .code = "x");
}

static void cache(struct stack *stack)
{
    CACHE(stack->node, "All", .cache_policy_name = string("all_1-a"), .comment = "Everything",
        .min_ttl = minutes(1), .default_ttl = hours(1), .max_ttl = days(1),
        .cookies = { .selection = CLOUDFRONT_SELECT_ALL },
        .query_strings = { .selection = CLOUDFRONT_SELECT_ALL }, .enable_accept_encoding_gzip = true,
        .enable_accept_encoding_brotli = true);
    CACHE(stack->node, "Some", .cache_policy_name = concatf("some-%v", aws_region()),
        .cookies = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("session", "theme") },
        .headers = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("Accept", "Origin") },
        .query_strings = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("page") }, .min_ttl = days(2));
    CACHE(stack->node, "AllBut", .cookies = { CLOUDFRONT_SELECT_DENY_LIST, NAMES("tracking") },
        .query_strings = { CLOUDFRONT_SELECT_DENY_LIST, NAMES("utm", "ref") }, .default_ttl = seconds(0),
        .max_ttl = seconds(0));
    CACHE(stack->node, "None", .cookies = { .selection = CLOUDFRONT_SELECT_NONE }, .default_ttl = days(400));
}

static void origin_request(struct stack *stack)
{
    REQUEST(stack->node, "All", .origin_request_policy_name = string("all"), .comment = "Everything",
        .cookies = { .selection = CLOUDFRONT_SELECT_ALL }, .headers = { .selection = CLOUDFRONT_SELECT_ALL },
        .query_strings = { .selection = CLOUDFRONT_SELECT_ALL });
    REQUEST(stack->node, "Some", .cookies = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("session") },
        .headers = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("Accept", "Origin") },
        .query_strings = { CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("page") });
    REQUEST(stack->node, "AllBut", .cookies = { CLOUDFRONT_SELECT_DENY_LIST, NAMES("tracking") },
        .headers = { CLOUDFRONT_SELECT_DENY_LIST, NAMES("Host") },
        .query_strings = { CLOUDFRONT_SELECT_DENY_LIST, NAMES("utm") });
    REQUEST(stack->node, "More",
        .headers = {
            CLOUDFRONT_SELECT_ALL, NAMES("CloudFront-Viewer-Country", "CloudFront-Is-Mobile-Viewer") });
    REQUEST(stack->node, "None", .headers = { .selection = CLOUDFRONT_SELECT_NONE });
}

static const struct cloudfront_security_headers *all_security_headers(void)
{
    struct cloudfront_security_headers *headers = arena_alloc(value_arena(), sizeof(*headers));
    *headers = (struct cloudfront_security_headers){
        .content_security_policy = { string("default-src 'self'"), true },
        .content_type_options = { true, true },
        .frame_options = { CLOUDFRONT_FRAME_DENY, false },
        .referrer_policy = { CLOUDFRONT_REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN, true },
        .strict_transport_security = { days(365), YES, true, NO },
        .xss_protection = { YES, YES, true, string("https://example.com/xss") },
    };
    return headers;
}

static void referrer_policies(struct stack *stack)
{
    const struct {
        const char *id;
        enum cloudfront_referrer_policy policy;
    } all[] = {
        { "NO_REFERRER", CLOUDFRONT_REFERRER_NO_REFERRER },
        { "NO_REFERRER_WHEN_DOWNGRADE", CLOUDFRONT_REFERRER_NO_REFERRER_WHEN_DOWNGRADE },
        { "ORIGIN", CLOUDFRONT_REFERRER_ORIGIN },
        { "ORIGIN_WHEN_CROSS_ORIGIN", CLOUDFRONT_REFERRER_ORIGIN_WHEN_CROSS_ORIGIN },
        { "SAME_ORIGIN", CLOUDFRONT_REFERRER_SAME_ORIGIN },
        { "STRICT_ORIGIN", CLOUDFRONT_REFERRER_STRICT_ORIGIN },
        { "UNSAFE_URL", CLOUDFRONT_REFERRER_UNSAFE_URL },
    };
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        RESPONSE(stack->node, all[i].id,
            .security_headers_behavior =
                &(struct cloudfront_security_headers){ .referrer_policy = { all[i].policy, false } });
}

static void response_headers(struct stack *stack)
{
    RESPONSE(stack->node, "All", .response_headers_policy_name = string("all"), .comment = "Everything",
        .cors_behavior =
            &(struct cloudfront_cors_behavior){
                .access_control_allow_credentials = true,
                .access_control_allow_headers = NAMES("X-A", "X-B"),
                .access_control_allow_methods = NAMES("GET", "POST"),
                .access_control_allow_origins = NAMES("https://example.com"),
                .access_control_expose_headers = NAMES("X-C"),
                .access_control_max_age = minutes(10),
                .origin_override = true,
            },
        .custom_headers =
            (struct cloudfront_response_header[]){
                { "X-Region", aws_region(), true },
                { "X-App", string("shop"), false },
                { 0 },
            },
        .security_headers_behavior = all_security_headers(),
        .remove_headers = NAMES("Server", "X-Powered-By"), .server_timing_sampling_rate = 12.3456);
    RESPONSE(stack->node, "Few",
        .cors_behavior =
            &(struct cloudfront_cors_behavior){
                .access_control_allow_headers = NAMES("*"),
                .access_control_allow_methods = NAMES("ALL"),
                .access_control_allow_origins = NAMES("*"),
            },
        .security_headers_behavior = &(struct cloudfront_security_headers){
            .frame_options = { CLOUDFRONT_FRAME_SAMEORIGIN, true },
            .strict_transport_security = { .access_control_max_age = seconds(0) },
            .xss_protection = { .protection = NO },
        });
    referrer_policies(stack);
}

static void function(struct stack *stack)
{
    struct cloudfront_function *made = FUNCTION(stack->node, "Function", .function_name = string("rewrite"),
        .comment = "Rewrites", .runtime = "cloudfront-js-2.0", .auto_publish = NO,
        .code = "function handler(event) { return event.request; }",
        .key_value_store_arn = string("arn:aws:cloudfront::123456789012:key-value-store/abc"));
    FUNCTION(stack->node, "Stored", .code = "x",
        .key_value_store_arn = string("arn:aws:cloudfront::123456789012:key-value-store/def"));
    resource_new(stack->node, "Topic", "AWS::SNS::Topic",
        object((struct field[]){
            { "DisplayName", made->function_stage },
            { "TopicName", made->function_arn },
            END,
        }));
}

static void function_file(struct stack *stack)
{
    FUNCTION(stack->node, "Function",
        .code_file = TEST_DIRECTORY "/parity/constructs/assets/cloudfront-function.js");
}

static void function_flag(struct stack *stack)
{
    FUNCTION(stack->node, "Function", .code = "x");
}

static const struct parity_case cases[] = {
    { "cloudfront-policy-defaults", defaults },
    { "cloudfront-policy-names", names },
    { "cloudfront-policy-cache", cache },
    { "cloudfront-policy-origin-request", origin_request },
    { "cloudfront-policy-response-headers", response_headers },
    { "cloudfront-policy-function", function },
    { "cloudfront-policy-function-file", function_file },
    { "cloudfront-policy-function-flag", function_flag },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("cloudfront-policy", cases, argc, argv);
}

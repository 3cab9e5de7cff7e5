// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/cloudfront_origins.h"
#include "aws/kms.h"
#include "aws/lambda.h"
#include "aws/s3.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })

static void cache(struct stack *stack, struct cloudfront_cache_policy_props props)
{
    cloudfront_cache_policy_new(stack->node, "Policy", &props);
}

static void bad_cache_policy_name(struct stack *stack)
{
    cache(stack, (struct cloudfront_cache_policy_props){ .cache_policy_name = string("my policy") });
}

static const char *repeated(char c, size_t count)
{
    char *text = arena_alloc(value_arena(), count + 1);
    memset(text, c, count);
    return text;
}

static void long_cache_policy_name(struct stack *stack)
{
    cache(stack, (struct cloudfront_cache_policy_props){ .cache_policy_name = string(repeated('a', 129)) });
}

static void long_comment(struct stack *stack)
{
    cache(stack, (struct cloudfront_cache_policy_props){ .comment = repeated('a', 129) });
}

static void empty_cookie_list(struct stack *stack)
{
    cache(stack, (struct cloudfront_cache_policy_props){ .cookies = { CLOUDFRONT_SELECT_ALLOW_LIST, NULL } });
}

static void empty_query_list(struct stack *stack)
{
    cache(stack,
        (struct cloudfront_cache_policy_props){ .query_strings = { CLOUDFRONT_SELECT_DENY_LIST, NULL } });
}

static void all_headers_in_key(struct stack *stack)
{
    cache(stack, (struct cloudfront_cache_policy_props){ .headers = { CLOUDFRONT_SELECT_ALL, NULL } });
}

static void request(struct stack *stack, struct cloudfront_keys headers)
{
    cloudfront_origin_request_policy_new(
        stack->node, "Policy", &(struct cloudfront_origin_request_policy_props){ .headers = headers });
}

static void empty_header_list(struct stack *stack)
{
    request(stack, (struct cloudfront_keys){ CLOUDFRONT_SELECT_DENY_LIST, NULL });
}

static void authorization_header(struct stack *stack)
{
    request(stack, (struct cloudfront_keys){ CLOUDFRONT_SELECT_ALLOW_LIST, NAMES("Authorization") });
}

static void viewer_header_twice(struct stack *stack)
{
    request(stack, (struct cloudfront_keys){ CLOUDFRONT_SELECT_ALL, NAMES("Accept") });
}

static void bad_request_policy_name(struct stack *stack)
{
    cloudfront_origin_request_policy_new(stack->node, "Policy",
        &(struct cloudfront_origin_request_policy_props){ .origin_request_policy_name = string("a b") });
}

static void response(struct stack *stack, struct cloudfront_response_headers_policy_props props)
{
    cloudfront_response_headers_policy_new(stack->node, "Policy", &props);
}

static void cors(struct stack *stack, const char *const *methods, const char *const *headers)
{
    response(stack,
        (struct cloudfront_response_headers_policy_props){
            .cors_behavior =
                &(struct cloudfront_cors_behavior){
                    .access_control_allow_credentials = true,
                    .access_control_allow_methods = methods,
                    .access_control_allow_headers = headers,
                    .access_control_allow_origins = NAMES("*"),
                },
        });
}

static void all_and_get(struct stack *stack)
{
    cors(stack, NAMES("ALL", "GET"), NAMES("X-A"));
}

static void unknown_method(struct stack *stack)
{
    cors(stack, NAMES("get"), NAMES("X-A"));
}

static void any_header_with_credentials(struct stack *stack)
{
    cors(stack, NAMES("GET"), NAMES("X-*"));
}

static void removing_via(struct stack *stack)
{
    response(stack, (struct cloudfront_response_headers_policy_props){ .remove_headers = NAMES("Via") });
}

static void high_rate(struct stack *stack)
{
    response(
        stack, (struct cloudfront_response_headers_policy_props){ .server_timing_sampling_rate = 100.5 });
}

static void fine_rate(struct stack *stack)
{
    response(
        stack, (struct cloudfront_response_headers_policy_props){ .server_timing_sampling_rate = 0.12345 });
}

static void make_function(struct stack *stack, struct cloudfront_function_props props)
{
    cloudfront_function_new(stack->node, "Function", &props);
}

static void store_with_old_runtime(struct stack *stack)
{
    make_function(stack,
        (struct cloudfront_function_props){
            .code = "x", .runtime = "cloudfront-js-1.0", .key_value_store_arn = string("arn") });
}

static void function_without_code(struct stack *stack)
{
    make_function(stack, (struct cloudfront_function_props){ 0 });
}

static void missing_code_file(struct stack *stack)
{
    make_function(stack, (struct cloudfront_function_props){ .code_file = "no/such/file.js" });
}

static const struct diag_case policy_cases[] = {
    { bad_cache_policy_name, DIAG_ERROR,
        "Case/Policy: cache_policy_name 'my policy' must have only letters, digits, '-' and '_'" },
    { long_cache_policy_name, DIAG_ERROR,
        "Case/Policy: cache_policy_name has 129 characters; CloudFront takes 128" },
    { long_comment, DIAG_ERROR, "Case/Policy: comment has 129 characters; CloudFront takes 128" },
    { empty_cookie_list, DIAG_ERROR, "Case/Policy: a list of cookies must name one at least" },
    { empty_query_list, DIAG_ERROR, "Case/Policy: a list of query strings must name one at least" },
    { all_headers_in_key, DIAG_ERROR,
        "Case/Policy: the headers of a cache policy must be none or an allow list" },
    { empty_header_list, DIAG_ERROR, "Case/Policy: a list of headers must name one at least" },
    { authorization_header, DIAG_ERROR,
        "Case/Policy: header 'Authorization' cannot be in an origin request policy: name it in a cache "
        "policy" },
    { viewer_header_twice, DIAG_ERROR,
        "Case/Policy: header 'Accept' is one of the viewer's already: name only those that begin with "
        "'CloudFront-'" },
    { bad_request_policy_name, DIAG_ERROR,
        "Case/Policy: origin_request_policy_name 'a b' must have only letters, digits, '-' and '_'" },
    { all_and_get, DIAG_ERROR, "Case/Policy: method 'ALL' in access_control_allow_methods must stand alone" },
    { unknown_method, DIAG_ERROR, "Case/Policy: access_control_allow_methods has an unknown method: 'get'" },
    { any_header_with_credentials, DIAG_ERROR,
        "Case/Policy: access_control_allow_headers cannot have 'X-*' together with credentials: name the "
        "headers" },
    { removing_via, DIAG_ERROR, "Case/Policy: header 'Via' cannot be removed" },
    { high_rate, DIAG_ERROR, "Case/Policy: server_timing_sampling_rate must be 0 to 100, not 100.5" },
    { fine_rate, DIAG_ERROR,
        "Case/Policy: server_timing_sampling_rate may have four decimal places, not 0.12345" },
    { store_with_old_runtime, DIAG_ERROR,
        "Case/Function: a function with a key value store needs runtime 'cloudfront-js-2.0', not "
        "'cloudfront-js-1.0'" },
    { function_without_code, DIAG_ERROR, "Case/Function: a function needs either code or a code_file" },
    { missing_code_file, DIAG_ERROR, "Case/Function: cannot read 'no/such/file.js': there is no such file" },
    { 0 },
};

static const struct stack_props virginia = { .account = "123456789012", .region = "us-east-1" };

static void policies_are_checked(void **state)
{
    (void)state;
    check_diag_cases(policy_cases, &virginia);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(policies_are_checked) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

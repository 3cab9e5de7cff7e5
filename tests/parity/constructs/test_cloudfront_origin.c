// SPDX-License-Identifier: MIT
#include "aws/cloudfront_origins.h"
#include "aws/kms.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#include <stdio.h>

#define ORIGINS(...) ((struct cloudfront_origin *[]){ __VA_ARGS__, NULL })
#define LEVELS(...) ((enum cloudfront_access_level[]){ __VA_ARGS__, CLOUDFRONT_ACCESS_END })
#define HTTP(domain, ...)                                                                                    \
    cloudfront_http_origin_new(domain, &(struct cloudfront_http_origin_props){ __VA_ARGS__ })
#define GROUP(...) cloudfront_origin_group_new(&(struct cloudfront_origin_group_props){ __VA_ARGS__ })
#define BUCKET_ORIGIN(bucket, ...)                                                                           \
    cloudfront_s3_bucket_origin_with_access_control(                                                         \
        bucket, &(struct cloudfront_s3_bucket_origin_props){ __VA_ARGS__ })

// The first origin is that of the default behaviour.
static void distribution(struct construct *scope, const char *id, struct cloudfront_origin *const *origins)
{
    struct cloudfront_distribution *made = cloudfront_distribution_new(
        scope, id, &(struct cloudfront_distribution_props){ .default_behavior = { .origin = origins[0] } });
    char path[16];
    for (int i = 1; origins[i]; i++) {
        snprintf(path, sizeof(path), "/%d/*", i);
        cloudfront_distribution_add_behavior(
            made, &(struct cloudfront_behavior){ .path_pattern = path, .origin = origins[i] });
    }
}

static struct cloudfront_origin *plain(const char *domain)
{
    return cloudfront_http_origin_new(string(domain), NULL);
}

static struct s3_bucket *bucket_in(struct stack *stack)
{
    return s3_bucket_new(stack->node, "Bucket", &(struct s3_bucket_props){ 0 });
}

static struct cloudfront_origin *full_origin(void)
{
    return HTTP(string("www.example.com"),
        .common = {
            .origin_path = string("assets/"),
            .connection_timeout = seconds(10),
            .connection_attempts = 3,
            .origin_shield_region = "eu-west-1",
            .origin_id = "www",
            .origin_access_control_id = string("E123"),
            .response_completion_timeout = minutes(1),
            .custom_headers = (struct field[]){
                { "X-Origin-Verify", string("secret") },
                { "X-Account", aws_account_id() },
                { "CloudFront-Forwarded-Proto", string("https") },
                END,
            },
        },
        .protocol_policy = CLOUDFRONT_ORIGIN_PROTOCOL_MATCH_VIEWER,
        .origin_ssl_protocols = (const char *[]){ "TLSv1.1", "TLSv1.2", NULL }, .http_port = count(8080),
        .https_port = count(443), .read_timeout = seconds(45), .keepalive_timeout = seconds(5),
        .ip_address_type = CLOUDFRONT_DUALSTACK);
}

static void http(struct stack *stack)
{
    struct cloudfront_origin *api = HTTP(concatf("api.%v", aws_url_suffix()),
        .common = {
            .origin_path = concatf("/%v", aws_region()),
            .custom_headers = (struct field[]){ END },
        },
        .protocol_policy = CLOUDFRONT_ORIGIN_PROTOCOL_HTTP_ONLY);
    struct cloudfront_origin *root =
        HTTP(string("www.example.com"), .common = { .origin_path = string("/"), .origin_shield_enabled = NO },
            .ip_address_type = CLOUDFRONT_IPV6);
    struct cloudfront_origin *deep = HTTP(string("www.example.com"),
        .common = {
            .origin_shield_enabled = YES,
            .origin_path = string("/a/b/"),
            .connection_attempts = 1,
            .connection_timeout = seconds(1),
        },
        .protocol_policy = CLOUDFRONT_ORIGIN_PROTOCOL_HTTPS_ONLY, .ip_address_type = CLOUDFRONT_IPV4);
    distribution(stack->node, "Distribution", ORIGINS(full_origin(), api, root, deep));
}

static void long_path(struct stack *stack)
{
    struct construct *scope = construct_new(stack->node,
        "ScopeWithAnIdThatIsLongEnoughToMakeTheIdOfTheOriginTooLongForCloudFrontWhichTakes128Characters",
        "constructs.Construct");
    distribution(scope, "DistributionWithALongIdToo",
        ORIGINS(GROUP(.primary_origin = plain("a.example.com"), .fallback_origin = plain("b.example.com"))));
}

static void group(struct stack *stack)
{
    struct cloudfront_origin *a = plain("a.example.com");
    struct cloudfront_origin *spare = HTTP(string("b.example.com"), .common = { .origin_id = "spare" });
    struct cloudfront_origin *c = HTTP(string("c.example.com"), .common = { .origin_id = "c" });
    struct cloudfront_origin *first = GROUP(.primary_origin = a, .fallback_origin = spare);
    struct cloudfront_origin *second =
        GROUP(.primary_origin = a, .fallback_origin = spare, .fallback_status_codes = (int[]){ 404, 503, 0 },
            .selection_criteria = CLOUDFRONT_ORIGIN_SELECTION_MEDIA_QUALITY_BASED);
    struct cloudfront_origin *third = GROUP(.primary_origin = c, .fallback_origin = a,
        .selection_criteria = CLOUDFRONT_ORIGIN_SELECTION_DEFAULT);
    distribution(stack->node, "Distribution", ORIGINS(first, first, spare, second, a, third));
}

static void bucket(struct stack *stack)
{
    distribution(stack->node, "Distribution",
        ORIGINS(cloudfront_s3_bucket_origin_with_access_control(bucket_in(stack), NULL)));
}

static void bucket_levels(struct stack *stack)
{
    struct s3_bucket *files =
        s3_bucket_new(stack->node, "Bucket", &(struct s3_bucket_props){ .enforce_ssl = true });
    struct cloudfront_s3_origin_access_control *control =
        cloudfront_s3_origin_access_control_new(stack->node, "Control",
            &(struct cloudfront_s3_origin_access_control_props){
                .origin_access_control_name = string("shop"),
                .description = "For the shop",
                .signing = CLOUDFRONT_SIGNING_SIGV4_NO_OVERRIDE,
            });
    struct cloudfront_origin *both = BUCKET_ORIGIN(files, .origin_access_control = control,
        .origin_access_levels = LEVELS(
            CLOUDFRONT_ACCESS_READ, CLOUDFRONT_ACCESS_LIST, CLOUDFRONT_ACCESS_WRITE, CLOUDFRONT_ACCESS_READ),
        .common = {
            .origin_path = string("/public"),
            .origin_id = "files",
            .origin_access_control_id = string("overridden"),
        });
    struct cloudfront_origin *versions = BUCKET_ORIGIN(files, .common = { .connection_attempts = 2 },
        .origin_access_levels = LEVELS(CLOUDFRONT_ACCESS_READ_VERSIONED, CLOUDFRONT_ACCESS_DELETE));
    struct cloudfront_origin *list =
        BUCKET_ORIGIN(files, .origin_access_levels = LEVELS(CLOUDFRONT_ACCESS_LIST));
    distribution(stack->node, "First", ORIGINS(both, versions));
    distribution(stack->node, "Second", ORIGINS(both, list));
}

static void bucket_shared(struct stack *stack)
{
    struct cloudfront_origin *origin =
        cloudfront_s3_bucket_origin_with_access_control(bucket_in(stack), NULL);
    distribution(stack->node, "First", ORIGINS(origin));
    distribution(stack->node, "Second", ORIGINS(origin));
}

static void bucket_imported(struct stack *stack)
{
    struct s3_bucket *files = s3_bucket_from_name(stack->node, "Bucket", string("shop-files"));
    struct cloudfront_s3_origin_access_control *control =
        cloudfront_s3_origin_access_control_from_id(stack->node, "Control", string("E123"));
    struct cloudfront_origin_props props = {
        .origin_path = string("x"),
        .custom_headers = (struct field[]){ { "X-A", string("b") }, END },
    };
    distribution(stack->node, "Distribution",
        ORIGINS(BUCKET_ORIGIN(files, .origin_access_control = control),
            cloudfront_s3_bucket_origin_with_bucket_defaults(files, &props)));
}

static void bucket_defaults(struct stack *stack)
{
    distribution(stack->node, "Distribution",
        ORIGINS(cloudfront_s3_bucket_origin_with_bucket_defaults(bucket_in(stack), NULL)));
}

static struct s3_bucket *encrypted_bucket(struct stack *stack, const char *id, struct kms_key *key)
{
    return s3_bucket_new(
        stack->node, id, &(struct s3_bucket_props){ .encryption = S3_ENCRYPTION_KMS, .encryption_key = key });
}

static void bucket_key(struct stack *stack)
{
    struct s3_bucket *own =
        encrypted_bucket(stack, "Own", kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }));
    struct s3_bucket *other = encrypted_bucket(stack, "Other",
        kms_key_from_arn(stack->node, "Imported", string("arn:aws:kms:eu-west-1:123456789012:key/abc")));
    distribution(stack->node, "Distribution",
        ORIGINS(BUCKET_ORIGIN(
                    own, .origin_access_levels = LEVELS(CLOUDFRONT_ACCESS_READ, CLOUDFRONT_ACCESS_WRITE)),
            cloudfront_s3_bucket_origin_with_access_control(other, NULL)));
}

static void access_control(struct stack *stack)
{
    const enum cloudfront_signing signings[] = {
        CLOUDFRONT_SIGNING_SIGV4_ALWAYS,
        CLOUDFRONT_SIGNING_SIGV4_ALWAYS_AMZ_AUTH,
        CLOUDFRONT_SIGNING_SIGV4A_ALWAYS,
        CLOUDFRONT_SIGNING_SIGV4A_ALWAYS_AMZ_AUTH,
        CLOUDFRONT_SIGNING_NEVER,
        0,
    };
    char id[80];
    for (int i = 0; i < (int)(ARRAY_SIZE(signings)); i++) {
        snprintf(id, sizeof(id), "ControlWithALongIdThatGoesOnSoThatTheNameIsTooLong%d", i);
        cloudfront_s3_origin_access_control_new(
            stack->node, id, &(struct cloudfront_s3_origin_access_control_props){ .signing = signings[i] });
    }
}

static const struct parity_case cases[] = {
    { "cloudfront-origin-http", http },
    { "cloudfront-origin-long-path", long_path },
    { "cloudfront-origin-group", group },
    { "cloudfront-origin-bucket", bucket },
    { "cloudfront-origin-bucket-levels", bucket_levels },
    { "cloudfront-origin-bucket-shared", bucket_shared },
    { "cloudfront-origin-bucket-imported", bucket_imported },
    { "cloudfront-origin-bucket-defaults", bucket_defaults },
    { "cloudfront-origin-bucket-key", bucket_key },
    { "cloudfront-origin-access-control", access_control },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("cloudfront-origin", cases, argc, argv);
}

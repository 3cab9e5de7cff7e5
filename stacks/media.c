// SPDX-License-Identifier: MIT
#include "aws/cloudfront_origins.h"
#include "stacks/functions.h"
#include "stacks/security_headers.h"
#include "stacks/stacks.h"
#include "stacks/web_acl.h"

// Nothing is loaded or run, but the pictures, sounds and films of the file itself and the styles in it are
// shown.
static const char uploads_policy[] =
    "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; sandbox";

static const char **allowed_origins(const struct settings *settings)
{
    size_t length = value_length(settings->cors_origins);
    const char **origins = arena_alloc(value_arena(), (length + 1) * sizeof(*origins));

    for (size_t i = 0; i < length; i++)
        origins[i] = value_string(array_at(settings->cors_origins, i));
    return origins;
}

static struct s3_bucket *bucket_new(
    struct construct *scope, const struct settings *settings, struct s3_bucket *log_bucket)
{
    const struct s3_lifecycle_rule abort_uploads = { .abort_incomplete_multipart_upload_after = days(7) };
    const struct s3_lifecycle_rule save_storage = {
        .transitions =
            (struct s3_transition[]){
                { .storage_class = S3_STORAGE_CLASS_INTELLIGENT_TIERING, .transition_after = days(30) },
                { 0 },
            },
        .noncurrent_version_expiration = days(90),
        .expired_object_delete_marker = true,
    };

    return s3_bucket_new(scope, "MediaBucket",
        &(struct s3_bucket_props){
            .block_public_access = s3_block_all(),
            .encryption = S3_ENCRYPTION_S3_MANAGED,
            .enforce_ssl = true,
            .server_access_logs_bucket = log_bucket,
            .server_access_logs_prefix = log_bucket ? "media-bucket/" : NULL,
            .versioned = settings->enable_versioning,
            .removal_policy = tango_removal_policy(settings, REMOVAL_POLICY_RETAIN),
            .lifecycle_rules = (const struct s3_lifecycle_rule *[]){ &abort_uploads,
                settings->media_lifecycle ? &save_storage : NULL, NULL },
            .cors =
                (struct s3_cors_rule[]){
                    {
                        .allowed_headers = (const char *[]){ "Content-Type", "Content-Length", "Content-MD5",
                            "x-amz-*", NULL },
                        .allowed_methods = (const char *[]){ "GET", "HEAD", "PUT", "POST", NULL },
                        .allowed_origins = allowed_origins(settings),
                        .exposed_headers = (const char *[]){ "ETag", NULL },
                        .max_age = count(3600),
                    },
                    { 0 },
                },
        });
}

// The cache does not tell origins apart: a response that was cached for an <img> has no CORS headers, and
// would be what fetch and canvas get. So the distribution answers for the same origins as the bucket.
//
// Anybody's upload is a page of this domain once a browser opens it: whatever is in an SVG or HTML file, no
// script runs.
static struct value *response_headers(struct construct *scope, const struct settings *settings)
{
    const struct cloudfront_security_headers security = tango_security_headers(uploads_policy, true);

    return cloudfront_response_headers_policy_new(scope, "MediaCors",
        &(struct cloudfront_response_headers_policy_props){
            .cors_behavior =
                &(struct cloudfront_cors_behavior){
                    .access_control_allow_origins = allowed_origins(settings),
                    .access_control_allow_methods = (const char *[]){ "GET", "HEAD", "OPTIONS", NULL },
                    .access_control_allow_headers = (const char *[]){ "*", NULL },
                    .access_control_expose_headers = (const char *[]){ "ETag", NULL },
                    .access_control_allow_credentials = false,
                    .access_control_max_age = hours(1),
                    .origin_override = true,
                },
            .security_headers_behavior = settings->security_headers ? &security : NULL,
        })
        ->response_headers_policy_id;
}

static struct lambda_function *edge_function(
    struct construct *scope, const char *id, struct lambda_function_props props)
{
    props.runtime = LAMBDA_RUNTIME_NODEJS_24_X;
    props.code.asset = function_package("image-transform");
    // A version replicated to the edge cannot be deleted with the update that replaces it.
    props.current_version_options.removal_policy = REMOVAL_POLICY_RETAIN;
    return lambda_function_new(scope, id, &props);
}

// Rewrites image URLs on the way to the bucket, transforms what comes back. `associations` has room for
// three.
static void add_edge_functions(const struct media_stack *self, struct cloudfront_edge_lambda *associations)
{
    struct lambda_function *request = edge_function(self->stack.node, "OriginRequestLambda",
        (struct lambda_function_props){
            .handler = "index.originRequest",
            .timeout = seconds(5),
            .memory_size = 128,
            .description = "Rewrites an image URL to its S3 key",
        });
    struct lambda_function *response = edge_function(self->stack.node, "OriginResponseLambda",
        (struct lambda_function_props){
            .handler = "index.originResponse",
            .timeout = seconds(30),
            .memory_size = 1024,
            .description = "Transforms the image that S3 returned",
        });

    s3_bucket_grant_read(self->bucket, response->grant_principal);
    associations[0] =
        (struct cloudfront_edge_lambda){ .function_version = lambda_function_current_version(request),
            .event_type = CLOUDFRONT_ORIGIN_REQUEST };
    associations[1] =
        (struct cloudfront_edge_lambda){ .function_version = lambda_function_current_version(response),
            .event_type = CLOUDFRONT_ORIGIN_RESPONSE };
}

// Functions at the edge have no environment variables: what they are to know comes with the origin.
static struct cloudfront_origin *origin_new(struct s3_bucket *bucket, const struct settings *settings)
{
    bool has_sizes = settings->enable_image_transformation && settings->image_sizes;
    const struct field headers[] = {
        { "X-Image-Transform-Lengths", has_sizes ? tango_comma_separated(settings->image_sizes) : NULL },
        END,
    };

    return cloudfront_s3_bucket_origin_with_access_control(bucket,
        &(struct cloudfront_s3_bucket_origin_props){ .common.custom_headers = has_sizes ? headers : NULL });
}

static void add_outputs(const struct media_stack *self, const struct settings *settings)
{
    struct construct *scope = self->stack.node;
    struct value *domain = self->distribution->distribution_domain_name;

    tango_output(scope, settings, "BucketName", self->bucket->bucket_name, "MediaBucketName", "Media bucket");
    tango_output(
        scope, settings, "DistributionDomainName", domain, "MediaCdnDomain", "Media CDN domain name");
    if (settings->enable_image_transformation)
        tango_output(scope, settings, "ImageTransformUrl", concatf("https://%v", domain), "ImageTransformUrl",
            "Base URL of transformed images");
}

void media_stack_init(struct media_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango media: bucket, CDN, image transformation at the edge");
    struct cloudfront_edge_lambda edge_lambdas[3] = { 0 };
    struct value *headers;

    stack_init(&self->stack, scope, tango_name(settings, "Media"), &props);
    self->bucket = bucket_new(self->stack.node, settings, network->log_bucket);
    tango_delete_objects(settings, self->bucket->node);
    if (settings->enable_image_transformation)
        add_edge_functions(self, edge_lambdas);
    headers = response_headers(self->stack.node, settings);
    self->distribution = cloudfront_distribution_new(self->stack.node, "MediaDistribution",
        &(struct cloudfront_distribution_props){
            .comment = "Tango media CDN",
            .price_class = CLOUDFRONT_PRICE_CLASS_100,
            .http_version = CLOUDFRONT_HTTP2_AND_3,
            .web_acl_id = tango_cloudfront_acl_new(self->stack.node, "MediaAcl", settings, "media"),
            .log_bucket = network->log_bucket,
            .log_file_prefix = network->log_bucket ? "media-distribution/" : NULL,
            .default_behavior = {
                .origin = origin_new(self->bucket, settings),
                .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS,
                // OPTIONS, so that preflight requests reach the bucket's CORS rules.
                .allowed_methods = CLOUDFRONT_ALLOW_GET_HEAD_OPTIONS,
                .cache_policy_id = cloudfront_managed_cache_policy(CLOUDFRONT_CACHING_OPTIMIZED),
                .response_headers_policy_id = headers,
                .origin_request_policy_id =
                    cloudfront_managed_origin_request_policy(CLOUDFRONT_ORIGIN_REQUEST_CORS_S3_ORIGIN),
                .edge_lambdas = settings->enable_image_transformation ? edge_lambdas : NULL,
            },
        });
    add_outputs(self, settings);
}

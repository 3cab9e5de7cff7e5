// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/cloudfront_origins.h"
#include "cdk/tags.h"
#include "stacks/security_headers.h"
#include "stacks/stacks.h"
#include "stacks/web_acl.h"

#include "frontend_router.h"

// Its files can be made again: 'destroy' empties a bucket with that tag.
static struct s3_bucket *bucket_new(
    const struct frontend_stack *self, const struct settings *settings, struct s3_bucket *log_bucket)
{
    struct s3_bucket *bucket = s3_bucket_new(self->stack.node, "FrontendBucket",
        &(struct s3_bucket_props){
            .bucket_name = concatf(
                "%s-%v-%v", settings->frontend_bucket_prefix, self->stack.account, self->stack.region),
            .removal_policy = REMOVAL_POLICY_DESTROY,
            .block_public_access = s3_block_all(),
            .encryption = S3_ENCRYPTION_S3_MANAGED,
            .enforce_ssl = true,
            .server_access_logs_bucket = log_bucket,
            .server_access_logs_prefix = log_bucket ? "frontend-bucket/" : NULL,
        });

    tags_add(bucket->node, "aws-cdk:auto-delete-objects", "true", NULL);
    return bucket;
}

static struct cloudfront_origin *files_origin(const struct frontend_stack *self, struct s3_bucket *bucket)
{
    // Who may list is told 404 of a file that is not there, and else 403.
    static const enum cloudfront_access_level levels[] = { CLOUDFRONT_ACCESS_READ, CLOUDFRONT_ACCESS_LIST,
        CLOUDFRONT_ACCESS_END };

    return cloudfront_s3_bucket_origin_with_access_control(bucket,
        &(struct cloudfront_s3_bucket_origin_props){
            .origin_access_control = cloudfront_s3_origin_access_control_new(self->stack.node, "FrontendOAC",
                &(struct cloudfront_s3_origin_access_control_props){
                    .signing = CLOUDFRONT_SIGNING_SIGV4_ALWAYS,
                }),
            .origin_access_levels = levels,
        });
}

// By its own name where it has one with a certificate, else the load balancer's, which only speaks HTTP then.
static struct cloudfront_origin *api_origin(const struct settings *settings, const struct app_stack *app)
{
    if (tango_is_given(settings->certificate_arn) && tango_is_given(settings->domain_name))
        return cloudfront_http_origin_new(string(settings->domain_name),
            &(struct cloudfront_http_origin_props){
                .protocol_policy = CLOUDFRONT_ORIGIN_PROTOCOL_HTTPS_ONLY });
    return cloudfront_http_origin_new(app->alb->load_balancer_dns_name,
        &(struct cloudfront_http_origin_props){
            .protocol_policy = CLOUDFRONT_ORIGIN_PROTOCOL_HTTP_ONLY,
            .common.custom_headers =
                (struct field[]){ { "CloudFront-Forwarded-Proto", string("https") }, END },
        });
}

// Error responses would hold for the whole distribution and turn the API's own 403 and 404 into HTML: the
// pages of the application are found before the bucket is asked, and on the default behavior alone.
static struct cloudfront_function_association router(const struct frontend_stack *self)
{
    const struct cloudfront_function *function = cloudfront_function_new(self->stack.node, "FrontendRouter",
        &(struct cloudfront_function_props){
            .code = frontend_router_code,
            .runtime = "cloudfront-js-2.0",
            .comment = "Serves index.html for the paths of the application",
        });

    return (struct cloudfront_function_association){ function->function_arn, CLOUDFRONT_VIEWER_REQUEST };
}

// Where the API says something else with a response of its own, that holds. NULL: none but CloudFront's.
static struct value *security_headers(struct construct *scope, const struct settings *settings)
{
    const char *policy =
        tango_is_given(settings->content_security_policy) ? settings->content_security_policy : NULL;
    const struct cloudfront_security_headers headers = tango_security_headers(policy, false);

    if (!settings->security_headers)
        return NULL;
    return cloudfront_response_headers_policy_new(scope, "SecurityHeaders",
        &(struct cloudfront_response_headers_policy_props){ .security_headers_behavior = &headers })
        ->response_headers_policy_id;
}

static struct cloudfront_distribution *distribution_new(const struct frontend_stack *self,
    const struct settings *settings, const struct s3_bucket *log_bucket, struct cloudfront_origin *files,
    struct cloudfront_origin *api)
{
    const struct acm_certificate *certificate = NULL;
    struct value *headers = security_headers(self->stack.node, settings);
    struct value *managed_headers =
        cloudfront_managed_response_headers_policy(CLOUDFRONT_RESPONSE_HEADERS_SECURITY_HEADERS);

    if (tango_is_given(settings->frontend_certificate_arn))
        certificate = acm_certificate_from_arn(
            self->stack.node, "Certificate", string(settings->frontend_certificate_arn));
    return cloudfront_distribution_new(self->stack.node, "FrontendDistribution",
        &(struct cloudfront_distribution_props){
            .comment = "Tango frontend",
            .domain_names = certificate ? (struct value *[]){ string(settings->frontend_domain), NULL } : NULL,
            .certificate = certificate,
            .minimum_protocol_version =
                certificate ? CLOUDFRONT_TLS_V1_2_2021 : CLOUDFRONT_SECURITY_POLICY_DEFAULT,
            .http_version = CLOUDFRONT_HTTP2_AND_3,
            .price_class = CLOUDFRONT_PRICE_CLASS_100,
            .default_root_object = "index.html",
            .log_bucket = log_bucket,
            .log_file_prefix = log_bucket ? "frontend-distribution/" : NULL,
            .web_acl_id = tango_cloudfront_acl_new(self->stack.node, "FrontendAcl", settings, "frontend"),
            .default_behavior = {
                .origin = files,
                .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS,
                .cache_policy_id = cloudfront_managed_cache_policy(CLOUDFRONT_CACHING_OPTIMIZED),
                .response_headers_policy_id = headers ? headers : managed_headers,
                .allowed_methods = CLOUDFRONT_ALLOW_GET_HEAD_OPTIONS,
                .compress = YES,
                .function_associations =
                    (struct cloudfront_function_association[]){ router(self), { 0 } },
            },
            .additional_behaviors =
                (struct cloudfront_behavior[]){
                    {
                        .path_pattern = "/api/*",
                        .origin = api,
                        .viewer_protocol_policy = CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS,
                        .cache_policy_id = cloudfront_managed_cache_policy(CLOUDFRONT_CACHING_DISABLED),
                        // Without the viewer's Host: Django then sees the origin's name, which it allows.
                        .origin_request_policy_id = cloudfront_managed_origin_request_policy(
                            CLOUDFRONT_ORIGIN_REQUEST_ALL_VIEWER_EXCEPT_HOST_HEADER),
                        .response_headers_policy_id = headers,
                        .allowed_methods = CLOUDFRONT_ALLOW_ALL,
                    },
                    { 0 },
                },
        });
}

void frontend_stack_init(struct frontend_stack *self, struct construct *scope,
    const struct settings *settings, const struct network_stack *network, const struct app_stack *app)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango frontend: React SPA on S3 and CloudFront, /api routed to the ALB");
    struct s3_bucket *bucket;
    struct value *domain;

    stack_init(&self->stack, scope, tango_name(settings, "Frontend"), &props);
    scope = self->stack.node;
    bucket = bucket_new(self, settings, network->log_bucket);
    self->distribution = distribution_new(
        self, settings, network->log_bucket, files_origin(self, bucket), api_origin(settings, app));
    domain = settings->frontend_domain ? string(settings->frontend_domain)
                                       : self->distribution->distribution_domain_name;
    tango_output(
        scope, settings, "FrontendBucketName", bucket->bucket_name, NULL, "Bucket of the frontend files");
    tango_output(scope, settings, "CloudFrontDistributionId", self->distribution->distribution_id, NULL,
        "Distribution to invalidate after an upload");
    tango_output(scope, settings, "CloudFrontDomainName", self->distribution->distribution_domain_name, NULL,
        "CloudFront domain name");
    tango_output(scope, settings, "FrontendURL", concatf("https://%v", domain), NULL, "URL of the frontend");
}

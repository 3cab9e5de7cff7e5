// SPDX-License-Identifier: MIT
#include "aws/cloudfront_origins.h"

#include "cdk/construct.h"
#include "cdk/resource.h"
#include "util/arena.h"

static const struct {
    const char *protocol;
    const char *behavior;
} signings[] = {
    [CLOUDFRONT_SIGNING_SIGV4_ALWAYS] = { "sigv4", "always" },
    [CLOUDFRONT_SIGNING_SIGV4_ALWAYS_AMZ_AUTH] = { "sigv4", "always-amz-auth" },
    [CLOUDFRONT_SIGNING_SIGV4_NO_OVERRIDE] = { "sigv4", "no-override" },
    [CLOUDFRONT_SIGNING_SIGV4A_ALWAYS] = { "sigv4a", "always" },
    [CLOUDFRONT_SIGNING_SIGV4A_ALWAYS_AMZ_AUTH] = { "sigv4a", "always-amz-auth" },
    [CLOUDFRONT_SIGNING_NEVER] = { "sigv4", "never" },
};

static struct value *access_control_properties(
    const struct cloudfront_s3_origin_access_control_props *p, const struct construct *node)
{
    struct value *name = p->origin_access_control_name;
    if (!name)
        name = string(
            names_unique_resource_name(node, &(struct unique_resource_name_options){ .max_length = 64 }));
    struct value *config = object((struct field[]){
        { "Description", string(p->description) },
        { "Name", name },
        { "OriginAccessControlOriginType", string("s3") },
        { "SigningBehavior", string(signings[p->signing].behavior) },
        { "SigningProtocol", string(signings[p->signing].protocol) },
        END,
    });
    return object((struct field[]){ { "OriginAccessControlConfig", config }, END });
}

static struct cloudfront_s3_origin_access_control *control_alloc(struct construct *scope, const char *id)
{
    struct construct *node = construct_new(scope, id, "cloudfront.S3OriginAccessControl");
    struct cloudfront_s3_origin_access_control *control =
        arena_alloc(construct_arena(node), sizeof(*control));
    control->node = node;
    return control;
}

struct cloudfront_s3_origin_access_control *cloudfront_s3_origin_access_control_new(
    struct construct *scope, const char *id, const struct cloudfront_s3_origin_access_control_props *props)
{
    struct cloudfront_s3_origin_access_control *control = control_alloc(scope, id);
    control->resource = resource_new(control->node, "Resource", "AWS::CloudFront::OriginAccessControl",
        access_control_properties(props, control->node));
    control->origin_access_control_id = get_att(control->resource, "Id");
    return control;
}

struct cloudfront_s3_origin_access_control *cloudfront_s3_origin_access_control_from_id(
    struct construct *scope, const char *id, struct value *origin_access_control_id)
{
    struct cloudfront_s3_origin_access_control *control = control_alloc(scope, id);
    control->origin_access_control_id = origin_access_control_id;
    return control;
}

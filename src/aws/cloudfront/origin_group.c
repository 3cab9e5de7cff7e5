// SPDX-License-Identifier: MIT
#include "aws/cloudfront/origin_private.h"

#include "util/arena.h"

static struct value *status_codes(struct findings *findings, const int *given)
{
    static const int server_errors[] = { 500, 502, 503, 504, 0 };
    struct value *codes = array();
    for (const int *code = given ? given : server_errors; *code; code++)
        array_append(codes, number(*code));
    if (value_length(codes) == 0)
        findings_add_error(findings, "an origin group needs one status code at least to fall back on");
    return codes;
}

static void check_member(struct findings *findings, const char *prop, const struct cloudfront_origin *member)
{
    if (!member)
        findings_add_error(findings, "an origin group needs a %s", prop);
    else if (member->group)
        findings_add_error(findings, "the %s of an origin group cannot be a group itself", prop);
}

struct cloudfront_origin *cloudfront_origin_group_new(const struct cloudfront_origin_group_props *props)
{
    static const char *const criteria[] = {
        [CLOUDFRONT_ORIGIN_SELECTION_DEFAULT] = "default",
        [CLOUDFRONT_ORIGIN_SELECTION_MEDIA_QUALITY_BASED] = "media-quality-based",
    };
    struct cloudfront_origin *origin = arena_alloc(value_arena(), sizeof(*origin));
    struct origin_fallback *group = arena_alloc(value_arena(), sizeof(*group));
    *group = (struct origin_fallback){
        .primary = props->primary_origin,
        .fallback = props->fallback_origin,
        .status_codes = status_codes(&origin->findings, props->fallback_status_codes),
        .selection_criteria = string(criteria[props->selection_criteria]),
    };
    check_member(&origin->findings, "primary_origin", props->primary_origin);
    check_member(&origin->findings, "fallback_origin", props->fallback_origin);
    origin->group = group;
    return origin;
}

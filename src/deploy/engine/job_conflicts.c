// SPDX-License-Identifier: MIT
// What CloudFormation makes before it deletes what that is to take the place of, and cannot, since both want
// the same name or addresses.
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "diff/diff.h"
#include "util/array.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

// The name that the template gives a resource, where both give it the same; NULL otherwise.
static const char *kept_name(const struct diff_resource *resource)
{
    const char *kind = resource->type ? strrchr(resource->type, ':') : NULL;
    const char *keys[] = { "Name", kind ? arena_printf(value_arena(), "%sName", kind + 1) : "Name" };

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        const struct value *after = object_get(object_get(resource->after, "Properties"), keys[i]);

        if (after && value_equal(object_get(object_get(resource->before, "Properties"), keys[i]), after))
            return value_string(after) ? value_string(after) : resource->id;
    }
    return NULL;
}

// CloudFormation makes the new one before it deletes the old one (CloudFormation user guide, "Name type": a
// resource with a custom name cannot be replaced). Names of DNS records are no such names.
bool job_fails_at_a_name(struct stack_job *job, const struct diff_stack *diff)
{
    for (size_t i = 0; i < diff->resource_count; i++) {
        const struct diff_resource *resource = &diff->resources[i];
        const char *construct = cloud_stack_construct(job->stack, resource->id);
        const char *name = resource->impact == DIFF_REPLACE && resource->type &&
                strncmp(resource->type, "AWS::Route53::", strlen("AWS::Route53::")) != 0
            ? kept_name(resource)
            : NULL;

        if (!name)
            continue;
        job_fail(job,
            "the change would replace %s (%s) under its name '%s', which CloudFormation refuses\n"
            "change the name with it, or put the setting back",
            construct ? construct : resource->id, resource->type, name);
        return true;
    }
    return false;
}

struct addresses {
    uint32_t first, last;
};

// A block in CIDR notation.
static bool read_addresses(const char *text, struct addresses *ret_addresses)
{
    const char *slash = text ? strchr(text, '/') : NULL;
    char *end = NULL;
    long bits = slash ? strtol(slash + 1, &end, 10) : -1;
    struct in_addr address;
    uint32_t mask;

    if (bits < 0 || bits > 32 || end == slash + 1 || *end ||
        inet_pton(AF_INET, arena_strndup(value_arena(), text, (size_t)(slash - text)), &address) != 1)
        return false;
    mask = bits ? UINT32_MAX << (32 - bits) : 0;
    ret_addresses->first = ntohl(address.s_addr) & mask;
    ret_addresses->last = ret_addresses->first | ~mask;
    return true;
}

static bool overlap(const struct value *a, const struct value *b)
{
    struct addresses one, other;

    if (!read_addresses(value_string(a), &one) || !read_addresses(value_string(b), &other))
        return a && b && value_equal(a, b);
    return one.first <= other.last && other.first <= one.last;
}

static bool is_subnet(const struct value *resource)
{
    return strcmp(object_string_or_empty(resource, "Type"), "AWS::EC2::Subnet") == 0;
}

static const struct value *property(const struct value *resource, const char *name)
{
    return object_get(object_get(resource, "Properties"), name);
}

static bool is_replaced(const struct diff_stack *diff, const char *id)
{
    for (size_t i = 0; id && i < diff->resource_count; i++)
        if (strcmp(diff->resources[i].id, id) == 0)
            return diff->resources[i].impact == DIFF_REPLACE;
    return false;
}

// A subnet of the deployed template, of the same VPC, whose addresses the new one takes.
static const struct field *holder(
    const struct stack_job *job, const struct diff_stack *diff, const struct value *subnet)
{
    const struct value *resources = object_get(job->current_template, "Resources");
    const struct value *vpc = property(subnet, "VpcId");

    for (size_t i = 0; i < value_length(resources) && !is_replaced(diff, object_string(vpc, "Ref")); i++) {
        const struct value *old = object_at(resources, i)->value;

        if (is_subnet(old) && vpc && property(old, "VpcId") && value_equal(property(old, "VpcId"), vpc) &&
            overlap(property(old, "CidrBlock"), property(subnet, "CidrBlock")))
            return object_at(resources, i);
    }
    return NULL;
}

// EC2 API reference, "CreateSubnet": the address range of a subnet must not overlap with that of another one
// of the VPC (error code InvalidSubnet.Conflict).
bool job_fails_at_addresses(struct stack_job *job, const struct diff_stack *diff)
{
    for (size_t i = 0; i < diff->resource_count; i++) {
        const struct diff_resource *resource = &diff->resources[i];
        const char *construct = cloud_stack_construct(job->stack, resource->id), *other;
        const struct field *old = NULL;

        if ((resource->impact == DIFF_CREATE || resource->impact == DIFF_REPLACE) &&
            is_subnet(resource->after))
            old = holder(job, diff, resource->after);
        if (!old)
            continue;
        other = cloud_stack_construct(job->stack, old->key);
        job_fail(job,
            "the change would make subnet %s with addresses that subnet %s still holds (%s): CloudFormation makes new "
            "subnets before it deletes old ones, and EC2 refuses that (InvalidSubnet.Conflict)\n"
            "put the setting back, such as the number of zones, or deploy another environment",
            construct ? construct : resource->id, other ? other : old->key,
            value_string(property(old->value, "CidrBlock")) ? value_string(property(old->value, "CidrBlock"))
                                                            : "the same expression");
        return true;
    }
    return false;
}

// SPDX-License-Identifier: MIT
#include "aws/cloudfront/distribution_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/arena.h"

#include <string.h>

enum { MAX_ID = 128 };

static const struct bound_origin *bound_as(
    const struct cloudfront_distribution_state *state, const struct cloudfront_origin *origin)
{
    for (size_t i = 0; i < state->bound_count; i++) {
        if (state->bound[i].origin == origin)
            return &state->bound[i];
    }
    return NULL;
}

// The end of the path: that is what differs.
static const char *id_from_path(const struct construct *construct)
{
    const char *id = names_unique_id(construct);
    size_t length = strlen(id);
    return length > MAX_ID ? id + length - MAX_ID : id;
}

static struct construct *numbered(struct construct *scope, const char *name, size_t index)
{
    return construct_new(
        scope, arena_printf(construct_arena(scope), "%s%zu", name, index), "constructs.Construct");
}

static void check_id(const struct cloudfront_distribution_state *state, const char *id)
{
    for (size_t i = 0; i < state->bound_count; i++) {
        if (strcmp(state->bound[i].id, id) == 0)
            diag_error(state->node, "there is already an origin with the id '%s' in this distribution", id);
    }
}

static struct value *id_of(void *data)
{
    const struct cloudfront_distribution *const *distribution = data;
    return (*distribution)->distribution_id;
}

// The distribution's id, before there is a resource. One for each origin, as in the CDK: that keeps the
// statements of two origins in the policy of one bucket apart.
static struct value *late_distribution_id(const struct cloudfront_distribution *distribution)
{
    const struct cloudfront_distribution **data = arena_alloc(value_arena(), sizeof(void *));
    *data = distribution;
    return lazy(id_of, data);
}

static struct bound_origin *bind_origin(struct cloudfront_distribution_state *state,
    const struct cloudfront_origin *key, struct cloudfront_origin *origin, struct construct *scope)
{
    const char *id = origin->origin_id ? origin->origin_id : id_from_path(scope);
    check_id(state, id);
    if (!state->has_root_object && origin_has_access_level(origin, CLOUDFRONT_ACCESS_LIST))
        diag_warning(
            scope, "list access lets viewers list the bucket: give the distribution a default_root_object");
    struct value *distribution_id = late_distribution_id(state->distribution);
    array_append(state->origins, origin_bind(origin, id, scope, distribution_id));
    state->bound = arena_grow(
        value_arena(), state->bound, state->bound_count, &state->bound_capacity, sizeof(*state->bound));
    state->bound[state->bound_count] = (struct bound_origin){ .origin = key, .id = id };
    return &state->bound[state->bound_count++];
}

static struct value *member(const char *id)
{
    return object((struct field[]){ { "OriginId", string(id) }, END });
}

// {"Items": [...], "Quantity": n}
static struct value *counted(struct value *items)
{
    return object((struct field[]){
        { "Items", items },
        { "Quantity", number((double)value_length(items)) },
        END,
    });
}

static struct value *group_properties(const struct origin_fallback *group, const char *group_id,
    const char *primary_id, const char *fallback_id)
{
    struct value *criteria = object((struct field[]){ { "StatusCodes", counted(group->status_codes) }, END });
    struct value *members = array_of((struct value *[]){ member(primary_id), member(fallback_id), NULL });
    return object((struct field[]){
        { "FailoverCriteria", criteria },
        { "Id", string(group_id) },
        { "Members", counted(members) },
        { "SelectionCriteria", group->selection_criteria },
        END,
    });
}

static bool is_usable(const struct origin_fallback *group)
{
    return group->primary && !group->primary->group && group->fallback && !group->fallback->group;
}

static const char *add_group(
    struct cloudfront_distribution_state *state, struct cloudfront_origin *origin, struct construct *scope)
{
    const struct origin_fallback *group = origin->group;
    findings_report(&origin->findings, scope);
    if (!is_usable(group))
        return "";
    struct bound_origin *bound = bind_origin(state, origin, group->primary, scope);
    const char *primary_id = bound->id;
    const char *group_id =
        id_from_path(numbered(state->node, "OriginGroup", value_length(state->origin_groups) + 1));
    bound->group_id = group_id;
    const char *fallback_id = distribution_add_origin(state, group->fallback);
    array_append(state->origin_groups, group_properties(group, group_id, primary_id, fallback_id));
    return group_id;
}

const char *distribution_add_origin(
    struct cloudfront_distribution_state *state, struct cloudfront_origin *origin)
{
    if (!origin) {
        diag_error(state->node, "a behavior needs an origin");
        return "";
    }
    const struct bound_origin *bound = bound_as(state, origin);
    if (bound)
        return bound->group_id ? bound->group_id : bound->id;
    struct construct *scope = numbered(state->node, "Origin", state->bound_count + 1);
    return origin->group ? add_group(state, origin, scope) : bind_origin(state, origin, origin, scope)->id;
}

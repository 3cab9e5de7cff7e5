// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"

struct rds_parameter_group_state {
    struct value *imported_name; // NULL when it is made here
    const char *family;
    const char *description;
    struct value *name;
    struct value *parameters;
    enum removal_policy removal_policy;
    struct resource *for_cluster, *for_instance; // NULL until one uses it
};

static struct rds_parameter_group *allocate(struct construct *scope, const char *id, const char *type)
{
    struct arena *arena = construct_arena(scope);
    struct rds_parameter_group *group = arena_alloc(arena, sizeof(*group));

    group->node = construct_new(scope, id, type);
    group->state = arena_alloc(arena, sizeof(*group->state));
    return group;
}

struct rds_parameter_group *rds_parameter_group_new(
    struct construct *scope, const char *id, const struct rds_parameter_group_props *props)
{
    struct rds_parameter_group *group = allocate(scope, id, "rds.ParameterGroup");
    struct rds_parameter_group_state *state = group->state;

    if (props->engine.family)
        state->family = engine_parameter_group_family(&props->engine);
    if (!state->family)
        diag_error(group->node, "a parameter group needs an engine with a version");
    if (props->description)
        state->description = arena_strdup(construct_arena(scope), props->description);
    state->name = props->name;
    state->parameters = object(props->parameters ? props->parameters : (struct field[]){ END });
    state->removal_policy = props->removal_policy;
    return group;
}

struct rds_parameter_group *rds_parameter_group_from_name(
    struct construct *scope, const char *id, struct value *name)
{
    struct rds_parameter_group *group = allocate(scope, id, "Resource");

    group->state->imported_name = name;
    return group;
}

bool rds_parameter_group_add_parameter(
    struct rds_parameter_group *group, const char *name, struct value *value)
{
    if (group->state->imported_name)
        return false;
    object_set(group->state->parameters, name, value);
    return true;
}

// Parameters may still be added until synthesis.
static struct value *parameters(void *data)
{
    const struct rds_parameter_group_state *state = data;

    return state->parameters;
}

struct kind {
    const char *type;
    const char *second_id; // of the resource when the group has one of the other kind already
    const char *name_key;
    const char *default_description; // before the family
};
static const struct kind for_cluster = {
    "AWS::RDS::DBClusterParameterGroup",
    "ClusterParameterGroup",
    "DBClusterParameterGroupName",
    "Cluster parameter group for",
};
static const struct kind for_instance = {
    "AWS::RDS::DBParameterGroup",
    "InstanceParameterGroup",
    "DBParameterGroupName",
    "Parameter group for",
};

static struct value *use(struct rds_parameter_group *group, const struct kind *kind, struct resource **own,
    const struct resource *other)
{
    struct rds_parameter_group_state *state = group->state;

    if (state->imported_name)
        return state->imported_name;
    if (!*own) {
        struct value *description = state->description
            ? string(state->description)
            : concatf("%s %s", kind->default_description, state->family);

        *own = resource_new(group->node, other ? kind->second_id : "Resource", kind->type,
            object((struct field[]){
                { kind->name_key, state->name },
                { "Description", description },
                { "Family", string(state->family) },
                { "Parameters", lazy(parameters, state) },
                END,
            }));
        resource_apply_removal_policy(*own, state->removal_policy);
    }
    return ref(*own);
}

struct value *parameter_group_for_cluster(struct rds_parameter_group *group)
{
    return use(group, &for_cluster, &group->state->for_cluster, group->state->for_instance);
}

struct value *parameter_group_for_instance(struct rds_parameter_group *group)
{
    return use(group, &for_instance, &group->state->for_instance, group->state->for_cluster);
}

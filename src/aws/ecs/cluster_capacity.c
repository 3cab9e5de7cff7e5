// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/aspect.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

struct value *ecs_capacity_provider_strategy_value(const struct ecs_capacity_provider_strategy *at)
{
    struct value *list = array();

    for (; at->capacity_provider; at++)
        array_append(list,
            object((struct field[]){
                { "Base", count_value(at->base) },
                { "CapacityProvider", string(at->capacity_provider) },
                { "Weight", count_value(at->weight) },
                END,
            }));
    return list;
}

static bool has_provider(const struct ecs_cluster *cluster, const char *name)
{
    const struct value *providers = cluster->state->capacity_providers;

    for (size_t i = 0; i < value_length(providers); i++)
        if (strcmp(value_string(array_at(providers, i)), name) == 0)
            return true;
    return false;
}

void ecs_cluster_add_default_capacity_provider_strategy(
    struct ecs_cluster *cluster, const struct ecs_capacity_provider_strategy *strategy)
{
    int bases = 0;

    if (value_length(cluster->state->default_strategy))
        diag_error(cluster->node, "the cluster has a default capacity provider strategy already");
    for (const struct ecs_capacity_provider_strategy *at = strategy; at->capacity_provider; at++) {
        if (!has_provider(cluster, at->capacity_provider))
            diag_error(cluster->node,
                "the cluster does not have capacity provider '%s'; set 'enable_fargate_capacity_providers'",
                at->capacity_provider);
        bases += count_or(at->base, 0) != 0;
    }
    if (bases > 1)
        diag_error(cluster->node, "only one capacity provider of a strategy can have a base");
    cluster->state->default_strategy = ecs_capacity_provider_strategy_value(strategy);
}

static void associate(struct construct *visited, void *data)
{
    const struct ecs_cluster *cluster = data;
    struct ecs_cluster_state *state = cluster->state;

    if (visited != cluster->node)
        return;
    if (value_length(state->capacity_providers) == 0 && value_length(state->default_strategy) == 0)
        return;
    resource_new(cluster->node, state->id, "AWS::ECS::ClusterCapacityProviderAssociations",
        object((struct field[]){
            { "CapacityProviders", state->capacity_providers },
            { "Cluster", cluster->cluster_name },
            { "DefaultCapacityProviderStrategy", state->default_strategy },
            END,
        }));
}

void ecs_cluster_watch_capacity_providers(struct ecs_cluster *cluster)
{
    bool is_mutating = construct_context_flag(cluster->node, "@aws-cdk/core:aspectPrioritiesMutating");

    aspect_add(cluster->node, associate, cluster, is_mutating ? ASPECT_MUTATING : ASPECT_DEFAULT);
}

// SPDX-License-Identifier: MIT
#include "diagram/structure.h"

#include "data/value.h"

#include <string.h>

// Which nodes a resource is part of: a breadth-first search from it, by the role of each kind, until nodes.

enum { OWNERS_LIMIT = 20 }; // of something that is part of others

struct owner_search {
    struct structure *structure;
    struct index_list queue;
};

static void visit(struct owner_search *search, size_t index)
{
    struct diagram_resource *resource = &search->structure->resources[index];

    if (resource->visited == search->structure->visit)
        return;
    resource->visited = search->structure->visit;
    index_list_add(&search->queue, index);
}

static bool is_node(const struct structure *structure, const struct diagram_resource *resource)
{
    if (structure->level == DIAGRAM_RESOURCES)
        return true;
    return resource->is_alone || (resource->kind->role == KIND_NODE && !resource->folded);
}

// What a part belongs to. Where it names several things, those that are nodes: a scalable target names the
// cluster beside its service.
static void visit_owner(struct owner_search *search, const struct diagram_resource *resource)
{
    struct structure *structure = search->structure;
    const struct value *property = value_at(resource->properties, resource->kind->owner);
    struct index_list owners = resources_in(structure, resource->stack, property);
    bool has_node = false;

    for (size_t i = 0; i < owners.count; i++)
        has_node |= is_node(structure, &structure->resources[owners.items[i]]);
    for (size_t i = 0; i < owners.count; i++)
        if (!has_node || is_node(structure, &structure->resources[owners.items[i]]))
            visit(search, owners.items[i]);
}

static void visit_users(struct owner_search *search, const struct diagram_resource *resource)
{
    const struct structure *structure = search->structure;

    for (size_t i = 0; i < resource->users.count; i++)
        if (!structure->resources[resource->users.items[i]].kind->is_silent)
            visit(search, resource->users.items[i]);
}

static void expand(struct owner_search *search, const struct diagram_resource *resource)
{
    if (resource->folded)
        visit(search, (size_t)(resource->folded - search->structure->resources));
    else if (resource->kind->role == KIND_PART)
        visit_owner(search, resource);
    else if (resource->kind->role == KIND_USED)
        visit_users(search, resource);
}

static void find_owners(struct structure *structure, size_t index)
{
    struct diagram_resource *start = &structure->resources[index];
    struct owner_search search = { .structure = structure };

    structure->visit++;
    visit(&search, index);
    for (size_t i = 0; i < search.queue.count; i++) {
        const struct diagram_resource *resource = &structure->resources[search.queue.items[i]];

        if (is_node(structure, resource))
            index_list_add(&start->owners, search.queue.items[i]);
        else
            expand(&search, resource);
    }
}

static bool is_used(const struct structure *structure, const struct diagram_resource *resource)
{
    for (size_t i = 0; i < resource->users.count; i++)
        if (!structure->resources[resource->users.items[i]].kind->is_silent)
            return true;
    return false;
}

// Roles of the CDK's own functions, or of an account's settings.
static bool serves_hidden(const struct structure *structure, const struct diagram_resource *resource)
{
    for (size_t i = 0; i < resource->users.count; i++)
        if (structure->resources[resource->users.items[i]].kind->role == KIND_HIDDEN)
            return true;
    return false;
}

static void find_missing_owners(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++)
        if (!structure->resources[i].owners.count)
            find_owners(structure, i);
}

// What nobody owns is a node itself, unless it means nothing alone; first what nothing uses, since the rest
// may be part of that.
static void stand_alone(struct structure *structure, bool even_used)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        struct diagram_resource *resource = &structure->resources[i];

        if (resource->owners.count || resource->kind->role == KIND_HIDDEN || resource->kind->is_aside ||
            (resource->kind->role == KIND_USED && serves_hidden(structure, resource)))
            continue;
        resource->is_alone = even_used || resource->kind->role == KIND_PART || !is_used(structure, resource);
    }
    find_missing_owners(structure);
}

// A secret that is attached to a database is part of it.
static void fold_secrets(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        const struct diagram_resource *resource = &structure->resources[i];
        struct index_list secrets;

        if (strcmp(resource->type, "AWS::SecretsManager::SecretTargetAttachment") != 0)
            continue;
        secrets = resources_in(structure, resource->stack, object_get(resource->properties, "SecretId"));
        for (size_t j = 0; j < secrets.count; j++)
            if (secrets.items[j] != i)
                structure->resources[secrets.items[j]].folded = resource;
    }
}

// The functions behind custom resources are the CDK's, and no architecture.
static void hide_providers(struct structure *structure)
{
    static const struct resource_kind hidden = { .role = KIND_HIDDEN, .is_silent = true };

    for (size_t i = 0; i < structure->resource_count; i++) {
        const struct diagram_resource *resource = &structure->resources[i];
        struct index_list providers =
            resources_in(structure, resource->stack, object_get(resource->properties, "ServiceToken"));

        for (size_t j = 0; j < providers.count; j++)
            structure->resources[providers.items[j]].kind = &hidden;
    }
}

// What very many share is a node itself: else each of them would be connected to each.
static void show_shared(struct structure *structure)
{
    bool is_any = false;

    for (size_t i = 0; i < structure->resource_count; i++) {
        struct diagram_resource *resource = &structure->resources[i];

        if (resource->kind->role != KIND_USED || resource->owners.count <= OWNERS_LIMIT)
            continue;
        resource->is_alone = true;
        is_any = true;
    }
    for (size_t i = 0; i < structure->resource_count && is_any; i++)
        structure->resources[i].owners.count = 0;
    find_missing_owners(structure);
}

void structure_find_owners(struct structure *structure)
{
    if (structure->level != DIAGRAM_RESOURCES) {
        fold_secrets(structure);
        hide_providers(structure);
    }
    find_missing_owners(structure);
    stand_alone(structure, false);
    stand_alone(structure, true);
    show_shared(structure);
}

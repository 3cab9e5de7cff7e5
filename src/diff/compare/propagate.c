// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "diff/compare/intrinsic.h"
#include "util/map.h"

#include <string.h>

// One property of one resource that refers to another resource.
struct use {
    struct use *next; // another one of the same resource
    struct diff_resource *user;
    const char *property;
};

struct propagation {
    const struct diff_schema *schema;
    struct map uses;                 // from a resource's id to its first use
    struct diff_resource **replaced; // a queue, each resource once
    size_t head, tail;
    // The property that is being searched:
    struct diff_resource *user;
    const char *property;
};

static void found(void *data, const char *id)
{
    struct propagation *propagation = data;
    struct use *use = arena_alloc(value_arena(), sizeof(*use));

    use->user = propagation->user;
    use->property = propagation->property;
    use->next = map_get(&propagation->uses, id);
    map_set(&propagation->uses, id, use);
}

// A resource that is added, or that changes its type, is made anew anyway.
static bool can_follow(const struct diff_resource *resource)
{
    return resource->kind == DIFF_CHANGED && resource->type && resource->old_type &&
        strcmp(resource->type, resource->old_type) == 0;
}

static void search(struct propagation *propagation, struct diff_resource *resource)
{
    const struct value *properties = object_get(resource->after, "Properties");

    if (!can_follow(resource) || value_type(properties) != VALUE_OBJECT)
        return;
    for (size_t i = 0; i < value_length(properties); i++) {
        propagation->user = resource;
        propagation->property = object_at(properties, i)->key;
        diff_each_reference(object_at(properties, i)->value, found, propagation);
    }
}

static struct diff_change *find_change(struct diff_resource *resource, const char *property)
{
    for (size_t i = 0; i < resource->changes.count; i++) {
        struct diff_change *change = &resource->changes.items[i];

        if (!change->is_attribute && strcmp(change->name, property) == 0)
            return change;
    }
    return NULL;
}

static void add_change(struct propagation *propagation, const struct use *use, const char *because)
{
    struct diff_resource *user = use->user;
    const struct value *value = object_get(object_get(user->after, "Properties"), use->property);

    user->is_consequence = user->is_consequence || !user->changes.count;
    diff_changes_add(&user->changes,
        (struct diff_change){
            .name = use->property,
            .kind = DIFF_CHANGED,
            .before = value,
            .after = value,
            .impact = diff_property_impact(propagation->schema, user->type, use->property),
            .because = because,
        });
}

static void enqueue(struct propagation *propagation, struct diff_resource *resource)
{
    propagation->replaced[propagation->tail++] = resource;
}

static void follow(struct propagation *propagation, const struct use *use, const char *because)
{
    struct diff_change *change = find_change(use->user, use->property);
    enum diff_impact before = use->user->impact;

    if (change && !change->because)
        change->because = because;
    else if (!change)
        add_change(propagation, use, because);
    use->user->impact = diff_resource_impact(use->user);
    if (before != DIFF_REPLACE && use->user->impact == DIFF_REPLACE)
        enqueue(propagation, use->user);
}

void diff_propagate(struct diff_resource *resources, size_t count, const struct diff_schema *schema)
{
    struct propagation propagation = { .schema = schema };

    propagation.replaced = arena_alloc(value_arena(), (count + 1) * sizeof(struct diff_resource *));
    for (size_t i = 0; i < count; i++)
        if (resources[i].impact == DIFF_REPLACE)
            enqueue(&propagation, &resources[i]);
    if (!propagation.tail)
        return;
    map_init(&propagation.uses, value_arena());
    for (size_t i = 0; i < count; i++)
        search(&propagation, &resources[i]);
    while (propagation.head < propagation.tail) {
        const char *id = propagation.replaced[propagation.head++]->id;

        for (const struct use *use = map_get(&propagation.uses, id); use; use = use->next)
            follow(&propagation, use, id);
    }
}

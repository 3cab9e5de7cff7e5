// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "template/references.h"
#include "util/map.h"

#include <stdint.h>
#include <string.h>

// One property of one resource that refers to another resource.
struct use {
    struct use *next; // another one of the same resource
    struct diff_resource *user;
    const char *property;
};

struct propagation {
    struct diff_resource *resources;
    struct map indexes;              // of resources by their ids, plus one
    struct map uses;                 // from a resource's id to its first use
    struct diff_resource **replaced; // a queue, each resource once
    size_t head, tail;
    bool *is_cause; // by index: others have been followed from here
    // The search for circles:
    size_t searches;
    size_t *searched; // by index: the last search that came by
    size_t *to_visit;
    size_t to_visit_count;
    // The property that is being searched:
    struct diff_resource *user;
    const char *property;
};

static void found(void *data, const struct template_reference *reference)
{
    struct propagation *propagation = data;
    struct use *use;

    if (!reference->id)
        return;
    use = arena_alloc(value_arena(), sizeof(*use));
    use->user = propagation->user;
    use->property = propagation->property;
    use->next = map_get(&propagation->uses, reference->id);
    map_set(&propagation->uses, reference->id, use);
}

// A resource that is added, or that changes its type, is created anyway.
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
        template_each_reference(object_at(properties, i)->value, found, propagation);
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

static void visit(struct propagation *propagation, size_t index)
{
    if (propagation->searched[index] == propagation->searches)
        return;
    propagation->searched[index] = propagation->searches;
    propagation->to_visit[propagation->to_visit_count++] = index;
}

// Whether `cause` is replaced because of `resource`, however many others are in between. A macro such as
// SAM's takes circles of references apart; reasons would still run in them.
static bool is_because_of(
    struct propagation *propagation, const struct diff_resource *cause, const struct diff_resource *resource)
{
    propagation->searches++;
    propagation->to_visit_count = 0;
    visit(propagation, (size_t)(cause - propagation->resources));
    while (propagation->to_visit_count) {
        const struct diff_resource *next =
            &propagation->resources[propagation->to_visit[--propagation->to_visit_count]];

        if (next == resource)
            return true;
        for (size_t i = 0; i < next->changes.count; i++)
            if (next->changes.items[i].because)
                visit(propagation,
                    (uintptr_t)map_get(&propagation->indexes, next->changes.items[i].because) - 1);
    }
    return false;
}

static void add_change(struct diff_resource *user, const char *property, const char *because)
{
    const struct value *value = object_get(object_get(user->after, "Properties"), property);

    user->is_consequence = user->is_consequence || !user->changes.count;
    diff_changes_add(&user->changes,
        (struct diff_change){
            .name = property,
            .kind = DIFF_CHANGED,
            .before = value,
            .after = value,
            .impact = diff_property_impact(user->type, property),
            .because = because,
        });
}

static void enqueue(struct propagation *propagation, struct diff_resource *resource)
{
    propagation->replaced[propagation->tail++] = resource;
}

// A property that changed by itself, or that follows another resource already, needs no reason.
static void follow(struct propagation *propagation, const struct use *use, const struct diff_resource *cause)
{
    enum diff_impact before = use->user->impact;

    if (find_change(use->user, use->property))
        return;
    if (propagation->is_cause[use->user - propagation->resources] &&
        is_because_of(propagation, cause, use->user))
        return;
    add_change(use->user, use->property, cause->id);
    use->user->impact = diff_resource_impact(use->user);
    if (before != DIFF_REPLACE && use->user->impact == DIFF_REPLACE)
        enqueue(propagation, use->user);
}

static void prepare(struct propagation *propagation, size_t count)
{
    propagation->is_cause = arena_alloc(value_arena(), count * sizeof(*propagation->is_cause));
    propagation->searched = arena_alloc(value_arena(), count * sizeof(*propagation->searched));
    propagation->to_visit = arena_alloc(value_arena(), count * sizeof(*propagation->to_visit));
    map_init(&propagation->uses, value_arena());
    map_init(&propagation->indexes, value_arena());
    for (size_t i = 0; i < count; i++) {
        map_set(&propagation->indexes, propagation->resources[i].id, (void *)(i + 1));
        search(propagation, &propagation->resources[i]);
    }
}

void diff_propagate(struct diff_resource *resources, size_t count)
{
    struct propagation propagation = { .resources = resources };

    propagation.replaced = arena_alloc(value_arena(), (count + 1) * sizeof(struct diff_resource *));
    for (size_t i = 0; i < count; i++)
        if (resources[i].impact == DIFF_REPLACE)
            enqueue(&propagation, &resources[i]);
    if (!propagation.tail)
        return;
    prepare(&propagation, count);
    while (propagation.head < propagation.tail) {
        const struct diff_resource *cause = propagation.replaced[propagation.head++];

        propagation.is_cause[cause - resources] = true;
        for (const struct use *use = map_get(&propagation.uses, cause->id); use; use = use->next)
            follow(&propagation, use, cause);
    }
}

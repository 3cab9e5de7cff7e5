// SPDX-License-Identifier: MIT
#include "diagram/edges.h"
#include "diagram/structure.h"

#include <string.h>

// References that are left when traffic and events are known, and that say something: not that everything is
// in the VPC, nor that a dashboard shows everything.

static bool is_policy(const struct diagram_resource *resource)
{
    return strcmp(resource->type, "AWS::IAM::Policy") == 0 ||
        strcmp(resource->type, "AWS::IAM::RolePolicy") == 0 ||
        strcmp(resource->type, "AWS::IAM::ManagedPolicy") == 0;
}

static bool are_connected(const struct diagram *diagram, size_t from, size_t to)
{
    struct diagram_end a = diagram_node_end(from), b = diagram_node_end(to);

    for (enum diagram_relation relation = DIAGRAM_TRAFFIC; relation <= DIAGRAM_EVENT; relation++)
        if (diagram_find_edge(diagram, a, b, relation) ||
            (diagram->level != DIAGRAM_RESOURCES && diagram_find_edge(diagram, b, a, relation)))
            return true;
    return false;
}

// Whether traffic goes from one to the other, at most through one between them, such as a proxy: who talks to
// a database also reads its secret.
static bool is_reached(const struct diagram *diagram, size_t from, size_t to)
{
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];

        if (edge->relation == DIAGRAM_TRAFFIC && edge->from.index == from &&
            diagram_find_edge(diagram, edge->to, diagram_node_end(to), DIAGRAM_TRAFFIC))
            return true;
    }
    return false;
}

// From its stack where it is in the VPC of another one, and from stack to stack where it watches something.
static void connect_owners(struct structure *structure, const struct diagram_resource *from,
    const struct diagram_resource *to, enum diagram_relation relation)
{
    struct diagram *diagram = structure->diagram;
    struct diagram_end source = diagram_node_end(from->node), target = diagram_node_end(to->node);
    bool is_plain = structure->level == DIAGRAM_RESOURCES;

    if (!is_plain && to->kind->surrounds && from->stack == to->stack)
        return;
    if (!is_plain && from->kind->group == DIAGRAM_MANAGEMENT && from->stack != to->stack) {
        source = diagram_stack_end(from->stack);
        target = diagram_stack_end(to->stack);
    } else if (!is_plain && to->kind->surrounds)
        source = diagram_stack_end(from->stack);
    else if (are_connected(diagram, from->node, to->node) ||
        (!is_plain && is_reached(diagram, from->node, to->node)))
        return;
    if (relation == DIAGRAM_REFERENCE && diagram_find_edge(diagram, source, target, DIAGRAM_ACCESS))
        return;
    diagram_connect(diagram, source, target, relation, "");
}

static void connect_targets(
    struct structure *structure, const struct diagram_resource *resource, enum diagram_relation relation)
{
    for (size_t i = 0; i < resource->targets.count; i++) {
        const struct diagram_resource *target = &structure->resources[resource->targets.items[i]];

        if (structure->level != DIAGRAM_RESOURCES && target->kind->role == KIND_USED && !target->is_alone)
            continue;
        for (size_t from = 0; from < resource->owners.count; from++)
            for (size_t to = 0; to < target->owners.count; to++)
                connect_owners(structure, &structure->resources[resource->owners.items[from]],
                    &structure->resources[target->owners.items[to]], relation);
    }
}

void find_references(struct structure *structure)
{
    for (enum diagram_relation relation = DIAGRAM_ACCESS; relation <= DIAGRAM_REFERENCE; relation++)
        for (size_t i = 0; i < structure->resource_count; i++) {
            const struct diagram_resource *resource = &structure->resources[i];
            bool is_silent = structure->level != DIAGRAM_RESOURCES && resource->kind->is_silent;

            if (!is_silent && is_policy(resource) == (relation == DIAGRAM_ACCESS))
                connect_targets(structure, resource, relation);
        }
}

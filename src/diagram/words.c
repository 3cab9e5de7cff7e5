// SPDX-License-Identifier: MIT
#include "diagram/diagram.h"

#include "data/value.h"

const char *diagram_relation_name(enum diagram_relation relation)
{
    static const char *const names[] = {
        [DIAGRAM_TRAFFIC] = "traffic",
        [DIAGRAM_EVENT] = "event",
        [DIAGRAM_ACCESS] = "access",
        [DIAGRAM_REFERENCE] = "reference",
    };

    return names[relation];
}

const char *diagram_change_name(enum diagram_change change)
{
    static const char *const names[] = {
        [DIAGRAM_SAME] = "same",
        [DIAGRAM_CHANGED] = "changed",
        [DIAGRAM_REPLACED] = "replaced",
        [DIAGRAM_ADDED] = "added",
        [DIAGRAM_REMOVED] = "removed",
    };

    return names[change];
}

const char *diagram_group_name(enum diagram_group group)
{
    static const char *const names[] = {
        [DIAGRAM_OTHER] = "other",
        [DIAGRAM_COMPUTE] = "compute",
        [DIAGRAM_STORAGE] = "storage",
        [DIAGRAM_DATABASE] = "database",
        [DIAGRAM_NETWORK] = "network",
        [DIAGRAM_INTEGRATION] = "integration",
        [DIAGRAM_SECURITY] = "security",
        [DIAGRAM_MANAGEMENT] = "management",
        [DIAGRAM_OUTSIDE] = "outside",
    };

    return names[group];
}

const char *diagram_group_color(enum diagram_group group)
{
    static const char *const colors[] = {
        [DIAGRAM_OTHER] = "#8c959f",
        [DIAGRAM_COMPUTE] = "#ed7100",
        [DIAGRAM_STORAGE] = "#7aa116",
        [DIAGRAM_DATABASE] = "#c925d1",
        [DIAGRAM_NETWORK] = "#8c4fff",
        [DIAGRAM_INTEGRATION] = "#e7157b",
        [DIAGRAM_SECURITY] = "#dd344c",
        [DIAGRAM_MANAGEMENT] = "#0d99a8",
        [DIAGRAM_OUTSIDE] = "#57606a",
    };

    return colors[group];
}

const char *diagram_end_title(const struct diagram *diagram, const struct diagram_end *end)
{
    const struct diagram_node *node = &diagram->nodes[end->is_stack ? 0 : end->index];

    if (end->is_stack)
        return diagram->stacks[end->index];
    if (node->stack == DIAGRAM_NO_STACK)
        return node->name;
    return arena_printf(value_arena(), "%s: %s", diagram->stacks[node->stack], node->name);
}

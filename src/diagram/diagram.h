// SPDX-License-Identifier: MIT
#ifndef DIAGRAM_DIAGRAM_H
#define DIAGRAM_DIAGRAM_H

// The architecture that templates describe, as a graph: what runs, stores and routes as nodes, what it takes
// for that (roles, policies, log groups, subnets...) folded into them, and edges for traffic, events, access
// and references. No I/O. Everything lives in the current value arena. Names may be anything that a template
// can hold, but what does not show itself is spelt out in them, and they are not longer than a picture bears.

#include "util/map.h"

#include <stdbool.h>
#include <stddef.h>

struct value;

enum diagram_level {
    DIAGRAM_STACKS,     // one node a stack
    DIAGRAM_CONSTRUCTS, // one node for what an architect would draw
    DIAGRAM_RESOURCES,  // one node a resource
};

enum diagram_relation {
    DIAGRAM_TRAFFIC, // security groups allow it, a listener forwards it, it is an origin
    DIAGRAM_EVENT,   // notifications, rules and their targets, subscriptions, dead letters, actions of alarms
    DIAGRAM_ACCESS,  // an IAM policy names the other one
    DIAGRAM_REFERENCE, // Ref, Fn::GetAtt, Fn::Sub, imports
    DIAGRAM_RELATIONS,
};

enum diagram_change {
    DIAGRAM_SAME,
    DIAGRAM_CHANGED,
    DIAGRAM_REPLACED,
    DIAGRAM_ADDED,
    DIAGRAM_REMOVED,
    DIAGRAM_CHANGES,
};

// What color a node has: the categories of AWS's own architecture icons.
enum diagram_group {
    DIAGRAM_OTHER,
    DIAGRAM_COMPUTE,
    DIAGRAM_STORAGE,
    DIAGRAM_DATABASE,
    DIAGRAM_NETWORK,
    DIAGRAM_INTEGRATION,
    DIAGRAM_SECURITY,
    DIAGRAM_MANAGEMENT,
    DIAGRAM_OUTSIDE, // no resource: the Internet, an address range
    DIAGRAM_GROUPS,
};

#define DIAGRAM_NO_STACK ((size_t)-1)

struct diagram_node {
    const char *key;  // the stack and the logical id: unique, and the same before and after a change
    const char *name; // as short as it can be told from others in its stack
    const char *type; // for people: "ECS Fargate service"
    const char *path; // of the construct, or the logical id
    enum diagram_group group;
    size_t stack; // DIAGRAM_NO_STACK: outside
    enum diagram_change change;
};

// An end is a node, or a stack as a whole.
struct diagram_end {
    bool is_stack;
    size_t index;
};

struct diagram_edge {
    struct diagram_end from, to;
    enum diagram_relation relation;
    const char *label; // ports, kinds of events, ...; "": none
    enum diagram_change change;
};

struct diagram {
    enum diagram_level level;
    bool shows_changes;
    const char **stacks; // their names
    size_t stack_count;
    struct diagram_node *nodes;
    size_t node_count, node_capacity;
    struct diagram_edge *edges;
    size_t edge_count, edge_capacity;
    struct map places; // of edges, for those who add some
};

struct diagram_template {
    const char *name;             // of the stack; "Outer/LogicalId" of a nested one
    const struct value *template; // NULL: there is none
    const struct value *paths;    // construct paths by logical id beside the template's own; may be NULL
    const struct map *changes;    // from logical ids to diagram_change_mark(); NULL: nothing changes
};

// What a map of changes holds for a change.
void *diagram_change_mark(enum diagram_change change);

void diagram_build(const struct diagram_template *templates, size_t count, enum diagram_level level,
    struct diagram *ret_diagram);

// Both in one: what is only before is removed, an edge that is only after is added.
void diagram_merge(const struct diagram *before, const struct diagram *after, struct diagram *ret_diagram);
// What changes and what is next to it.
void diagram_keep_changes(struct diagram *diagram);

// Words.
const char *diagram_relation_name(enum diagram_relation relation); // "traffic"
const char *diagram_change_name(enum diagram_change change);       // "added"
const char *diagram_group_name(enum diagram_group group);          // "compute"
const char *diagram_group_color(enum diagram_group group);         // "#ed7100", in the light
// Of an end, with its stack: "TangoApp: Service"; for tables.
const char *diagram_end_title(const struct diagram *diagram, const struct diagram_end *end);

#endif

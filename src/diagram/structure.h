// SPDX-License-Identifier: MIT
#ifndef DIAGRAM_STRUCTURE_H
#define DIAGRAM_STRUCTURE_H

// The resources of templates while a diagram is made of them: what each refers to, across stacks and nested
// stacks, and which nodes it is part of.
//
// A path leads to a value in properties: "VpcConfig.SubnetIds", and with "[]" to each item of a list:
// "Targets[].Arn". An empty one is the resource itself.

#include "diagram/diagram.h"
#include "diagram/resource_kind.h"
#include "util/map.h"

struct value;

// Indexes, of resources or of nodes.
struct index_list {
    size_t *items;
    size_t count, capacity;
};

struct diagram_resource {
    size_t stack;
    const char *id;
    const char *type;
    const struct value *properties;
    const struct resource_kind *kind;
    const char *path;          // NULL: not known
    struct index_list targets; // what it refers to
    struct index_list users;   // what refers to it
    struct index_list owners;  // the nodes, as resources, that it is part of; itself where it is one
    const struct diagram_resource *folded; // into what, beside the rules of its kind
    bool is_alone;                         // a node because it is part of none
    size_t node;                           // its own, or that of all of its kind; valid where it owns itself
    bool is_gathered;                      // the latter
    enum diagram_change change;
    size_t visited;
};

struct stack_structure {
    const struct diagram_template *given;
    struct map resources;                 // by logical id: index + 1
    const struct diagram_resource *outer; // the resource that a nested stack is; NULL: not nested
};

struct structure {
    enum diagram_level level;
    struct stack_structure *stacks;
    size_t stack_count;
    struct diagram_resource *resources;
    size_t resource_count, resource_capacity;
    struct map exports; // by name: struct export_value
    size_t visit;
    struct diagram *diagram;
};

void structure_read(struct structure *structure, const struct diagram_template *templates, size_t count);
void structure_find_owners(struct structure *structure);

bool index_list_add(struct index_list *list, size_t index); // false: it has it already

// Calls `found` with each resource that a value of a stack refers to.
typedef void resource_found(void *data, struct diagram_resource *resource);
void each_resource_in(const struct structure *structure, size_t stack, const struct value *value,
    resource_found *found, void *data);
// The same as a list.
struct index_list resources_in(const struct structure *structure, size_t stack, const struct value *value);

// Calls `found` with each value at a path, and with the object that it is in.
typedef void value_found(void *data, const struct value *value, const struct value *parent);
void each_value_at(const struct value *properties, const char *path, value_found *found, void *data);
// Where there are no lists on the way.
const struct value *value_at(const struct value *properties, const char *path);

// Edges between all nodes that two resources are part of. Equal ones become one, with both labels.
void connect_resources(struct structure *structure, const struct diagram_resource *from,
    const struct diagram_resource *to, enum diagram_relation relation, const char *label);
// From something outside, which gets a node where it has none yet.
void connect_outside(struct structure *structure, const char *name, const char *type,
    const struct diagram_resource *resource, bool is_source, enum diagram_relation relation,
    const char *label);
// Each adds edges of its own.
void find_traffic(struct structure *structure);     // security groups, load balancers
void find_connections(struct structure *structure); // events, APIs, origins, what is open to the Internet
void find_references(struct structure *structure);  // what is left: access and references

// What a resource is called in full: its path, or its logical id without the hash.
const char *resource_title(const struct diagram_resource *resource);
// Names of nodes that have none: the last parts of their paths, as many as tell them from others.
void name_nodes(struct diagram *diagram);

#endif

// SPDX-License-Identifier: MIT
#ifndef DIAGRAM_EDGES_H
#define DIAGRAM_EDGES_H

// Edges of a diagram that is being made.

#include "diagram/diagram.h"

void diagram_init(struct diagram *diagram, enum diagram_level level);
// Each stack becomes one node.
void diagram_contract(struct diagram *diagram, const struct diagram_template *templates);

// NULL: there is none.
struct diagram_edge *diagram_find_edge(const struct diagram *diagram, struct diagram_end from,
    struct diagram_end to, enum diagram_relation relation);
// Adds an edge, or the label to the one that is there; NULL where both ends are the same.
struct diagram_edge *diagram_connect(struct diagram *diagram, struct diagram_end from, struct diagram_end to,
    enum diagram_relation relation, const char *label);
struct diagram_end diagram_node_end(size_t node);
struct diagram_end diagram_stack_end(size_t stack);

struct diagram_node *diagram_add_node(struct diagram *diagram, const struct diagram_node *node);

// With what does not show itself spelt out (util/text/visible.h), and cut after `limit` characters.
const char *diagram_clean_text(const char *text, size_t limit);

enum { DIAGRAM_NAME_LIMIT = 40, DIAGRAM_PATH_LIMIT = 300 };

#endif

// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_CYCLES_H
#define VALIDATE_RULES_CYCLES_H

// Resources that need each other (E3004).

struct reference_graph;
struct validator;

void cycles_check(struct validator *validator, const struct reference_graph *graph);

#endif

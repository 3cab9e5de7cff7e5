// SPDX-License-Identifier: MIT
#include "schema/constraints.h"

#include "schema/constraint_tables.h"
#include "schema/rows.h"

#include <string.h>

struct schema_list schema_constraint_sources(void)
{
    return schema_list_of(schema_constraint_source_list);
}

struct schema_list schema_constraint_regions(void)
{
    return schema_list_of(schema_region_list);
}

size_t schema_constraints_count(void)
{
    return schema_constraint_rows;
}

const struct schema_constraints *schema_constraints_at(size_t index)
{
    return index < schema_constraint_rows ? &schema_constraint_table[index] : NULL;
}

const struct schema_constraints *schema_constraints_find(const char *type)
{
    size_t low = 0;
    size_t high = schema_constraint_rows;

    while (type && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(type, schema_string(schema_constraint_table[middle].type));

        if (order == 0)
            return &schema_constraint_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *schema_constraints_type(const struct schema_constraints *constraints)
{
    return constraints ? schema_string(constraints->type) : NULL;
}

const char *schema_constraints_from(const struct schema_constraints *constraints)
{
    return constraints ? schema_string(constraints->from) : NULL;
}

const struct schema_node *schema_constraints_root(const struct schema_constraints *constraints)
{
    return constraints ? &schema_nodes[constraints->root] : NULL;
}

bool schema_constraints_taggable(const struct schema_constraints *constraints)
{
    return constraints && constraints->taggable;
}

struct schema_list schema_constraints_missing_regions(const struct schema_constraints *constraints)
{
    return schema_list_of(constraints ? constraints->missing_regions : 0);
}

struct schema_list schema_constraints_paths(
    const struct schema_constraints *constraints, enum schema_paths paths)
{
    return schema_list_of(constraints ? constraints->paths[paths] : 0);
}

const char *schema_constraints_lifecycle(const struct schema_constraints *constraints)
{
    return constraints ? schema_string(constraints->lifecycle) : NULL;
}

const char *schema_constraints_lifecycle_date(const struct schema_constraints *constraints)
{
    return constraints ? schema_string(constraints->lifecycle_date) : NULL;
}

size_t schema_constraints_rule_count(const struct schema_constraints *constraints)
{
    return constraints ? (size_t)(constraints[1].rules - constraints->rules) : 0;
}

const struct schema_rule *schema_constraints_rule_at(
    const struct schema_constraints *constraints, size_t index)
{
    return index < schema_constraints_rule_count(constraints) ? &schema_rules[constraints->rules + index]
                                                              : NULL;
}

const char *schema_rule_id(const struct schema_rule *rule)
{
    return rule ? schema_string(rule->id) : NULL;
}

const char *schema_rule_place(const struct schema_rule *rule)
{
    return rule ? schema_string(rule->place) : NULL;
}

const struct schema_node *schema_rule_node(const struct schema_rule *rule)
{
    return rule ? &schema_nodes[rule->node] : NULL;
}

bool schema_rule_reports_all(const struct schema_rule *rule)
{
    return rule && rule->reports_all;
}

struct schema_list schema_rule_regions(const struct schema_rule *rule)
{
    return schema_list_of(rule ? rule->regions : 0);
}

const struct schema_node *schema_named(const char *name)
{
    for (const struct schema_named_row *row = schema_named_schemas; row->name; row++)
        if (strcmp(schema_string(row->name), name) == 0)
            return &schema_nodes[row->node];
    return NULL;
}

bool schema_runtime_find(const char *name, struct schema_runtime *ret_runtime)
{
    for (size_t i = 0; name && i < schema_runtime_rows; i++) {
        const uint16_t *strings = schema_runtimes[i].strings;

        if (strcmp(schema_string(strings[0]), name) != 0)
            continue;
        *ret_runtime = (struct schema_runtime){ schema_string(strings[0]), schema_string(strings[1]),
            schema_string(strings[2]), schema_string(strings[3]), schema_string(strings[4]) };
        return true;
    }
    return false;
}

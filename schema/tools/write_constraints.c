// SPDX-License-Identifier: MIT
#include "write_constraints.h"

#include <stdio.h>
#include <string.h>

static size_t id_of(const struct text *text)
{
    return text ? text->id : 0;
}

static void write_type(
    struct output *out, struct rows *rows, const struct constraint_type *type, size_t first_rule)
{
    put(out, "{");
    put_id(out, type->type->id);
    put_id(out, id_of(type->from));
    put_id(out, type->definitions[0].row);
    put_id(out, rows_list(rows, &type->missing_regions));
    put(out, "{");
    for (size_t i = 0; i < PATH_LISTS; i++)
        put_id(out, rows_list(rows, &type->paths[i]));
    put(out, "},");
    put_id(out, id_of(type->lifecycle));
    put_id(out, id_of(type->lifecycle_date));
    put_id(out, first_rule);
    put_id(out, type->taggable);
    put(out, "},");
}

static void write_types(struct output *out, struct rows *rows, const struct constraints *constraints)
{
    size_t rules = 0;

    open_table(out, "struct schema_constraints schema_constraint_table[]");
    for (size_t i = 0; i < constraints->count; i++) {
        write_type(out, rows, &constraints->types[i], rules);
        rules += constraints->types[i].rule_count;
    }
    put(out, "{.rules=");
    put_id(out, rules);
    put(out, "}");
    close_table(out);
}

static void write_rules(struct output *out, struct rows *rows, const struct constraints *constraints)
{
    open_table(out, "struct schema_rule schema_rules[]");
    for (size_t i = 0; i < constraints->count; i++) {
        for (size_t j = 0; j < constraints->types[i].rule_count; j++) {
            const struct constraint_rule *rule = &constraints->types[i].rules[j];

            put(out, "{");
            put_id(out, rule->id->id);
            put_id(out, rule->place->id);
            put_id(out, rule->row);
            put_id(out, rows_list(rows, &rule->regions));
            put_id(out, rule->reports_all);
            put(out, "},");
        }
    }
    put(out, "{0}");
    close_table(out);
}

static void write_numbers(struct output *out, const struct pool *pool)
{
    open_table(out, "double schema_numbers[]");
    for (size_t i = 0; i < pool->word_count; i += NUMBER_WORDS) {
        char digits[40];
        double number;

        memcpy(&number, pool->words + i, sizeof(number));
        snprintf(digits, sizeof(digits), "%.17g,", number);
        put(out, digits);
    }
    put(out, "0");
    close_table(out);
}

static void write_runtimes(struct output *out, const struct constraints *constraints)
{
    open_table(out, "struct schema_runtime_row schema_runtimes[]");
    for (size_t i = 0; i < constraints->runtime_count; i++) {
        put(out, "{{");
        for (size_t j = 0; j < RUNTIME_WORDS; j++)
            put_id(out, id_of(constraints->runtimes[i].words[j]));
        put(out, "}},");
    }
    put(out, "{{0}}");
    close_table(out);
}

static void write_named(struct output *out, const struct constraints *constraints)
{
    open_table(out, "struct schema_named_row schema_named_schemas[]");
    for (size_t i = 0; i < constraints->named_count; i++) {
        put(out, "{");
        put_id(out, constraints->named[i].name->id);
        put_id(out, constraints->named[i].row);
        put(out, "},");
    }
    put(out, "{0}");
    close_table(out);
}

void write_constraints(struct output *out, struct rows *rows, struct constraints *constraints)
{
    struct nodes nodes;

    nodes_make(&nodes, constraints, rows);
    write_types(out, rows, constraints);
    write_rules(out, rows, constraints);
    write_sequences(out, "uint16_t schema_node_items[]", "struct schema_node schema_nodes[]", &nodes.nodes);
    write_sequences(
        out, "uint16_t schema_part_items[]", "struct schema_parts_start schema_part_starts[]", &nodes.parts);
    write_numbers(out, &nodes.numbers);
    write_runtimes(out, constraints);
    write_named(out, constraints);
    strbuf_addf(&out->text, "\nconst uint32_t schema_constraint_rows = %zu;\n", constraints->count);
    strbuf_addf(&out->text, "const uint32_t schema_runtime_rows = %zu;\n", constraints->runtime_count);
    strbuf_addf(&out->text, "const uint16_t schema_constraint_source_list = %u;\n",
        rows_list(rows, &constraints->sources));
    strbuf_addf(
        &out->text, "const uint16_t schema_region_list = %u;\n", rows_list(rows, &constraints->regions));
    arena_release(&nodes.arena);
}

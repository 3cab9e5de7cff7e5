// SPDX-License-Identifier: MIT
// compile-schema TEXT [CONSTRAINTS] C_FILE: turns schema/cloudformation.txt and schema/constraints.txt into
// the tables of src/schema/tables.h and src/schema/constraint_tables.h.
#include "data/value.h"
#include "output.h"
#include "rows.h"
#include "strings.h"
#include "util/die.h"
#include "util/file/file.h"
#include "write_constraints.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_bound(struct output *out, const uint32_t *words)
{
    char digits[40];
    double bound;

    memcpy(&bound, words, sizeof(bound));
    if (isinf(bound))
        snprintf(digits, sizeof(digits), "%sINFINITY,", bound < 0 ? "-" : "");
    else
        snprintf(digits, sizeof(digits), "%.17g,", bound);
    put(out, digits);
}

static void write_ranges(struct output *out, const struct pool *pool)
{
    open_table(out, "struct schema_range schema_ranges[]");
    for (size_t i = 0; i < pool->word_count; i += RANGE_WORDS) {
        put(out, "{");
        put_bound(out, pool->words + i);
        put_bound(out, pool->words + i + RANGE_WORDS / 2);
        put(out, "},");
    }
    close_table(out);
}

static size_t id_of(const struct text *text)
{
    return text ? text->id : 0;
}

static void write_resource(
    struct output *out, struct rows *rows, const struct resource *resource, size_t nested)
{
    const size_t words[] = {
        resource->type->id,
        resource->properties.row,
        resource->attributes.row,
        rows_list(rows, &resource->identifier),
        rows_list(rows, resource->ref.count ? &resource->ref : &resource->identifier),
        id_of(resource->arn),
        id_of(resource->transform),
        rows_list(rows, &resource->replacing_paths),
        id_of(resource->tag_property),
        nested,
        resource->tags,
        resource->scrutiny,
        resource->is_stateful,
    };

    put(out, "{");
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        put_id(out, words[i]);
    put(out, "},");
}

static void write_resources(struct output *out, struct rows *rows, const struct model *model)
{
    size_t nested = 0;

    open_table(out, "struct schema_resource schema_resources[]");
    for (size_t i = 0; i < model->count; i++) {
        write_resource(out, rows, &model->resources[i], nested);
        nested += model->resources[i].nested_count;
    }
    put(out, "{.nested=");
    put_id(out, nested);
    put(out, "}");
    close_table(out);
}

static void write_nested(struct output *out, const struct model *model)
{
    open_table(out, "struct schema_nested schema_nesteds[]");
    for (size_t i = 0; i < model->count; i++) {
        for (size_t j = 0; j < model->resources[i].nested_count; j++) {
            const struct object *nested = &model->resources[i].nested[j];

            put(out, "{");
            put_id(out, nested->name->id);
            put_id(out, nested->row);
            put(out, "},");
        }
    }
    close_table(out);
}

static void write_all(
    struct output *out, struct rows *rows, const struct model *model, struct constraints *constraints)
{
    uint32_t sources = rows_list(rows, &model->sources);

    strbuf_add_string(&out->text,
        "// Made by compile-schema.\n#include \"schema/constraint_tables.h\"\n\n#include <math.h>\n");
    write_resources(out, rows, model);
    write_constraints(out, rows, constraints);
    write_nested(out, model);
    write_sequences(
        out, "uint16_t schema_object_items[]", "struct schema_object schema_objects[]", &rows->objects);
    write_rows(out, "struct schema_property schema_properties[]", &rows->properties, PROPERTY_WORDS);
    write_rows(out, "struct schema_type schema_types[]", &rows->types, TYPE_WORDS);
    write_rows(out, "struct schema_extra schema_extras[]", &rows->extras, EXTRA_WORDS);
    write_ranges(out, &rows->ranges);
    write_sequences(
        out, "uint16_t schema_list_items[]", "struct schema_list_start schema_list_starts[]", &rows->lists);
    write_string_table(out, "schema", &model->texts);
    strbuf_addf(&out->text, "\nconst uint32_t schema_resource_rows = %zu;\n", model->count);
    strbuf_addf(&out->text, "const uint16_t schema_source_list = %u;\n", sources);
}

static void read_file(const char *path, struct strbuf *content)
{
    ERROR_AUTO err = ERROR_INIT;

    if (file_read(path, content, &err) < 0)
        die("%s", err.message);
}

static void read_all(struct model *model, struct constraints *constraints, const char *path, const char *more)
{
    STRBUF_AUTO schema = STRBUF_INIT;
    STRBUF_AUTO further = STRBUF_INIT;

    read_file(path, &schema);
    model_read(model, path, schema.data);
    if (more)
        read_file(more, &further);
    constraints_read(constraints, model, more, more ? further.data : "");
    nodes_note_strings(constraints);
    model_number_strings(model);
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;
    struct model model = { .arena = ARENA_INIT };
    struct output out = { .text = STRBUF_INIT };
    struct constraints constraints;
    struct rows rows;

    if (argc != 3 && argc != 4) {
        fputs("usage: compile-schema TEXT [CONSTRAINTS] C_FILE\n", stderr);
        return EXIT_STATUS_USAGE;
    }
    value_arena_use(&model.arena);
    read_all(&model, &constraints, argv[1], argc == 4 ? argv[2] : NULL);
    rows_make(&rows, &model);
    write_all(&out, &rows, &model, &constraints);
    if (file_write(argv[argc - 1], out.text.data, out.text.length, 0644, &err) < 0)
        die("%s", err.message);
    strbuf_release(&out.text);
    arena_release(&rows.arena);
    arena_release(&model.arena);
    return EXIT_STATUS_OK;
}

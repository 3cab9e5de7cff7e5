// SPDX-License-Identifier: MIT
// compile-iam TEXT C_FILE: turns schema/iam.txt into the tables of src/schema/iam_tables.h.
#include "../output.h"
#include "../pool.h"
#include "../strings.h"
#include "iam_model.h"

#include "util/die.h"
#include "util/file/file.h"

#include <stdio.h>

enum { USE_WORDS = 3 };

struct iam_writer {
    struct output out;
    const struct iam_model *model;
    struct arena arena;
    struct pool lists, uses;
};

static uint32_t list_of(struct iam_writer *writer, const struct texts *texts)
{
    uint32_t *words = arena_alloc(&writer->arena, (texts->count + 1) * sizeof(*words));

    for (size_t i = 0; i < texts->count; i++)
        words[i] = texts->items[i]->id;
    return pool_add(&writer->lists, words, texts->count);
}

static uint32_t uses_of(struct iam_writer *writer, const struct iam_action *action)
{
    uint32_t *words = arena_alloc(&writer->arena, (action->use_count + 1) * sizeof(*words));

    for (size_t i = 0; i < action->use_count; i++) {
        const struct iam_use *use = &action->uses[i];
        const uint32_t row[USE_WORDS] = { (uint32_t)use->number, list_of(writer, &use->keys),
            use->is_required };

        words[i] = pool_add(&writer->uses, row, USE_WORDS);
    }
    return pool_add(&writer->lists, words, action->use_count);
}

static void put_row(struct output *out, const size_t *words, size_t count)
{
    put(out, "{");
    for (size_t i = 0; i < count; i++)
        put_id(out, words[i]);
    put(out, "},");
}

#define PUT_ROW(out, ...)                                                                                    \
    put_row((out), (const size_t[]){ __VA_ARGS__ }, sizeof((const size_t[]){ __VA_ARGS__ }) / sizeof(size_t))

static void write_services(struct iam_writer *writer)
{
    const struct iam_model *model = writer->model;

    open_table(&writer->out, "struct schema_iam_service schema_iam_services[]");
    for (size_t i = 0; i < model->service_count; i++) {
        const struct iam_service *service = &model->services[i];

        PUT_ROW(&writer->out, service->prefix ? service->prefix->id : 0,
            service->name ? service->name->id : 0, service->first_action, service->first_resource,
            service->first_key);
    }
    close_table(&writer->out);
}

static void write_actions(struct iam_writer *writer)
{
    open_table(&writer->out, "struct schema_iam_action schema_iam_actions[]");
    for (size_t i = 0; i < writer->model->action_count; i++) {
        const struct iam_action *action = &writer->model->actions[i];

        PUT_ROW(&writer->out, action->name->id, uses_of(writer, action), list_of(writer, &action->keys),
            action->level);
    }
    close_table(&writer->out);
}

static void write_resources(struct iam_writer *writer)
{
    open_table(&writer->out, "struct schema_iam_resource schema_iam_resources[]");
    for (size_t i = 0; i < writer->model->resource_count; i++) {
        const struct iam_resource *resource = &writer->model->resources[i];

        PUT_ROW(&writer->out, resource->name->id, list_of(writer, &resource->arns),
            list_of(writer, &resource->keys));
    }
    close_table(&writer->out);
}

static void write_keys(struct iam_writer *writer)
{
    open_table(&writer->out, "struct schema_iam_key schema_iam_keys[]");
    for (size_t i = 0; i < writer->model->key_count; i++)
        PUT_ROW(&writer->out, writer->model->keys[i].name->id, writer->model->keys[i].type->id);
    close_table(&writer->out);
}

static void write_all(struct iam_writer *writer)
{
    uint32_t sources;

    pool_init(&writer->lists, &writer->arena);
    pool_init(&writer->uses, &writer->arena);
    pool_add(&writer->lists, NULL, 0);
    sources = list_of(writer, &writer->model->sources);
    strbuf_add_string(&writer->out.text, "// Made by compile-iam.\n#include \"schema/iam_tables.h\"\n");
    write_services(writer);
    write_actions(writer);
    write_resources(writer);
    write_keys(writer);
    write_rows(&writer->out, "struct schema_iam_use schema_iam_uses[]", &writer->uses, USE_WORDS);
    write_sequences(&writer->out, "uint16_t schema_iam_list_items[]",
        "struct schema_list_start schema_iam_list_starts[]", &writer->lists);
    write_string_table(&writer->out, "schema_iam", &writer->model->strings.texts);
    strbuf_addf(&writer->out.text, "\nconst uint16_t schema_iam_service_rows = %zu;\n",
        writer->model->service_count - 2);
    strbuf_addf(&writer->out.text, "const uint16_t schema_iam_source_list = %u;\n", sources);
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;
    STRBUF_AUTO content = STRBUF_INIT;
    struct iam_model model;
    struct iam_writer writer = { .out.text = STRBUF_INIT, .model = &model, .arena = ARENA_INIT };

    if (argc != 3) {
        fputs("usage: compile-iam TEXT C_FILE\n", stderr);
        return EXIT_STATUS_USAGE;
    }
    if (file_read(argv[1], &content, &err) < 0)
        die("%s", err.message);
    iam_read(&model, argv[1], content.data);
    write_all(&writer);
    if (file_write(argv[2], writer.out.text.data, writer.out.text.length, 0644, &err) < 0)
        die("%s", err.message);
    strbuf_release(&writer.out.text);
    arena_release(&writer.arena);
    arena_release(&model.strings.arena);
    return EXIT_STATUS_OK;
}

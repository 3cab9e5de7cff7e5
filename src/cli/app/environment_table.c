// SPDX-License-Identifier: MIT
#include "cli/app/environment_table.h"

#include "cdk/setting.h"
#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "cli/core/table.h"
#include "data/json.h"
#include "data/value.h"
#include "util/die.h"
#include "util/terminal.h"
#include "util/text/markdown.h"

#include <string.h>
#include <unistd.h>

enum { TEXT, MARKDOWN, JSON };

const char *const environment_table_formats[] = {
    [TEXT] = "text", [MARKDOWN] = "markdown", [JSON] = "json", NULL
};

static const char corner[] = "Environment";
static const char no_cell[] = "-";
static const char stack_prefix[] = "stack_prefix";
static const char failed[] = "failed";

int environment_table_make(
    struct cli *cli, environment_worker *work, void *data, struct environment_table *ret_table)
{
    size_t count = cli->environments.count;
    int status = EXIT_STATUS_OK;

    *ret_table = (struct environment_table){ arena_alloc(&cli->arena, count * sizeof(*ret_table->rows)),
        count, { 0 } };
    for (size_t i = 0; i < count; i++) {
        struct environment_row *row = &ret_table->rows[i];

        cli->environment = cli->environments.items[i];
        *row = (struct environment_row){ cli->environment, NULL, object((struct field[]){ END }) };
        if (work(cli, row, data) == 0)
            continue;
        cli_error(cli, "environment '%s' is left out", cli->environment);
        row->stacks = NULL;
        status = EXIT_STATUS_FAILURE;
    }
    return status;
}

const char *environment_prefix(const struct cli *cli, const struct context *context)
{
    const char *given = object_string(context->values, stack_prefix);

    for (const struct setting *setting = cli->definition->settings; !given && setting && setting->key;
         setting++)
        if (strcmp(setting->key, stack_prefix) == 0)
            given = setting->default_text;
    return given ? arena_strdup(value_arena(), given) : NULL;
}

static const char *column_of(const struct environment_row *row, const char *stack)
{
    size_t length = row->prefix ? strlen(row->prefix) : 0;

    return length && strncmp(stack, row->prefix, length) == 0 && stack[length] ? stack + length : stack;
}

void environment_table_set(struct environment_table *table, const char *environment, const char *stack,
    const char *text, const struct value *detail)
{
    struct environment_row *row = table->rows;
    const char *column;
    struct value *cell = object((struct field[]){
        { "stack", string(stack) },
        { "text", string(text) },
        END,
    });

    while (strcmp(row->environment, environment) != 0)
        row++;
    for (size_t i = 0; detail && i < value_length(detail); i++)
        object_set(cell, object_at(detail, i)->key, object_at(detail, i)->value);
    column = column_of(row, stack);
    if (!string_list_has(&table->columns, column))
        string_list_add(&table->columns, value_arena(), arena_strdup(value_arena(), column));
    object_set(row->stacks, column, cell);
}

static const char *cell_text(const struct environment_table *table, size_t row, size_t column)
{
    const struct value *stacks = table->rows[row].stacks;
    const char *text =
        stacks ? object_string(object_get(stacks, table->columns.items[column]), "text") : failed;

    return text ? text : no_cell;
}

static void write_text(const struct environment_table *table, size_t width, struct display *out)
{
    size_t columns = table->columns.count + 1;
    const char **cells = arena_alloc(value_arena(), columns * sizeof(*cells));
    const char **headings = arena_alloc(value_arena(), columns * sizeof(*headings));
    struct table text = { .arena = value_arena(), .columns = columns, .headings = headings, .width = width };

    headings[0] = corner;
    for (size_t i = 1; i < columns; i++)
        headings[i] = table->columns.items[i - 1];
    for (size_t i = 0; i < table->count; i++) {
        cells[0] = table->rows[i].environment;
        for (size_t j = 1; j < columns; j++)
            cells[j] = cell_text(table, i, j - 1);
        table_add(&text, cells);
    }
    table_write(&text, out);
}

static void write_markdown(const struct environment_table *table, struct strbuf *out)
{
    strbuf_addf(out, "| %s |", corner);
    for (size_t i = 0; i < table->columns.count; i++) {
        strbuf_add_char(out, ' ');
        markdown_add_code(out, table->columns.items[i]);
        strbuf_add_string(out, " |");
    }
    strbuf_add_string(out, "\n|");
    for (size_t i = 0; i <= table->columns.count; i++)
        strbuf_add_string(out, " --- |");
    strbuf_add_char(out, '\n');
    for (size_t i = 0; i < table->count; i++) {
        strbuf_add_string(out, "| ");
        markdown_add_code(out, table->rows[i].environment);
        for (size_t j = 0; j < table->columns.count; j++) {
            strbuf_add_string(out, " | ");
            markdown_add_code(out, cell_text(table, i, j));
        }
        strbuf_add_string(out, " |\n");
    }
}

static struct value *rows_value(const struct environment_table *table)
{
    struct value *rows = array();

    for (size_t i = 0; i < table->count; i++) {
        const struct environment_row *row = &table->rows[i];

        array_append(rows,
            object((struct field[]){
                { "environment", string(row->environment) },
                { "failed", row->stacks ? NULL : boolean(true) },
                { "stacks", row->stacks },
                END,
            }));
    }
    return rows;
}

static int write_one(
    const struct environment_table *table, const struct result_format *format, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;
    DISPLAY_AUTO display = DISPLAY_INIT;

    switch (format->format) {
    case MARKDOWN:
        write_markdown(table, &text);
        return result_write(format, &text, err);
    case JSON:
        json_write(&text,
            object((struct field[]){
                { "version", number(1) },
                { "environments", rows_value(table) },
                END,
            }),
            2);
        strbuf_add_char(&text, '\n');
        return result_write_json(format, &text, err);
    default:
        write_text(table, format->file ? 0 : (size_t)terminal_line_width(STDOUT_FILENO), &display);
        return result_write_display(format, &display, err);
    }
}

int environment_table_finish(const struct cli *cli, const struct environment_table *table,
    const struct result_formats *formats, bool is_shown, int status)
{
    ERROR_AUTO err = ERROR_INIT;

    for (size_t i = 0; i < formats->count && is_shown; i++)
        if ((table->columns.count || formats->items[i].format == JSON) &&
            write_one(table, &formats->items[i], &err) < 0)
            return cli_error(cli, "%-s", err.message);
    return status;
}

int environment_table_formats_parse(
    const struct cli *cli, const struct string_list *given, struct result_formats *ret_formats)
{
    ERROR_AUTO err = ERROR_INIT;

    if (given->count && cli->environments.count < 2)
        return cli_usage_error(
            cli, "'--table' is of several environments: '--env all', or '--env NAME,NAME'");
    if (result_formats_parse("--table", given, environment_table_formats, ret_formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    return EXIT_STATUS_OK;
}

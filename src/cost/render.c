// SPDX-License-Identifier: MIT
#include "cost/cost.h"

#include "data/json.h"
#include "data/value.h"
#include "util/arena.h"
#include "util/text/markdown.h"

#include <stdlib.h>
#include <string.h>

// The construct's path without the stack's name, which stands above it.
static const char *name_of(const struct cost_line *line)
{
    const char *path = line->path ? line->path : "";
    size_t length = strlen(line->stack);

    path += *path == '/';
    if (strncmp(path, line->stack, length) == 0 && path[length] == '/')
        path += length + 1;
    return *path ? path : line->id;
}

static double stack_dollars(const struct cost *cost, const char *stack)
{
    double dollars = 0;

    for (size_t i = 0; i < cost->count; i++)
        if (strcmp(cost->lines[i].stack, stack) == 0)
            dollars += cost->lines[i].dollars;
    return dollars;
}

static bool begins_stack(const struct cost *cost, size_t i)
{
    return i == 0 || strcmp(cost->lines[i].stack, cost->lines[i - 1].stack) != 0;
}

static size_t widest_name(const struct cost *cost)
{
    size_t widest = 0;

    for (size_t i = 0; i < cost->count; i++) {
        size_t width = display_width(name_of(&cost->lines[i]));

        widest = width > widest ? width : widest;
    }
    return widest;
}

static void write_notes(struct display *out, const struct cost *cost)
{
    for (size_t i = 0; i < cost->unknown.count; i++)
        display_addf(out, "no price is known of %s\n", cost->unknown.items[i]);
    for (size_t i = 0; i < cost->open.count; i++)
        display_addf(out, "only the deployment knows %s\n", cost->open.items[i]);
}

void cost_write_text(struct display *out, const struct cost *cost)
{
    size_t width = widest_name(cost);

    for (size_t i = 0; i < cost->count; i++) {
        const struct cost_line *line = &cost->lines[i];

        if (begins_stack(cost, i))
            display_addf(out, "%s  %.2f USD a month\n", line->stack, stack_dollars(cost, line->stack));
        display_addf(out, "  %-*s  %10.2f  %g %s\n", (int)width, name_of(line), line->dollars, line->quantity,
            line->price->unit);
    }
    display_addf(out, "%.2f USD a month, at list prices of %s\n", cost->dollars, cost_prices_of);
    write_notes(out, cost);
}

void cost_write_markdown(struct strbuf *out, const struct cost *cost)
{
    strbuf_add_string(out, "| Stack | Resource | USD a month | Quantity |\n| --- | --- | ---: | --- |\n");
    for (size_t i = 0; i < cost->count; i++) {
        const struct cost_line *line = &cost->lines[i];

        strbuf_add_string(out, "| ");
        markdown_add_code(out, line->stack);
        strbuf_add_string(out, " | ");
        markdown_add_code(out, name_of(line));
        strbuf_addf(out, " | %.2f | %g %s |\n", line->dollars, line->quantity, line->price->unit);
    }
    strbuf_addf(out, "| | **all** | **%.2f** | list prices of %s |\n", cost->dollars, cost_prices_of);
    for (size_t i = 0; i < cost->unknown.count; i++) {
        strbuf_add_string(out, "\nNo price is known of ");
        markdown_add_code(out, cost->unknown.items[i]);
        strbuf_add_string(out, ".\n");
    }
}

static struct value *list_value(const struct string_list *list)
{
    struct value *values = array();

    for (size_t i = 0; i < list->count; i++)
        array_append(values, string(list->items[i]));
    return values;
}

void cost_write_json(struct strbuf *out, const struct cost *cost)
{
    struct value *lines = array();

    for (size_t i = 0; i < cost->count; i++) {
        const struct cost_line *line = &cost->lines[i];

        array_append(lines,
            object((struct field[]){
                { "stack", string(line->stack) },
                { "resource", string(line->id) },
                { "path", string(line->path) },
                { "type", string(line->type) },
                { "quantity", number(line->quantity) },
                { "unit", string(line->price->unit) },
                { "unitPrice", number(line->price->dollars / line->price->per) },
                { "monthly", number(line->dollars) },
                { "source", stringf("https://aws.amazon.com/%s", line->price->page) },
                END,
            }));
    }
    json_write(out,
        object((struct field[]){
            { "version", number(1) },
            { "currency", string("USD") },
            { "prices", string(cost_prices_of) },
            { "monthly", number(cost->dollars) },
            { "lines", lines },
            { "unknown", list_value(&cost->unknown) },
            { "open", list_value(&cost->open) },
            END,
        }),
        2);
    strbuf_add_char(out, '\n');
}

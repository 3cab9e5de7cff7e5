// SPDX-License-Identifier: MIT
#include "output.h"

#include "util/die.h"

#include <stdio.h>

enum {
    LINE_LENGTH = 100 // of numbers
};

void put(struct output *out, const char *text)
{
    if (out->text.length - out->line_start > LINE_LENGTH) {
        strbuf_add_char(&out->text, '\n');
        out->line_start = out->text.length;
    }
    strbuf_add_string(&out->text, text);
}

void put_number(struct output *out, size_t number)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%zu,", number);
    put(out, digits);
}

void put_id(struct output *out, size_t number)
{
    if (number > UINT16_MAX)
        die("the schema has outgrown the 16 bits of its tables: %zu", number);
    put_number(out, number);
}

void open_table(struct output *out, const char *declaration)
{
    strbuf_addf(&out->text, "\nconst %s = {\n", declaration);
    out->line_start = out->text.length;
}

void close_table(struct output *out)
{
    strbuf_add_string(&out->text, "\n};\n");
}

void write_rows(struct output *out, const char *declaration, const struct pool *pool, size_t row_words)
{
    open_table(out, declaration);
    for (size_t i = 0; i < pool->word_count; i++) {
        put(out, i % row_words == 0 ? "{" : "");
        put_id(out, pool->words[i]);
        put(out, i % row_words == row_words - 1 ? "}," : "");
    }
    close_table(out);
}

// Sequences, and where each starts; the end of the last one stands behind.
void write_sequences(struct output *out, const char *items, const char *starts, const struct pool *pool)
{
    open_table(out, items);
    for (size_t i = 0; i < pool->word_count; i++)
        put_id(out, pool->words[i]);
    close_table(out);
    open_table(out, starts);
    for (size_t i = 0; i <= pool->count; i++) {
        put(out, "{");
        put_number(out, i < pool->count ? pool->starts[i] : pool->word_count);
        put(out, "},");
    }
    close_table(out);
}

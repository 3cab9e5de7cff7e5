// SPDX-License-Identifier: MIT
#include "strings.h"

#include "util/die.h"
#include "util/text/c_literal.h"

#include <stdio.h>
#include <string.h>

enum {
    CHUNK = 4000 // bytes of a string literal; C promises 4095
};

static void write_string_starts(struct output *out, const char *prefix, const struct texts *texts)
{
    char declaration[64];
    size_t start = 0;

    snprintf(declaration, sizeof(declaration), "uint32_t %s_string_starts[]", prefix);
    open_table(out, declaration);
    put_number(out, 0);
    for (size_t i = 0; i < texts->count; i++) {
        put_number(out, start);
        start += strlen(texts->items[i]->data) + 1;
    }
    close_table(out);
}

static void put_literal(struct strbuf *out, const char *text, bool is_last)
{
    strbuf_add_char(out, '"');
    c_literal_add(out, text);
    strbuf_add_string(out, is_last ? "\"" : "\\0\"\n");
}

// How many of the strings from `first` fit into a chunk, and their bytes.
static size_t chunk_size(const struct texts *texts, size_t first, size_t *ret_count)
{
    size_t size = 0;
    size_t i;

    for (i = first; i < texts->count; i++) {
        size_t length = strlen(texts->items[i]->data) + 1;

        if (length > CHUNK)
            die("a string of the schema is too long for a literal: '%s'", texts->items[i]->data);
        if (size + length > CHUNK)
            break;
        size += length;
    }
    *ret_count = i - first;
    return size;
}

// One array of characters would be a literal too long for C; as members of a struct they follow one another
// without a gap.
static void write_strings(struct output *out, const char *prefix, const struct texts *texts)
{
    STRBUF_AUTO members = STRBUF_INIT;
    STRBUF_AUTO literals = STRBUF_INIT;
    size_t count;

    for (size_t first = 0; first < texts->count; first += count) {
        strbuf_addf(&members, "    char from_%zu[%zu];\n", first + 1, chunk_size(texts, first, &count));
        for (size_t i = first; i < first + count; i++)
            put_literal(&literals, texts->items[i]->data, i == first + count - 1);
        strbuf_add_string(&literals, ",\n");
    }
    strbuf_addf(&out->text, "\nstruct %s_strings {\n%s};\n\nconst struct %s_strings %s_strings = {\n%s};\n",
        prefix, members.data, prefix, prefix, literals.data);
}

void write_string_table(struct output *out, const char *prefix, const struct texts *texts)
{
    write_string_starts(out, prefix, texts);
    write_strings(out, prefix, texts);
}

// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_OUTPUT_H
#define SCHEMA_TOOLS_OUTPUT_H

// Tables of numbers as C.

#include "pool.h"
#include "util/strbuf.h"

struct output {
    struct strbuf text;
    size_t line_start;
};

void open_table(struct output *out, const char *declaration);
void close_table(struct output *out);
void put(struct output *out, const char *text);
void put_number(struct output *out, size_t number);
void put_id(struct output *out, size_t number); // dies of one that 16 bits cannot hold
void write_rows(struct output *out, const char *declaration, const struct pool *pool, size_t row_words);
// Sequences, and where each starts; the end of the last one stands behind.
void write_sequences(struct output *out, const char *items, const char *starts, const struct pool *pool);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_OUTPUT_H
#define CLI_DIFF_OUTPUT_H

// Where the results of `diff` go: "--format FORMAT" to standard output, "--format FORMAT=FILE" to a file.

#include "diff/render/format.h"
#include "util/error.h"

#include <stddef.h>

struct string_list;

struct diff_output {
    void (*write)(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options);
    const char *file; // NULL: standard output
};

struct diff_outputs {
    struct diff_output *items;
    size_t count;
};

// Without any, text on standard output. An unknown format, and two results on standard output, are errors.
int diff_outputs_parse(
    const struct string_list *formats, struct diff_outputs *ret_outputs, struct error *err);

// Colors are for a terminal only.
int diff_outputs_write(const struct diff_outputs *outputs, const struct diff *diff,
    const struct diff_format_options *options, struct error *err);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_OUTPUT_H
#define CLI_VALIDATE_OUTPUT_H

// Where findings go: "--format FORMAT" to standard output, "--format FORMAT=FILE" to a file.

#include "util/error.h"
#include "validate/render/format.h"

#include <stddef.h>

struct string_list;

struct findings_output {
    findings_writer *write; // NULL: text for people
    const char *file;       // NULL: standard output
};

struct findings_outputs {
    struct findings_output *items;
    size_t count;
};

extern const char *const findings_format_names[]; // ends with NULL

// Without any, text on standard output. An unknown format, and two on standard output, are errors.
int findings_outputs_parse(
    const struct string_list *formats, struct findings_outputs *ret_outputs, struct error *err);

// Colors are for a terminal only.
int findings_outputs_write(const struct findings_outputs *outputs, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err);

#endif

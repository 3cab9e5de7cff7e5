// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_OUTPUT_H
#define CLI_VALIDATE_OUTPUT_H

// The findings of `validate`, in the formats that are asked for.

#include "cli/core/result_format.h"
#include "validate/render/format.h"

struct environment_table;
struct validate_inputs;

extern const char *const findings_format_names[]; // ends with NULL

// Fills the rows of an environment table with how much is found in each stack.
void validate_fill_table(struct environment_table *table, const struct validate_inputs *inputs,
    const struct template_findings *findings);
// Colors are for a terminal only.
int findings_outputs_write(const struct result_formats *formats, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_OUTPUT_H
#define CLI_DIFF_OUTPUT_H

// The results of `diff`, in the formats that are asked for.

#include "cli/core/result_format.h"
#include "diff/render/format.h"
#include "util/error.h"

extern const char *const diff_format_names[];

// Colors are for a terminal only.
int diff_outputs_write(const struct result_formats *formats, const struct diff *diff,
    const struct diff_format_options *options, struct error *err);

#endif

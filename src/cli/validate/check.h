// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_CHECK_H
#define CLI_VALIDATE_CHECK_H

// Checks many templates, side by side on every processor.

#include "cli/validate/inputs.h"
#include "util/error.h"
#include "validate/validate.h"

struct check_result {
    struct template_findings findings; // in the order of the inputs
    size_t templates;                  // that were checked
};

// A file that cannot be read is an error. The result lives in the current value arena.
int validate_inputs_check(const struct validate_inputs *inputs, const struct validate_options *options,
    struct check_result *ret_result, struct error *err);

#endif

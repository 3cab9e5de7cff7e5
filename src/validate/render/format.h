// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RENDER_FORMAT_H
#define VALIDATE_RENDER_FORMAT_H

// Findings as text of some kind.

#include "util/strbuf.h"
#include "validate/validate.h"

struct findings_format_options {
    bool color;   // of a terminal
    size_t files; // that were checked
};

typedef void findings_writer(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options);

// As compilers write: place, message, the line with a caret below, and what to do.
findings_writer findings_write_text;
// {"version": 1, "findings": [...]}
findings_writer findings_write_json;

#endif

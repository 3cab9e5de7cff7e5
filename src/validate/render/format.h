// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RENDER_FORMAT_H
#define VALIDATE_RENDER_FORMAT_H

// Findings as text of some kind.

#include "util/display.h"
#include "validate/validate.h"

struct findings_format_options {
    bool color;   // of a terminal
    size_t files; // that were checked
};

typedef void findings_writer(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options);

// As compilers write: place, message, the line with a caret below, and what to do.
void findings_write_text(struct display *out, const struct template_findings *findings,
    const struct findings_format_options *options);
// {"version": 1, "findings": [...]}
findings_writer findings_write_json;
// SARIF 2.1.0
findings_writer findings_write_sarif;
// What build servers read as results of tests: each finding is a case that fails.
findings_writer findings_write_junit;
// GitHub's workflow commands, which become annotations.
findings_writer findings_write_github;
// FILE:LINE:COLUMN:END_LINE:END_COLUMN:RULE:MESSAGE, as cfn-lint --format parseable
findings_writer findings_write_parseable;

#endif

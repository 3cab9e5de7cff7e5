// SPDX-License-Identifier: MIT
#ifndef VALIDATE_ENGINE_SUPPRESS_H
#define VALIDATE_ENGINE_SUPPRESS_H

// What a template says that is not to be reported: as cfn-lint takes it, in "Metadata" (cfn-lint, config,
// ignore_checks) of the template and of a resource; and in comments of YAML, on the line or on the one above:
//
//     # cfn-lint: ignore E3012, W1001 -- the reason
//
// Ids may be the beginning of ids.

#include "validate/rule.h"

// Of the template or of a resource.
bool metadata_suppresses(const struct value *owner, const char *id);

// `lines` are those of the text, `line` counts from 1; each ends with a line break or at `end`.
bool comment_suppresses(
    const char *const *lines, size_t line_count, const char *end, size_t line, const char *id);

#endif

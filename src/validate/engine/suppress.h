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

// The comments in a text.
struct suppressing_comments;

// `lines` are those of the text; each ends with a line break or at `end`. All have to live as long.
const struct suppressing_comments *suppressing_comments_find(
    struct arena *arena, const char *const *lines, size_t line_count, const char *end);
// `line` counts from 1.
bool suppressing_comments_have(const struct suppressing_comments *comments, size_t line, const char *id);

#endif

// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_PATCH_H
#define DIFF_COMPARE_PATCH_H

struct value;

// What turns `before` into `after`, exactly: a JSON Patch (RFC 6902), an array of operations.
struct value *diff_patch(const struct value *before, const struct value *after);

#endif

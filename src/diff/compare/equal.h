// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_EQUAL_H
#define DIFF_COMPARE_EQUAL_H

// When two values of templates say the same. Always: 10 and "10", 1.0 and 1 (but not "1.0" and 1, which are
// two strings where one is wanted), true and "true", both forms of Fn::GetAtt, the order of keys, the order
// in DependsOn. Unless strict: policies with the same statements in whatever order and notation, and strings
// that are the same JSON.

#include "util/strbuf.h"

#include <stdbool.h>

struct value;

struct diff_equality {
    bool strict;
    bool lossy;       // before: '?' may stand for a character beyond ASCII
    bool mask_hashes; // names of assets are all the same
};

// NULL equals NULL only.
bool diff_equal(const struct value *before, const struct value *after, const struct diff_equality *how);

// Of values behind this key; NULL equals NULL only.
bool diff_equal_field(
    const char *key, const struct value *before, const struct value *after, const struct diff_equality *how);

// Text that is the same for equal values: keys sorted, scalars as strings.
void diff_canonical(struct strbuf *out, const struct value *value);

// As CloudFormation takes a scalar; NULL for anything else. Lives in the arena.
const char *diff_scalar_text(const struct value *value);

// The function of an object that is just that, and its argument; NULL for other values.
const char *diff_function(const struct value *value, const struct value **ret_argument);

#endif

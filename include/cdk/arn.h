// SPDX-License-Identifier: MIT
#ifndef CDK_ARN_H
#define CDK_ARN_H

// ARNs taken apart (CDK's Arn.split). stack_format_arn (stack.h) puts them together.

#include "cdk/stack.h"

struct construct;
struct value;

// Parts that the ARN does not have are NULL; an empty region or account is "".
struct arn {
    struct value *partition;
    struct value *service;
    struct value *region;
    struct value *account;
    struct value *resource;
    struct value *resource_name;
};

// `format` says how to take apart what is known only at deployment; text shows it itself. Text that is no ARN
// is an error on `scope`, and then all parts are "".
struct arn arn_split(struct construct *scope, struct value *arn, enum arn_format format);

// What stands behind the last slash of `text`, or all of it.
struct value *arn_last_segment(struct value *text);

// What two account ids or regions say about each other (CDK's Token.compareStrings).
enum token_comparison { TOKENS_SAME, TOKENS_DIFFERENT, TOKENS_BOTH_UNRESOLVED, TOKENS_ONE_UNRESOLVED };
enum token_comparison token_compare(const struct value *a, const struct value *b);

#endif

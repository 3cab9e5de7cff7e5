// SPDX-License-Identifier: MIT
#ifndef VALIDATE_IAM_TEXT_H
#define VALIDATE_IAM_TEXT_H

// Texts of which only parts are known, as patterns: what Fn::Sub and Fn::Join make, attributes of resources,
// wildcards and variables of policies, and the ARNs of schema/iam.h. A pattern says what it can be.

#include "validate/rule.h"

#include <stdbool.h>
#include <stddef.h>

// Bytes of a pattern that are no text.
enum {
    IAM_ANY = 1,      // any text, or none
    IAM_ONE = 2,      // any character
    IAM_SEGMENT = 3,  // text without ':' and '/', or none
    IAM_NO_SLASH = 4, // text without '/', or none
    IAM_PART = 5,     // a character that is neither ':' nor '/'
};

// NULL when nothing is known. Wildcards and variables of policies are read when `is_policy` is set.
const char *iam_text_of_node(struct validator *validator, const struct node *node, bool is_policy);
// Of "arn:${Partition}:s3:::${BucketName}".
const char *iam_text_of_arn(struct validator *validator, const char *arn);
// Whether there is a text that is both. When it would take too long to say, there is.
bool iam_texts_meet(const char *a, const char *b);

#endif

// SPDX-License-Identifier: MIT
#ifndef SCHEMA_IAM_LEVELS_H
#define SCHEMA_IAM_LEVELS_H

// The words that schema/iam.txt and its tables share.

// What actions do; ends with NULL.
extern const char *const schema_iam_levels[];

#endif

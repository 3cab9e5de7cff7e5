// SPDX-License-Identifier: MIT
#ifndef CLI_SCHEMA_IAM_VIEW_H
#define CLI_SCHEMA_IAM_VIEW_H

// How the command `schema` shows what is known of permissions.

#include <stdbool.h>

struct cli;

// "s3:GetObject", "s3:prefix": one colon, which no resource type has.
bool schema_is_iam_name(const char *name);
// An action, a condition key, or with a pattern ("s3:Get*") all that match. Returns an exit status.
int schema_show_iam(struct cli *cli, const char *name, bool json);

#endif

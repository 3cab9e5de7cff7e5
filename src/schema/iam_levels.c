// SPDX-License-Identifier: MIT
#include "schema/iam_levels.h"

#include <stddef.h>

const char *const schema_iam_levels[] = { "list", "permissions", "read", "tagging", "write", NULL };

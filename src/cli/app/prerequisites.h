// SPDX-License-Identifier: MIT
#ifndef CLI_APP_PREREQUISITES_H
#define CLI_APP_PREREQUISITES_H

// What the app says must be in an account before its stacks are deployed.

struct cli;
struct cloud_assembly;
struct value;

// What to do about a missing one, by kind, as preflight.h takes it; NULL when the app has no prerequisites.
const struct value *prerequisite_fixes(const struct cli *cli);

// The keys that stacks read from secrets, each with an empty string: of the one secret that they read, or an
// object of these by name where there are several. NULL: none is read.
const struct value *prerequisite_secret_skeleton(const struct cloud_assembly *assembly);

#endif

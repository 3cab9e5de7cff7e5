// SPDX-License-Identifier: MIT
#ifndef CLI_APP_CONTEXT_VALUES_H
#define CLI_APP_CONTEXT_VALUES_H

// What every context key is, given or not, for the command `context`.

#include <stdbool.h>

struct cli;
struct context;

// Prints each key's value under the profile of that name, and where it comes from. What is given wins over
// the profile, as everywhere. Returns an exit status.
int context_show_profile(struct cli *cli, struct context *context, const char *name, bool json);

#endif

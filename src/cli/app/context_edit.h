// SPDX-License-Identifier: MIT
#ifndef CLI_APP_CONTEXT_EDIT_H
#define CLI_APP_CONTEXT_EDIT_H

// Removal of saved context values, for the command `context`. Only cdk.context.json is ever written: other
// sources are the user's own. Both functions print what they do and return an exit status.

#include "cli/core/options.h"

struct cli;
struct context;

// The keys of all context values as they are numbered, from 1.
struct string_list context_sorted_keys(const struct context *context, struct arena *arena);

int context_clear(const struct cli *cli, const struct context *context);
// `key` is a key, a key's number, or a glob.
int context_reset(struct cli *cli, const struct context *context, const char *key, bool force);

#endif

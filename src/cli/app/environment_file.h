// SPDX-License-Identifier: MIT
#ifndef CLI_APP_ENVIRONMENT_FILE_H
#define CLI_APP_ENVIRONMENT_FILE_H

// The environments that the app is deployed to, as files beside cdk.json: environments/NAME.json says where
// its stacks go and what is different there. Every key may be left out:
//
//     { "account": "123456789012", "region": "eu-central-1", "stack_prefix": "Staging",
//       "context": { "profile": "production", "max_capacity": 4 } }
//
// The first three are keys of context too. The context of an environment wins over that of cdk.json, and -c
// over both.

#include "util/error.h"
#include "util/string_list.h"

struct context_source;

// The names of those that there are, sorted.
int environment_names(struct arena *arena, struct string_list *ret_names, struct error *err);
// Those that `given` names, in its order and each once: a name, names with commas between them, or "all".
int environments_choose(
    const struct string_list *given, struct arena *arena, struct string_list *ret_names, struct error *err);
// Its context. In the current value arena.
int environment_read(const char *name, struct context_source *ret_source, struct error *err);

#endif

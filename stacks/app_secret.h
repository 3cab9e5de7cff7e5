// SPDX-License-Identifier: MIT
#ifndef STACKS_APP_SECRET_H
#define STACKS_APP_SECRET_H

// The secret of the application (context key secrets_path): which keys its JSON must have before the API can
// start. The task definition, the checks before a deployment and the documentation come from this one table.
// ECS starts no task as long as a key is missing ("ResourceInitializationError").

#include <stddef.h>

struct tango_secret_key {
    const char *key;         // in the secret's JSON
    const char *variable;    // what Django reads from its environment
    const char *description; // what belongs there
    const char *example;     // what a value looks like; "" where an example would only mislead
};

extern const struct tango_secret_key tango_app_secret_keys[]; // ends with a NULL key

size_t tango_app_secret_key_count(void);

#endif

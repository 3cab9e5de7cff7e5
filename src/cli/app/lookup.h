// SPDX-License-Identifier: MIT
#ifndef CLI_APP_LOOKUP_H
#define CLI_APP_LOOKUP_H

// Missing context, asked for at AWS (aws-cdk: context-providers).

#include "util/error.h"

struct aws;
struct value;

// `missing` is an assembly's. Gives an object of keys and what was found for them.
int lookup_missing(
    const struct aws *aws, const struct value *missing, struct value **ret_found, struct error *err);

#endif

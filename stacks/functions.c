// SPDX-License-Identifier: MIT
#include "stacks/functions.h"

#include "cdk/value.h"

#include "audit_event_types.h"

#include <stdlib.h>

const char *function_package(const char *name)
{
    const char *directory = getenv("TANGO_FUNCTIONS");

    return arena_printf(value_arena(), "%s/%s", directory && *directory ? directory : "functions", name);
}

struct value *function_audit_event_types(void)
{
    struct value *types = array();

    for (int i = 0; i < AUDIT_EVENT_TYPE_COUNT; i++)
        array_append(types, string(audit_event_types[i]));
    return types;
}

// SPDX-License-Identifier: MIT
#include "stacks/functions.h"

#include "cdk/value.h"

#include <stddef.h>
#include <stdlib.h>

const char *const audit_event_types[] = {
    "member.bulk_invited",
    "member.invited",
    "member.joined",
    "member.removed",
    "member.role_changed",
    "organization.billing_updated",
    "organization.created",
    "organization.updated",
    "user.phone_changed",
    "user.profile_updated",
    NULL,
};

const char *function_package(const char *name)
{
    const char *directory = getenv("TANGO_FUNCTIONS");

    return arena_printf(value_arena(), "%s/%s", directory && *directory ? directory : "functions", name);
}

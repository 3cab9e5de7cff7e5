// SPDX-License-Identifier: MIT
#include "cdk/policy.h"

#include "cdk/policy_private.h"
#include "util/map.h"

#include <stdint.h>
#include <string.h>

void policy_suppress(struct construct *construct, const char *id, const char *reason)
{
    struct arena *arena = &construct->app->arena;

    if (!reason || !reason[strspn(reason, " \t\r\n")]) {
        diag_error(construct, "the suppression of '%s' has no reason", id);
        return;
    }
    LIST_APPEND(arena, &construct->suppressions,
        (struct policy_suppression){ arena_strdup(arena, id), arena_strdup(arena, reason) });
}

struct value *policy_metadata(const struct construct *construct)
{
    struct value *rules = array();
    struct map seen;

    map_init(&seen, value_arena());
    for (const struct construct *at = construct; at; at = at->scope) {
        for (size_t i = 0; i < at->suppressions.length; i++) {
            const struct policy_suppression *suppression = &at->suppressions.items[i];

            if (map_set(&seen, suppression->id, (void *)(uintptr_t)1))
                continue;
            array_append(rules,
                object((struct field[]){
                    { "id", string(suppression->id) }, { "reason", string(suppression->reason) }, END }));
        }
    }
    return value_length(rules) ? object((struct field[]){ { "rules_to_suppress", rules }, END }) : NULL;
}

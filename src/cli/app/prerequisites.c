// SPDX-License-Identifier: MIT
#include "cli/app/prerequisites.h"

#include "cdk/prerequisite.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "deploy/engine/environment.h"
#include "deploy/preflight/requirement.h"

const struct value *prerequisite_fixes(const struct cli *cli)
{
    struct value *fixes = object((struct field[]){ END });

    if (!cli->definition->prerequisites)
        return NULL;
    for (const struct prerequisite *row = cli->definition->prerequisites; row->kind; row++)
        object_set(fixes, row->kind, string(row->fix));
    return fixes;
}

static void add_keys(struct value *secrets, const struct value *fields)
{
    const char *name = object_string(fields, "secret");
    const struct value *keys = object_get(fields, "keys");
    struct value *skeleton = object_get(secrets, name);

    if (!skeleton)
        object_set(secrets, name, skeleton = object((struct field[]){ END }));
    for (size_t i = 0; i < value_length(keys); i++)
        object_set(skeleton, value_string(array_at(keys, i)), string(""));
}

const struct value *prerequisite_secret_skeleton(const struct cloud_assembly *assembly)
{
    struct value *secrets = object((struct field[]){ END });

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct cloud_stack *stack = &assembly->stacks[i];
        // Which account and region it is does not matter here.
        const struct environment environment = { .account = stack->account ? stack->account : "000000000000",
            .region = stack->region ? stack->region : "us-east-1",
            .partition = "aws" };
        size_t count;
        const struct requirement *all = requirements_of(assembly, stack->template, &environment, &count);

        for (size_t j = 0; j < count; j++)
            if (all[j].type == REQUIREMENT_SECRET)
                add_keys(secrets, all[j].fields);
    }
    if (!value_length(secrets))
        return NULL;
    return value_length(secrets) == 1 ? object_at(secrets, 0)->value : secrets;
}

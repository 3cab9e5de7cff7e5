// SPDX-License-Identifier: MIT
#include "cli/stacks/advice.h"

#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/strbuf.h"

// "@" is the program, "$" the stack.
static const char *fill_in(const struct cli *cli, const struct stack_job *job, const char *text)
{
    STRBUF_AUTO result = STRBUF_INIT;

    for (; *text; text++)
        if (*text == '@')
            strbuf_add_string(&result, cli->definition->name);
        else if (*text == '$')
            strbuf_add_string(&result, job->stack->display_name);
        else
            strbuf_add_char(&result, *text);
    return arena_strdup(value_arena(), result.data);
}

const char *stack_advice(const struct cli *cli, const struct stack_job *job)
{
    const char *advice = stack_state(object_string(job->current, "StackStatus"))->advice;

    return advice ? fill_in(cli, job, advice) : NULL;
}

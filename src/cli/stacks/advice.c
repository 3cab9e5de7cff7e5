// SPDX-License-Identifier: MIT
#include "cli/stacks/advice.h"

#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/strbuf.h"

#include <string.h>

// "@" stands for the program, "$" for the stack.
static const struct {
    const char *status, *text;
} cares[] = {
    { "CREATE_FAILED",
        "its creation failed and stopped there: '@ deploy $' continues once the cause is fixed, '@ rollback $' rolls it back" },
    { "DELETE_FAILED", "'@ logs $' names the cause; once that is fixed, '@ destroy $' continues" },
    { "IMPORT_ROLLBACK_FAILED", "an import could not be rolled back: '@ logs $' names the cause" },
    { "REVIEW_IN_PROGRESS",
        "it has nothing but change sets: '@ deploy $' creates it, '@ destroy $' removes it" },
    { "ROLLBACK_COMPLETE",
        "its creation failed and was rolled back: '@ logs $' names the cause; '@ deploy $' deletes what is "
        "left and creates it again" },
    { "ROLLBACK_FAILED",
        "its creation failed and could not be rolled back: '@ deploy $' deletes what is left and creates it again" },
    { "UPDATE_FAILED",
        "its update failed and stopped there: '@ rollback $' rolls it back; '@ deploy $' does so and continues" },
    { "UPDATE_ROLLBACK_COMPLETE",
        "its last update failed and was rolled back: '@ logs $' names the cause; '@ deploy $' tries again" },
    { "UPDATE_ROLLBACK_FAILED",
        "its last update failed and could not be rolled back: '@ rollback $' tries again once the cause is fixed; --orphan leaves resources as they are" },
};

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
    const char *status = object_string(job->current, "StackStatus");

    for (size_t i = 0; i < sizeof(cares) / sizeof(*cares); i++)
        if (strcmp(cares[i].status, status) == 0)
            return fill_in(cli, job, cares[i].text);
    return status_is_in_progress(status) ? fill_in(cli, job, "'@ watch $' follows it") : NULL;
}

// SPDX-License-Identifier: MIT
#include "cli/stacks/approval.h"

#include "cli/core/cli.h"
#include "cli/core/prompt.h"
#include "cli/diff/source.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "diff/render/format.h"
#include "util/display.h"
#include "util/terminal.h"

#include <string.h>
#include <unistd.h>

const char *const approval_names[] = {
    [APPROVAL_NEVER] = "never",
    [APPROVAL_ANY_CHANGE] = "any-change",
    [APPROVAL_BROADENING] = "broadening",
    [APPROVAL_DESTRUCTIVE] = "destructive",
    NULL,
};

enum { CONTEXT_LINES = 3 };

enum approval approval_from_name(const char *name)
{
    for (int i = 0; name && approval_names[i]; i++)
        if (strcmp(approval_names[i], name) == 0)
            return (enum approval)i;
    return APPROVAL_BROADENING;
}

static void compare_job(const struct stack_job *job, struct diff *ret_diff)
{
    const struct diff_input input = {
        .name = job->stack->display_name,
        .before = job->current_template,
        .after = job->stack->template,
        .paths = diff_paths_of_metadata(job->stack->metadata),
        .settings_before = job_settings(job),
        .settings_after = job_wanted_settings(job),
        .changes = job->changes,
    };
    const struct diff_options options = { .deployed = true };

    diff_compare(&input, 1, &options, ret_diff);
}

static bool is_needed(enum approval wanted, const struct stack_job *job, const struct diff *diff)
{
    switch (wanted) {
    case APPROVAL_NEVER:
        return false;
    case APPROVAL_BROADENING:
        return diff->summary.broadening;
    case APPROVAL_DESTRUCTIVE:
        return diff->summary.destructive;
    case APPROVAL_ANY_CHANGE:
        break;
    }
    return diff->different > 0 || value_length(job->changes) > 0;
}

static void show_changes(const struct cli *cli, enum approval wanted, const struct diff *diff)
{
    const struct diff_format_options look = {
        .color = cli->color,
        .width = (size_t)terminal_line_width(STDERR_FILENO),
        .security_only = wanted == APPROVAL_BROADENING,
        .context = CONTEXT_LINES,
    };
    DISPLAY_AUTO text = DISPLAY_INIT;

    diff_write_text(&text, diff, &look);
    cli_show(cli, &text);
}

bool approval_given(
    const struct cli *cli, enum approval wanted, const struct stack_job *job, const char **ret_problem)
{
    static const char *const kinds[] = { [APPROVAL_BROADENING] = "security",
        [APPROVAL_ANY_CHANGE] = "these",
        [APPROVAL_DESTRUCTIVE] = "destructive" };
    struct diff diff;

    if (wanted == APPROVAL_NEVER)
        return true;
    compare_job(job, &diff);
    if (!is_needed(wanted, job, &diff))
        return true;
    show_changes(cli, wanted, &diff);
    cli_info(cli, "%s: %s changes need approval", job->stack->display_name, kinds[wanted]);
    if (!prompt_is_possible()) {
        *ret_problem = "its changes need approval, and there is no terminal to ask at\n"
                       "--yes approves, --require-approval never does not ask";
        return false;
    }
    if (prompt_yes("Make these changes to %s?", job->stack->display_name))
        return true;
    *ret_problem = "the changes were not approved";
    return false;
}

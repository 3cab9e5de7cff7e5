// SPDX-License-Identifier: MIT
#include "cli/completion/completion.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

static int fail_shell(const struct cli *cli, const char *shell)
{
    struct suggestion suggestion = SUGGESTION_FOR(shell);

    for (const char *const *known = completion_shells; *known; known++)
        suggestion_consider(&suggestion, *known);
    if (suggestion.best)
        return cli_usage_error(cli, "unknown shell '%s'; did you mean '%s'?", shell, suggestion.best);
    return cli_usage_error(cli, "unknown shell '%s'; there is completion for bash, zsh and fish", shell);
}

static int run_completion(struct cli *cli, const void *options, const struct string_list *operands)
{
    const struct string_list words = { operands->items + 1, operands->count - 1, 0 };
    STRBUF_AUTO out = STRBUF_INIT;

    (void)options;
    if (words.count)
        completion_answer(cli, &words, &out);
    else
        completion_script(&out, operands->items[0], cli->definition->name);
    if (!words.count && !out.length)
        return fail_shell(cli, operands->items[0]);
    if (out.length)
        print_data(out.data, out.length);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_completion = {
    .operands = { "SHELL [WORD]", 1, ANY_NUMBER, OPERAND_SHELL },
    .description =
        "Prints a script that completes, in bash, zsh or fish, commands, options and their values: stacks, "
        "context keys, functions, resource types, output keys, profiles, formats, files, git revisions.\n\n"
        "For bash: source <(tango-infra completion bash). For zsh: put the output into a file _tango-infra "
        "in a directory of $fpath. For fish: tango-infra completion fish | source.\n\n"
        "The script asks the program: behind '--' are the words of a command line up to the cursor, and the "
        "output is what may stand in the place of the last one, a line for each. AWS is not asked.",
    .run = run_completion,
};

// SPDX-License-Identifier: MIT
#include "cli/core/completion.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

const char *const completion_shells[] = { "bash", "zsh", "fish", NULL };
static void (*const writers[])(
    struct strbuf *, const char *) = { completion_bash, completion_zsh, completion_fish };

void completion_function_name(struct strbuf *out, const char *program)
{
    for (; *program; program++)
        strbuf_add_char(out, *program == '-' ? '_' : *program);
}

void completion_quote(struct strbuf *out, const char *text, const char *special)
{
    strbuf_add_char(out, '\'');
    for (; *text; text++) {
        if (strchr(special, *text))
            strbuf_addf(out, "\\%c", *text);
        else if (*text == '\'')
            strbuf_add_string(out, "'\\''");
        else
            strbuf_add_char(out, *text);
    }
    strbuf_add_char(out, '\'');
}

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
    STRBUF_AUTO script = STRBUF_INIT;

    (void)options;
    for (size_t i = 0; completion_shells[i]; i++) {
        if (strcmp(completion_shells[i], operands->items[0]) != 0)
            continue;
        writers[i](&script, cli->definition->name);
        print_data(script.data, script.length);
        return EXIT_STATUS_OK;
    }
    return fail_shell(cli, operands->items[0]);
}

const struct command_body cmd_completion = {
    .operands = { "SHELL", 1, 1, OPERAND_SHELL },
    .description =
        "Prints a script that completes commands, options and stack names in bash, zsh or fish.\n\n"
        "For bash: source <(tango-infra completion bash). For zsh: put the output into a file _tango-infra "
        "in a directory of $fpath. For fish: put it into ~/.config/fish/completions/tango-infra.fish.",
    .run = run_completion,
};

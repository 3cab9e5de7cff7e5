// SPDX-License-Identifier: MIT
#include "cli/core/cdk_words.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/text/suggest.h"

#include <string.h>

#define COMMAND(name, alias, summary, body) extern const struct command_body body;
#include "cli/core/commands.def"
#undef COMMAND

#define COMMAND(name, alias, summary, body) { name, alias, summary, &body },
const struct command commands[] = {
#include "cli/core/commands.def"
    { NULL, NULL, NULL, NULL },
};
#undef COMMAND

#define EXAMPLE(command, line, summary) { command, line, summary },
const struct example examples[] = {
#include "cli/core/examples.def"
    { NULL, NULL, NULL },
};
#undef EXAMPLE

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0 || (*command->alias && strcmp(command->alias, name) == 0))
            return command;
    return NULL;
}

int command_unknown(const struct cli *cli, const char *name)
{
    struct suggestion suggestion = SUGGESTION_FOR(name);
    const char *advice = cdk_command_advice(name);

    if (advice)
        return cli_usage_error(cli, "command '%s' of the CDK is not offered here: %s", name, advice);
    for (const struct command *command = commands; command->name; command++) {
        suggestion_consider(&suggestion, command->name);
        suggestion_consider(&suggestion, command->alias);
    }
    if (suggestion.best)
        return cli_usage_error(cli, "unknown command '%s'; did you mean '%s'?", name, suggestion.best);
    return cli_usage_error(cli, "unknown command '%s'; '%s help' lists them", name, cli->definition->name);
}

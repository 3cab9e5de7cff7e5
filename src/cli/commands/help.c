// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct help_options {
    bool manual;
};

static const struct option options[] = {
    { "man", 0, OPTION_FLAG(struct help_options, manual), .help = "print the manual page, in roff" },
    OPTION_END,
};

static const char options_topic[] = "options";

static int run_help(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct help_options *given = values;
    const struct command *command = NULL;
    int width = terminal_width(STDOUT_FILENO);
    STRBUF_AUTO text = STRBUF_INIT;

    if (operands->count > 0 && strcmp(operands->items[0], options_topic) == 0 && !given->manual)
        help_options(&text, width);
    else if (operands->count > 0 && !(command = command_find(operands->items[0])))
        return command_unknown(cli, operands->items[0]);
    else if (given->manual)
        help_manual(&text, cli, command);
    else if (command)
        help_command(&text, cli, command, width);
    else
        help_program(&text, cli, width);
    print_data(text.data, text.length);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_help = {
    .operands = { "COMMAND|options", 0, 1, OPERAND_COMMAND },
    .options = options,
    .options_size = sizeof(struct help_options),
    .description = "Explains the program, or a command with its options and examples, or, with 'options', "
                   "those that every command has. To read a manual page: tango-infra "
                   "help --man | man -l -",
    .run = run_help,
};

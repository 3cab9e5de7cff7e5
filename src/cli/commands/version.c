// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/display.h"

static int run_version(struct cli *cli, const void *options, const struct string_list *operands)
{
    (void)options;
    (void)operands;
    print("%s %s\n", cli->definition->name, TANGO_VERSION);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_version = {
    .description = "Prints the program's name and version.",
    .run = run_version,
};

// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "stacks/stacks.h"

int main(int argc, char **argv)
{
    static const struct app_definition tango = {
        .name = "tango-infra",
        .summary = "the AWS infrastructure of Tango",
        .build = tango_new,
        .settings = tango_settings,
    };

    return cli_main(&tango, argc, argv);
}

// SPDX-License-Identifier: MIT
// The composition root: the only place that knows both the command line and the stacks.
#include "cli/core/cli.h"
#include "stacks/dead_letters.h"
#include "stacks/functions.h"
#include "stacks/prerequisites.h"
#include "stacks/settings.h"
#include "stacks/stacks.h"

int main(int argc, char **argv)
{
    const struct app_functions functions = {
        .names = function_names,
        .package = function_package,
        .needs = function_package_needs,
        .runner = function_runner,
        .audit_consumer = "audit-consumer",
        .audit_schema = "functions/audit-consumer/audit-schema.yaml",
    };
    const struct app_definition definition = {
        .name = "tango-infra",
        .summary = "Synthesizes the AWS infrastructure of Tango: network, media, API, frontend, events and "
                   "observability.",
        .build = tango_new,
        .settings = tango_settings,
        .functions = &functions,
        .prerequisites = tango_prerequisites,
        .checks_templates = true,
        .dead_letters = tango_dead_letters,
    };

    return cli_main(&definition, argc, argv);
}

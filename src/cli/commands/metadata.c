// SPDX-License-Identifier: MIT
#include "cli/app/select.h"
#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "data/value.h"
#include "util/die.h"

struct metadata_options {
    bool json;
};

static const struct option options[] = {
    { "json", 'j', OPTION_FLAG(struct metadata_options, json), .help = "print JSON instead of YAML" },
    OPTION_END,
};

static int run_metadata(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct metadata_options *given = values;
    SYNTHESIS_AUTO synthesis;
    ERROR_AUTO err = ERROR_INIT;
    struct selection selection;

    if (synthesis_make_unsaved(cli, &synthesis) < 0)
        return EXIT_STATUS_FAILURE;
    synthesis_print_app_warnings(cli, &synthesis);
    if (stacks_select(&synthesis.assembly, operands, SELECT_EXACTLY, &cli->arena, &selection, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (!selection.single)
        return cli_error(cli, "'%s' matches %zu stacks; name one", operands->items[0], selection.count);
    document_print(assembly_stack_metadata(selection.single), given->json);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_metadata = {
    .operands = { "STACK", 1, 1, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct metadata_options),
    .description =
        "Shows the metadata of a stack: the logical id of each construct path, tags, and the messages of its "
        "constructs.",
    .run = run_metadata,
};

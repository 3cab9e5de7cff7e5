// SPDX-License-Identifier: MIT
#include "lsp/lsp.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/schema/schema_view.h"
#include "cli/validate/settings.h"
#include "data/value.h"
#include "util/die.h"
#include "util/display.h"
#include "validate/validate.h"

#include <stdio.h>
#include <unistd.h>

struct lsp_cli_options {
    struct string_list ignore;
    struct string_list include;
    struct string_list regions;
    bool stdio;
};

static const struct option options[] = {
    { "ignore", 0, OPTION_LIST(struct lsp_cli_options, ignore), .argument = "RULE",
        .help = "leave out this rule, or those whose ids begin so" },
    { "include", 0, OPTION_LIST(struct lsp_cli_options, include), .argument = "RULE",
        .help = "add this rule, or those whose ids begin so: information is off by default" },
    { "region", 0, OPTION_LIST(struct lsp_cli_options, regions), .argument = "REGION",
        .help = "a region that the templates are for (us-east-1); may be given again" },
    { "stdio", 0, OPTION_FLAG(struct lsp_cli_options, stdio),
        .help = "as editors say it; there is no other way" },
    OPTION_END,
};

static void send_bytes(void *data, const char *text, size_t length)
{
    (void)data;
    print_data(text, length);
    fflush(stdout);
}

static void add_all(struct string_list *to, const struct string_list *more)
{
    for (size_t i = 0; i < more->count; i++)
        string_list_add(to, value_arena(), more->items[i]);
}

static int find_options(
    void *data, const char *directory, struct validate_options *ret_options, struct error *err)
{
    const struct lsp_cli_options *given = data;

    add_all(&ret_options->ignore, &given->ignore);
    add_all(&ret_options->include, &given->include);
    add_all(&ret_options->regions, &given->regions);
    return validate_settings_read(ret_options, directory, err);
}

static void describe(void *data, struct display *out, const struct schema_resource *resource,
    const char *path, const struct schema_property *property, struct arena *arena)
{
    enum { WIDTH = 90 }; // of a window that an editor opens over the text
    const struct schema_page page = { arena, WIDTH };

    (void)data;
    if (path)
        schema_text_property(out, resource, path, property, &page);
    else
        schema_text_resource(out, resource, &page);
}

static int run_lsp(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct lsp_cli_options given = *(const struct lsp_cli_options *)values;
    const struct lsp_host host = {
        .data = &given,
        .name = cli->definition->name,
        .version = TANGO_VERSION,
        .send = send_bytes,
        .options = find_options,
        .describe = describe,
    };

    (void)operands;
    return lsp_serve(&host, STDIN_FILENO);
}

const struct command_body cmd_lsp = {
    .options = options,
    .options_size = sizeof(struct lsp_cli_options),
    .description =
        "Serves an editor: the Language Server Protocol on standard input and output, for CloudFormation "
        "templates in JSON and YAML. It shows what 'validate' finds as one types, what 'schema' says of the type "
        "or property at the cursor, what may stand there, and where what is referred to is declared.\n\n"
        "What is set for 'validate' counts here too: .cfnlintrc in the folder that is open, comments, and "
        "'Metadata'. The editor may set 'ignore', 'include' and 'regions' in the section 'tango-infra'.\n\n"
        "The exit status is 0 when the editor has ended it as the protocol says, else 1.",
    .run = run_lsp,
};

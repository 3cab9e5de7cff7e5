// SPDX-License-Identifier: MIT
#include "lsp/lsp.h"
#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/schema/schema_view.h"
#include "cli/validate/settings.h"
#include "data/value.h"
#include "util/die.h"
#include "util/display.h"
#include "validate/validate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct lsp_cli_options {
    struct string_list ignore;
    struct string_list include;
    struct string_list regions;
    const char *policy;
    bool stdio;
};

static const struct option options[] = {
    { "ignore", 0, OPTION_LIST(struct lsp_cli_options, ignore), .argument = "RULE",
        .help = "leave out this rule, or those whose ids begin so" },
    { "include", 0, OPTION_LIST(struct lsp_cli_options, include), .argument = "RULE",
        .help = "add this rule, or those whose ids begin so: information is off by default" },
    { "region", 0, OPTION_LIST(struct lsp_cli_options, regions), .argument = "REGION",
        .help = "a region that the templates are for (us-east-1); may be given again" },
    { "policy", 0, OPTION_CHOICE(struct lsp_cli_options, policy), .argument = "PACK", .choices = policy_names,
        .help = "rules of good practice: none (by default), or aws-solutions as in cdk-nag" },
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

static int add_setting(
    struct string_list *list, const struct value *settings, const char *key, struct error *err)
{
    const struct value *items = object_get(settings, key);

    if (items && value_type(items) != VALUE_ARRAY && value_type(items) != VALUE_NULL)
        return error_set(err, "setting '%s' is not a list of strings", key);
    for (size_t i = 0; i < value_length(items); i++) {
        const char *item = value_string(array_at(items, i));

        if (!item || !*item)
            return error_set(err, "setting '%s' is not a list of strings", key);
        string_list_add(list, value_arena(), item);
    }
    return 0;
}

static int set_policy(struct validate_options *how, const char *policy, struct error *err)
{
    for (const char *const *name = policy_names; policy && *name; name++) {
        if (strcmp(policy, *name) != 0)
            continue;
        how->policy = name != policy_names;
        return 0;
    }
    return policy ? error_set(err, "setting 'policy' is '%s', not none or aws-solutions", policy) : 0;
}

static int find_options(void *data, const char *directory, const struct value *settings,
    struct validate_options *how, struct error *err)
{
    const struct lsp_cli_options *given = data;

    add_all(&how->ignore, &given->ignore);
    add_all(&how->include, &given->include);
    add_all(&how->regions, &given->regions);
    return set_policy(how, given->policy, err) < 0 ||
            add_setting(&how->ignore, settings, "ignore", err) < 0 ||
            add_setting(&how->include, settings, "include", err) < 0 ||
            add_setting(&how->regions, settings, "regions", err) < 0 ||
            set_policy(how, object_string(settings, "policy"), err) < 0 ||
            validate_settings_read(how, directory, err) < 0
        ? -1
        : 0;
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
        "'Metadata'. The editor may set 'ignore', 'include', 'regions' and 'policy' in the section 'tango-infra'.\n\n"
        "The exit status is 0 when the editor has ended it as the protocol says, else 1.",
    .run = run_lsp,
};

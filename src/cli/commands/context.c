// SPDX-License-Identifier: MIT
#include "cli/app/context.h"
#include "cdk/setting.h"
#include "cli/app/context_edit.h"
#include "cli/app/context_values.h"
#include "cli/app/environment_table.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "cli/diff/effect.h"
#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/die.h"

#include <stdio.h>

struct context_options {
    const char *reset;
    const char *profile;
    bool clear;
    bool describe;
    bool json;
    bool force;
    struct string_list effects;
    struct string_list tables;
};

static const struct option options[] = {
    { "reset", 'e', OPTION_STRING(struct context_options, reset), .argument = "KEY",
        .completes = COMPLETES_CACHED_CONTEXT,
        .help =
            "remove a key from cdk.context.json, so that it is looked up again; KEY is a name, a glob or the "
            "number that the list shows" },
    { "force", 'f', OPTION_FLAG(struct context_options, force),
        .help = "do not fail when there is no such key" },
    { "clear", 0, OPTION_FLAG(struct context_options, clear),
        .help = "remove every key from cdk.context.json" },
    { "describe", 0, OPTION_FLAG(struct context_options, describe),
        .help = "explain the keys that the app reads" },
    { "profile", 0, OPTION_STRING(struct context_options, profile), .argument = "NAME",
        .completes = COMPLETES_CONTEXT_PROFILE,
        .help = "show what each key is under a profile of the app, and where its value comes from" },
    { "json", 'j', OPTION_FLAG(struct context_options, json), .help = "print JSON instead of a table" },
    { "effect", 0, OPTION_LIST(struct context_options, effects), .argument = "KEY=VALUE",
        .completes = COMPLETES_CONTEXT,
        .help = "show what this value would change in the stacks, without asking AWS; may be given again" },
    ENVIRONMENT_TABLE_OPTION(struct context_options),
    OPTION_END,
};

static void print_sources(const struct cli *cli, const struct context *context)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < CONTEXT_FILES; i++)
        if (value_length(context->files[i].values))
            strbuf_addf(&names, "%s%s", names.length ? ", " : "", context->files[i].name);
    if (names.length)
        cli_info(cli, "Context found in %s:\n", names.data);
}

static int list_sources(struct cli *cli, const struct context *context)
{
    struct string_list keys = context_sorted_keys(context, &cli->arena);
    static const char *const headings[] = { "#", "Key", "Value" };
    struct table table = { .arena = &cli->arena, .columns = ARRAY_SIZE(headings), .headings = headings };

    if (!keys.count) {
        cli_info(cli, "There are no context values. Those that are looked up will be saved in %s.",
            context_project_file);
        return EXIT_STATUS_OK;
    }
    print_sources(cli, context);
    for (size_t i = 0; i < keys.count; i++) {
        const char *number = arena_printf(&cli->arena, "%zu", i + 1);
        STRBUF_AUTO json = STRBUF_INIT;

        json_stringify(&json, object_get(context->values, keys.items[i]));
        table_add(&table, (const char *const[]){ number, keys.items[i], json.data });
    }
    table_print(&table);
    return EXIT_STATUS_OK;
}

// The defaults of a row under each profile where one differs; NULL where none does.
static struct value *profile_defaults(const struct setting *profiles, const struct setting *setting)
{
    struct value *defaults = object((struct field[]){ END });
    bool differs = false;

    for (size_t i = 0; profiles && profiles->choices[i]; i++) {
        object_set(defaults, profiles->choices[i], string(setting_default(setting, i)));
        differs |= setting->under[i] != NULL;
    }
    return differs ? defaults : NULL;
}

static struct value *choices_value(const struct setting *setting)
{
    return setting->choices ? strings(setting->choices) : NULL;
}

static struct value *setting_value(const struct setting *profiles, const struct setting *setting)
{
    bool has_range = setting->minimum < setting->maximum;

    return object((struct field[]){
        { "key", string(setting->key) },
        { "type", string(setting_type_name(setting->type)) },
        { "default", string(setting->default_text) },
        { "defaults", profile_defaults(profiles, setting) },
        { "choices", choices_value(setting) },
        { "minimum", has_range ? number(setting->minimum) : NULL },
        { "maximum", has_range ? number(setting->maximum) : NULL },
        { "description", string(setting->description) },
        END,
    });
}

static void describe_json(const struct setting *settings)
{
    const struct setting *profiles = settings_profile(settings);
    struct value *rows = array();

    for (; settings->key; settings++)
        array_append(rows, setting_value(profiles, settings));
    document_print(rows, true);
}

enum { COLUMNS_MOST = SETTING_PROFILES + 3 };

// One column of defaults a profile; its name is their heading.
static void describe_table(struct cli *cli, const struct setting *settings)
{
    const struct setting *profiles = settings_profile(settings);
    const char *headings[COLUMNS_MOST] = { "Key", "Type", "Default" };
    struct table table = { .arena = &cli->arena, .columns = 3, .headings = headings };

    for (size_t i = 0; profiles && profiles->choices[i]; i++)
        headings[2 + i] = profiles->choices[i];
    while (headings[table.columns])
        table.columns++;
    headings[table.columns++] = "Description";
    for (; settings->key; settings++) {
        const char *cells[COLUMNS_MOST] = { settings->key, setting_type_name(settings->type) };

        for (size_t i = 0; i < table.columns - 3; i++) {
            const char *text = setting_default(settings, i);

            cells[2 + i] = text ? text : "-";
        }
        cells[table.columns - 1] = settings->description;
        table_add(&table, cells);
    }
    table_print(&table);
}

static int describe_context(struct cli *cli, bool json)
{
    if (json)
        describe_json(cli->definition->settings);
    else
        describe_table(cli, cli->definition->settings);
    return EXIT_STATUS_OK;
}

static int run_context(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct context_options *given = values;
    ERROR_AUTO err = ERROR_INIT;
    struct context context;

    (void)operands;
    if (given->describe + given->clear + !!given->reset + !!given->profile + !!given->effects.count > 1)
        return cli_usage_error(
            cli, "'--describe', '--clear', '--reset', '--profile' and '--effect' exclude each other");
    if (given->effects.count)
        return context_effect_print(cli, &given->effects, given->json, &given->tables);
    if (cli->environments.count > 1 || given->tables.count)
        return cli_usage_error(cli, "of several environments there is only '--effect'");
    if (given->describe)
        return describe_context(cli, given->json);
    if (context_load(cli, &context, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (given->profile)
        return context_show_profile(cli, &context, given->profile, given->json);
    if (given->clear)
        return context_clear(cli, &context);
    if (given->reset)
        return context_reset(cli, &context, given->reset, given->force);
    if (!given->json)
        return list_sources(cli, &context);
    document_print(context.values, true);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_context = {
    .options = options,
    .options_size = sizeof(struct context_options),
    .description =
        "Lists the context values that the files and the command line set, or edits those that were looked "
        "up and saved in cdk.context.json.\n\n"
        "The context key \"profile\" sets the defaults of other keys; a key that is given always wins. "
        "'--profile NAME' shows what every key is under that profile, and whether the value comes from the "
        "profile, a file or the command line. (The profile of the AWS CLI, which other commands take as "
        "'--profile', is of no use to this one.)\n\n"
        "--effect shows what a value would do to the stacks: resources, data, exports and permissions, as 'diff' does; "
        "with several environments (--env) in each of them.\n\n"
        "A value comes from -c, else from the environment's file (--env), else from \"context\" in cdk.json, else from cdk.context.json, else from "
        "\"context\" in ~/.cdk.json. Of the other keys of cdk.json, these are read, for options that are not "
        "given: output (of synth and all that synthesizes), profile, region, lookups, pathMetadata, "
        "assetMetadata, toolkitStackName (of bootstrap and gc), and for deploy requireApproval, rollback, "
        "progress and outputsFile. They mean to the CDK CLI what they mean here; all other keys are left to "
        "it, also \"app\": this program is the app.",
    .takes_environments = true,
    .run = run_context,
};

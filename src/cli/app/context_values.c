// SPDX-License-Identifier: MIT
#include "cli/app/context_values.h"

#include "cdk/app.h"
#include "cdk/diag.h"
#include "cdk/setting.h"
#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/die.h"

#include <string.h>

struct context_values {
    struct cli *cli;
    const struct context *context;
    const struct value *values;     // of every key
    const struct setting *profiles; // the row
    size_t profile;                 // its number
};

// What a profile does not give is the default under all of them.
static const char *source_of(const struct context_values *shown, const struct setting *setting)
{
    const char *given = context_source_of(shown->context, setting->key);

    if (given)
        return given;
    if (!setting->under[shown->profile])
        return "default";
    return arena_printf(&shown->cli->arena, "profile %s", shown->profiles->choices[shown->profile]);
}

static void print_json(const struct context_values *shown)
{
    struct value *rows = array();

    for (const struct setting *setting = shown->cli->definition->settings; setting->key; setting++)
        array_append(rows,
            object((struct field[]){
                { "key", string(setting->key) },
                { "value", object_get(shown->values, setting->key) },
                { "from", string(source_of(shown, setting)) },
                END,
            }));
    document_print(rows, true);
}

static void print_table(const struct context_values *shown)
{
    static const char *const headings[] = { "Key", "Value", "From" };
    struct table table = {
        .arena = &shown->cli->arena, .columns = ARRAY_SIZE(headings), .headings = headings
    };

    for (const struct setting *setting = shown->cli->definition->settings; setting->key; setting++) {
        const struct value *value = object_get(shown->values, setting->key);
        STRBUF_AUTO json = STRBUF_INIT;

        if (value_type(value) == VALUE_NULL)
            strbuf_add_string(&json, "-");
        else
            json_stringify(&json, value);
        table_add(&table, (const char *const[]){ setting->key, json.data, source_of(shown, setting) });
    }
    table_print(&table);
}

static void find_profile(struct context_values *shown)
{
    const char *name = object_string_or_empty(shown->values, shown->profiles->key);

    while (strcmp(shown->profiles->choices[shown->profile], name) != 0)
        shown->profile++;
}

static int fail(const struct cli *cli, const struct app *app)
{
    for (size_t i = 0; i < app_diag_total(app); i++)
        cli_error(cli, "%-s", app_diag_at(app, i)->message);
    return EXIT_STATUS_FAILURE;
}

int context_show_profile(struct cli *cli, struct context *context, const char *name, bool json)
{
    struct context_values shown = { .cli = cli, .context = context };
    struct app *app;
    int status = EXIT_STATUS_OK;

    shown.profiles = settings_profile(cli->definition->settings);
    if (!shown.profiles)
        return cli_usage_error(cli, "the app has no profiles: leave '--profile' out");
    context_set(context, shown.profiles->key, string(name));
    app = app_new(&(struct app_props){ .context = context->values });
    shown.values = settings_values(cli->definition->settings, context->values, app_node(app));
    if (app_diag_count(app, DIAG_ERROR)) {
        status = fail(cli, app);
    } else {
        find_profile(&shown);
        (json ? print_json : print_table)(&shown);
    }
    app_free(app);
    return status;
}

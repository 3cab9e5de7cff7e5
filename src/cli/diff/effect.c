// SPDX-License-Identifier: MIT
#include "cli/diff/effect.h"

#include "cli/app/environment_table.h"
#include "cli/core/cli.h"
#include "cli/diff/comparison.h"
#include "cli/diff/output.h"
#include "cli/stacks/target_stacks.h"
#include "util/die.h"

struct effect {
    const struct string_list *changes;
    struct diff diff; // of all environments
};

static int read_stacks(struct cli *cli, struct diff_templates *templates, const char **ret_prefix)
{
    static const struct target_options options;
    static const struct string_list every_stack;
    const struct target_need need = {
        .extend = SELECT_EXACTLY, .read_only = true, .in_memory = true, .offline = true
    };
    ERROR_AUTO err = ERROR_INIT;
    TARGET_STACKS_AUTO target;

    if (target_stacks_open(cli, &options, &every_stack, &need, &target) != 0)
        return -1;
    *ret_prefix = environment_prefix(cli, &target.synthesis.context);
    if (diff_read_app(&target, templates, &err) == 0)
        return 0;
    cli_error(cli, "%-s", err.message);
    return -1;
}

static int compare(struct cli *cli, const struct string_list *changes, const char **ret_prefix,
    const char *environment, struct diff *ret_diff)
{
    size_t given = cli->globals.context.count;
    struct diff_sides sides = { 0 };
    const char *ignored;
    int status;

    if (read_stacks(cli, &sides.before, ret_prefix) < 0)
        return -1;
    for (size_t i = 0; i < changes->count; i++)
        string_list_add(&cli->globals.context, &cli->arena, changes->items[i]);
    status = read_stacks(cli, &sides.after, &ignored);
    cli->globals.context.count = given;
    return status == 0 && diff_sides_compare(cli, &sides, environment, false, ret_diff) == EXIT_STATUS_OK
        ? 0
        : -1;
}

static int compare_environment(struct cli *cli, struct environment_row *row, void *data)
{
    struct effect *effect = data;
    struct diff diff;

    if (compare(cli, effect->changes, &row->prefix, row->environment, &diff) < 0)
        return -1;
    diff_add(&effect->diff, &diff);
    return 0;
}

static int print_diff(const struct cli *cli, const struct diff *diff, bool json)
{
    static const struct diff_look look;
    const char *const format = json ? "json" : "text";
    const struct string_list given = { .items = (const char **)&format, .count = 1 };
    struct result_formats formats;
    ERROR_AUTO err = ERROR_INIT;

    if (result_formats_parse("--json", &given, diff_format_names, &formats, &err) < 0 ||
        diff_print(cli, diff, &look, &formats, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return EXIT_STATUS_OK;
}

static int print_of_environments(
    struct cli *cli, const struct string_list *changes, bool json, const struct string_list *tables)
{
    struct effect effect = { .changes = changes };
    struct environment_table table;
    struct result_formats formats;
    int status = environment_table_formats_parse(cli, tables, &formats);

    if (status != EXIT_STATUS_OK)
        return status;
    status = environment_table_make(cli, compare_environment, &effect, &table);
    if (!effect.diff.count)
        return status;
    if (print_diff(cli, &effect.diff, json) != EXIT_STATUS_OK)
        return EXIT_STATUS_FAILURE;
    diff_fill_table(&table, &effect.diff);
    return environment_table_finish(cli, &table, &formats, !json || tables->count, status);
}

int context_effect_print(
    struct cli *cli, const struct string_list *changes, bool json, const struct string_list *tables)
{
    const char *prefix;
    struct diff diff;

    if (cli->environments.count > 1 || tables->count)
        return print_of_environments(cli, changes, json, tables);
    return compare(cli, changes, &prefix, NULL, &diff) < 0 ? EXIT_STATUS_FAILURE
                                                           : print_diff(cli, &diff, json);
}

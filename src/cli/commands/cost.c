// SPDX-License-Identifier: MIT
#include "cost/cost.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/json_file.h"
#include "cli/core/result_format.h"
#include "cli/diff/source.h"
#include "cli/stacks/target_stacks.h"
#include "data/value.h"
#include "util/die.h"

#include <math.h>
#include <stdlib.h>

enum { TEXT, MARKDOWN, JSON };

static const char *const format_names[] = { [TEXT] = "text", [MARKDOWN] = "markdown", [JSON] = "json", NULL };

struct cost_options {
    struct target_options target;
    struct string_list formats;
    const char *usage;
    const char *fail_above;
};

static const struct option options[] = {
    { "app", 'a', OPTION_STRING(struct cost_options, target.app), .argument = "DIR",
        .help = "take the cloud assembly in this directory instead of synthesizing" },
    { "exclusively", 'e', OPTION_FLAG(struct cost_options, target.exclusively),
        .help = "look only at the given stacks, not at those they depend on" },
    { "usage", 'u', OPTION_STRING(struct cost_options, usage), .argument = "FILE",
        .help = "add what a month of this use costs: JSON, by resource type or logical id" },
    { "format", 'f', OPTION_LIST(struct cost_options, formats), .argument = "FORMAT[=FILE]",
        .choices = format_names, .completes = COMPLETES_FORMAT_AND_FILE,
        .help = "print the result so, or write it so into FILE; may be given again" },
    { "fail-above", 0, OPTION_STRING(struct cost_options, fail_above), .argument = "AMOUNT",
        .help = "exit with 1 when a month costs more than so many USD" },
    OPTION_END,
};

static int write_one(const struct result_format *format, const struct cost *cost, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;
    DISPLAY_AUTO display = DISPLAY_INIT;

    switch (format->format) {
    case MARKDOWN:
        cost_write_markdown(&text, cost);
        return result_write(format, &text, err);
    case JSON:
        cost_write_json(&text, cost);
        return result_write_json(format, &text, err);
    default:
        cost_write_text(&display, cost);
        return result_write_display(format, &display, err);
    }
}

static int read_limit(const struct cli *cli, const char *text, double *ret_limit)
{
    char *end;

    *ret_limit = text ? strtod(text, &end) : INFINITY;
    if (text && (!*text || *end || !(*ret_limit >= 0)))
        return cli_usage_error(cli, "option '--fail-above' takes an amount in USD, not '%s'", text);
    return EXIT_STATUS_OK;
}

static int estimate(const struct cost_options *given, const struct diff_templates *stacks, struct cost *cost,
    struct error *err)
{
    struct cost_template *templates = arena_alloc(value_arena(), (stacks->count + 1) * sizeof(*templates));
    struct value *usage = NULL;
    ERROR_AUTO why = ERROR_INIT;

    for (size_t i = 0; i < stacks->count; i++)
        templates[i] = (struct cost_template){ stacks->items[i].name, stacks->items[i].template,
            stacks->items[i].paths };
    if (given->usage && json_file_read_required(given->usage, &usage, err) < 0)
        return -1;
    if (cost_estimate(templates, stacks->count, usage, cost, &why) == 0)
        return 0;
    return error_set(err, "%s: %-s", given->usage, why.message);
}

static int run_cost(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct cost_options *given = values;
    const struct target_need need = {
        .extend = SELECT_UPSTREAM, .read_only = true, .in_memory = true, .offline = true
    };
    struct diff_templates stacks = { 0 };
    struct result_formats formats;
    TARGET_STACKS_AUTO target = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    struct cost cost;
    double limit;
    int status;

    if (read_limit(cli, given->fail_above, &limit) != EXIT_STATUS_OK)
        return EXIT_STATUS_USAGE;
    if (result_formats_parse("--format", &given->formats, format_names, &formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = target_stacks_open(cli, &given->target, operands, &need, &target);
    if (status != 0)
        return status;
    if (diff_read_app(&target, &stacks, &err) < 0 || estimate(given, &stacks, &cost, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    for (size_t i = 0; i < formats.count; i++)
        if (write_one(&formats.items[i], &cost, &err) < 0)
            return cli_error(cli, "%-s", err.message);
    if (cost.dollars > limit)
        return cli_error(
            cli, "a month costs %.2f USD, which is more than %s", cost.dollars, given->fail_above);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_cost = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct cost_options),
    .description =
        "Estimates what the stacks cost a month, from list prices of us-east-1 that are compiled in: when nobody uses "
        "them, and with --usage at an assumed use. AWS is not asked. Free tiers, discounts and taxes are left out; what "
        "has no price here, and what only the deployment knows, is named.\n\n"
        "A usage file names resource types, for each resource of them, or logical ids, and quantities a month: "
        "{ \"AWS::CloudFront::Distribution\": { \"requests\": 5000000, \"gigabytes\": 200 } }",
    .run = run_cost,
};

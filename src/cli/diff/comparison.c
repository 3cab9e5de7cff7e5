// SPDX-License-Identifier: MIT
#include "cli/diff/comparison.h"

#include "cli/app/environment_table.h"
#include "cli/core/cli.h"
#include "cli/diff/output.h"
#include "cost/cost.h"
#include "data/value.h"
#include "util/die.h"
#include "util/terminal.h"

#include <string.h>
#include <unistd.h>

enum { CONTEXT_LINES = 3 };

// Both sides may come from the same file.
static void warn_of_duplicates(const struct cli *cli, const struct diff_sides *sides)
{
    const struct string_list *before = &sides->before.duplicates, *after = &sides->after.duplicates;

    for (size_t i = 0; i < before->count; i++)
        cli_warning(cli, "%s; the last one counts", before->items[i]);
    for (size_t i = 0; i < after->count; i++)
        if (!string_list_has(before, after->items[i]))
            cli_warning(cli, "%s; the last one counts", after->items[i]);
}

static void report_left_out(const struct cli *cli, const struct diff_templates *templates)
{
    for (size_t i = 0; i < templates->left_out_count; i++)
        cli_error(cli, "%-s; '%s' is left out", templates->left_out[i].message, templates->left_out[i].name);
}

static double cost_of(const char *name, const struct value *template)
{
    const struct cost_template stack = { name, template, NULL };
    ERROR_AUTO none = ERROR_INIT;
    struct cost cost;

    return template && cost_estimate(&stack, 1, NULL, &cost, &none) == 0 ? cost.dollars : 0;
}

static void find_costs(struct diff *diff)
{
    for (size_t i = 0; i < diff->count; i++) {
        struct diff_stack *stack = &diff->stacks[i];

        stack->summary.cost_before = cost_of(stack->name, stack->before);
        stack->summary.cost_after = cost_of(stack->name, stack->after);
        diff->summary.cost_before += stack->summary.cost_before;
        diff->summary.cost_after += stack->summary.cost_after;
    }
}

int diff_sides_compare(const struct cli *cli, struct diff_sides *sides, const char *environment, bool strict,
    struct diff *ret_diff)
{
    const struct diff_options how = { .strict = strict, .deployed = sides->deployed };
    size_t count;
    struct diff_input *inputs = diff_pair(&sides->before, &sides->after, &count);

    for (size_t i = 0; environment && i < count; i++)
        inputs[i].name = arena_printf(value_arena(), "%s/%s", environment, inputs[i].name);
    warn_of_duplicates(cli, sides);
    diff_compare(inputs, count, &how, ret_diff);
    find_costs(ret_diff);
    report_left_out(cli, &sides->before);
    report_left_out(cli, &sides->after);
    return sides->before.left_out_count || sides->after.left_out_count || sides->is_refused
        ? EXIT_STATUS_FAILURE
        : EXIT_STATUS_OK;
}

static const struct value *summary_value(const struct diff_summary *summary)
{
    struct value *value = object((struct field[]){
        { "differences", number((double)summary->differences) },
        { "dataAtStake", number((double)summary->data_at_stake) },
        { "exportsAtStake", number((double)summary->exports_at_stake) },
        { "broadening", boolean(summary->broadening) },
        { "destructive", boolean(summary->destructive) },
        { "costBefore", number(summary->cost_before) },
        { "costAfter", number(summary->cost_after) },
        END,
    });

    for (enum diff_impact impact = DIFF_NO_CHANGE + 1; impact < DIFF_IMPACTS; impact++)
        object_set(value, diff_impact_name(impact), number((double)summary->impacts[impact]));
    return value;
}

void diff_fill_table(struct environment_table *table, const struct diff *diff)
{
    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_stack *stack = &diff->stacks[i];
        const char *slash = strchr(stack->name, '/');
        const char *environment = arena_strndup(value_arena(), stack->name, (size_t)(slash - stack->name));
        STRBUF_AUTO text = STRBUF_INIT;

        diff_write_summary(&text, &stack->summary);
        environment_table_set(table, environment, slash + 1, text.data, summary_value(&stack->summary));
    }
}

int diff_print(const struct cli *cli, const struct diff *diff, const struct diff_look *look,
    const struct result_formats *formats, struct error *err)
{
    const struct diff_format_options options = {
        .color = cli->globals.color == TOGGLE_DEFAULT ? terminal_has_color(STDOUT_FILENO)
                                                      : cli->globals.color == YES,
        .width = (size_t)terminal_line_width(STDOUT_FILENO),
        .security_only = look->security_only,
        .summary = look->summary,
        .strict = look->strict,
        .context = look->context_lines ? (size_t)look->context_lines : CONTEXT_LINES,
    };

    return diff_outputs_write(formats, diff, &options, err);
}

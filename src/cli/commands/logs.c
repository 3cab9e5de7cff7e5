// SPDX-License-Identifier: MIT
#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "deploy/operations/event_chart.h"
#include "util/color.h"
#include "util/die.h"
#include "util/file/file.h"
#include "util/terminal.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0644 };

struct logs_command {
    struct target_options target;
    int operations;
    bool json;
    const char *chart;
};

static const struct option options[] = {
    TARGET_ALL(struct logs_command),
    { "operations", 'n', OPTION_INTEGER(struct logs_command, operations), .argument = "N", .minimum = 1,
        .maximum = 100000, .help = "of the last N operations; the default is the last one" },
    { "json", 'j', OPTION_FLAG(struct logs_command, json), .help = "print JSON" },
    { "chart", 0, OPTION_STRING(struct logs_command, chart), .argument = "FILE",
        .help = "write a Gantt chart into this HTML file instead" },
    TARGET_IN_MEMORY_OPTIONS(struct logs_command),
    OPTION_END,
};

struct line {
    const struct stack_job *job;
    const struct history_event *event;
    size_t number;
};

struct lines {
    struct line *items;
    size_t count;
};

static bool has_history(const struct stack_job *job)
{
    return job->history && job->history->count;
}

static int compare_events(const void *a, const void *b)
{
    const struct line *left = a;
    const struct line *right = b;
    int order = history_compare_times(left->event, right->event);

    if (order)
        return order;
    return (left->number > right->number) - (left->number < right->number);
}

// Each history is sorted already; those of several stacks are merged.
static struct lines collect_lines(const struct deployment *deployment)
{
    struct lines lines = { 0 };
    size_t total = 0;

    for (size_t i = 0; i < deployment->job_count; i++)
        total += has_history(&deployment->jobs[i]) ? deployment->jobs[i].history->count : 0;
    lines.items = arena_alloc(value_arena(), total * sizeof(*lines.items));
    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *job = &deployment->jobs[i];

        for (size_t j = 0; has_history(job) && j < job->history->count; j++) {
            lines.items[lines.count] = (struct line){ job, &job->history->events[j], lines.count };
            lines.count++;
        }
    }
    if (lines.count)
        qsort(lines.items, lines.count, sizeof(*lines.items), compare_events);
    return lines;
}

static const char *path_of(const struct line *line)
{
    return *line->event->path ? line->event->path : line->job->stack->display_name;
}

static bool is_failure(const struct line *line)
{
    return status_is_failed(line->event->event.status) && !line->event->is_consequence;
}

// A row for each event, failures in red.
static void print_lines(const struct lines *lines)
{
    struct table table = { .arena = value_arena(), .columns = 4 };
    bool has_color = terminal_has_color(STDOUT_FILENO);

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        const struct stack_event *event = &line->event->event;
        const char *what =
            arena_printf(table.arena, "%s%s%s", path_of(line), *event->reason ? ": " : "", event->reason);
        char time[32];

        table_add_styled(&table,
            (const char *const[]){
                timestamp_text(time, sizeof(time), line->event->time), event->status, event->type, what },
            has_color && is_failure(line) ? COLOR_RED : "");
    }
    table_print(&table);
}

static void print_json(const struct lines *lines)
{
    struct value *list = array();

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        const struct stack_event *event = &line->event->event;

        array_append(list,
            object((struct field[]){
                { "time", string(event->time) },
                { "stack", string(line->job->stack->display_name) },
                { "path", string(path_of(line)) },
                { "logicalId", string(event->logical_id) },
                { "physicalId", string(event->physical_id) },
                { "type", string(event->type) },
                { "status", string(event->status) },
                { "reason", *event->reason ? string(event->reason) : NULL },
                END,
            }));
    }
    document_print(list, true);
}

static int write_chart(const struct cli *cli, const struct deployment *deployment, const char *path)
{
    struct chart_stack *stacks = arena_alloc(value_arena(), deployment->job_count * sizeof(*stacks));
    STRBUF_AUTO page = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    size_t count = 0;

    for (size_t i = 0; i < deployment->job_count; i++)
        if (has_history(&deployment->jobs[i]))
            stacks[count++] = (struct chart_stack){
                .name = deployment->jobs[i].stack->display_name,
                .account = deployment->jobs[i].environment->account,
                .region = deployment->jobs[i].environment->region,
                .history = deployment->jobs[i].history,
            };
    if (!count)
        return cli_error(cli, "there are no events to draw");
    event_chart_write(&page, stacks, count, timestamp_now());
    if (file_write(path, page.data, page.length, FILE_MODE, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    cli_info(cli, "wrote %s", path);
    return EXIT_STATUS_OK;
}

static void report_causes(const struct cli *cli, struct deployment *deployment)
{
    struct failure_report report;

    failure_report_make(&report, deployment);
    failure_report_show(&report, cli);
}

static int report_logs(const struct cli *cli, struct deployment *deployment, const struct logs_command *given)
{
    const struct lines lines = collect_lines(deployment);

    if (given->chart)
        return write_chart(cli, deployment, given->chart);
    if (given->json) {
        print_json(&lines);
        return EXIT_STATUS_OK;
    }
    print_lines(&lines);
    fflush(stdout);
    report_causes(cli, deployment);
    return EXIT_STATUS_OK;
}

static bool has_any(const struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++)
        if (has_history(&deployment->jobs[i]))
            return true;
    return false;
}

static int run_logs(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct logs_command *given = values;
    const struct deploy_options deploy_options = { .operations =
                                                       given->operations ? (size_t)given->operations : 1 };
    STACK_QUERY_AUTO query;
    int status =
        stack_query_open_with(cli, &given->target, operands, &logs_operation, &deploy_options, &query);
    int problems;

    if (status != 0)
        return status;
    problems = stack_query_status(&query);
    if (problems == EXIT_STATUS_OK || has_any(&query.deployment))
        status = report_logs(cli, &query.deployment, given);
    return status ? status : problems;
}

const struct command_body cmd_logs = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct logs_command),
    .description =
        "Shows what happened on a stack since its last operation began, event by event with construct paths, "
        "nested stacks included, and what a failure began with. Times are UTC. Of several stacks, events "
        "stand in the order of time. A stack that was deleted is remembered by CloudFormation for 90 "
        "days.\n\n"
        "--chart draws the operations as a Gantt chart: one HTML file that needs no network. STACK may also "
        "be the CloudFormation name of a stack that the app does not have.",
    .run = run_logs,
};

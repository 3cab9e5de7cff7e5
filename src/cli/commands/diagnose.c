// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "cli/stacks/failure_report.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "deploy/explain/explain.h"
#include "util/die.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/suggest.h"

#include <unistd.h>

struct diagnose_command {
    struct target_options target;
    struct string_list formats;
    const char *code;
    bool codes;
};

static const struct option options[] = {
    TARGET_ALL(struct diagnose_command),
    { "format", 'f', OPTION_LIST(struct diagnose_command, formats), .argument = "FORMAT[=FILE]",
        .choices = failure_formats, .completes = COMPLETES_FORMAT_AND_FILE,
        .help = "print the result so, or write it so into FILE; may be given again" },
    { "explain", 0, OPTION_STRING(struct diagnose_command, code), .argument = "CODE",
        .help = "only explain this kind of failure" },
    { "codes", 0, OPTION_FLAG(struct diagnose_command, codes),
        .help = "only list the kinds of failure that are known" },
    TARGET_IN_MEMORY_OPTIONS(struct diagnose_command),
    OPTION_END,
};

static bool is_json(const struct result_formats *formats)
{
    return strcmp(failure_formats[formats->items[0].format], "json") == 0;
}

static int explain_code(const struct cli *cli, const char *code, bool json)
{
    const struct failure_kind *kind = failure_kind_find(code);
    struct suggestion suggestion = SUGGESTION_FOR(code);
    DISPLAY_AUTO text = DISPLAY_INIT;

    if (!kind) {
        for (size_t i = 0; failure_kind_at(i); i++)
            suggestion_consider(&suggestion, failure_kind_at(i)->code);
        return cli_usage_error(cli, "there is no kind of failure '%s'%s%s%s; --codes lists them", code,
            suggestion.best ? "; did you mean '" : "", suggestion.best ? suggestion.best : "",
            suggestion.best ? "'?" : "");
    }
    if (json) {
        document_print(failure_kind_value(kind), true);
        return EXIT_STATUS_OK;
    }
    failure_kind_write_text(&text, kind);
    display_print(&text, stdout);
    return EXIT_STATUS_OK;
}

static int list_codes(bool json)
{
    static const char *const headings[] = { "CODE", "RESOURCES", "MEANING" };
    struct table table = { .arena = value_arena(), .columns = 3, .headings = headings };
    struct value *all = array();

    for (size_t i = 0; failure_kind_at(i); i++) {
        const struct failure_kind *kind = failure_kind_at(i);

        array_append(all, failure_kind_value(kind));
        table_add(&table, (const char *const[]){ kind->code, kind->type, kind->meaning });
    }
    if (json)
        document_print(all, true);
    else
        table_print(&table);
    return EXIT_STATUS_OK;
}

static void print_text(const struct failure_report *report)
{
    for (size_t i = 0; i < report->deployment->job_count; i++) {
        const struct stack_job *job = &report->deployment->jobs[i];
        DISPLAY_AUTO text = DISPLAY_INIT;

        if (report->explanations[i])
            explanation_write_text(&text, report->explanations[i], terminal_has_color(STDOUT_FILENO));
        else if (job->stage == JOB_DONE)
            display_addf(&text, "%s: nothing has failed in its last operation\n", job->stack->display_name);
        display_print(&text, stdout);
    }
}

static int diagnose(struct cli *cli, const struct diagnose_command *given, const struct string_list *operands,
    const struct result_formats *formats)
{
    const struct deploy_options deploy_options = { .operations = 1 };
    struct failure_report report;
    ERROR_AUTO err = ERROR_INIT;
    STACK_QUERY_AUTO query;
    int status =
        stack_query_open_with(cli, &given->target, operands, &logs_operation, &deploy_options, &query);

    if (status != 0)
        return status;
    status = stack_query_status(&query);
    failure_report_make(&report, &query.deployment);
    for (size_t i = 0; i < formats->count; i++)
        if (formats->items[i].format == 0)
            print_text(&report);
    if (failure_report_write(&report, formats, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return status;
}

static int run_diagnose(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct diagnose_command *given = values;
    struct result_formats formats;
    ERROR_AUTO err = ERROR_INIT;

    if (result_formats_parse("--format", &given->formats, failure_formats, &formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if ((given->code || given->codes) && operands->count)
        return cli_usage_error(cli, "'--explain' and '--codes' are about no stack");
    if (given->code)
        return explain_code(cli, given->code, is_json(&formats));
    if (given->codes)
        return list_codes(is_json(&formats));
    return diagnose(cli, given, operands, &formats);
}

const struct command_body cmd_diagnose = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct diagnose_command),
    .description =
        "Says why the last operation of a stack failed: the resource, its construct and the line that makes it, what AWS "
        "says, what that means and what to do. It looks where more is known: events of validations and hooks, nested "
        "stacks, stopped tasks with the last lines of their log, functions, databases, quotas, who owns a name. 'deploy', "
        "'destroy', 'watch' and 'rollback' do so themselves when something fails.\n\n"
        "Each kind of failure has a code that stays; docs/failures.md lists them.",
    .run = run_diagnose,
};

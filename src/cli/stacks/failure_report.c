// SPDX-License-Identifier: MIT
#include "cli/stacks/failure_report.h"

#include "cli/core/cli.h"
#include "cli/stacks/progress.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "deploy/explain/explain.h"
#include "util/die.h"
#include "util/display.h"
#include "util/process/signals.h"
#include "util/text/markdown.h"

enum { TEXT, JSON, MARKDOWN };

const char *const failure_formats[] = { [TEXT] = "text", [JSON] = "json", [MARKDOWN] = "markdown", NULL };

void failure_report_make(struct failure_report *report, struct deployment *deployment)
{
    *report = (struct failure_report){
        .deployment = deployment,
        .explanations = arena_alloc(value_arena(), deployment->job_count * sizeof(*report->explanations)),
    };
    for (size_t i = 0; i < deployment->job_count && !signals_pending(); i++) {
        report->explanations[i] = explain_job(&deployment->jobs[i]);
        report->count += report->explanations[i] != NULL;
    }
}

void failure_report_show(const struct failure_report *report, const struct cli *cli)
{
    for (size_t i = 0; i < report->deployment->job_count; i++) {
        DISPLAY_AUTO text = DISPLAY_INIT;

        if (!report->explanations[i])
            continue;
        explanation_write_text(&text, report->explanations[i], cli->color);
        cli_show(cli, &text);
    }
}

static const char *result_of(const struct stack_job *job)
{
    static const char *const names[] = {
        [JOB_DONE] = "done",
        [JOB_UNCHANGED] = "unchanged",
        [JOB_PREPARED] = "prepared",
        [JOB_PLANNED] = "planned",
        [JOB_FAILED] = "failed",
        [JOB_SKIPPED] = "skipped",
    };

    return job_has_ended(job) ? names[job->stage] : "interrupted";
}

static const char *status_of(const struct stack_job *job)
{
    return job->final_status ? job->final_status : object_string(job->current, "StackStatus");
}

static struct value *job_value(const struct stack_job *job)
{
    return object((struct field[]){
        { "stack", string(job->stack->display_name) },
        { "result", string(result_of(job)) },
        { "status", string(status_of(job)) },
        { "problem", job->stage == JOB_FAILED || job->stage == JOB_SKIPPED ? string(job->problem) : NULL },
        END,
    });
}

static void write_json(struct strbuf *out, const struct failure_report *report)
{
    struct value *stacks = array();
    struct value *failures = array();

    for (size_t i = 0; i < report->deployment->job_count; i++) {
        array_append(stacks, job_value(&report->deployment->jobs[i]));
        if (report->explanations[i])
            array_append(failures, explanation_value(report->explanations[i]));
    }
    json_write_unicode(out,
        object((struct field[]){
            { "version", number(1) }, { "stacks", stacks }, { "failures", failures }, END }),
        2);
    strbuf_add_char(out, '\n');
}

static void write_markdown(struct strbuf *out, const struct failure_report *report)
{
    strbuf_addf(out, "### %s\n\n| stack | result | status |\n| --- | --- | --- |\n",
        report->deployment->operation->verb);
    for (size_t i = 0; i < report->deployment->job_count; i++) {
        const struct stack_job *job = &report->deployment->jobs[i];
        const char *status = status_of(job);

        strbuf_add_string(out, "| ");
        markdown_add_code(out, job->stack->display_name);
        strbuf_addf(out, " | %s | ", result_of(job));
        markdown_add_code(out, status ? status : "");
        strbuf_add_string(out, " |\n");
    }
    strbuf_add_char(out, '\n');
    for (size_t i = 0; i < report->deployment->job_count; i++)
        if (report->explanations[i])
            explanation_write_markdown(out, report->explanations[i]);
}

int failure_report_write(
    const struct failure_report *report, const struct result_formats *formats, struct error *err)
{
    for (size_t i = 0; i < formats->count; i++) {
        const struct result_format *format = &formats->items[i];
        STRBUF_AUTO text = STRBUF_INIT;

        if (format->format == TEXT)
            continue;
        if (format->format == JSON)
            write_json(&text, report);
        else
            write_markdown(&text, report);
        if ((format->format == JSON ? result_write_json : result_write)(format, &text, err) < 0)
            return -1;
    }
    return 0;
}

int failure_report_end(struct progress *progress, const struct result_formats *formats, int status)
{
    struct failure_report report;
    ERROR_AUTO err = ERROR_INIT;

    failure_report_make(&report, progress->deployment);
    progress->explanations = report.explanations;
    progress_repeat_failures(progress);
    failure_report_show(&report, progress->cli);
    if (failure_report_write(&report, formats, &err) == 0)
        return status;
    cli_error(progress->cli, "%-s", err.message);
    return status ? status : EXIT_STATUS_FAILURE;
}

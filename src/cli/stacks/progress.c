// SPDX-License-Identifier: MIT
#include "cli/stacks/progress.h"

#include "awscli/stack_state.h"
#include "cli/core/cli.h"
#include "util/clock.h"
#include "util/color.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/human.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *const progress_modes[] = { "bar", "events", "errors-only", NULL };

// Every line of the text gets the name in front.
static void add_lines(struct display *out, int width, const char *name, const char *color, const char *text)
{
    while (text) {
        const char *end = strchr(text, '\n');
        int length = end ? (int)(end - text) : (int)strlen(text);

        display_addf(out, "%-*s  ", width, name);
        display_style(out, color);
        display_addf(out, "%.*s", length, text);
        display_style(out, color ? COLOR_RESET : NULL);
        display_addf(out, "\n");
        text = end ? end + 1 : NULL;
    }
}

void progress_line(struct progress *progress, const char *stack, const char *color, const char *format, ...)
{
    DISPLAY_AUTO text = DISPLAY_INIT;
    DISPLAY_AUTO lines = DISPLAY_INIT;
    va_list arguments;

    va_start(arguments, format);
    display_vaddf(&text, format, arguments);
    va_end(arguments);
    add_lines(&lines, progress->name_width, stack, progress->cli->color ? color : NULL, text.shown.data);
    progress_clear(progress);
    fflush(stdout);
    display_print(&lines, stderr);
    progress->is_buried = progress->has_failed;
}

// Failures do not bury each other, and neither does what is skipped because of one.
static void print_problem(
    struct progress *progress, const struct stack_job *job, const char *color, const char *what)
{
    bool was_buried = progress->is_buried;

    progress_line(progress, job->stack->display_name, color, "%s: %-s", what, job->problem);
    progress->has_failed |= job->stage == JOB_FAILED;
    progress->is_buried = was_buried;
}

void progress_repeat_failures(struct progress *progress)
{
    const struct deployment *deployment = progress->deployment;

    for (size_t i = 0; progress->is_buried && i < deployment->job_count; i++)
        if (deployment->jobs[i].stage == JOB_FAILED && !(progress->explanations && progress->explanations[i]))
            print_problem(progress, &deployment->jobs[i], COLOR_RED, "failed");
}

static void print_done(struct progress *progress, const struct stack_job *job)
{
    char time[32];

    progress_line(progress, job->stack->display_name, COLOR_GREEN, "done in %s%s%s",
        human_duration(time, sizeof(time), job->began ? job->ended - job->began : 0),
        job->final_status ? ": " : "", job->final_status ? job->final_status : "");
}

static const char *verb_of(const struct stack_job *job)
{
    return job->is_new ? "creating" : job->deployment->operation->doing;
}

static void print_changing(struct progress *progress, const struct stack_job *job)
{
    const char *name = job->stack->display_name;

    if (job->change_count)
        progress_line(progress, name, NULL, "%s %zu resource%s", verb_of(job), job->change_count,
            job->change_count == 1 ? "" : "s");
    else
        progress_line(progress, name, NULL, "%s", verb_of(job));
}

static void print_unchanged(struct progress *progress, const struct stack_job *job)
{
    const char *usual = job->deployment->operation->unchanged;

    if (job->deployment->operation == &dry_run_operation)
        return;
    progress_line(progress, job->stack->display_name, COLOR_GREEN, "%s",
        job->problem ? job->problem
            : usual  ? usual
                     : "no changes");
}

static void on_stage(void *data, struct stack_job *job)
{
    struct progress *progress = data;
    const char *name = job->stack->display_name;

    switch (job->stage) {
    case JOB_PREPARING:
        if (progress->mode == PROGRESS_EVENTS)
            progress_line(progress, name, NULL, "making a change set");
        break;
    case JOB_CHANGING:
        if (progress->mode == PROGRESS_EVENTS)
            print_changing(progress, job);
        break;
    case JOB_DONE:
        print_done(progress, job);
        break;
    case JOB_UNCHANGED:
        print_unchanged(progress, job);
        break;
    case JOB_PREPARED:
        progress_line(progress, name, COLOR_GREEN, "its change set is ready");
        break;
    case JOB_FAILED:
        print_problem(progress, job, COLOR_RED, "failed");
        break;
    case JOB_SKIPPED:
        print_problem(progress, job, COLOR_YELLOW, "skipped");
        break;
    default:
        break;
    }
}

static void on_event(void *data, struct stack_job *job, const struct stack_event *event)
{
    struct progress *progress = data;
    bool is_failure = status_is_failed(event->status) && !stack_event_is_consequence(event);
    const char *construct = event->is_stack ? NULL : cloud_stack_construct(job->stack, event->logical_id);
    char count[32] = "";

    if (!is_failure &&
        (progress->mode != PROGRESS_EVENTS || status_is_in_progress(event->status) || event->is_stack))
        return;
    if (job->stage == JOB_CHANGING && job->change_count)
        snprintf(count, sizeof(count), "%3zu/%zu  ", job->monitor.resources_done, job->change_count);
    progress_line(progress, job->stack->display_name, is_failure ? COLOR_RED : NULL, "%s%-18s  %-28s  %s%s%s",
        count, event->status, event->type, construct ? construct : event->logical_id, is_failure ? ": " : "",
        is_failure ? event->reason : "");
}

static void on_upload(void *data, const struct upload *upload)
{
    struct progress *progress = data;

    if (progress->mode == PROGRESS_EVENTS && upload->state == UPLOAD_DONE)
        progress_line(progress, "", NULL, "uploaded %s", upload->asset->name);
}

static void on_note(void *data, struct stack_job *job, const char *text)
{
    progress_line(data, job->stack->display_name, COLOR_YELLOW, "%-s", text);
}

static enum progress_mode mode_of(const struct cli *cli, const char *name)
{
    if (name && strcmp(name, "errors-only") == 0)
        return PROGRESS_ERRORS_ONLY;
    if (name && strcmp(name, "events") == 0)
        return PROGRESS_EVENTS;
    if (!name && cli->ci)
        return PROGRESS_EVENTS;
    return terminal_can_redraw(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_EVENTS;
}

void progress_init(
    struct progress *progress, const struct cli *cli, const struct cloud_assembly *assembly, const char *mode)
{
    *progress = (struct progress){
        .cli = cli,
        .assembly = assembly,
        .mode = mode_of(cli, mode),
        .observer = { .stage = on_stage,
            .event = on_event,
            .skips_events = mode_of(cli, mode) == PROGRESS_ERRORS_ONLY,
            .upload = on_upload,
            .note = on_note,
            .data = progress },
    };
    for (size_t i = 0; i < assembly->stack_count; i++) {
        int width = (int)display_width(assembly->stacks[i].display_name);

        progress->name_width = width > progress->name_width ? width : progress->name_width;
    }
}

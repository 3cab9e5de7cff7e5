// SPDX-License-Identifier: MIT
#include "cli/progress.h"

#include "cli/cli.h"
#include "util/clock.h"
#include "util/terminal.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 20, REDRAW_MS = 200 };

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fprintf(stderr, "\033[%dA\033[J", progress->drawn);
    progress->drawn = 0;
    progress->drawn_at = 0;
}

static void add_bar(struct strbuf *line, const struct stack_job *job)
{
    size_t done = job->monitor.resources_done;
    size_t total = job->change_count > done ? job->change_count : done;
    size_t filled = total ? done * BAR_WIDTH / total : 0;

    if (!job->change_count) {
        strbuf_addf(line, "%zu resources done", done);
        return;
    }
    strbuf_add_char(line, '[');
    strbuf_add_repeated(line, '#', filled);
    strbuf_add_repeated(line, '.', BAR_WIDTH - filled);
    strbuf_addf(line, "] %3zu/%zu", done, total);
}

static const char *doing(const struct stack_job *job)
{
    static const char *const texts[] = {
        [JOB_LOOKING] = "looking at what stands",
        [JOB_PUBLISHING] = "uploading",
        [JOB_BLOCKED] = "waiting for other stacks",
        [JOB_PREPARING] = "making a change set",
        [JOB_CLEARING] = "clearing the way",
    };

    if (job->stage != JOB_CHANGING)
        return texts[job->stage];
    if (!job->is_monitored)
        return job->deployment->plan->doing;
    return job->monitor.is_rolling_back ? "rolling back " : "";
}

static void add_stack(struct strbuf *line, const struct progress *progress, const struct stack_job *job)
{
    const struct monitored_resource *waited_for = job->is_monitored ? monitor_waits_for(&job->monitor) : NULL;
    int64_t now = clock_ms();
    char time[32];

    strbuf_addf(line, "%-*s  %s", progress->name_width, job->stack->display_name, doing(job));
    if (job->stage == JOB_CHANGING && job->is_monitored)
        add_bar(line, job);
    if (job->began)
        strbuf_addf(line, "  %s", duration_text(time, sizeof(time), now - job->began));
    if (waited_for && (job->stage == JOB_CHANGING || job->stage == JOB_CLEARING))
        strbuf_addf(line, "  %s %s for %s", waited_for->type, waited_for->logical_id,
            duration_text(time, sizeof(time), now - waited_for->since));
}

// Lines are ASCII but for names; one that is cut in the middle of a character is no harm on a terminal.
static void add_line(struct strbuf *screen, struct strbuf *line, int width)
{
    if (line->length >= (size_t)width)
        strbuf_truncate(line, (size_t)width - 1);
    strbuf_addf(screen, "%s\n", line->data);
}

void progress_tick(struct progress *progress)
{
    STRBUF_AUTO screen = STRBUF_INIT;
    int width = terminal_width(STDERR_FILENO);
    int64_t now = clock_ms();
    int lines = 0;

    if (progress->mode != PROGRESS_BAR || !progress->deployment || now < progress->drawn_at + REDRAW_MS)
        return;
    for (size_t i = 0; i < progress->deployment->job_count; i++) {
        const struct stack_job *job = &progress->deployment->jobs[i];
        STRBUF_AUTO line = STRBUF_INIT;

        if (job_has_ended(job))
            continue;
        add_stack(&line, progress, job);
        add_line(&screen, &line, width);
        lines++;
    }
    progress_clear(progress);
    fputs(screen.data, stderr);
    fflush(stderr);
    progress->drawn = lines;
    progress->drawn_at = now;
}

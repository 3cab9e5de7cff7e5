// SPDX-License-Identifier: MIT
#include "cli/stacks/progress.h"

#include "cli/core/cli.h"
#include "util/clock.h"
#include "util/terminal.h"
#include "util/text/columns.h"
#include "util/text/human.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#define CURSOR_UP "\033[%dA"
#define ERASE_LINE "\033[2K"
#define ERASE_REST_OF_LINE "\033[K"

enum { BAR_WIDTH = 20, NARROW_BAR_WIDTH = 6, NARROW = 72, REDRAW_MS = 200 };

// Terminals break lines anew when they become narrower, so that what was drawn takes more rows. What has left
// a window that has become lower is out of reach.
static int drawn_rows(const struct progress *progress, int width)
{
    int height = terminal_height(STDERR_FILENO);
    int rows = 0;

    for (int i = 0; i < progress->drawn; i++)
        rows += progress->drawn_widths[i] > width ? (progress->drawn_widths[i] + width - 1) / width : 1;
    return rows < height ? rows : height - 1;
}

// Row by row: what is erased "to the end of the screen" from its first row on goes into the scrollback of
// some terminals (tmux), once for every time that the view is drawn.
static void add_erased_rows(struct strbuf *screen, int rows)
{
    for (int i = 0; i < rows; i++)
        strbuf_add_string(screen, ERASE_LINE "\n");
    if (rows > 0)
        strbuf_addf(screen, CURSOR_UP, rows);
}

void progress_clear(struct progress *progress)
{
    STRBUF_AUTO screen = STRBUF_INIT;
    int rows = drawn_rows(progress, terminal_width(STDERR_FILENO));

    if (rows) {
        strbuf_addf(&screen, CURSOR_UP, rows);
        add_erased_rows(&screen, rows);
        fputs(screen.data, stderr);
    }
    progress->drawn = 0;
    progress->drawn_at = 0;
}

static void add_bar(struct strbuf *line, const struct stack_job *job, size_t width)
{
    size_t done = job->monitor.resources_done;
    size_t total = job->change_count > done ? job->change_count : done;
    size_t filled = total ? done * width / total : 0;

    if (!job->change_count) {
        strbuf_addf(line, "%zu resource%s done", done, plural(done));
        return;
    }
    strbuf_add_char(line, '[');
    strbuf_add_repeated(line, '#', filled);
    strbuf_add_repeated(line, '.', width - filled);
    strbuf_addf(line, "] %3zu/%zu", done, total);
}

static const char *doing(const struct stack_job *job)
{
    static const char *const texts[] = {
        [JOB_LOOKING] = "querying the stacks",
        [JOB_PUBLISHING] = "uploading",
        [JOB_BLOCKED] = "waiting for other stacks",
        [JOB_PREPARING] = "making a change set",
        [JOB_CLEARING] = "clearing the way",
    };

    if (job->stage != JOB_CHANGING)
        return texts[job->stage];
    if (!job->is_monitored)
        return job->is_new ? "creating" : job->deployment->operation->doing;
    return job->monitor.is_rolling_back ? "rolling back " : "";
}

static void add_stack(
    struct strbuf *line, const struct progress *progress, const struct stack_job *job, int width)
{
    const struct monitored_resource *waited_for = job->is_monitored ? monitor_waits_for(&job->monitor) : NULL;
    int64_t now = clock_ms();
    char time[32];

    strbuf_add_padded(line, job->stack->display_name, (size_t)progress->name_width);
    strbuf_addf(line, "  %s", doing(job));
    if (job->stage == JOB_CHANGING && job->is_monitored)
        add_bar(line, job, width < NARROW ? NARROW_BAR_WIDTH : BAR_WIDTH);
    if (job->began)
        strbuf_addf(line, "  %s", human_duration(time, sizeof(time), now - job->began));
    if (waited_for && (job->stage == JOB_CHANGING || job->stage == JOB_CLEARING))
        strbuf_addf(line, "  %s %s for %s", waited_for->type, waited_for->logical_id,
            human_duration(time, sizeof(time), now - waited_for->since));
}

// A line that fills its row to the end would move the cursor to the next one.
static void add_line(struct progress *progress, struct strbuf *screen, struct strbuf *line, int width)
{
    text_truncate(line->data, (size_t)width - 1);
    progress->drawn_widths[progress->drawn++] = (int)text_columns(line->data);
    strbuf_addf(screen, "%s" ERASE_REST_OF_LINE "\n", line->data);
}

static size_t count_open(const struct deployment *deployment)
{
    size_t count = 0;

    for (size_t i = 0; i < deployment->job_count; i++)
        count += !job_has_ended(&deployment->jobs[i]);
    return count;
}

// Those that change come first where there is no room for all.
static bool is_shown(const struct stack_job *job, bool has_room)
{
    return !job_has_ended(job) && (has_room || job->stage == JOB_CHANGING || job->stage == JOB_CLEARING);
}

static void draw(struct progress *progress, struct strbuf *screen, int width, int rows)
{
    const struct deployment *deployment = progress->deployment;
    size_t open = count_open(deployment);
    bool has_room = open < (size_t)rows;

    for (size_t i = 0; i < deployment->job_count && progress->drawn < rows - 2; i++) {
        STRBUF_AUTO line = STRBUF_INIT;

        if (!is_shown(&deployment->jobs[i], has_room))
            continue;
        add_stack(&line, progress, &deployment->jobs[i], width);
        add_line(progress, screen, &line, width);
    }
    if ((size_t)progress->drawn < open) {
        STRBUF_AUTO line = STRBUF_INIT;

        strbuf_addf(&line, "and %zu more", open - (size_t)progress->drawn);
        add_line(progress, screen, &line, width);
    }
}

static int limited(int number, int least, int most)
{
    return number < least ? least : number > most ? most : number;
}

void progress_tick(struct progress *progress)
{
    STRBUF_AUTO screen = STRBUF_INIT;
    int width = limited(terminal_width(STDERR_FILENO), 2, INT_MAX), rows;
    int64_t now = clock_ms();

    if (progress->mode != PROGRESS_BAR || !progress->deployment || now < progress->drawn_at + REDRAW_MS)
        return;
    rows = drawn_rows(progress, width);
    if (rows)
        strbuf_addf(&screen, CURSOR_UP, rows);
    progress->drawn = 0;
    draw(progress, &screen, width, limited(terminal_height(STDERR_FILENO), 3, DRAWN_MAX));
    add_erased_rows(&screen, rows - progress->drawn);
    fputs(screen.data, stderr);
    fflush(stderr);
    progress->drawn_at = now;
}

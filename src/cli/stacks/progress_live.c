// SPDX-License-Identifier: MIT
#include "cli/stacks/progress.h"

#include "cli/core/cli.h"
#include "util/clock.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/human.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

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
static void add_erased_rows(struct display *screen, int rows)
{
    for (int i = 0; i < rows; i++) {
        display_erase_line(screen);
        display_addf(screen, "\n");
    }
    if (rows > 0)
        display_go_up(screen, rows);
}

void progress_clear(struct progress *progress)
{
    DISPLAY_AUTO screen = DISPLAY_INIT;
    int rows = drawn_rows(progress, terminal_width(STDERR_FILENO));

    if (rows) {
        display_go_up(&screen, rows);
        add_erased_rows(&screen, rows);
        display_print(&screen, stderr);
    }
    progress->drawn = 0;
    progress->drawn_at = 0;
}

static void add_bar(struct display *line, const struct stack_job *job, size_t width)
{
    size_t done = job->monitor.resources_done;
    size_t total = job->change_count > done ? job->change_count : done;
    size_t filled = total ? done * width / total : 0;

    if (!job->change_count) {
        display_addf(line, "%zu resource%s done", done, plural(done));
        return;
    }
    display_addf(line, "[");
    display_add_repeated(line, '#', filled);
    display_add_repeated(line, '.', width - filled);
    display_addf(line, "] %3zu/%zu", done, total);
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
    struct display *line, const struct progress *progress, const struct stack_job *job, int width)
{
    const struct monitored_resource *waited_for = job->is_monitored ? monitor_waits_for(&job->monitor) : NULL;
    int64_t now = clock_ms();
    char time[32];

    display_addf(line, "%-*s  %s", progress->name_width, job->stack->display_name, doing(job));
    if (job->stage == JOB_CHANGING && job->is_monitored)
        add_bar(line, job, width < NARROW ? NARROW_BAR_WIDTH : BAR_WIDTH);
    if (job->began)
        display_addf(line, "  %s", human_duration(time, sizeof(time), now - job->began));
    if (waited_for && (job->stage == JOB_CHANGING || job->stage == JOB_CLEARING))
        display_addf(line, "  %s %s for %s", waited_for->type, waited_for->logical_id,
            human_duration(time, sizeof(time), now - waited_for->since));
}

// A line that fills its row to the end would move the cursor to the next one.
static void add_line(struct progress *progress, struct display *screen, struct display *line, int width)
{
    progress->drawn_widths[progress->drawn++] = (int)display_truncate(line, (size_t)width - 1);
    display_add(screen, line);
    display_erase_rest_of_line(screen);
    display_addf(screen, "\n");
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

static void draw(struct progress *progress, struct display *screen, int width, int rows)
{
    const struct deployment *deployment = progress->deployment;
    size_t open = count_open(deployment);
    bool has_room = open < (size_t)rows;

    for (size_t i = 0; i < deployment->job_count && progress->drawn < rows - 2; i++) {
        DISPLAY_AUTO line = DISPLAY_INIT;

        if (!is_shown(&deployment->jobs[i], has_room))
            continue;
        add_stack(&line, progress, &deployment->jobs[i], width);
        add_line(progress, screen, &line, width);
    }
    if ((size_t)progress->drawn < open) {
        DISPLAY_AUTO line = DISPLAY_INIT;

        display_addf(&line, "and %zu more", open - (size_t)progress->drawn);
        add_line(progress, screen, &line, width);
    }
}

static int limited(int number, int least, int most)
{
    return number < least ? least : number > most ? most : number;
}

void progress_tick(struct progress *progress)
{
    DISPLAY_AUTO screen = DISPLAY_INIT;
    int width = limited(terminal_width(STDERR_FILENO), 2, INT_MAX), rows;
    int64_t now = clock_ms();

    if (progress->mode != PROGRESS_BAR || !progress->deployment || now < progress->drawn_at + REDRAW_MS)
        return;
    rows = drawn_rows(progress, width);
    if (rows)
        display_go_up(&screen, rows);
    progress->drawn = 0;
    draw(progress, &screen, width, limited(terminal_height(STDERR_FILENO), 3, DRAWN_MAX));
    add_erased_rows(&screen, rows - progress->drawn);
    display_print(&screen, stderr);
    fflush(stderr);
    progress->drawn_at = now;
}

// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_PROGRESS_H
#define CLI_STACKS_PROGRESS_H

// What a person sees of a deployment while it runs: lines that begin with the stack's name for pipes and
// logs, or a live view for terminals. Both are told by the same observer.

#include "deploy/engine/deployment.h"
#include "util/strbuf.h"

struct cli;
struct explanation;

// What --progress takes; ends with NULL.
extern const char *const progress_modes[];

enum { DRAWN_MAX = 100 }; // lines of the live view

enum progress_mode { PROGRESS_EVENTS, PROGRESS_ERRORS_ONLY, PROGRESS_BAR };

struct progress {
    const struct cli *cli;
    const struct cloud_assembly *assembly;
    enum progress_mode mode;
    struct deploy_observer observer; // `approve` is NULL
    // Its own:
    int name_width;
    bool has_failed;               // a line said so
    bool is_buried;                // and others came after it
    struct deployment *deployment; // NULL until there is one
    // One for each job: what need not be said once more. NULL: none is explained.
    const struct explanation *const *explanations;
    int drawn;                   // lines of the live view on the screen
    int drawn_widths[DRAWN_MAX]; // columns of each of them
    int64_t drawn_at;
};

// NULL chooses: a live view on a terminal, but not in CI, else events. What is no terminal gets no live view
// in any case.
void progress_init(struct progress *progress, const struct cli *cli, const struct cloud_assembly *assembly,
    const char *mode);
// To be called a few times a second; draws what goes on by itself.
void progress_tick(struct progress *progress);
// Takes the live view away, so that something else can be printed; the next tick draws it again.
void progress_clear(struct progress *progress);

// Says once more why stacks have failed, if something else was said or printed since, so that the causes are
// the last on the screen.
void progress_repeat_failures(struct progress *progress);

// One line about a stack, above the live view if there is one. `color`: an escape sequence or NULL.
void progress_line(struct progress *progress, const char *stack, const char *color, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif

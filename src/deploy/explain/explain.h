// SPDX-License-Identifier: MIT
#ifndef DEPLOY_EXPLAIN_EXPLAIN_H
#define DEPLOY_EXPLAIN_EXPLAIN_H

// Why a stack failed: from the first real failure to its root, by what AWS says and by looking where more is
// known (events of the operation, nested stacks, stopped tasks, logs, quotas, owners of names). Asks AWS only
// about what has failed, and waits for the answers: the deployment's own work is through by then. What may
// not be asked, or what the installed AWS CLI cannot, is a note. Everything lives in the deployment's arena.

#include "deploy/explain/failure_kind.h"

#include <stdbool.h>

struct aws_reply;
struct display;
struct stack_job;
struct strbuf;
struct value;

struct explanation {
    const struct failure_kind *kind; // NULL: none is known
    const char *stack;               // as people call it
    const char *account;
    const char *region;
    const char *logical_id; // of the resource; "": the stack itself
    const char *physical_id;
    const char *type;
    const char *construct; // its path; NULL: not known
    const char *place;     // where the source makes it, "stacks/network.c:42"; NULL: not known
    const char *reason;    // in the words of AWS
    const char *meaning;   // NULL: not known, as `advice`
    const char *advice;
    const char *rest; // what has become of the stack
    struct value
        *led_to; // array of { "what", "reason" }: what failed because of it, the cause's neighbour first
    struct value *details;  // array of { "title", "lines" }
    struct value *notes;    // array of strings: what could not be looked at
    struct value *captures; // what stands in place of names in meaning and advice
};

// What is known of a job that has failed, or, of logs_operation, of its stack's last operation; NULL: nothing
// that AWS has said, so that job->problem says it all.
const struct explanation *explain_job(struct stack_job *job);

// Text for people in labelled paragraphs; Markdown (GitHub's); JSON as docs/operate.md describes it.
void explanation_write_text(struct display *out, const struct explanation *explanation, bool has_color);
void explanation_write_markdown(struct strbuf *out, const struct explanation *explanation);
struct value *explanation_value(const struct explanation *explanation);
// A kind by itself, for --explain.
void failure_kind_write_text(struct display *out, const struct failure_kind *kind);
struct value *failure_kind_value(const struct failure_kind *kind);

// Of a change set that could not be made: what CloudFormation's validation of it found is kept in
// job->failed_events, then `then`.
void explain_change_set(struct stack_job *job, void (*then)(struct stack_job *job));

#endif

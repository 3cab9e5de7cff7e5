// SPDX-License-Identifier: MIT
#ifndef DEPLOY_PREFLIGHT_PREFLIGHT_PRIVATE_H
#define DEPLOY_PREFLIGHT_PREFLIGHT_PRIVATE_H

// Questions to AWS about one requirement of one stack, and what follows from the answers.

#include "deploy/preflight/preflight.h"
#include "deploy/preflight/requirement.h"

struct question {
    struct preflight_asker *asker;
    const struct cloud_stack *stack;
    const struct requirement *requirement;
    struct aws_target target; // in the requirement's region
    struct question *next;    // that waits for credentials
};

// Begins with the first call; each of them ends with question_end, once.
typedef void question_ask(struct question *question);
question_ask ask_image, ask_secret, ask_certificate, ask_engine, ask_concurrency;

void question_call(struct question *question, const char *const *arguments, const struct value *input,
    aws_callback_fn *then);
void question_end(struct question *question);

// What was found. `fields` is what ${...} stands for; NULL: those of the requirement.
void question_met(struct question *question, const char *kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void question_missing(struct question *question, const char *kind, const struct value *fields,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void question_note(struct question *question, const char *kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// It could not be seen whether `what` is there.
void question_unknown(
    struct question *question, const char *kind, const char *what, const struct aws_reply *reply);

const char *question_field(const struct question *question, const char *name);
// Strings with ", " between them, in the current value arena.
const char *comma_list(const struct value *strings);

#endif

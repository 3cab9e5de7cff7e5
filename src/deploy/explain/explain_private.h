// SPDX-License-Identifier: MIT
#ifndef DEPLOY_EXPLAIN_EXPLAIN_PRIVATE_H
#define DEPLOY_EXPLAIN_EXPLAIN_PRIVATE_H

// An inquiry into one failure, and those who look deeper (look.def).

#include "deploy/engine/deployment_private.h"
#include "deploy/explain/explain.h"

struct failure_inquiry {
    struct stack_job *job;
    struct explanation *explanation;
    struct value *captures; // of the failure's kind, for texts and for those who look
    const char *change_set; // the ARN of one that could not be made; NULL: it is no such failure
};

typedef void explain_look(struct failure_inquiry *inquiry);
explain_look look_authorization, look_quota, look_owner, look_importers, look_service, look_targets,
    look_function_log, look_function_state, look_rds_events, look_nested, look_operation_events, look_hooks;

// Asks and waits: with the caller's own credentials where they are of the account, or with those that deploy
// when the service is CloudFormation. `arguments` end with NULL; `what` is what cannot be seen without the
// answer: "the stopped tasks". NULL: there is no answer, and a note says why.
const struct value *inquiry_ask(struct failure_inquiry *inquiry, const char *const *arguments,
    const struct value *input, const char *what);
// The same, but an answer of AWS that refuses is the caller's to read: in the current arena of values.
const struct value *inquiry_try(struct failure_inquiry *inquiry, const char *const *arguments,
    const struct value *input, const char *what, const char **ret_refusal);

// The cause is a deeper one, of the same resource or, with `logical_id`, of another.
void inquiry_deepen(
    struct failure_inquiry *inquiry, const char *logical_id, const char *type, const char *reason);
void inquiry_note(struct failure_inquiry *inquiry, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// A detail: lines are added to what it returns.
struct value *inquiry_detail(struct failure_inquiry *inquiry, const char *title);
void detail_addf(struct value *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The last lines of a log stream; NULL: of the group's newest one.
void inquiry_log(struct failure_inquiry *inquiry, const char *group, const char *stream, const char *title);

#endif

// SPDX-License-Identifier: MIT
#include "awscli/stack_state.h"

#include "util/array.h"

#include <string.h>

#define ADVICE_FOLLOW "'@ watch $' follows it"
#define FOLLOW "something is in progress; 'watch' follows it"

// clang-format off
static const struct stack_state states[] = {
    { "CREATE_COMPLETE", STACK_STABLE, .next_action = STACK_UPDATE },
    { "CREATE_FAILED", STACK_FAILED, STACK_ROLL_BACK_FIRST,
        .advice = "its creation failed and stopped there: '@ deploy $' continues once the cause is fixed, '@ rollback $' rolls it back",
        .after_failure = "fix the cause and deploy again; --no-rollback resumes from here" },
    { "CREATE_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "a creation cannot be cancelled; deleting the stack is the way: 'destroy' does so" },
    { "DELETE_COMPLETE", STACK_NOT_THERE, .next_action = STACK_CREATE },
    { "DELETE_FAILED", STACK_FAILED, STACK_DELETE_FIRST,
        .advice = "'@ logs $' names the cause; once that is fixed, '@ destroy $' continues",
        .after_failure = "fix the cause and run the same command again",
        .no_rollback = "only deleting it again applies: 'destroy' does so" },
    { "DELETE_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .is_ending = true, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "a deletion cannot be cancelled" },
    { "IMPORT_COMPLETE", STACK_STABLE, .next_action = STACK_UPDATE },
    { "IMPORT_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "an import cannot be cancelled" },
    { "IMPORT_ROLLBACK_COMPLETE", STACK_ROLLED_BACK, .next_action = STACK_UPDATE },
    { "IMPORT_ROLLBACK_FAILED", STACK_FAILED, STACK_UNRECOVERABLE,
        .advice = "an import could not be rolled back: '@ logs $' names the cause",
        .no_rollback = "CloudFormation rolls back imports by itself, or not at all" },
    { "IMPORT_ROLLBACK_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "an import is being rolled back already; 'watch' follows that" },
    { "REVIEW_IN_PROGRESS", STACK_NOT_THERE, STACK_CREATE,
        .advice = "it has nothing but change sets: '@ deploy $' creates it, '@ destroy $' removes it",
        .no_rollback = "nothing has been created yet" },
    { "ROLLBACK_COMPLETE", STACK_ROLLED_BACK, STACK_DELETE_FIRST,
        .advice = "its creation failed and was rolled back: '@ logs $' names the cause; '@ deploy $' deletes what is left and creates it again",
        .after_failure = "fix the cause and deploy again; what is left of the stack is deleted first",
        .no_rollback = "its creation has been rolled back already; 'deploy' deletes what is left and starts again" },
    { "ROLLBACK_FAILED", STACK_FAILED, STACK_DELETE_FIRST,
        .advice = "its creation failed and could not be rolled back: '@ deploy $' deletes what is left and creates it again",
        .after_failure = "fix the cause and deploy again; what is left of the stack is deleted first",
        .no_rollback = "rolling back its creation has failed, which cannot be resumed; 'deploy' deletes what is left and starts again" },
    { "ROLLBACK_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .is_ending = true, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "its creation is being rolled back already; 'watch' follows that" },
    { "UPDATE_COMPLETE", STACK_STABLE, .next_action = STACK_UPDATE },
    { "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "its update is complete, and only what it has replaced is still being deleted" },
    { "UPDATE_FAILED", STACK_FAILED, STACK_ROLL_BACK_FIRST, .may_go_back = true,
        .advice = "its update failed and stopped there: '@ rollback $' rolls it back; '@ deploy $' does so and continues",
        .after_failure = "fix the cause and deploy again; --no-rollback resumes from here" },
    { "UPDATE_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW,
        .no_rollback = "its update is in progress; 'cancel' rolls it back" },
    { "UPDATE_ROLLBACK_COMPLETE", STACK_ROLLED_BACK, STACK_UPDATE,
        .advice = "its last update failed and was rolled back: '@ logs $' names the cause; '@ deploy $' tries again",
        .after_failure = "it is as it was before; fix the cause and deploy again",
        .no_rollback = "its update has been rolled back already" },
    { "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "its update has been rolled back already, and only what it had made is still being deleted" },
    { "UPDATE_ROLLBACK_FAILED", STACK_FAILED, STACK_RESUME_ROLLBACK, .may_go_back = true,
        .advice = "its last update failed and could not be rolled back: '@ rollback $' tries again once the cause is fixed; --orphan leaves resources as they are",
        .after_failure = "fix what keeps it from being rolled back and deploy again; 'deploy --force' leaves those resources as they are" },
    { "UPDATE_ROLLBACK_IN_PROGRESS", STACK_IN_PROGRESS, STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW,
        .not_cancelable = "its update is being rolled back already; 'watch' follows that" },
};
// clang-format on

static const struct stack_state no_stack = { .class = STACK_NOT_THERE, .next_action = STACK_CREATE };
static const struct stack_state unknown_in_progress = {
    .class = STACK_IN_PROGRESS, .next_action = STACK_WAIT, .advice = ADVICE_FOLLOW, .no_rollback = FOLLOW
};
static const struct stack_state unknown = { .class = STACK_FAILED, .next_action = STACK_UNRECOVERABLE };

const struct stack_state *stack_state(const char *name)
{
    if (!name)
        return &no_stack;
    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        if (strcmp(states[i].name, name) == 0)
            return &states[i];
    return status_is_in_progress(name) ? &unknown_in_progress : &unknown;
}

const struct stack_state *stack_state_at(size_t index)
{
    return index < ARRAY_SIZE(states) ? &states[index] : NULL;
}

enum stack_next_action stack_next_action(const char *name)
{
    return stack_state(name)->next_action;
}

static bool ends_with(const char *string, const char *ending)
{
    size_t length = string ? strlen(string) : 0;

    return length >= strlen(ending) && strcmp(string + length - strlen(ending), ending) == 0;
}

// A stack under review is not being worked on.
bool status_is_in_progress(const char *name)
{
    return ends_with(name, "_IN_PROGRESS") && strcmp(name, "REVIEW_IN_PROGRESS") != 0;
}

bool status_is_failed(const char *name)
{
    return ends_with(name, "_FAILED");
}

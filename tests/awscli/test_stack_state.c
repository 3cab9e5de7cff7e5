// SPDX-License-Identifier: MIT
#include "awscli/stack_state.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// API reference: "Stack", StackStatus.
static const char *const of_cloudformation[] = { "CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_COMPLETE",
    "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED",
    "DELETE_COMPLETE", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE",
    "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS",
    "IMPORT_IN_PROGRESS", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_IN_PROGRESS", "IMPORT_ROLLBACK_FAILED",
    "IMPORT_ROLLBACK_COMPLETE" };

static void knows_every_state(void **context)
{
    size_t count = 0;

    (void)context;
    for (size_t i = 0; i < ARRAY_SIZE(of_cloudformation); i++)
        assert_string_equal(stack_state(of_cloudformation[i])->name, of_cloudformation[i]);
    while (stack_state_at(count))
        count++;
    assert_int_equal(count, ARRAY_SIZE(of_cloudformation));
}

// What names say and what the rows say is the same.
static void agrees_with_names(void **context)
{
    const struct stack_state *state;

    (void)context;
    for (size_t i = 0; (state = stack_state_at(i)); i++) {
        assert_int_equal(state->class == STACK_IN_PROGRESS, status_is_in_progress(state->name));
        assert_int_equal(state->class == STACK_FAILED, status_is_failed(state->name));
        assert_int_equal(state->next_action == STACK_WAIT, state->class == STACK_IN_PROGRESS);
        if (strstr(state->name, "ROLLBACK_COMPLETE") && state->class != STACK_IN_PROGRESS)
            assert_int_equal(state->class, STACK_ROLLED_BACK);
    }
}

// Nobody is left without advice in front of a stack that needs attention.
static void advises(void **context)
{
    const struct stack_state *state;

    (void)context;
    for (size_t i = 0; (state = stack_state_at(i)); i++) {
        if (state->class == STACK_FAILED || state->class == STACK_IN_PROGRESS)
            assert_non_null(state->advice);
        if (state->class == STACK_IN_PROGRESS && strcmp(state->name, "UPDATE_IN_PROGRESS") != 0)
            assert_non_null(state->not_cancelable);
        if (state->class == STACK_IN_PROGRESS)
            assert_non_null(state->no_rollback);
        assert_int_equal(state->no_rollback == NULL,
            state->class == STACK_STABLE || state->next_action == STACK_ROLL_BACK_FIRST ||
                state->next_action == STACK_RESUME_ROLLBACK || !strcmp(state->name, "DELETE_COMPLETE") ||
                !strcmp(state->name, "IMPORT_ROLLBACK_COMPLETE"));
    }
}

static void takes_new_states(void **context)
{
    (void)context;
    assert_int_equal(stack_next_action(NULL), STACK_CREATE);
    assert_int_equal(stack_next_action("REFACTOR_IN_PROGRESS"), STACK_WAIT);
    assert_int_equal(stack_next_action("REFACTOR_FAILED"), STACK_UNRECOVERABLE);
    assert_int_equal(stack_next_action("REFACTOR_COMPLETE"), STACK_UNRECOVERABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_state),
        cmocka_unit_test(agrees_with_names),
        cmocka_unit_test(advises),
        cmocka_unit_test(takes_new_states),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

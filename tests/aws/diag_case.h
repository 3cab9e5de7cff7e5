// SPDX-License-Identifier: MIT
#ifndef TESTS_DIAG_CASE_H
#define TESTS_DIAG_CASE_H

// Configurations that are refused or warned about: each must report exactly one message.

#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/synth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct diag_case {
    void (*build)(struct stack *stack); // the stack is "Case"
    enum diag_level level;
    const char *message; // "PATH: MESSAGE"
};

// Appends "PATH: MESSAGE" for each message, one a line.
static inline void list_diags(const struct app *app, char *text, size_t size)
{
    for (size_t i = 0; i < app_diag_total(app); i++) {
        const struct diag *diag = app_diag_at(app, i);
        size_t length = strlen(text);

        snprintf(text + length, size - length, "%s%s: %s", length ? "\n" : "",
            construct_path(diag->construct), diag->message);
    }
}

// Runs the cases up to one without `build`; synthesis must fail exactly when an error is expected.
static inline void check_diag_cases(const struct diag_case *cases, const struct stack_props *props)
{
    for (; cases->build; cases++) {
        struct app *app = app_new(&(struct app_props){ 0 });
        struct assembly assembly;
        char messages[4096] = "";

        cases->build(stack_new(app_node(app), "Case", props));
        assert_int_equal(app_synth(app, &assembly), cases->level != DIAG_ERROR);
        list_diags(app, messages, sizeof(messages));
        assert_string_equal(messages, cases->message);
        assert_int_equal(app_diag_count(app, cases->level), 1);
        app_free(app);
    }
}

#endif

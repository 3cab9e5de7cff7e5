// SPDX-License-Identifier: MIT
#include "aws/logs.h"

#include "aws/diag_case.h"

static void delivery_with_retention(struct stack *stack)
{
    logs_log_group_new(stack->node, "Group",
        &(struct logs_log_group_props){
            .log_group_class = LOGS_CLASS_DELIVERY,
            .retention = LOGS_RETENTION_ONE_DAY,
        });
}

static void negative_retention(struct stack *stack)
{
    logs_log_group_new(
        stack->node, "Group", &(struct logs_log_group_props){ .retention = (enum logs_retention) - 1 });
}

static void refuses(void **state)
{
    const struct diag_case cases[] = {
        { delivery_with_retention, DIAG_ERROR,
            "Case/Group: a log group of class DELIVERY takes no 'retention'; leave it out or use another "
            "class" },
        { negative_retention, DIAG_ERROR, "Case/Group: 'retention' must be positive, got -1" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(refuses) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

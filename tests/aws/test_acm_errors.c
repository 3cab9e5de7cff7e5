// SPDX-License-Identifier: MIT
#include "aws/acm.h"

#include "aws/diag_case.h"

static void no_name(struct stack *stack)
{
    acm_certificate_new(stack->node, "Certificate", &(struct acm_certificate_props){ 0 });
}

static void long_name(struct stack *stack)
{
    acm_certificate_new(stack->node, "Certificate",
        &(struct acm_certificate_props){
            .domain_name = "a234567890123456789012345678901234567890123456789012345.example.org" });
}

static void certificates_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { no_name, DIAG_ERROR, "Case/Certificate: a certificate needs a 'domain_name'" },
        { long_name, DIAG_ERROR,
            "Case/Certificate: domain name "
            "'a234567890123456789012345678901234567890123456789012345.example.org' is longer than 64 "
            "characters; put it among the alternative names" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

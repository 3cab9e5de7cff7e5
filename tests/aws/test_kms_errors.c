// SPDX-License-Identifier: MIT
#include "aws/kms.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static void key(struct stack *stack, struct kms_key_props props)
{
    kms_key_new(stack->node, "Key", &props);
}

static void period_without_rotation(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .enable_key_rotation = NO, .rotation_period = days(90) });
}

static void short_rotation(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .rotation_period = days(89) });
}

static void long_rotation(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .rotation_period = days(2561) });
}

static void short_window(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .pending_window = days(6) });
}

static void empty_alias(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .alias = "alias/" });
}

static void alias_of_aws(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .alias = "AWS/s3" });
}

static void alias_with_blank(struct stack *stack)
{
    key(stack, (struct kms_key_props){ .alias = "my key" });
}

static void arn_without_id(struct stack *stack)
{
    kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key"));
}

static const struct diag_case cases[] = {
    { period_without_rotation, DIAG_ERROR,
        "Case/Key: the key has a rotation period, but its rotation is not enabled" },
    { short_rotation, DIAG_ERROR, "Case/Key: the key's rotation period must be 90 to 2560 days" },
    { long_rotation, DIAG_ERROR, "Case/Key: the key's rotation period must be 90 to 2560 days" },
    { short_window, DIAG_ERROR, "Case/Key: the key's pending window must be 7 to 30 days" },
    { empty_alias, DIAG_ERROR, "Case/Key/Alias: the alias must have a name behind 'alias/'" },
    { alias_of_aws, DIAG_ERROR,
        "Case/Key/Alias: the alias 'alias/AWS/s3' must not begin with 'alias/aws/', which is AWS's own" },
    { alias_with_blank, DIAG_ERROR,
        "Case/Key/Alias: the alias 'alias/my key' must have at most 256 letters, digits or ':/_-'" },
    { arn_without_id, DIAG_ERROR,
        "Case: 'arn:aws:kms:eu-west-1:111111111111:key' is not the ARN of a key; it must look like "
        "'arn:partition:kms:region:account:key/id'" },
    { 0 },
};

static void keys_are_checked(void **state)
{
    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keys_are_checked) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

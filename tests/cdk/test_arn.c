// SPDX-License-Identifier: MIT
// ARNs taken apart as aws-cdk-lib's Arn.split does; the expected parts were made by it.
#include "cdk/app.h"
#include "cdk/arn.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "data/json.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
    struct app *app;
    struct stack *stack;
    struct value *parameter; // {"Ref": "P"}
};

static int make_stack(void **state)
{
    struct app *app = app_new(&(struct app_props){ 0 });
    struct fixture *fixture = arena_alloc(value_arena(), sizeof(*fixture));

    fixture->app = app;
    fixture->stack = stack_new(app_node(app), "Stack", &(struct stack_props){ 0 });
    fixture->parameter = parameter_new(fixture->stack->node, "P", &(struct parameter_props){ 0 });
    *state = fixture;
    return 0;
}

static int free_app(void **state)
{
    app_free(((struct fixture *)*state)->app);
    return 0;
}

// The parts as they would be in a template, from the partition on; "-" for one that is not there.
static void assert_parts(
    const struct fixture *fixture, struct value *arn, enum arn_format format, const char *expected)
{
    struct arn parts = arn_split(fixture->stack->node, arn, format);
    struct value *all[] = { parts.partition, parts.service, parts.region, parts.account, parts.resource,
        parts.resource_name };
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        strbuf_add_string(&text, i ? " " : "");
        if (all[i])
            json_stringify(&text, stack_resolve(fixture->stack, all[i]));
        else
            strbuf_add_char(&text, '-');
    }
    assert_string_equal(text.data, expected);
    assert_int_equal(app_diag_total(fixture->app), 0);
}

static void literal_arns(void **state)
{
    static const struct {
        const char *arn;
        enum arn_format format;
        const char *expected;
    } cases[] = {
        { "arn:aws:iam::123:role/path/name", ARN_SLASH_RESOURCE_NAME,
            "\"aws\" \"iam\" \"\" \"123\" \"role\" \"path/name\"" },
        { "arn:aws:s3:::bucket", ARN_NO_RESOURCE_NAME, "\"aws\" \"s3\" \"\" \"\" \"bucket\" -" },
        { "arn:aws:s3:::bucket/key:with:colons", ARN_SLASH_RESOURCE_NAME,
            "\"aws\" \"s3\" \"\" \"\" \"bucket\" \"key:with:colons\"" },
        { "arn:aws:s3:::bucket/key", ARN_NO_RESOURCE_NAME, "\"aws\" \"s3\" \"\" \"\" \"bucket/key\" -" },
        { "arn:aws:lambda:eu-west-1:123:function:name:7", ARN_COLON_RESOURCE_NAME,
            "\"aws\" \"lambda\" \"eu-west-1\" \"123\" \"function\" \"name:7\"" },
        { "arn:aws:apigateway:eu-west-1::/restapis/abc/x", ARN_SLASH_RESOURCE_SLASH_NAME,
            "\"aws\" \"apigateway\" \"eu-west-1\" \"\" \"restapis\" \"abc/x\"" },
        { "arn:aws:x:::/alone", ARN_SLASH_RESOURCE_NAME, "\"aws\" \"x\" \"\" \"\" \"/alone\" -" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_parts(*state, string(cases[i].arn), cases[i].format, cases[i].expected);
}

#define PART(n) "{\"Fn::Select\":[" #n ",{\"Fn::Split\":[\":\",{\"Ref\":\"P\"}]}]}"
#define PATH(n) "{\"Fn::Select\":[" #n ",{\"Fn::Split\":[\"/\"," PART(5) "]}]}"
#define START PART(1) " " PART(2) " " PART(3) " " PART(4) " "

static void arns_known_at_deployment(void **state)
{
    const struct fixture *fixture = *state;
    struct value *arn = fixture->parameter;

    assert_parts(fixture, arn, ARN_SLASH_RESOURCE_NAME, START PATH(0) " " PATH(1));
    assert_parts(fixture, arn, ARN_COLON_RESOURCE_NAME, START PART(5) " " PART(6));
    assert_parts(fixture, arn, ARN_NO_RESOURCE_NAME, START PART(5) " -");
    assert_parts(fixture, arn, ARN_SLASH_RESOURCE_SLASH_NAME, START PATH(1) " " PATH(2));
}

static void arns_known_in_part(void **state)
{
    const struct fixture *fixture = *state;
    struct value *arn =
        concatf("arn:aws:sqs:%v:%v:q-%v/x", aws_region(), fixture->parameter, fixture->parameter);

    assert_parts(fixture, arn, ARN_SLASH_RESOURCE_NAME,
        "\"aws\" \"sqs\" {\"Ref\":\"AWS::Region\"} {\"Ref\":\"P\"} "
        "{\"Fn::Join\":[\"\",[\"q-\",{\"Ref\":\"P\"}]]} \"x\"");
    assert_parts(fixture, arn, ARN_NO_RESOURCE_NAME,
        "\"aws\" \"sqs\" {\"Ref\":\"AWS::Region\"} {\"Ref\":\"P\"} "
        "{\"Fn::Join\":[\"\",[\"q-\",{\"Ref\":\"P\"},\"/x\"]]} -");
}

static void texts_that_are_no_arns(void **state)
{
    static const char *const texts[] = { "", "role/x", "arn:aws:iam::123", "arn::iam::123:role/x",
        "arn:aws:::123:role/x", "arn:aws:iam::123:", NULL };
    const struct fixture *fixture = *state;

    for (size_t i = 0; texts[i]; i++) {
        struct arn parts = arn_split(fixture->stack->node, string(texts[i]), ARN_SLASH_RESOURCE_NAME);

        assert_int_equal(app_diag_count(fixture->app, DIAG_ERROR), i + 1);
        assert_string_equal(value_string(parts.resource_name), "");
    }
}

static void last_segments(void **state)
{
    const struct fixture *fixture = *state;

    assert_string_equal(value_string(arn_last_segment(string("path/to/name"))), "name");
    assert_string_equal(value_string(arn_last_segment(string("name"))), "name");
    assert_ptr_equal(arn_last_segment(fixture->parameter), fixture->parameter);
    assert_ptr_equal(arn_last_segment(concatf("a/%v", fixture->parameter)), fixture->parameter);
}

static void comparisons(void **state)
{
    (void)state;
    assert_int_equal(token_compare(string("1"), string("1")), TOKENS_SAME);
    assert_int_equal(token_compare(string("1"), string("2")), TOKENS_DIFFERENT);
    assert_int_equal(token_compare(string("1"), aws_account_id()), TOKENS_ONE_UNRESOLVED);
    assert_int_equal(token_compare(aws_region(), aws_account_id()), TOKENS_BOTH_UNRESOLVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(literal_arns, make_stack, free_app),
        cmocka_unit_test_setup_teardown(arns_known_at_deployment, make_stack, free_app),
        cmocka_unit_test_setup_teardown(arns_known_in_part, make_stack, free_app),
        cmocka_unit_test_setup_teardown(texts_that_are_no_arns, make_stack, free_app),
        cmocka_unit_test_setup_teardown(last_segments, make_stack, free_app),
        cmocka_unit_test_setup_teardown(comparisons, make_stack, free_app),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: MIT
#include "failure.h"
#include "runtime.h"
#include "settings.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void take(struct invocation *invocation, const char *line)
{
    invocation_header(invocation, line, strlen(line));
}

static void test_headers(void **state)
{
    struct invocation invocation = { 0 };

    (void)state;
    take(&invocation, "HTTP/1.1 200 OK\r\n");
    take(&invocation, "Content-Type: application/json\r\n");
    assert_false(invocation_complete(&invocation));
    take(&invocation, "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n");
    assert_false(invocation_complete(&invocation));
    take(&invocation, "lambda-runtime-deadline-ms:1542409706888\r\n");
    take(&invocation,
        "Lambda-Runtime-Invoked-Function-Arn: \t arn:aws:lambda:us-east-2:123456789012:function:f \r\n");
    take(&invocation, "LAMBDA-RUNTIME-TRACE-ID: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1\r\n");
    assert_true(invocation_complete(&invocation));
    assert_string_equal(invocation.request_id, "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
    assert_true(invocation.deadline_ms == 1542409706888);
    assert_string_equal(invocation.function_arn, "arn:aws:lambda:us-east-2:123456789012:function:f");
    assert_string_equal(invocation.trace_id, "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1");
}

static void test_hostile_headers(void **state)
{
    char line[4096];
    struct invocation invocation = { 0 };
    static const char *const lines[] = { "", "\r\n", ":", "Lambda-Runtime-Aws-Request-Id",
        "Lambda-Runtime-Aws-Request-Id:", "Lambda-Runtime-Aws-Request-Id: a/../b\r\n",
        "Lambda-Runtime-Aws-Request-Id: a b\r\n", "Lambda-Runtime-Aws-Request-Idx: a\r\n",
        "Lambda-Runtime-Deadline-Ms: -5\r\n", "Lambda-Runtime-Deadline-Ms: 12x\r\n",
        "Lambda-Runtime-Deadline-Ms: 9999999999999999999999\r\n" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
        take(&invocation, lines[i]);
    snprintf(line, sizeof(line), "Lambda-Runtime-Aws-Request-Id: %0500d\r\n", 1);
    take(&invocation, line);
    snprintf(line, sizeof(line), "Lambda-Runtime-Trace-Id: %0600d\r\n", 1);
    take(&invocation, line);
    assert_string_equal(invocation.request_id, "");
    assert_string_equal(invocation.trace_id, "");
    assert_true(invocation.deadline_ms == 0);
}

struct target {
    long number;
    const char *text;
};

static int read_one(
    enum setting_type type, const char *value, const char *fallback, struct target *target, struct failure *f)
{
    const struct setting setting = { "TEST_SETTING", type,
        type == SETTING_NUMBER ? offsetof(struct target, number) : offsetof(struct target, text), fallback, 1,
        100 };

    if (value)
        setenv("TEST_SETTING", value, 1);
    else
        unsetenv("TEST_SETTING");
    return settings_read(&setting, 1, target, f);
}

static void test_settings(void **state)
{
    static const struct {
        enum setting_type type;
        const char *value;
        int result;
    } cases[] = {
        { SETTING_NUMBER, "1", 0 },
        { SETTING_NUMBER, "100", 0 },
        { SETTING_NUMBER, "0", -1 },
        { SETTING_NUMBER, "101", -1 },
        { SETTING_NUMBER, "-1", -1 },
        { SETTING_NUMBER, "1 ", -1 },
        { SETTING_NUMBER, "1.5", -1 },
        { SETTING_NUMBER, "99999999999999999999", -1 },
        { SETTING_SECRET, "arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf", 0 },
        { SETTING_SECRET, "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a/b-AbCdEf", 0 },
        { SETTING_SECRET, "name", -1 },
        { SETTING_SECRET, "arn:aws:s3:::bucket", -1 },
        { SETTING_SECRET, "arn:aws:secretsmanager:us-east-1:1:secret:na\"me", -1 },
        { SETTING_HOST, "proxy.abc.us-east-1.rds.amazonaws.com", 0 },
        { SETTING_HOST, "host,other", -1 },
        { SETTING_HOST, "/var/run", -1 },
        { SETTING_HOST, "host name", -1 },
        { SETTING_BUS, "tango-events", 0 },
        { SETTING_BUS, "arn:aws:events:us-east-1:123456789012:event-bus/tango-events", 0 },
        { SETTING_BUS, "a b", -1 },
        { SETTING_QUEUE, "https://sqs.us-east-1.amazonaws.com/123456789012/name", 0 },
        { SETTING_QUEUE, "http://localhost:4566/000000000000/name", 0 },
        { SETTING_QUEUE, "arn:aws:sqs:us-east-1:123456789012:name", -1 },
        { SETTING_QUEUE, "https://sqs.us-east-1.amazonaws.com/1/na\"me", -1 },
        { SETTING_NAME, "Tango-Staging", 0 },
        { SETTING_NAME, "a\nb", -1 },
        { SETTING_REGION, "us-east-1", 0 },
        { SETTING_REGION, "us-east-1.evil.com/", -1 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct target target = { 0 };
        struct failure f = { 0 };

        if (read_one(cases[i].type, cases[i].value, NULL, &target, &f) != cases[i].result)
            fail_msg("%s", cases[i].value);
        if (cases[i].result < 0) {
            assert_string_equal(f.type, "Configuration.Invalid");
            assert_non_null(strstr(f.message, "TEST_SETTING"));
        }
    }
}

static void test_missing_settings(void **state)
{
    struct target target = { 0 };
    struct failure f = { 0 };

    (void)state;
    assert_int_equal(read_one(SETTING_HOST, NULL, NULL, &target, &f), -1);
    assert_string_equal(f.type, "Configuration.Missing");
    assert_int_equal(read_one(SETTING_HOST, "", NULL, &target, &f), -1);
    assert_int_equal(read_one(SETTING_NUMBER, NULL, "7", &target, &f), 0);
    assert_int_equal(target.number, 7);
    target.text = "before";
    assert_int_equal(read_one(SETTING_QUEUE, NULL, "", &target, &f), 0);
    assert_null(target.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_hostile_headers),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_missing_settings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

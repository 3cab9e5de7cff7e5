// SPDX-License-Identifier: MIT
// What needs no database; consumer.py has the rest.
#include "audit_event.h"
#include "runtime/failure.h"
#include "storable.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define EVENT                                                                                                      \
    "{\"source\":\"app.outbox\",\"detail-type\":\"member.invited\",\"detail\":{\"event_type\":\"member.invited\"," \
    "\"event_id\":\"550e8400-e29b-41d4-a716-446655440000\",\"aggregate_type\":\"member\","                         \
    "\"aggregate_id\":\"m1\",\"occurred_at\":\"2026-01-02T03:04:05Z\"%s}}"

static const char *value_of(const struct audit_event *event, const char *column)
{
    for (size_t i = 0; i < audit_parameter_count; i++)
        if (strcmp(audit_parameters[i].column, column) == 0)
            return event->values[i];
    fail_msg("no column %s", column);
    return NULL;
}

static void test_defaults(void **state)
{
    char text[1024];
    struct audit_event event;
    struct failure f = { 0 };

    (void)state;
    snprintf(text, sizeof(text), EVENT, "");
    assert_int_equal(audit_event_read(&event, "app.outbox", text, strlen(text), &f), 0);
    assert_int_equal(event.verdict, AUDIT_WORTHY);
    assert_string_equal(value_of(&event, "actor_id"), "system");
    assert_string_equal(value_of(&event, "actor_email"), "");
    assert_string_equal(value_of(&event, "diff"), "{}");
    assert_null(value_of(&event, "correlation_id"));
    assert_null(value_of(&event, "ip_address"));
    assert_string_equal(value_of(&event, "metadata"), "{}");
    audit_event_release(&event);
}

static void test_json_is_handed_on_as_it_is(void **state)
{
    char text[1024];
    struct audit_event event;
    struct failure f = { 0 };

    (void)state;
    snprintf(text, sizeof(text), EVENT, ",\"data\": {\"n\" : 1.50e0 , \"ip_address\":\"::1\"}");
    assert_int_equal(audit_event_read(&event, "app.outbox", text, strlen(text), &f), 0);
    assert_string_equal(value_of(&event, "diff"), "{\"n\" : 1.50e0 , \"ip_address\":\"::1\"}");
    assert_string_equal(value_of(&event, "ip_address"), "::1");
    audit_event_release(&event);
}

static void test_the_statement_leaves_request_data_out_of_the_diff(void **state)
{
    (void)state;
    assert_non_null(strstr(audit_insert_sql, "::jsonb - 'ip_address' - 'user_agent'"));
    assert_non_null(strstr(audit_insert_sql, "ON CONFLICT (\"event_id\") DO NOTHING"));
}

static void test_failures_do_not_quote_values(void **state)
{
    char text[1024];
    struct audit_event event;
    struct failure f = { 0 };

    (void)state;
    snprintf(text, sizeof(text), EVENT, ",\"event_id\":\"confidential\"");
    assert_int_equal(audit_event_read(&event, "app.outbox", text, strlen(text), &f), -1);
    assert_string_equal(f.type, "Event.Malformed");
    assert_non_null(strstr(f.message, "event_id"));
    assert_null(strstr(f.message, "confidential"));
    audit_event_release(&event);
}

static void test_storable(void **state)
{
    static const struct {
        const char *json, *storable, *decoded;
    } cases[] = {
        { "\"abc\"", "\"abc\"", "abc" },
        { "\"a\\u0000b\"", "\"a\\\\u0000b\"", "a\\u0000b" },
        { "\"\\u0000\"", "\"\\\\u0000\"", "\\u0000" },
        { "\"\\\\u0000\"", "\"\\\\u0000\"", "\\u0000" },
        { "\"\\\\\\u0000\"", "\"\\\\\\\\u0000\"", "\\\\u0000" },
        { "\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80" },
        { "\"\\ud83d\"", "\"\\\\ud83d\"", "\\ud83d" },
        { "\"\\ud83dx\"", "\"\\\\ud83dx\"", "\\ud83dx" },
        { "\"\\ud83d\\n\"", "\"\\\\ud83d\\n\"", "\\ud83d\n" },
        { "\"\\ud83d\\ud83d\\ude00\"", "\"\\\\ud83d\\ud83d\\ude00\"", "\\ud83d\xf0\x9f\x98\x80" },
        { "\"\\uDE00\\u0041\"", "\"\\\\uDE00\\u0041\"", "\\uDE00A" },
        { "\"\\ud83d\\u0000\"", "\"\\\\ud83d\\\\u0000\"", "\\ud83d\\u0000" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        STRBUF_AUTO storable = STRBUF_INIT;
        STRBUF_AUTO decoded = STRBUF_INIT;
        struct json json;

        assert_true(json_slice(cases[i].json, strlen(cases[i].json), &json));
        assert_int_equal(storable_json(json, &storable), strcmp(cases[i].json, cases[i].storable) != 0);
        assert_string_equal(storable.data, cases[i].storable);
        storable_string(json, &decoded);
        assert_string_equal(decoded.data, cases[i].decoded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_json_is_handed_on_as_it_is),
        cmocka_unit_test(test_the_statement_leaves_request_data_out_of_the_diff),
        cmocka_unit_test(test_storable),
        cmocka_unit_test(test_failures_do_not_quote_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

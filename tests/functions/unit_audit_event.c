// SPDX-License-Identifier: MIT
// What needs no database; consumer.py has the rest.
#include "audit_event.h"
#include "runtime/failure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define EVENT                                                                                                \
    "{\"detail-type\":\"member.invited\",\"detail\":{\"event_type\":\"member.invited\","                     \
    "\"event_id\":\"550e8400-e29b-41d4-a716-446655440000\",\"aggregate_type\":\"member\","                   \
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
    snprintf(text, sizeof text, EVENT, "");
    assert_int_equal(audit_event_read(&event, text, strlen(text), &f), 0);
    assert_true(event.worthy);
    assert_string_equal(value_of(&event, "actor_id"), "system");
    assert_string_equal(value_of(&event, "actor_email"), "");
    assert_string_equal(value_of(&event, "diff"), "{}");
    assert_null(value_of(&event, "correlation_id"));
    assert_null(value_of(&event, "ip_address"));
    audit_event_release(&event);
}

static void test_json_is_handed_on_as_it_is(void **state)
{
    char text[1024];
    struct audit_event event;
    struct failure f = { 0 };
    (void)state;
    snprintf(text, sizeof text, EVENT, ",\"data\": {\"n\" : 1.50e0 , \"ip_address\":\"::1\"}");
    assert_int_equal(audit_event_read(&event, text, strlen(text), &f), 0);
    assert_string_equal(value_of(&event, "diff"), "{\"n\" : 1.50e0 , \"ip_address\":\"::1\"}");
    assert_string_equal(value_of(&event, "ip_address"), "::1");
    audit_event_release(&event);
}

static void test_the_statement_leaves_request_data_out_of_the_diff(void **state)
{
    (void)state;
    assert_non_null(strstr(audit_insert_sql, "::jsonb - 'ip_address' - 'user_agent'"));
    assert_non_null(strstr(audit_insert_sql, "ON CONFLICT (event_id) DO NOTHING"));
}

static void test_failures_do_not_quote_values(void **state)
{
    char text[1024];
    struct audit_event event;
    struct failure f = { 0 };
    (void)state;
    snprintf(text, sizeof text, EVENT, ",\"correlation_id\":\"confidential\"");
    assert_int_equal(audit_event_read(&event, text, strlen(text), &f), -1);
    assert_string_equal(f.type, "Event.Malformed");
    assert_non_null(strstr(f.message, "correlation_id"));
    assert_null(strstr(f.message, "confidential"));
    audit_event_release(&event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_json_is_handed_on_as_it_is),
        cmocka_unit_test(test_the_statement_leaves_request_data_out_of_the_diff),
        cmocka_unit_test(test_failures_do_not_quote_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

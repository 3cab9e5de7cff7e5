// SPDX-License-Identifier: MIT
#include "deploy/operations/event_spans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 99000 };

struct fixture {
    struct history_event events[16];
    struct history history;
    struct event_rows rows;
    struct arena arena;
};

static void add(struct fixture *fixture, int second, const char *path, const char *status, const char *reason)
{
    struct history_event *event = &fixture->events[fixture->history.count++];

    *event = (struct history_event){ .time = second * 1000, .path = path };
    event->event = (struct stack_event){ .status = status, .reason = reason, .type = "AWS::SNS::Topic" };
    event->event.is_stack = !*path;
    event->is_consequence = stack_event_is_consequence(&event->event);
    fixture->history.events = fixture->events;
}

static const struct event_row *row(struct fixture *fixture, size_t index)
{
    event_rows_read(&fixture->rows, &fixture->history, NOW, &fixture->arena);
    assert_true(index < fixture->rows.count);
    return &fixture->rows.items[index];
}

static void expect_span(
    const struct event_row *row, size_t index, int from, int to, enum span_end end, const char *result)
{
    const struct event_span *span = &row->spans[index];

    assert_true(index < row->count);
    assert_int_equal(span->from, from * 1000);
    assert_int_equal(span->to, to * 1000);
    assert_int_equal(span->end, end);
    if (result)
        assert_string_equal(span->result, result);
    else
        assert_null(span->result);
}

static void test_a_creation_that_says_twice_that_it_goes_on(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 1, "A", "CREATE_IN_PROGRESS", "");
    add(&fixture, 2, "A", "CREATE_IN_PROGRESS", "Resource creation Initiated");
    add(&fixture, 5, "A", "CREATE_COMPLETE", "");
    assert_int_equal(row(&fixture, 0)->count, 1);
    expect_span(row(&fixture, 0), 0, 1, 5, SPAN_DONE, "CREATE_COMPLETE");
    assert_int_equal(fixture.rows.from, 1000);
    assert_int_equal(fixture.rows.to, 5000);
    arena_release(&fixture.arena);
}

static void test_an_update_that_is_undone(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 0, "", "UPDATE_IN_PROGRESS", "User Initiated");
    add(&fixture, 1, "A", "UPDATE_IN_PROGRESS", "");
    add(&fixture, 1, "B", "UPDATE_IN_PROGRESS", "");
    add(&fixture, 4, "A", "UPDATE_FAILED", "it is locked");
    add(&fixture, 5, "B", "UPDATE_FAILED", "Resource update cancelled");
    add(&fixture, 6, "", "UPDATE_ROLLBACK_IN_PROGRESS", "because of A");
    add(&fixture, 7, "A", "UPDATE_IN_PROGRESS", "");
    add(&fixture, 8, "A", "UPDATE_COMPLETE", "");
    add(&fixture, 9, "", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "");
    add(&fixture, 10, "", "UPDATE_ROLLBACK_COMPLETE", "");
    expect_span(row(&fixture, 0), 0, 0, 6, SPAN_FAILED, "UPDATE_ROLLBACK_IN_PROGRESS");
    assert_string_equal(row(&fixture, 0)->spans[0].reason, "because of A");
    expect_span(row(&fixture, 0), 1, 6, 9, SPAN_DONE, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
    expect_span(row(&fixture, 0), 2, 9, 10, SPAN_DONE, "UPDATE_ROLLBACK_COMPLETE");
    expect_span(row(&fixture, 1), 0, 1, 4, SPAN_FAILED, "UPDATE_FAILED");
    expect_span(row(&fixture, 1), 1, 7, 8, SPAN_DONE, "UPDATE_COMPLETE");
    expect_span(row(&fixture, 2), 0, 1, 5, SPAN_CANCELLED, "UPDATE_FAILED");
    arena_release(&fixture.arena);
}

static void test_what_is_under_way_lasts_until_now(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 1, "", "CREATE_IN_PROGRESS", "");
    add(&fixture, 2, "A", "CREATE_IN_PROGRESS", "");
    expect_span(row(&fixture, 0), 0, 1, NOW / 1000, SPAN_OPEN, NULL);
    expect_span(row(&fixture, 1), 0, 2, NOW / 1000, SPAN_OPEN, NULL);
    assert_int_equal(fixture.rows.to, NOW);
    arena_release(&fixture.arena);
}

// A clock that is slow is no reason for a span that ends before it begins.
static void test_a_clock_that_is_slow(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 200, "A", "CREATE_IN_PROGRESS", "");
    expect_span(row(&fixture, 0), 0, 200, 200, SPAN_OPEN, NULL);
    arena_release(&fixture.arena);
}

static void test_an_end_without_a_beginning(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 3, "A", "DELETE_SKIPPED", "");
    assert_int_equal(row(&fixture, 0)->count, 1);
    expect_span(row(&fixture, 0), 0, 3, 3, SPAN_DONE, "DELETE_SKIPPED");
    arena_release(&fixture.arena);
}

static void test_nothing(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    event_rows_read(&fixture.rows, &fixture.history, NOW, &fixture.arena);
    assert_int_equal(fixture.rows.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_creation_that_says_twice_that_it_goes_on),
        cmocka_unit_test(test_an_update_that_is_undone),
        cmocka_unit_test(test_what_is_under_way_lasts_until_now),
        cmocka_unit_test(test_a_clock_that_is_slow),
        cmocka_unit_test(test_an_end_without_a_beginning),
        cmocka_unit_test(test_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

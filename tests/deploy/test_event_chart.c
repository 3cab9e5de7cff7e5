// SPDX-License-Identifier: MIT
#include "deploy/operations/event_chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int64_t BEGIN = INT64_C(1795867200000); // 2026-11-28 12:00:00

struct fixture {
    struct history_event events[64];
    struct history history;
    struct strbuf page;
};

static void add(struct fixture *fixture, int second, const char *path, const char *status, const char *reason)
{
    struct history_event *event = &fixture->events[fixture->history.count++];

    *event = (struct history_event){ .time = BEGIN + second * INT64_C(1000), .path = path };
    event->event = (struct stack_event){
        .status = status, .reason = reason, .type = *path ? "AWS::SNS::Topic" : "AWS::CloudFormation::Stack"
    };
    event->event.is_stack = !*path;
    fixture->history.events = fixture->events;
}

static void draw(struct fixture *fixture)
{
    const struct chart_stack stack = {
        .name = "Shop", .account = "123456789012", .region = "eu-central-1", .history = &fixture->history
    };

    fixture->page = (struct strbuf)STRBUF_INIT;
    event_chart_write(&fixture->page, &stack, 1, BEGIN + 60000);
}

static size_t count_of(const struct fixture *fixture, const char *text)
{
    size_t count = 0;

    for (const char *at = fixture->page.data; (at = strstr(at, text)); at++)
        count++;
    return count;
}

static void expect(const struct fixture *fixture, const char *text)
{
    if (!count_of(fixture, text))
        fail_msg("the page lacks %s", text);
}

static void create(struct fixture *fixture)
{
    add(fixture, 0, "", "CREATE_IN_PROGRESS", "");
    add(fixture, 10, "A", "CREATE_IN_PROGRESS", "");
    add(fixture, 50, "A", "CREATE_COMPLETE", "");
    add(fixture, 100, "", "CREATE_COMPLETE", "");
}

static void update(struct fixture *fixture, int second)
{
    add(fixture, second, "", "UPDATE_IN_PROGRESS", "");
    add(fixture, second + 10, "A", "UPDATE_IN_PROGRESS", "");
    add(fixture, second + 90, "A", "UPDATE_COMPLETE", "");
    add(fixture, second + 100, "", "UPDATE_COMPLETE", "");
}

static void says_what_where_and_when(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    create(&fixture);
    draw(&fixture);
    expect(&fixture, "<title>Operations of Shop</title>");
    expect(&fixture, "<h1>Operations of Shop</h1>");
    expect(&fixture, "account 123456789012, eu-central-1");
    expect(&fixture, "2026-11-28 12:00:00 to 2026-11-28 12:01:40 UTC, 1 min 40 s");
    assert_int_equal(count_of(&fixture, "class=\"fold\""), 0);
    strbuf_release(&fixture.page);
}

// Twelve hours between two operations of 100 seconds each: these take the width.
static void folds_what_is_idle(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    create(&fixture);
    update(&fixture, 43300);
    draw(&fixture);
    // The axis and both rows have the strip, 1/25 of what is busy wide.
    assert_int_equal(count_of(&fixture, "class=\"fold\" style=\"left:48.077%;width:3.846%\""), 3);
    expect(&fixture, "12 h 00 min idle");
    expect(&fixture, "class=\"bar create\" style=\"left:0.000%;width:48.077%\"");
    expect(&fixture, "class=\"bar update\" style=\"left:51.923%;width:48.077%\"");
    expect(&fixture, "12:00:00 to 2026-11-29 00:03:20 UTC");
    strbuf_release(&fixture.page);
}

// What is in progress is not idle, however long nothing is heard of it; neither is a short pause.
static void folds_nothing_else(void **state)
{
    struct fixture fixture = { 0 };

    (void)state;
    add(&fixture, 0, "", "CREATE_IN_PROGRESS", "");
    add(&fixture, 1, "A", "CREATE_IN_PROGRESS", "");
    add(&fixture, 7200, "A", "CREATE_COMPLETE", "");
    add(&fixture, 7201, "", "CREATE_COMPLETE", "");
    update(&fixture, 7230);
    draw(&fixture);
    assert_int_equal(count_of(&fixture, "class=\"fold\""), 0);
    strbuf_release(&fixture.page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_where_and_when),
        cmocka_unit_test(folds_what_is_idle),
        cmocka_unit_test(folds_nothing_else),
    };

    if (getenv("DUMP")) {
        struct fixture fixture = { 0 };
        create(&fixture);
        for (int i = 0; i < 4; i++) {
            static const char *const paths[] = { "TangoBackend/Service/TaskDef/ExecutionRole/DefaultPolicy",
                "TangoDatabase/Writer", "MediaDistribution/Origin1/AVeryLongConstructNameThatHasNoEnd", "B" };
            add(&fixture, 43310 + i * 10, paths[i], "UPDATE_IN_PROGRESS", "");
        }
        add(&fixture, 43360, "TangoDatabase/Writer", "UPDATE_FAILED",
            "Resource handler returned message: \"The requested engine version 16.9 is not available for db.serverless (Service: Rds, Status Code: 400, Request ID: 0a1b2c3d-4e5f)\"");
        add(&fixture, 43380, "B", "UPDATE_COMPLETE", "");
        add(&fixture, 43385, "B", "UPDATE_ROLLBACK_IN_PROGRESS", "");
        add(&fixture, 43400, "B", "UPDATE_ROLLBACK_COMPLETE", "");
        update(&fixture, 43300);
        draw(&fixture);
        FILE *f = fopen(getenv("DUMP"), "w");
        fputs(fixture.page.data, f);
        fclose(f);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}

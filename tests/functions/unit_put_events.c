// SPDX-License-Identifier: MIT
#include "outbox.h"
#include "put_events.h"
#include "runtime/json.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct event events[3];
static struct event *const pointers[] = { &events[0], &events[1], &events[2] };
static char reason[256];

static enum call_verdict classify(long status, const char *text, size_t count)
{
    STRBUF_AUTO body = STRBUF_INIT;

    for (size_t i = 0; i < 3; i++)
        events[i] = (struct event){ .event_type = "a.b", .payload = "{}" };
    strbuf_add_string(&body, text);
    return put_events_classify(status, &body, "Timeout was reached", pointers, count, reason);
}

static void test_size(void **state)
{
    const struct event event = { .event_type = "member.invited", .payload_bytes = 11 };

    (void)state;
    // "app.outbox" 10, the detail type 14, the detail 11, whether or not it is in memory
    assert_int_equal(put_events_size(&event), 10 + 14 + 11);
}

static void test_encode(void **state)
{
    struct event event = { .event_type = "a\"b", .payload = "{\"x\": \"\\u00e9\\n\"}" };
    struct event *const one[] = { &event };
    struct json document, entry;
    struct json_walk walk = { 0 };
    STRBUF_AUTO body = STRBUF_INIT;

    (void)state;
    put_events_encode(&body, "bus", one, 1);
    assert_true(json_slice(body.data, body.length, &document));
    entry = json_next(json_member(document, "Entries"), &walk, NULL);
    assert_true(json_equals(json_member(entry, "Source"), "app.outbox"));
    assert_true(json_equals(json_member(entry, "EventBusName"), "bus"));
    assert_true(json_equals(json_member(entry, "DetailType"), "a\"b"));
    assert_true(json_equals(json_member(entry, "Detail"), event.payload));
}

static void test_matches_entries_by_position(void **state)
{
    (void)state;
    assert_int_equal(
        classify(200,
            "{\"FailedEntryCount\":2,\"Entries\":[{\"EventId\":\"1\"},{\"ErrorCode\":\"InternalFailure\","
            "\"ErrorMessage\":\"later\"},{\"ErrorCode\":\"MalformedDetail\",\"ErrorMessage\":\"never\"}]}",
            3),
        CALL_ANSWERED);
    assert_int_equal(events[0].outcome, OUTCOME_PUBLISHED);
    assert_int_equal(events[1].outcome, OUTCOME_RETRY);
    assert_string_equal(events[1].error, "InternalFailure: later");
    assert_int_equal(events[2].outcome, OUTCOME_FAILED);
    assert_string_equal(events[2].error, "MalformedDetail: never");
}

static void test_entry_errors(void **state)
{
    static const struct {
        const char *code;
        enum outcome outcome;
        enum call_verdict verdict;
    } cases[] = {
        { "InternalFailure", OUTCOME_RETRY, CALL_ANSWERED },
        { "ThrottlingException", OUTCOME_RETRY, CALL_THROTTLED },
        { "SomethingNew", OUTCOME_RETRY, CALL_ANSWERED },
        { "MalformedDetail", OUTCOME_FAILED, CALL_ANSWERED },
        { "InvalidArgument", OUTCOME_FAILED, CALL_ANSWERED },
        { "InvalidAccountIdException", OUTCOME_FAILED, CALL_ANSWERED },
        { "AccessDeniedException", OUTCOME_FAILED, CALL_ANSWERED },
        { "NotAuthorizedForSourceException", OUTCOME_FAILED, CALL_ANSWERED },
        { "NotAuthorizedForDetailTypeException", OUTCOME_FAILED, CALL_ANSWERED },
        { "RedactionFailure", OUTCOME_FAILED, CALL_ANSWERED },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        STRBUF_AUTO body = STRBUF_INIT;

        strbuf_addf(&body, "{\"Entries\":[{\"ErrorCode\":\"%s\"}]}", cases[i].code);
        assert_int_equal(classify(200, body.data, 1), cases[i].verdict);
        if (events[0].outcome != cases[i].outcome)
            fail_msg("%s", cases[i].code);
        assert_string_equal(events[0].error, cases[i].code);
    }
}

static void test_garbage_is_tried_again(void **state)
{
    static const char *const bodies[] = { "", "{", "null", "[]", "{}", "{\"Entries\":5}", "{\"Entries\":[]}",
        "{\"Entries\":[{\"EventId\":\"1\"}]}", "{\"Entries\":[{\"EventId\":5},{}]}",
        "{\"Entries\":[null,null]}", "{\"Entries\":[{\"EventId\":\"\"},{\"ErrorCode\":\"\"}]}",
        "{\"Entries\":[{\"EventId\":\"1\"},{\"EventId\":\"1\"},{\"EventId\":\"1\"}]}" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
        assert_int_equal(classify(200, bodies[i], 2), CALL_ANSWERED);
        if (events[0].outcome != OUTCOME_RETRY || events[1].outcome != OUTCOME_RETRY)
            fail_msg("%s", bodies[i]);
    }
}

static void test_refused_calls(void **state)
{
    static const struct {
        long status;
        const char *body;
        enum call_verdict verdict;
        enum outcome outcome;
    } cases[] = {
        { 400, "{\"__type\":\"ThrottlingException\"}", CALL_THROTTLED, OUTCOME_RETRY },
        { 400, "{\"__type\":\"com.amazonaws.events#ThrottlingException\"}", CALL_THROTTLED, OUTCOME_RETRY },
        { 429, "", CALL_THROTTLED, OUTCOME_RETRY },
        { 400, "{\"__type\":\"ValidationException\"}", CALL_SUSPECT, OUTCOME_FAILED },
        { 413, "<html>", CALL_SUSPECT, OUTCOME_FAILED },
        { 400, "{\"__type\":\"AccessDeniedException\"}", CALL_REFUSED, OUTCOME_RELEASED },
        { 403, "{\"__type\":\"ExpiredTokenException\"}", CALL_REFUSED, OUTCOME_RELEASED },
        { 400, "{\"__type\":\"ResourceNotFoundException\"}", CALL_REFUSED, OUTCOME_RELEASED },
        { 400, "garbage", CALL_ANSWERED, OUTCOME_RETRY },
        { 500, "{\"__type\":\"InternalException\"}", CALL_ANSWERED, OUTCOME_RETRY },
        { 503, "", CALL_ANSWERED, OUTCOME_RETRY },
        { 0, "", CALL_ANSWERED, OUTCOME_RETRY },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        enum call_verdict verdict = classify(cases[i].status, cases[i].body, 2);

        if (verdict != cases[i].verdict || events[0].outcome != cases[i].outcome)
            fail_msg("%ld %s: %d %d", cases[i].status, cases[i].body, (int)verdict, (int)events[0].outcome);
    }
    // Alone in its call, the event itself is to blame.
    assert_int_equal(classify(400, "{\"__type\":\"ValidationException\"}", 1), CALL_ANSWERED);
    assert_int_equal(events[0].outcome, OUTCOME_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_encode),
        cmocka_unit_test(test_matches_entries_by_position),
        cmocka_unit_test(test_entry_errors),
        cmocka_unit_test(test_garbage_is_tried_again),
        cmocka_unit_test(test_refused_calls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

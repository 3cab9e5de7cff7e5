// SPDX-License-Identifier: MIT
#include "put_events.h"

#include "../runtime/aws.h"
#include "../runtime/json.h"
#include "outbox.h"
#include "util/array.h"
#include "util/text/utf8.h"

#include <stdio.h>
#include <string.h>

size_t put_events_size(const struct event *event)
{
    return strlen(EVENT_SOURCE) + strlen(event->event_type) + event->payload_bytes;
}

static void append_member(struct strbuf *out, const char *name, const char *value)
{
    strbuf_addf(out, ",\"%s\":", name);
    json_quote(out, value, strlen(value));
}

void put_events_encode(struct strbuf *out, const char *bus, struct event *const *events, size_t count)
{
    strbuf_add_string(out, "{\"Entries\":[");
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(out, "%s{\"Source\":\"%s\"", i ? "," : "", EVENT_SOURCE);
        append_member(out, "EventBusName", bus);
        append_member(out, "DetailType", events[i]->event_type);
        append_member(out, "Detail", events[i]->payload);
        strbuf_add_string(out, "}");
    }
    strbuf_add_string(out, "]}");
}

static void set_outcome(struct event *event, enum outcome outcome, const char *code, const char *message)
{
    event->outcome = outcome;
    snprintf(event->error, sizeof(event->error), "%s%s%s", code, *message ? ": " : "", message);
    utf8_trim(event->error);
}

static void set_all(struct event *const *events, size_t count, enum outcome outcome, const char *error)
{
    for (size_t i = 0; i < count; i++)
        set_outcome(events[i], outcome, error, "");
}

static bool is_throttling(const char *code)
{
    return strncmp(code, "Throttl", 7) == 0 || strcmp(code, "TooManyRequestsException") == 0 ||
        strcmp(code, "RequestLimitExceeded") == 0;
}

// An entry's error codes that no retry cures; any other one may pass.
static bool is_permanent(const char *code)
{
    static const char *const prefixes[] = { "MalformedDetail", "InvalidArgument", "InvalidAccountId",
        "AccessDenied", "NotAuthorized", "RedactionFailure" };

    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
        if (strncmp(code, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

static const char *decoded(struct json value, struct strbuf *text)
{
    strbuf_reset(text);
    return json_decode(value, text) ? text->data : "";
}

// Returns true when the entry was throttled.
static bool classify_entry(struct event *event, struct json entry)
{
    STRBUF_AUTO id = STRBUF_INIT, code = STRBUF_INIT, message = STRBUF_INIT;

    if (*decoded(json_member(entry, "EventId"), &id)) {
        event->outcome = OUTCOME_PUBLISHED;
        return false;
    }
    if (!*decoded(json_member(entry, "ErrorCode"), &code)) {
        set_outcome(
            event, OUTCOME_RETRY, "BadAnswer", "EventBridge gave neither an id nor an error for the event");
        return false;
    }
    decoded(json_member(entry, "ErrorMessage"), &message);
    set_outcome(event, is_permanent(code.data) ? OUTCOME_FAILED : OUTCOME_RETRY, code.data, message.data);
    return is_throttling(code.data);
}

static size_t count_items(struct json array)
{
    struct json_walk walk = { 0 };
    size_t count = 0;

    while (json_next(array, &walk, NULL).type != JSON_NONE)
        count++;
    return count;
}

// Entries are matched by their position; an answer of another length says nothing about any of them.
static enum call_verdict classify_entries(
    const struct strbuf *body, struct event *const *events, size_t count)
{
    struct json document, entries = { 0 };
    struct json_walk walk = { 0 };
    bool throttled = false;

    if (json_slice(body->data, body->length, &document))
        entries = json_member(document, "Entries");
    if (entries.type != JSON_ARRAY || count_items(entries) != count) {
        set_all(events, count, OUTCOME_RETRY, "BadAnswer: EventBridge's answer does not match the request");
        return CALL_ANSWERED;
    }
    for (size_t i = 0; i < count; i++)
        throttled |= classify_entry(events[i], json_next(entries, &walk, NULL));
    return throttled ? CALL_THROTTLED : CALL_ANSWERED;
}

// A refusal of the whole call that some event's content can cause.
static bool blames_content(long status, const char *code)
{
    return status == 413 || strncmp(code, "Validation", 10) == 0 || strncmp(code, "Serialization", 13) == 0 ||
        strcmp(code, "InvalidArgument") == 0 || strstr(code, "SizeExceeded");
}

static enum call_verdict classify_refusal(long status, const struct strbuf *body, struct event *const *events,
    size_t count, char reason[static 256])
{
    char code[64];

    aws_error_code(body, code);
    snprintf(reason, 256, "%s (HTTP status %ld)", *code ? code : "NoErrorCode", status);
    if (status == 429 || is_throttling(code)) {
        set_all(events, count, OUTCOME_RETRY, reason);
        return CALL_THROTTLED;
    }
    if (blames_content(status, code)) {
        set_all(events, count, OUTCOME_FAILED, reason);
        return count > 1 ? CALL_SUSPECT : CALL_ANSWERED;
    }
    if (*code && status >= 400 && status < 500)
        return CALL_REFUSED;
    set_all(events, count, OUTCOME_RETRY, reason);
    return CALL_ANSWERED;
}

enum call_verdict put_events_classify(long status, const struct strbuf *body, const char *reason,
    struct event *const *events, size_t count, char reason_out[static 256])
{
    if (status == 200)
        return classify_entries(body, events, count);
    if (status)
        return classify_refusal(status, body, events, count, reason_out);
    for (size_t i = 0; i < count; i++)
        set_outcome(events[i], OUTCOME_RETRY, "NoAnswer", reason);
    return CALL_ANSWERED;
}

// SPDX-License-Identifier: MIT
#include "dead_letter.h"

#include "../runtime/aws.h"
#include "../runtime/json.h"
#include "outbox.h"
#include "put_events.h"

#include <string.h>

// Body and attributes together.
#define MAX_MESSAGE_BYTES 1048576

static void append_member(struct strbuf *out, const char *name, const char *value)
{
    strbuf_addf(out, "%s\"%s\":", out->length > 1 ? "," : "", name);
    json_quote(out, value, strlen(value));
}

// SQS refuses the noncharacters U+FFFE and U+FFFF, as XML does. The first one from here on, or NULL.
static const char *find_noncharacter(const char *text)
{
    while ((text = strstr(text, "\xef\xbf")) && (unsigned char)text[2] < 0xbe)
        text += 2;
    return text;
}

// JSON can spell them another way.
static void spell_noncharacters(struct strbuf *out, const char *json)
{
    const char *found;

    strbuf_reset(out);
    for (; (found = find_noncharacter(json)); json = found + 3) {
        strbuf_add(out, json, (size_t)(found - json));
        strbuf_add_string(out, (unsigned char)found[2] == 0xbe ? "\\ufffe" : "\\uffff");
    }
    strbuf_add_string(out, json);
}

static void append_body(struct strbuf *out, const struct event *event, bool payload)
{
    strbuf_add_string(out, "{");
    append_member(out, "event_id", event->event_id);
    append_member(out, "event_type", event->event_type);
    append_member(out, "aggregate_type", event->aggregate_type);
    append_member(out, "aggregate_id", event->aggregate_id);
    append_member(out, "source", EVENT_SOURCE);
    append_member(out, "error", event->error);
    strbuf_addf(
        out, ",\"attempts\":%ld,\"payload_bytes\":%zu,\"payload\":", event->attempt, event->payload_bytes);
    if (payload)
        strbuf_add_string(out, event->payload);
    else
        strbuf_add_string(out, "null");
    strbuf_add_string(out, "}");
}

// A value is never empty, and has no characters that SQS refuses.
static void append_attribute(struct strbuf *out, const char *name, const char *value, size_t length)
{
    STRBUF_AUTO clean = STRBUF_INIT;

    strbuf_add(&clean, length ? value : "-", length ? length : 1);
    for (size_t i = 0; i < clean.length; i++)
        if ((unsigned char)clean.data[i] < ' ')
            clean.data[i] = ' ';
    for (char *at = clean.data; (at = (char *)find_noncharacter(at));)
        at[2] = (char)0xbd; // U+FFFD, the replacement character
    strbuf_addf(out,
        "%s\"%s\":{\"DataType\":\"String\",\"StringValue\":", out->data[out->length - 1] == '{' ? "" : ",",
        name);
    json_quote(out, clean.data, clean.length);
    strbuf_add_string(out, "}");
}

static void append_attributes(struct strbuf *out, const struct event *event)
{
    strbuf_add_string(out, "{");
    append_attribute(out, "ErrorCode", event->error, strcspn(event->error, ": "));
    append_attribute(out, "ErrorMessage", event->error, strlen(event->error));
    append_attribute(out, "EventId", event->event_id, strlen(event->event_id));
    append_attribute(out, "EventType", event->event_type, strlen(event->event_type));
    strbuf_add_string(out, "}");
}

static bool has_payload(const struct event *event)
{
    return *event->payload && !event->without_payload;
}

void dead_letter_encode(struct strbuf *out, const char *queue, const struct event *event)
{
    STRBUF_AUTO plain = STRBUF_INIT;
    STRBUF_AUTO body = STRBUF_INIT;
    STRBUF_AUTO attributes = STRBUF_INIT;

    append_attributes(&attributes, event);
    append_body(&plain, event, has_payload(event));
    spell_noncharacters(&body, plain.data);
    if (body.length + attributes.length > MAX_MESSAGE_BYTES) {
        strbuf_reset(&plain);
        append_body(&plain, event, false);
        spell_noncharacters(&body, plain.data);
    }
    strbuf_add_string(out, "{");
    append_member(out, "QueueUrl", queue);
    strbuf_add_string(out, ",\"MessageBody\":");
    json_quote(out, body.data, body.length);
    strbuf_addf(out, ",\"MessageAttributes\":%s}", attributes.data);
}

enum dead_letter_verdict dead_letter_classify(long status, const struct strbuf *body)
{
    struct json document;
    char code[64];

    if (status == 200)
        return json_slice(body->data, body->length, &document) &&
                json_member(document, "MessageId").type == JSON_STRING
            ? DEAD_LETTER_SENT
            : DEAD_LETTER_FAILED;
    aws_error_code(body, code);
    if (status == 413 || strcmp(code, "InvalidParameterValue") == 0 ||
        strcmp(code, "InvalidMessageContents") == 0 || strcmp(code, "InvalidParameterValueException") == 0)
        return DEAD_LETTER_UNFIT;
    return DEAD_LETTER_FAILED;
}

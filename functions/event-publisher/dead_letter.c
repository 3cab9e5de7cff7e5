// SPDX-License-Identifier: MIT
#include "dead_letter.h"

#include "../runtime/aws.h"
#include "../runtime/json.h"
#include "outbox.h"
#include "put_events.h"

#include <string.h>

// Body and attributes together.
#define MAX_MESSAGE_BYTES 1048576

static void append_member(struct buffer *out, const char *name, const char *value)
{
    buffer_printf(out, "%s\"%s\":", out->length > 1 ? "," : "", name);
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
static void spell_noncharacters(struct buffer *out, const char *json)
{
    const char *found;

    buffer_clear(out);
    for (; (found = find_noncharacter(json)); json = found + 3) {
        buffer_append(out, json, (size_t)(found - json));
        buffer_puts(out, (unsigned char)found[2] == 0xbe ? "\\ufffe" : "\\uffff");
    }
    buffer_puts(out, json);
}

static void append_body(struct buffer *out, const struct event *event, bool payload)
{
    buffer_puts(out, "{");
    append_member(out, "event_id", event->event_id);
    append_member(out, "event_type", event->event_type);
    append_member(out, "aggregate_type", event->aggregate_type);
    append_member(out, "aggregate_id", event->aggregate_id);
    append_member(out, "source", EVENT_SOURCE);
    append_member(out, "error", event->error);
    buffer_printf(
        out, ",\"attempts\":%ld,\"payload_bytes\":%zu,\"payload\":", event->attempt, event->payload_bytes);
    if (payload)
        buffer_puts(out, event->payload);
    else
        buffer_puts(out, "null");
    buffer_puts(out, "}");
}

// A value is never empty, and has no characters that SQS refuses.
static void append_attribute(struct buffer *out, const char *name, const char *value, size_t length)
{
    BUFFER clean = { 0 };

    buffer_append(&clean, length ? value : "-", length ? length : 1);
    for (size_t i = 0; i < clean.length; i++)
        if ((unsigned char)clean.data[i] < ' ')
            clean.data[i] = ' ';
    for (char *at = clean.data; (at = (char *)find_noncharacter(at));)
        at[2] = (char)0xbd; // U+FFFD, the replacement character
    buffer_printf(out,
        "%s\"%s\":{\"DataType\":\"String\",\"StringValue\":", out->data[out->length - 1] == '{' ? "" : ",",
        name);
    json_quote(out, clean.data, clean.length);
    buffer_puts(out, "}");
}

static void append_attributes(struct buffer *out, const struct event *event)
{
    buffer_puts(out, "{");
    append_attribute(out, "ErrorCode", event->error, strcspn(event->error, ": "));
    append_attribute(out, "ErrorMessage", event->error, strlen(event->error));
    append_attribute(out, "EventId", event->event_id, strlen(event->event_id));
    append_attribute(out, "EventType", event->event_type, strlen(event->event_type));
    buffer_puts(out, "}");
}

static bool has_payload(const struct event *event)
{
    return *event->payload && !event->without_payload;
}

void dead_letter_encode(struct buffer *out, const char *queue, const struct event *event)
{
    BUFFER plain = { 0 };
    BUFFER body = { 0 };
    BUFFER attributes = { 0 };

    append_attributes(&attributes, event);
    append_body(&plain, event, has_payload(event));
    spell_noncharacters(&body, plain.data);
    if (body.length + attributes.length > MAX_MESSAGE_BYTES) {
        buffer_clear(&plain);
        append_body(&plain, event, false);
        spell_noncharacters(&body, plain.data);
    }
    buffer_puts(out, "{");
    append_member(out, "QueueUrl", queue);
    buffer_puts(out, ",\"MessageBody\":");
    json_quote(out, body.data, body.length);
    buffer_printf(out, ",\"MessageAttributes\":%s}", attributes.data);
}

enum dead_letter_verdict dead_letter_classify(long status, const struct buffer *body)
{
    struct json document;
    char code[64];

    if (status == 200)
        return json_slice(buffer_text(body), body->length, &document) &&
                json_member(document, "MessageId").type == JSON_STRING
            ? DEAD_LETTER_SENT
            : DEAD_LETTER_FAILED;
    aws_error_code(body, code);
    if (status == 413 || strcmp(code, "InvalidParameterValue") == 0 ||
        strcmp(code, "InvalidMessageContents") == 0 || strcmp(code, "InvalidParameterValueException") == 0)
        return DEAD_LETTER_UNFIT;
    return DEAD_LETTER_FAILED;
}

// SPDX-License-Identifier: MIT
#include "audit_event.h"

#include "../runtime/buffer.h"
#include "../runtime/failure.h"
#include "../runtime/json.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MALFORMED "Event.Malformed"

// True when the text has the pattern's form: '0' any decimal digit, 'x' any hexadecimal one, the rest itself.
static bool has_form(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        unsigned char c = (unsigned char)*text;
        if (*pattern == '0' ? !isdigit(c) : *pattern == 'x' ? !isxdigit(c) : c != (unsigned char)*pattern)
            return false;
    }
    return true;
}

static bool is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return strlen(text) == sizeof form - 1 && has_form(text, form);
}

// RFC 3339 as Python's isoformat() writes it. PostgreSQL would also take "yesterday" or "infinity".
static bool is_time(const char *text)
{
    if (!has_form(text, "0000-00-00T00:00:00"))
        return false;
    text += 19;
    if (*text == '.') {
        size_t digits = strspn(text + 1, "0123456789");
        if (!digits || digits > 9)
            return false;
        text += 1 + digits;
    }
    if (strcmp(text, "Z") == 0)
        return true;
    return (*text == '+' || *text == '-') && strlen(text) == 6 && has_form(text + 1, "00:00");
}

static bool is_inet(const char *text)
{
    unsigned char address[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

static bool is_text(const char *text)
{
    (void)text;
    return true;
}

static const struct {
    bool (*holds)(const char *);
    const char *expected;
} checks[] = {
    [AUDIT_TEXT] = { is_text, "text" },
    [AUDIT_UUID] = { is_uuid, "a UUID" },
    [AUDIT_INET] = { is_inet, "an IP address" },
    [AUDIT_JSON] = { is_text, "an object" },
    [AUDIT_TIME] = { is_time, "a time (RFC 3339)" },
};

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static int set_fallback(char **value, const struct audit_parameter *p, struct failure *f)
{
    if (p->required)
        return fail(f, MALFORMED, "the event's \"%s\" is missing", p->path);
    *value = p->fallback ? copy_text(p->fallback) : NULL;
    return 0;
}

// A JSON value goes to PostgreSQL as it was written, so that no number loses a digit.
static int set_json(char **value, const struct audit_parameter *p, struct json json, struct failure *f)
{
    BUFFER text = { 0 };
    if (json.type != JSON_OBJECT)
        return fail(f, MALFORMED, "the event's \"%s\" must be an object", p->path);
    buffer_append(&text, json.text, json.length);
    *value = copy_text(text.data);
    return 0;
}

static int set_text(char **value, const struct audit_parameter *p, struct json json, struct failure *f)
{
    BUFFER text = { 0 };
    if (!json_decode(json, &text))
        return fail(f, MALFORMED, "the event's \"%s\" must be %s", p->path, checks[p->type].expected);
    if (!text.length)
        return set_fallback(value, p, f);
    if (!checks[p->type].holds(text.data))
        return fail(f, MALFORMED, "the event's \"%s\" must be %s", p->path, checks[p->type].expected);
    if (p->longest && count_characters(text.data) > p->longest)
        return fail(f, MALFORMED, "the event's \"%s\" is longer than %zu characters", p->path, p->longest);
    *value = copy_text(text.data);
    return 0;
}

static int set_value(char **value, const struct audit_parameter *p, struct json detail, struct failure *f)
{
    struct json json = json_path(detail, p->path);
    if (json.type == JSON_NONE || json.type == JSON_NULL)
        return set_fallback(value, p, f);
    return (p->type == AUDIT_JSON ? set_json : set_text)(value, p, json, f);
}

static bool is_worthy(struct json type)
{
    for (size_t i = 0; i < audit_type_count; i++)
        if (json_equals(type, audit_types[i]))
            return true;
    return false;
}

static int read_detail(struct audit_event *event, struct json type, struct json detail, struct failure *f)
{
    BUFFER name = { 0 };
    if (detail.type != JSON_OBJECT)
        return fail(f, MALFORMED, "the event's detail must be an object");
    if (!json_decode(type, &name) || !json_equals(json_member(detail, "event_type"), buffer_text(&name)))
        return fail(f, MALFORMED, "the event's \"event_type\" differs from its detail type");
    for (size_t i = 0; i < audit_parameter_count; i++)
        if (set_value(&event->values[i], &audit_parameters[i], detail, f) < 0)
            return -1;
    return 0;
}

int audit_event_read(struct audit_event *event, const char *text, size_t length, struct failure *f)
{
    struct json document;
    *event = (struct audit_event){ 0 };
    if (!json_slice(text, length, &document))
        return fail(f, MALFORMED, "the event is not JSON");
    struct json type = json_member(document, "detail-type");
    if (type.type != JSON_STRING)
        return fail(f, MALFORMED, "the event has no detail type: EventBridge's events are expected");
    event->worthy = is_worthy(type);
    return event->worthy ? read_detail(event, type, json_member(document, "detail"), f) : 0;
}

void audit_event_release(struct audit_event *event)
{
    for (size_t i = 0; i < audit_parameter_count; i++)
        free(event->values[i]);
    *event = (struct audit_event){ 0 };
}

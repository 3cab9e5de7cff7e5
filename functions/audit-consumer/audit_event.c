// SPDX-License-Identifier: MIT
#include "audit_event.h"

#include "../runtime/failure.h"
#include "../runtime/json.h"
#include "storable.h"
#include "util/die.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MALFORMED "Event.Malformed"

// True when the text has the pattern's form: '0' any decimal digit, 'x' any hexadecimal one, the rest itself.
static bool has_form(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        const unsigned char c = (unsigned char)*text;

        if (*pattern == '0' ? !isdigit(c) : *pattern == 'x' ? !isxdigit(c) : c != (unsigned char)*pattern)
            return false;
    }
    return true;
}

static bool is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    return strlen(text) == sizeof(form) - 1 && has_form(text, form);
}

// RFC 3339 as Python's isoformat() writes it. PostgreSQL would also take "yesterday" or "infinity".
static bool is_time(const char *text)
{
    if (!has_form(text, "0000-00-00T00:00:00"))
        return false;
    text += 19;
    if (*text == '.') {
        const size_t digits = strspn(text + 1, "0123456789");

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
    [AUDIT_TEXT] = { is_text, "a string" },
    [AUDIT_UUID] = { is_uuid, "a UUID" },
    [AUDIT_INET] = { is_inet, "an IP address" },
    [AUDIT_JSON] = { is_text, "an object" },
    [AUDIT_TIME] = { is_time, "a time (RFC 3339)" },
};

// The length in bytes of the first `longest` characters (0: all).
static size_t prefix_length(const char *text, size_t longest)
{
    const char *at = text;

    for (size_t count = 0; *at; at++)
        if (((unsigned char)*at & 0xc0) != 0x80 && longest && ++count > longest)
            break;
    return (size_t)(at - text);
}

static char *copy_prefix(const char *text, size_t longest)
{
    char *copy = xstrdup(text);

    copy[prefix_length(copy, longest)] = '\0';
    return copy;
}

static int malformed(const struct audit_parameter *p, const char *problem, struct failure *f)
{
    return fail(f, MALFORMED, "the event's \"%s\" %s", p->path, problem);
}

static int set_fallback(char **value, const struct audit_parameter *p, struct failure *f)
{
    if (p->required)
        return malformed(p, "is missing", f);
    *value = p->fallback ? xstrdup(p->fallback) : NULL;
    return 0;
}

static void remark(struct strbuf *members, const struct audit_parameter *p, struct json value)
{
    strbuf_add_string(members, members->length ? "," : "");
    json_quote(members, p->path, strlen(p->path));
    if (value.type != JSON_NONE) {
        strbuf_add_string(members, ":");
        storable_json(value, members);
    }
}

// A JSON value goes to PostgreSQL as it was written, so that no number loses a digit.
static void set_json(
    struct audit_event *event, char **value, const struct audit_parameter *p, struct json json)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (storable_json(json, &text))
        remark(&event->escaped, p, (struct json){ 0 });
    *value = xstrdup(text.data);
}

// Of what does not fit, a text column takes what it can hold.
static int set_unfit(struct audit_event *event, char **value, const struct audit_parameter *p,
    struct json json, struct failure *f)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (p->required) {
        STRBUF_AUTO problem = STRBUF_INIT;

        strbuf_addf(&problem, "must be %s", checks[p->type].expected);
        return malformed(p, problem.data, f);
    }
    remark(&event->unfit, p, json);
    if (p->type != AUDIT_TEXT)
        return set_fallback(value, p, f);
    if (json.type == JSON_STRING)
        storable_string(json, &text);
    else
        storable_json(json, &text);
    *value = copy_prefix(text.data, p->longest);
    return 0;
}

static int set_string(struct audit_event *event, char **value, const struct audit_parameter *p,
    struct json json, struct failure *f)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!json_decode(json, &text))
        return set_unfit(event, value, p, json, f);
    if (!text.length)
        return set_fallback(value, p, f);
    if (!checks[p->type].holds(text.data))
        return set_unfit(event, value, p, json, f);
    if (prefix_length(text.data, p->longest) < text.length) {
        if (!p->required)
            return set_unfit(event, value, p, json, f);
        return fail(f, MALFORMED, "the event's \"%s\" is longer than %zu characters", p->path, p->longest);
    }
    *value = xstrdup(text.data);
    return 0;
}

static int set_value(struct audit_event *event, char **value, const struct audit_parameter *p,
    struct json detail, struct failure *f)
{
    const struct json json = json_path(detail, p->path);

    if (json.type == JSON_NONE || json.type == JSON_NULL)
        return set_fallback(value, p, f);
    if (p->type != AUDIT_JSON)
        return set_string(event, value, p, json, f);
    if (json.type != JSON_OBJECT)
        return set_unfit(event, value, p, json, f);
    set_json(event, value, p, json);
    return 0;
}

static void set_remarks(struct audit_event *event)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_add_string(&text, "{");
    if (event->unfit.length)
        strbuf_addf(&text, "\"unfit\":{%s}", event->unfit.data);
    if (event->escaped.length)
        strbuf_addf(&text, "%s\"escaped\":[%s]", text.length > 1 ? "," : "", event->escaped.data);
    strbuf_add_string(&text, "}");
    for (size_t i = 0; i < audit_parameter_count; i++)
        if (audit_parameters[i].type == AUDIT_REMARKS) {
            free(event->values[i]);
            event->values[i] = xstrdup(text.data);
        }
}

static bool is_audit_type(struct json type)
{
    for (size_t i = 0; i < audit_type_count; i++)
        if (json_equals(type, audit_types[i]))
            return true;
    return false;
}

static int read_detail(struct audit_event *event, struct json type, struct json detail, struct failure *f)
{
    STRBUF_AUTO name = STRBUF_INIT;

    if (detail.type != JSON_OBJECT)
        return fail(f, MALFORMED, "the event's detail must be an object");
    if (!json_decode(type, &name) || !json_equals(json_member(detail, "event_type"), name.data))
        return fail(f, MALFORMED, "the event's \"event_type\" differs from its detail type");
    for (size_t i = 0; i < audit_parameter_count; i++)
        if (audit_parameters[i].path &&
            set_value(event, &event->values[i], &audit_parameters[i], detail, f) < 0)
            return -1;
    set_remarks(event);
    return 0;
}

int audit_event_read(
    struct audit_event *event, const char *source, const char *text, size_t length, struct failure *f)
{
    struct json document, type;

    *event = (struct audit_event){ .unfit = STRBUF_INIT, .escaped = STRBUF_INIT };
    if (!json_slice(text, length, &document))
        return fail(f, MALFORMED, "the event is not JSON");
    type = json_member(document, "detail-type");
    if (type.type != JSON_STRING)
        return fail(f, MALFORMED, "the event has no detail type: EventBridge's events are expected");
    if (!is_audit_type(type))
        event->verdict = AUDIT_OTHER_TYPE;
    else if (!json_equals(json_member(document, "source"), source))
        event->verdict = AUDIT_OTHER_SOURCE;
    return event->verdict == AUDIT_WORTHY ? read_detail(event, type, json_member(document, "detail"), f) : 0;
}

bool audit_event_set_json_aside(struct audit_event *event)
{
    bool found = false;

    for (size_t i = 0; i < audit_parameter_count; i++) {
        const struct audit_parameter *p = &audit_parameters[i];
        STRBUF_AUTO quoted = STRBUF_INIT;

        if (p->type != AUDIT_JSON || p->required || !event->values[i])
            continue;
        found = true;
        json_quote(&quoted, event->values[i], strlen(event->values[i]));
        remark(&event->unfit, p, (struct json){ JSON_STRING, quoted.data, quoted.length });
        free(event->values[i]);
        event->values[i] = p->fallback ? xstrdup(p->fallback) : NULL;
    }
    set_remarks(event);
    return found;
}

void audit_event_release(struct audit_event *event)
{
    for (size_t i = 0; i < audit_parameter_count; i++)
        free(event->values[i]);
    strbuf_release(&event->unfit);
    strbuf_release(&event->escaped);
    *event = (struct audit_event){ 0 };
}

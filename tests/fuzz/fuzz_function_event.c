// SPDX-License-Identifier: MIT
// The audit consumer's way from what Lambda hands it to the parameters of its statement, and the JSON reader
// under it.
#include "harness.h"

#include "audit_event.h"
#include "runtime/failure.h"
#include "runtime/json.h"
#include "storable.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

// Decoded text that is quoted again must mean the same.
static void check_string(struct json string)
{
    struct json again;
    STRBUF_AUTO text = STRBUF_INIT;
    STRBUF_AUTO quoted = STRBUF_INIT;

    if (!json_decode(string, &text))
        return;
    json_quote(&quoted, text.data, text.length);
    if (!json_slice(quoted.data, quoted.length, &again) || !json_equals(again, text.data))
        abort();
}

// Every part of a document that parses must parse by itself.
static void check_json(struct json value, int depth)
{
    struct json name = { 0 }, item;
    struct json_walk walk = { 0 };

    if (!json_slice(value.text, value.length, &item) || item.type != value.type ||
        item.length != value.length)
        abort();
    check_string(value);
    while (depth < 4 && (item = json_next(value, &walk, &name)).type != JSON_NONE) {
        if (name.type != JSON_NONE)
            check_string(name);
        check_json(item, depth + 1);
    }
}

// What goes into a jsonb column is an object, and of characters that PostgreSQL stores.
static void check_object(const char *text)
{
    STRBUF_AUTO storable = STRBUF_INIT;
    struct json json;

    if (!text || !json_slice(text, strlen(text), &json) || json.type != JSON_OBJECT ||
        storable_json(json, &storable))
        abort();
}

// A value that a parameter got is one that its column takes.
static void check_event(const struct audit_event *event)
{
    for (size_t i = 0; i < audit_parameter_count; i++) {
        const struct audit_parameter *p = &audit_parameters[i];

        if (p->required && (!event->values[i] || !*event->values[i]))
            abort();
        if (p->longest && event->values[i] && strlen(event->values[i]) > 4 * p->longest)
            abort();
        if (p->type == AUDIT_JSON || p->type == AUDIT_REMARKS)
            check_object(event->values[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct audit_event event;
    struct failure f = { 0 };
    struct json document;

    if (json_slice((const char *)data, size, &document))
        check_json(document, 0);
    if (audit_event_read(&event, "app.outbox", (const char *)data, size, &f) < 0) {
        if (!*f.type || !*f.message)
            abort();
    } else if (event.verdict == AUDIT_WORTHY) {
        check_event(&event);
        audit_event_set_json_aside(&event);
        check_event(&event);
    }
    audit_event_release(&event);
    return 0;
}

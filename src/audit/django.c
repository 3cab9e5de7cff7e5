// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"

#include "util/display.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// What generated_schema.py assigns, as much as concerns us.
struct django_schema {
    struct audit_schema *memory; // for the lists
    struct strbuf table;
    struct audit_text_list fields, event_types;
};

struct python {
    const char *start, *at;
};

static int complain(const struct python *p, const char *name, const char *message, struct error *err)
{
    unsigned line = 1;

    for (const char *c = p->start; c < p->at; c++)
        line += *c == '\n';
    return error_set(err, "%s:%u: %s", name, line, message);
}

static void skip_blank(struct python *p)
{
    for (;;) {
        p->at += strspn(p->at, " \t\r\n,\\");
        if (*p->at != '#')
            return;
        p->at += strcspn(p->at, "\n");
    }
}

// One string literal without a prefix, in single, double or triple quotes.
static bool read_string(struct python *p, struct strbuf *text)
{
    const char quote = *p->at;
    const char closing[] = { quote, quote, quote, '\0' };
    size_t width;

    if (quote != '"' && quote != '\'')
        return false;
    width = p->at[1] == quote && p->at[2] == quote ? 3 : 1;
    for (p->at += width; strncmp(p->at, closing, width) != 0; p->at++) {
        if (*p->at == '\\')
            p->at++;
        if (!*p->at || (*p->at == '\n' && width == 1))
            return false;
        strbuf_add_char(text, *p->at);
    }
    p->at += width;
    return true;
}

// A list, tuple or set of strings, perhaps inside a call: frozenset({...}).
static bool read_list(struct python *p, struct audit_schema *memory, struct audit_text_list *list)
{
    int depth = 0;

    while (isalpha((unsigned char)*p->at))
        p->at++;
    do {
        skip_blank(p);
        if (*p->at && strchr("[({", *p->at)) {
            depth++;
            p->at++;
        } else if (*p->at && strchr("])}", *p->at)) {
            depth--;
            p->at++;
        } else {
            STRBUF_AUTO text = STRBUF_INIT;

            if (!read_string(p, &text))
                return false;
            audit_list_add(memory, list, text.data);
        }
    } while (depth > 0);
    return depth == 0;
}

// Moves behind "NAME =" or "NAME: ANNOTATION =" at the beginning of a line.
static bool find_assignment(struct python *p, const char *name)
{
    size_t length = strlen(name);

    for (p->at = p->start; p->at; p->at = strchr(p->at, '\n')) {
        const char *rest, *equals;

        p->at += *p->at == '\n';
        if (strncmp(p->at, name, length) != 0)
            continue;
        rest = p->at + length + strspn(p->at + length, " ");
        equals = rest + (*rest == ':' ? strcspn(rest, "=\n") : 0);
        if (*equals != '=')
            continue;
        p->at = equals + 1 + strspn(equals + 1, " ");
        return true;
    }
    p->at = p->start;
    return false;
}

static int read_django(struct django_schema *django, const char *name, const char *text, struct error *err)
{
    struct python p = { text, text };

    if (!find_assignment(&p, "TABLE_NAME"))
        return error_set(err, "'%s' assigns no TABLE_NAME: is it generated_schema.py?", name);
    if (!read_string(&p, &django->table))
        return complain(&p, name, "TABLE_NAME must be a string", err);
    if (!find_assignment(&p, "FIELDS"))
        return error_set(err, "'%s' assigns no FIELDS", name);
    if (!read_list(&p, django->memory, &django->fields))
        return complain(&p, name, "FIELDS must be a list of strings", err);
    if (!find_assignment(&p, "AUDIT_EVENT_TYPES"))
        return error_set(err, "'%s' assigns no AUDIT_EVENT_TYPES", name);
    if (!read_list(&p, django->memory, &django->event_types))
        return complain(&p, name, "AUDIT_EVENT_TYPES must be a list of strings", err);
    for (size_t i = 0; i < django->event_types.length; i++)
        if (!audit_is_plain(django->event_types.items[i]))
            return error_set(err, "'%s' is no event type ('%s')", django->event_types.items[i], name);
    return 0;
}

// One line for each text of `list` that `others` lacks.
static int report_missing(const struct audit_text_list *list, const struct audit_text_list *others,
    const char *message, struct display *out)
{
    int differences = 0;

    for (size_t i = 0; i < list->length; i++)
        if (!audit_list_contains(others, list->items[i])) {
            display_addf(out, "event type '%s' %s\n", list->items[i], message);
            differences++;
        }
    return differences;
}

// The backend's list leaves out "id", which the consumer makes up.
static int compare_fields(
    const struct audit_schema *schema, const struct django_schema *django, struct display *out)
{
    int differences = 0;

    for (size_t i = 0; i < django->fields.length; i++)
        if (!audit_schema_column(schema, django->fields.items[i])) {
            display_addf(out, "column '%s' is in the backend's model and not in the schema\n",
                django->fields.items[i]);
            differences++;
        }
    for (size_t i = 0; i < schema->column_count; i++) {
        const char *name = schema->columns[i].name;

        if (strcmp(name, "id") != 0 && !audit_list_contains(&django->fields, name)) {
            display_addf(out, "column '%s' is in the schema and not in the backend's model\n", name);
            differences++;
        }
    }
    return differences;
}

int audit_compare_django(const struct audit_schema *schema, const char *name, const char *python,
    struct display *out, struct error *err)
{
    struct audit_schema memory = { .arena = ARENA_INIT };
    struct django_schema django = { .memory = &memory, .table = STRBUF_INIT };
    int differences = read_django(&django, name, python, err);

    if (differences == 0 && strcmp(django.table.data, schema->table) != 0) {
        display_addf(out, "the table is '%s' in the backend and '%s' in the schema\n", django.table.data,
            schema->table);
        differences++;
    }
    if (differences >= 0) {
        differences += compare_fields(schema, &django, out);
        differences += report_missing(
            &django.event_types, &schema->event_types, "is in the backend's list and not in the schema", out);
        differences += report_missing(
            &schema->event_types, &django.event_types, "is in the schema and not in the backend's list", out);
    }
    strbuf_release(&django.table);
    arena_release(&memory.arena);
    return differences;
}

int audit_update_from_django(const char *name, const char *python, const char *yaml_name, const char *yaml,
    struct strbuf *out, struct error *err)
{
    struct audit_schema memory = { .arena = ARENA_INIT };
    struct django_schema django = { .memory = &memory, .table = STRBUF_INIT };
    int status = read_django(&django, name, python, err);

    if (status == 0)
        status = audit_replace_event_types(yaml_name, yaml, &django.event_types, out, err);
    strbuf_release(&django.table);
    arena_release(&memory.arena);
    return status;
}

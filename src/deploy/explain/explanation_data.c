// SPDX-License-Identifier: MIT
#include "deploy/explain/explain.h"

#include "data/value.h"
#include "util/strbuf.h"
#include "util/text/markdown.h"

#include <string.h>

// JSON.

static struct value *text_or_none(const char *text)
{
    return text && *text ? string(text) : NULL;
}

static struct value *some(struct value *items)
{
    return value_length(items) ? items : NULL;
}

struct value *explanation_value(const struct explanation *explanation)
{
    struct value *resource = object((struct field[]){
        { "logicalId", text_or_none(explanation->logical_id) },
        { "physicalId", text_or_none(explanation->physical_id) },
        { "type", text_or_none(explanation->type) },
        { "path", text_or_none(explanation->construct) },
        { "source", text_or_none(explanation->place) },
        END,
    });

    return object((struct field[]){
        { "code", string(explanation->kind ? explanation->kind->code : "UNKNOWN") },
        { "stack", string(explanation->stack) },
        { "account", text_or_none(explanation->account) },
        { "region", text_or_none(explanation->region) },
        { "resource", some(resource) },
        { "reason", string(explanation->reason) },
        { "meaning", text_or_none(explanation->meaning) },
        { "advice", text_or_none(explanation->advice) },
        { "ledTo", some(explanation->led_to) },
        { "details", some(explanation->details) },
        { "notes", some(explanation->notes) },
        { "rest", text_or_none(explanation->rest) },
        { "document", explanation->kind ? string(explanation->kind->source) : NULL },
        END,
    });
}

struct value *failure_kind_value(const struct failure_kind *kind)
{
    return object((struct field[]){
        { "code", string(kind->code) },
        { "types", text_or_none(kind->type) },
        { "meaning", string(kind->meaning) },
        { "advice", string(kind->advice) },
        { "document", string(kind->source) },
        END,
    });
}

// Markdown. What AWS says is code, and so is all of a text that may hold some of it.

static void add_lines(struct strbuf *out, const char *title, const char *text)
{
    if (!text || !*text)
        return;
    strbuf_addf(out, "- %s: ", title);
    while (*text) {
        size_t length = strcspn(text, "\n");

        markdown_add_code(out, arena_strndup(value_arena(), text, length));
        text += length + (text[length] == '\n');
        strbuf_add_string(out, *text ? "<br>" : "\n");
    }
}

// Of our own text alone, what is filled in is code.
static void add_text(struct strbuf *out, const char *title, const char *text, const struct value *captures)
{
    strbuf_addf(out, "- %s: ", title);
    while (*text) {
        size_t length = strcspn(text, "{*_<");

        strbuf_add(out, text, length);
        text += length;
        if (*text == '{') {
            const char *name = arena_strndup(value_arena(), text + 1, strcspn(text + 1, "}"));
            const char *value = object_string(captures, name);

            markdown_add_code(out, value ? value : "...");
            text += strlen(name) + 2;
        } else if (*text) {
            strbuf_addf(out, "\\%c", *text++);
        }
    }
    strbuf_add_char(out, '\n');
}

static void add_details(struct strbuf *out, const struct value *details)
{
    for (size_t i = 0; i < value_length(details); i++) {
        const struct value *lines = object_get(array_at(details, i), "lines");

        strbuf_add_string(out, "- ");
        markdown_add_code(out, object_string_or_empty(array_at(details, i), "title"));
        strbuf_add_char(out, '\n');
        for (size_t j = 0; j < value_length(lines); j++) {
            strbuf_add_string(out, "  - ");
            markdown_add_code(out, value_string_or_empty(array_at(lines, j)));
            strbuf_add_char(out, '\n');
        }
    }
}

void explanation_write_markdown(struct strbuf *out, const struct explanation *explanation)
{
    const char *what = explanation->construct ? explanation->construct : explanation->logical_id;

    strbuf_add_string(out, "#### ");
    markdown_add_code(out, explanation->stack);
    strbuf_addf(out, ": %s\n\n", explanation->kind ? explanation->kind->code : "UNKNOWN");
    if (*what)
        add_lines(out, "resource", arena_printf(value_arena(), "%s (%s)", what, explanation->type));
    add_lines(out, "made at", explanation->place);
    add_lines(out, "AWS says", explanation->reason);
    if (explanation->kind) {
        add_text(out, "meaning", explanation->kind->meaning, explanation->captures);
        add_text(out, "what to do", explanation->kind->advice, explanation->captures);
    }
    add_details(out, explanation->details);
    for (size_t i = 0; i < value_length(explanation->led_to); i++) {
        const struct value *one = array_at(explanation->led_to, i);

        add_lines(out, "led to",
            arena_printf(value_arena(), "%s: %s", object_string_or_empty(one, "what"),
                object_string_or_empty(one, "reason")));
    }
    for (size_t i = 0; i < value_length(explanation->notes); i++)
        add_lines(out, "note", value_string_or_empty(array_at(explanation->notes, i)));
    add_lines(out, "the rest", explanation->rest);
    strbuf_add_char(out, '\n');
}

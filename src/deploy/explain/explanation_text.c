// SPDX-License-Identifier: MIT
#include "deploy/explain/explain.h"

#include "data/value.h"
#include "util/color.h"
#include "util/display.h"

#include <string.h>

enum { LABEL_COLUMNS = 12 };

static void add_label(struct display *out, const char *label)
{
    display_addf(out, "    %-*s", LABEL_COLUMNS, label);
}

// What AWS says stays one line.
static void add_line(struct display *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    add_label(out, label);
    display_addf(out, "%s\n", text);
}

// Lines of our own text go below each other.
static void add_paragraph(struct display *out, const char *label, const char *text)
{
    for (; text && *text; label = "") {
        size_t length = strcspn(text, "\n");

        add_label(out, label);
        display_addf(out, "%.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void add_details(struct display *out, const struct value *details)
{
    for (size_t i = 0; i < value_length(details); i++) {
        const struct value *lines = object_get(array_at(details, i), "lines");

        display_addf(out, "    %s:\n", object_string_or_empty(array_at(details, i), "title"));
        for (size_t j = 0; j < value_length(lines); j++)
            display_addf(out, "        %s\n", value_string_or_empty(array_at(lines, j)));
    }
}

static void add_heading(struct display *out, const struct explanation *explanation, bool has_color)
{
    const char *what = explanation->construct ? explanation->construct : explanation->logical_id;

    display_addf(out, "%s: ", explanation->stack);
    display_add_styled(
        out, has_color ? COLOR_RED : NULL, explanation->kind ? explanation->kind->code : "UNKNOWN");
    if (*what)
        display_addf(out, ": %s (%s)", what, explanation->type);
    display_addf(out, "\n");
}

void explanation_write_text(struct display *out, const struct explanation *explanation, bool has_color)
{
    add_heading(out, explanation, has_color);
    add_line(out, "made at", explanation->place);
    add_line(out, "AWS says", explanation->reason);
    add_line(out, "meaning", explanation->meaning);
    add_line(out, "what to do", explanation->advice);
    add_details(out, explanation->details);
    for (size_t i = 0; i < value_length(explanation->led_to); i++) {
        const struct value *one = array_at(explanation->led_to, i);

        add_label(out, i ? "" : "led to");
        display_addf(
            out, "%s: %s\n", object_string_or_empty(one, "what"), object_string_or_empty(one, "reason"));
    }
    for (size_t i = 0; i < value_length(explanation->notes); i++)
        add_paragraph(out, i ? "" : "note", value_string_or_empty(array_at(explanation->notes, i)));
    add_paragraph(out, "the rest", explanation->rest);
}

void failure_kind_write_text(struct display *out, const struct failure_kind *kind)
{
    display_addf(out, "%s\n", kind->code);
    if (*kind->type)
        add_paragraph(out, "resources", kind->type);
    add_paragraph(out, "AWS says", kind->patterns);
    add_paragraph(out, "meaning", kind->meaning);
    add_paragraph(out, "what to do", kind->advice);
    add_paragraph(out, "see", kind->source);
}

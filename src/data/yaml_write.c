// SPDX-License-Identifier: MIT
#include "data/yaml.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/die.h"
#include "util/strbuf.h"
#include "util/text/visible.h"

#include <string.h>
#include <strings.h>
#include <yaml.h>

static int append(void *out, unsigned char *data, size_t length)
{
    strbuf_add(out, data, length);
    return 1;
}

// `initialized` is what the event's initializer returned. Text is valid UTF-8 and events come in a legal
// order, so that only memory can be missing.
static void emit(yaml_emitter_t *emitter, yaml_event_t *event, int initialized)
{
    if (!initialized || !yaml_emitter_emit(emitter, event))
        die("out of memory");
}

static bool is_keyword(const char *text)
{
    static const char *const keywords[] = { "", "~", "null", "true", "false", "yes", "no", "on", "off", "y",
        "n", ".inf", "+.inf", "-.inf", ".nan", "<<", "=" };

    for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
        if (strcasecmp(text, keywords[i]) == 0)
            return true;
    return false;
}

// Also true for some texts that only look a little like a number or a time: quotes do no harm there.
static bool looks_like_number(const char *text)
{
    return strchr("0123456789+-.eE", *text) &&
        text[strspn(text, "0123456789abcdefABCDEFxXoO_+-.:TtZz \t")] == '\0';
}

static void write_scalar(yaml_emitter_t *emitter, const char *text, yaml_scalar_style_t style)
{
    yaml_event_t event;

    emit(emitter, &event,
        yaml_scalar_event_initialize(
            &event, NULL, NULL, (const yaml_char_t *)text, (int)strlen(text), 1, 1, style));
}

// What does not show itself, and what CI runners take for commands at the start of a line (util/display.h):
// in double quotes it can be spelt out.
static bool has_odd_characters(const char *text)
{
    bool at_start = true;

    for (size_t left = strlen(text); left;) {
        struct visible character = visible_at(text, left);

        if (character.is_hidden && *text != '\n')
            return true;
        if (at_start && text[0] == ':' && text[1] == ':')
            return true;
        at_start = *text == '\n' || (at_start && *text == ' ');
        text += character.length;
        left -= character.length;
    }
    return false;
}

// What does not show itself stands in double quotes, where YAML knows these escapes.
static void add_visible(struct strbuf *out, const struct strbuf *yaml)
{
    for (size_t at = 0; at < yaml->length;) {
        struct visible character = visible_at(yaml->data + at, yaml->length - at);
        char escape[VISIBLE_MAX];

        if (character.is_hidden && yaml->data[at] != '\n')
            strbuf_add(out, escape, visible_escape(&character, escape));
        else
            strbuf_add(out, yaml->data + at, character.length);
        at += character.length;
    }
}

// Where the plain or literal form cannot hold a text, the emitter takes quotes by itself.
static yaml_scalar_style_t string_style(const char *text, bool is_key)
{
    bool has_lines = strchr(text, '\n');

    if (is_keyword(text) || looks_like_number(text) || has_odd_characters(text) || (has_lines && is_key))
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    return has_lines ? YAML_LITERAL_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE;
}

// YAML 1.1 takes a number with an exponent for text unless it has a point.
static void write_number(yaml_emitter_t *emitter, double number)
{
    STRBUF_AUTO text = STRBUF_INIT;
    STRBUF_AUTO yaml = STRBUF_INIT;
    size_t digits;

    json_write_number(&text, number);
    digits = strcspn(text.data, "e");
    strbuf_add(&yaml, text.data, digits);
    if (text.data[digits] && !strchr(yaml.data, '.'))
        strbuf_add_string(&yaml, ".0");
    strbuf_add_string(&yaml, text.data + digits);
    write_scalar(emitter, yaml.data, YAML_PLAIN_SCALAR_STYLE);
}

static void write_value(yaml_emitter_t *emitter, const struct value *value);

static void write_array(yaml_emitter_t *emitter, const struct value *array)
{
    yaml_event_t event;

    emit(emitter, &event,
        yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE));
    for (size_t i = 0; i < value_length(array); i++)
        write_value(emitter, array_at(array, i));
    emit(emitter, &event, yaml_sequence_end_event_initialize(&event));
}

static void write_object(yaml_emitter_t *emitter, const struct value *object)
{
    yaml_event_t event;

    emit(emitter, &event,
        yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
    for (size_t i = 0; i < value_length(object); i++) {
        const struct field *field = object_at(object, i);

        write_scalar(emitter, field->key, string_style(field->key, true));
        write_value(emitter, field->value);
    }
    emit(emitter, &event, yaml_mapping_end_event_initialize(&event));
}

static void write_value(yaml_emitter_t *emitter, const struct value *value)
{
    switch (value_type(value)) {
    case VALUE_NULL:
        write_scalar(emitter, "null", YAML_PLAIN_SCALAR_STYLE);
        return;
    case VALUE_BOOLEAN:
        write_scalar(emitter, value_boolean(value) ? "true" : "false", YAML_PLAIN_SCALAR_STYLE);
        return;
    case VALUE_NUMBER:
        if (value_digits(value))
            write_scalar(emitter, value_digits(value), YAML_PLAIN_SCALAR_STYLE);
        else
            write_number(emitter, value_number(value));
        return;
    case VALUE_STRING:
        write_scalar(emitter, value_string(value), string_style(value_string(value), false));
        return;
    case VALUE_ARRAY:
        write_array(emitter, value);
        return;
    case VALUE_OBJECT:
        write_object(emitter, value);
        return;
    case VALUE_TOKEN:
        BUG("a token in YAML");
    }
}

void yaml_write(struct strbuf *out, const struct value *value)
{
    __attribute__((cleanup(yaml_emitter_delete))) yaml_emitter_t emitter;
    STRBUF_AUTO yaml = STRBUF_INIT;
    yaml_event_t event;

    if (!yaml_emitter_initialize(&emitter))
        die("out of memory");
    yaml_emitter_set_output(&emitter, append, &yaml);
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_emitter_set_width(&emitter, -1);
    emit(&emitter, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(&emitter, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    write_value(&emitter, value);
    emit(&emitter, &event, yaml_document_end_event_initialize(&event, 1));
    emit(&emitter, &event, yaml_stream_end_event_initialize(&event));
    add_visible(out, &yaml);
}

// SPDX-License-Identifier: MIT
#include "data/yaml.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/die.h"
#include "util/strbuf.h"

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

// Control characters, and characters that YAML 1.1 takes for line breaks and YAML 1.2 does not.
static bool has_odd_characters(const char *text)
{
    static const char *const breaks[] = { "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF" };

    for (size_t i = 0; i < ARRAY_SIZE(breaks); i++)
        if (strstr(text, breaks[i]))
            return true;
    for (; *text; text++)
        if (((unsigned char)*text < ' ' && *text != '\n') || *text == '\x7F')
            return true;
    return false;
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
    yaml_event_t event;

    if (!yaml_emitter_initialize(&emitter))
        die("out of memory");
    yaml_emitter_set_output(&emitter, append, out);
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_emitter_set_width(&emitter, -1);
    emit(&emitter, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(&emitter, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    write_value(&emitter, value);
    emit(&emitter, &event, yaml_document_end_event_initialize(&event, 1));
    emit(&emitter, &event, yaml_stream_end_event_initialize(&event));
}

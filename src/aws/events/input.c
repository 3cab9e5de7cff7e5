// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "data/json.h"

#include <ctype.h>
#include <string.h>

// How fields and texts with fields stand in values until a target is added to a rule.
static const char field_marker[] = "aws-events:field";
static const char text_marker[] = "aws-events:text";

enum input_kind { INPUT_TEXT, INPUT_MULTILINE, INPUT_OBJECT, INPUT_PATH };

struct events_input {
    enum input_kind kind;
    struct value *value;
};

struct value *events_field(const char *path)
{
    return object((struct field[]){ { field_marker, string(path) }, END });
}

struct value *events_text(struct value *const *parts)
{
    return object((struct field[]){ { text_marker, array_of(parts) }, END });
}

static struct events_input *input_new(enum input_kind kind, struct value *value)
{
    struct events_input *input = arena_alloc(value_arena(), sizeof(*input));

    *input = (struct events_input){ kind, value };
    return input;
}

struct events_input *events_input_from_text(struct value *text)
{
    return input_new(INPUT_TEXT, text);
}

struct events_input *events_input_from_multiline_text(struct value *text)
{
    return input_new(INPUT_MULTILINE, text);
}

struct events_input *events_input_from_object(struct value *content)
{
    return input_new(INPUT_OBJECT, content);
}

struct events_input *events_input_from_event_path(const char *path)
{
    return input_new(INPUT_PATH, string(path));
}

// The fields of one input: from keys, which stand in the template as <key>, to paths.
struct fields {
    struct construct *rule;
    struct value *paths; // object
};

static bool is_key_character(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

// "$.detail.user" is "detail-user".
static const char *key_hint(const char *path)
{
    char *key, *at;

    while (*path && !is_key_character(*path))
        path++;
    key = arena_strdup(value_arena(), path);
    for (at = key; *at; at++)
        if (!is_key_character(*at))
            *at = '-';
    return key;
}

static const char *key_of_field(struct fields *fields, struct value *path)
{
    const char *key = key_hint(value_string(path));
    struct value *before;

    for (size_t i = 0; i < value_length(fields->paths); i++)
        if (value_equal(object_at(fields->paths, i)->value, path))
            return object_at(fields->paths, i)->key;
    if (!*key)
        key = value_string(stringf("f%zu", value_length(fields->paths) + 1));
    before = object_get(fields->paths, key);
    if (before && !value_equal(before, path))
        diag_error(fields->rule, "event fields '%s' and '%s' would both be called '%s'", value_string(before),
            value_string(path), key);
    object_set(fields->paths, key, path);
    return key;
}

// Appends the text in pieces, fields as <key>.
static void flatten_text(struct fields *fields, struct value *text, struct value *pieces)
{
    struct value *path = object_get(text, field_marker);
    struct value *parts = object_get(text, text_marker);

    if (path) {
        array_append(pieces, stringf("<%s>", key_of_field(fields, path)));
    } else if (parts) {
        for (size_t i = 0; i < value_length(parts); i++)
            flatten_text(fields, array_at(parts, i), pieces);
    } else {
        array_append(pieces, text);
    }
}

// As one text, plain where nothing in it is symbolic.
static struct value *joined(struct value *pieces)
{
    struct value *text = value_length(pieces) == 1 ? array_at(pieces, 0) : fn_join("", pieces);
    const char *literal = value_string(text);

    return literal ? string(literal) : text;
}

// The value with all fields in it replaced by text.
static struct value *replace_fields(struct fields *fields, struct value *value)
{
    bool is_text = object_get(value, field_marker) || object_get(value, text_marker);
    struct value *copy;

    if (is_text || (value_type(value) != VALUE_ARRAY && value_type(value) != VALUE_OBJECT)) {
        struct value *pieces = array();

        flatten_text(fields, value, pieces);
        return joined(pieces);
    }
    copy = value_type(value) == VALUE_ARRAY ? array() : object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++) {
        if (value_type(value) == VALUE_ARRAY)
            array_append(copy, replace_fields(fields, array_at(value, i)));
        else
            object_set(copy, object_at(value, i)->key, replace_fields(fields, object_at(value, i)->value));
    }
    return copy;
}

// JSON text in which a string that is nothing but a field stands without quotes: EventBridge puts the field's
// value there, whatever its type.
struct template
{
    const struct fields *fields;
    struct strbuf literal;
    struct value *pieces;
};

static void flush(struct template *template)
{
    if (template->literal.length)
        array_append(template->pieces, string_n(template->literal.data, template->literal.length));
    strbuf_reset(&template->literal);
}

static bool is_placeholder(const struct template *template, const char *text)
{
    size_t length = text ? strlen(text) : 0;

    if (length < 3 || text[0] != '<' || text[length - 1] != '>')
        return false;
    return object_get(template->fields->paths, value_string(string_n(text + 1, length - 2)));
}

static void write_template(struct template *template, struct value *value);

static void write_members(struct template *template, struct value *value)
{
    bool is_object = value_type(value) == VALUE_OBJECT;

    strbuf_add_char(&template->literal, is_object ? '{' : '[');
    for (size_t i = 0; i < value_length(value); i++) {
        if (i)
            strbuf_add_char(&template->literal, ',');
        if (is_object) {
            json_stringify(&template->literal, string(object_at(value, i)->key));
            strbuf_add_char(&template->literal, ':');
        }
        write_template(template, is_object ? object_at(value, i)->value : array_at(value, i));
    }
    strbuf_add_char(&template->literal, is_object ? '}' : ']');
}

static void write_template(struct template *template, struct value *value)
{
    enum value_type type = value_type(value);

    if (!value_is_literal(value)) {
        flush(template);
        array_append(template->pieces, json_text(value));
    } else if (is_placeholder(template, value_string(value))) {
        strbuf_add_string(&template->literal, value_string(value));
    } else if (type == VALUE_ARRAY || type == VALUE_OBJECT) {
        write_members(template, value);
    } else {
        json_stringify(&template->literal, value);
    }
}

static struct value *object_template(const struct fields *fields, struct value *content)
{
    struct template template = { fields, STRBUF_INIT, array() };

    write_template(&template, content);
    flush(&template);
    strbuf_release(&template.literal);
    return joined(template.pieces);
}

static void add_line(struct value *result, struct value *line)
{
    if (value_length(result))
        array_append(result, string("\n"));
    array_append(result, json_text(joined(line)));
}

// Each line as JSON text of its own.
static struct value *lines_text(struct fields *fields, struct value *text)
{
    struct value *pieces = array(), *line = array(), *result = array();

    flatten_text(fields, text, pieces);
    for (size_t i = 0; i < value_length(pieces); i++) {
        const char *literal = value_string(array_at(pieces, i));
        const char *newline;

        if (!literal) {
            array_append(line, array_at(pieces, i));
            continue;
        }
        for (; (newline = strchr(literal, '\n')); literal = newline + 1) {
            array_append(line, string_n(literal, (size_t)(newline - literal)));
            add_line(result, line);
            line = array();
        }
        array_append(line, string(literal));
    }
    add_line(result, line);
    return fn_join("", result);
}

static struct value *input_text(const struct events_input *input, struct fields *fields)
{
    struct value *replaced;

    if (input->kind == INPUT_MULTILINE)
        return lines_text(fields, input->value);
    replaced = replace_fields(fields, input->value);
    if (input->kind == INPUT_OBJECT && value_length(fields->paths))
        return object_template(fields, replaced);
    return json_text(replaced);
}

struct input_properties input_bind(const struct events_input *input, struct construct *rule)
{
    struct fields fields = { rule, object((struct field[]){ END }) };
    struct value *text;

    if (!input)
        return (struct input_properties){ 0 };
    if (input->kind == INPUT_PATH)
        return (struct input_properties){ .input_path = input->value };
    text = input_text(input, &fields);
    if (!value_length(fields.paths))
        return (struct input_properties){ .input = text };
    return (struct input_properties){
        .input_transformer =
            object((struct field[]){ { "InputPathsMap", fields.paths }, { "InputTemplate", text }, END }),
    };
}

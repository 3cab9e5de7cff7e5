// SPDX-License-Identifier: MIT
#include "cdk/setting.h"

#include "cdk/diag.h"
#include "data/json.h"
#include "util/die.h"
#include "util/error.h"
#include "util/strbuf.h"
#include "util/text/suggest.h"

#include <limits.h>
#include <math.h>
#include <string.h>

struct setting_reader {
    const struct setting *table;
    struct construct *construct;
    char *settings;
};

static const struct {
    enum value_type value_type;
    const char *name;
} types[] = {
    [SETTING_TYPE_STRING] = { VALUE_STRING, "a string" },
    [SETTING_TYPE_BOOLEAN] = { VALUE_BOOLEAN, "true or false" },
    [SETTING_TYPE_INTEGER] = { VALUE_NUMBER, "a whole number" },
    [SETTING_TYPE_NUMBER] = { VALUE_NUMBER, "a number" },
    [SETTING_TYPE_STRINGS] = { VALUE_ARRAY, "a list of strings" },
    [SETTING_TYPE_STRING_MAP] = { VALUE_OBJECT, "a map of strings" },
};

const char *setting_type_name(enum setting_type type)
{
    return types[type].name;
}

static void fail_type(
    const struct setting_reader *reader, const struct setting *setting, const struct value *value)
{
    enum { SHOWN = 60 };
    STRBUF_AUTO text = STRBUF_INIT;

    json_write(&text, value, 0);
    if (text.length > SHOWN) {
        strbuf_truncate(&text, SHOWN);
        strbuf_add_string(&text, "...");
    }
    diag_error(reader->construct, "context key '%s' must be %s, not %s", setting->key,
        setting_type_name(setting->type), text.data);
}

// The text of a string, number or boolean; NULL for anything else.
static struct value *as_text(struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    switch (value_type(value)) {
    case VALUE_STRING:
        return value;
    case VALUE_NUMBER:
    case VALUE_BOOLEAN:
        json_write(&text, value, 0);
        return string(text.data);
    default:
        return NULL;
    }
}

// What the value is when it is wanted as that type; NULL when it is not one.
static struct value *convert(struct value *value, enum setting_type type)
{
    ERROR_AUTO ignored = ERROR_INIT;
    const char *text = value_string(value);

    if (type == SETTING_TYPE_STRING)
        return as_text(value);
    if (text)
        value = json_parse(text, strlen(text), "", &ignored);
    return value && value_type(value) == types[type].value_type ? value : NULL;
}

static void read_number(const struct setting_reader *reader, const struct setting *setting, double number)
{
    void *field = reader->settings + setting->offset;

    if (setting->type == SETTING_TYPE_INTEGER && (number != floor(number) || fabs(number) > INT_MAX))
        diag_error(
            reader->construct, "context key '%s' must be a whole number, not %g", setting->key, number);
    else if (setting->minimum < setting->maximum && (number < setting->minimum || number > setting->maximum))
        diag_error(reader->construct, "context key '%s' must be from %.10g to %.10g, not %.10g", setting->key,
            setting->minimum, setting->maximum, number);
    else if (setting->type == SETTING_TYPE_INTEGER)
        *(int *)field = (int)number;
    else
        *(double *)field = number;
}

static void read_texts(
    const struct setting_reader *reader, const struct setting *setting, const struct value *list)
{
    struct value *texts = array();

    for (size_t i = 0; i < value_length(list); i++) {
        struct value *text = as_text(array_at(list, i));

        if (!text) {
            fail_type(reader, setting, list);
            return;
        }
        array_append(texts, text);
    }
    *(struct value **)(reader->settings + setting->offset) = texts;
}

static void read_text_map(
    const struct setting_reader *reader, const struct setting *setting, const struct value *map)
{
    struct value *texts = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(map); i++) {
        const struct field *field = object_at(map, i);
        struct value *text = as_text(field->value);

        if (!text) {
            fail_type(reader, setting, map);
            return;
        }
        object_set(texts, field->key, text);
    }
    *(struct value **)(reader->settings + setting->offset) = texts;
}

static void read_value(
    const struct setting_reader *reader, const struct setting *setting, struct value *given)
{
    struct value *value = convert(given, setting->type);
    void *field = reader->settings + setting->offset;

    if (!value) {
        fail_type(reader, setting, given);
        return;
    }
    switch (setting->type) {
    case SETTING_TYPE_STRING:
        *(const char **)field = value_string(value);
        break;
    case SETTING_TYPE_BOOLEAN:
        *(bool *)field = value_boolean(value);
        break;
    case SETTING_TYPE_INTEGER:
    case SETTING_TYPE_NUMBER:
        read_number(reader, setting, value_number(value));
        break;
    case SETTING_TYPE_STRINGS:
        read_texts(reader, setting, value);
        break;
    case SETTING_TYPE_STRING_MAP:
        read_text_map(reader, setting, value);
        break;
    }
}

static const struct setting *find(const struct setting *table, const char *key, size_t length)
{
    for (; table->key; table++)
        if (strlen(table->key) == length && memcmp(table->key, key, length) == 0)
            return table;
    return NULL;
}

// Replaces each "${key}" by the text setting of that name, which stands above in the table.
static void expand(const struct setting_reader *reader, const char *text, struct strbuf *expanded)
{
    const char *open;

    while ((open = strstr(text, "${"))) {
        size_t length = strcspn(open + 2, "}");
        const struct setting *named = find(reader->table, open + 2, length);

        if (!named || named->type != SETTING_TYPE_STRING)
            BUG("no text setting is called '%.*s'", (int)length, open + 2);
        strbuf_add(expanded, text, (size_t)(open - text));
        strbuf_add_string(expanded, *(const char **)(reader->settings + named->offset));
        text = open + 2 + length + 1;
    }
    strbuf_add_string(expanded, text);
}

static void read_default(const struct setting_reader *reader, const struct setting *setting)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (setting->make_default)
        *(const char **)(reader->settings + setting->offset) = setting->make_default(reader->settings);
    if (!setting->default_text || setting->make_default)
        return;
    expand(reader, setting->default_text, &text);
    read_value(reader, setting, string(text.data));
}

static void read_row(
    const struct setting_reader *reader, const struct setting *setting, const struct value *context)
{
    struct value *given = object_get(context, setting->key);

    read_default(reader, setting);
    if (given && value_type(given) != VALUE_NULL)
        read_value(reader, setting, given);
}

static bool belongs_to_cdk(const char *key)
{
    return key[0] == '@' || strchr(key, ':');
}

// What resembles a key is a mistake; anything else may be meant for somebody else.
static void check_unknown_keys(const struct setting_reader *reader, const struct value *context)
{
    STRBUF_AUTO unknown = STRBUF_INIT;

    for (size_t i = 0; i < value_length(context); i++) {
        const char *key = object_at(context, i)->key;
        struct suggestion suggestion = SUGGESTION_STRICT(key);

        if (belongs_to_cdk(key) || find(reader->table, key, strlen(key)))
            continue;
        for (const struct setting *setting = reader->table; setting->key; setting++)
            suggestion_consider(&suggestion, setting->key);
        if (suggestion.best)
            diag_error(
                reader->construct, "unknown context key '%s'; did you mean '%s'?", key, suggestion.best);
        else
            strbuf_addf(&unknown, "%s'%s'", unknown.length ? ", " : "", key);
    }
    if (unknown.length)
        diag_warning(reader->construct,
            "context that has no effect, since no setting is called so: %s; 'context --describe' lists the settings",
            unknown.data);
}

void settings_read(
    const struct setting *table, const struct value *context, struct construct *construct, void *settings)
{
    const struct setting_reader reader = { table, construct, settings };

    check_unknown_keys(&reader, context);
    for (const struct setting *setting = table; setting->key; setting++)
        read_row(&reader, setting, context);
}

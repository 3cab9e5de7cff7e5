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
    size_t profile;
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

// Is it one of the row's choices? What is not is a mistake.
static bool is_choice(const struct setting_reader *reader, const struct setting *setting, const char *text)
{
    STRBUF_AUTO list = STRBUF_INIT;
    struct suggestion suggestion = SUGGESTION_FOR(text);

    for (const char *const *choice = setting->choices; choice && *choice; choice++) {
        if (strcmp(*choice, text) == 0)
            return true;
        suggestion_consider(&suggestion, *choice);
        strbuf_addf(&list, "%s'%s'", list.length ? ", " : "", *choice);
    }
    if (!setting->choices)
        return true;
    diag_error(reader->construct, "context key '%s' must %s %s, not '%s'%s%s%s", setting->key,
        setting->type == SETTING_TYPE_STRINGS ? "hold only" : "be one of", list.data, text,
        suggestion.best ? "; did you mean '" : "", suggestion.best ? suggestion.best : "",
        suggestion.best ? "'?" : "");
    return false;
}

static void read_text(const struct setting_reader *reader, const struct setting *setting, const char *text)
{
    if (is_choice(reader, setting, text))
        *(const char **)(reader->settings + setting->offset) = text;
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
        if (!is_choice(reader, setting, value_string(text)))
            return;
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
        read_text(reader, setting, value_string(value));
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

const char *setting_default(const struct setting *setting, size_t profile)
{
    return setting->under[profile] ? setting->under[profile] : setting->default_text;
}

static void read_default(const struct setting_reader *reader, const struct setting *setting)
{
    const char *made = setting->make_default ? setting->make_default(reader->settings) : NULL;
    const char *text = setting_default(setting, reader->profile);
    STRBUF_AUTO expanded = STRBUF_INIT;

    if (made)
        read_value(reader, setting, string(made));
    if (!text || made)
        return;
    expand(reader, text, &expanded);
    read_value(reader, setting, string(expanded.data));
}

static bool is_given(const struct value *context, const char *key)
{
    const struct value *given = object_get(context, key);

    return given && value_type(given) != VALUE_NULL;
}

static void read_row(
    const struct setting_reader *reader, const struct setting *setting, const struct value *context)
{
    read_default(reader, setting);
    if (is_given(context, setting->key))
        read_value(reader, setting, object_get(context, setting->key));
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

const struct setting *settings_profile(const struct setting *table)
{
    for (; table->key; table++)
        if (table->is_profile)
            return table;
    return NULL;
}

static void note_profile(struct setting_reader *reader, const struct setting *setting)
{
    const char *name = *(const char **)(reader->settings + setting->offset);

    while (setting->choices[reader->profile] && strcmp(setting->choices[reader->profile], name) != 0)
        reader->profile++;
    if (reader->profile >= SETTING_PROFILES)
        BUG("there are more profiles than %d", SETTING_PROFILES);
}

static void read_rows(struct setting_reader *reader, const struct value *context)
{
    for (const struct setting *setting = reader->table; setting->key; setting++) {
        read_row(reader, setting, context);
        if (setting->is_profile)
            note_profile(reader, setting);
    }
}

void settings_read(
    const struct setting *table, const struct value *context, struct construct *construct, void *settings)
{
    struct setting_reader reader = { table, construct, settings, 0 };

    check_unknown_keys(&reader, context);
    read_rows(&reader, context);
}

static struct value *field_value(const struct setting *setting, const char *settings)
{
    const void *field = settings + setting->offset;

    switch (setting->type) {
    case SETTING_TYPE_STRING:
        return string(*(const char *const *)field);
    case SETTING_TYPE_BOOLEAN:
        return boolean(*(const bool *)field);
    case SETTING_TYPE_INTEGER:
        return number(*(const int *)field);
    case SETTING_TYPE_NUMBER:
        return number(*(const double *)field);
    case SETTING_TYPE_STRINGS:
    case SETTING_TYPE_STRING_MAP:
        break;
    }
    return *(struct value *const *)field;
}

// What an app's struct of settings holds at least.
static size_t settings_size(const struct setting *table)
{
    size_t size = 0;

    for (; table->key; table++)
        if (table->offset + sizeof(double) > size)
            size = table->offset + sizeof(double);
    return size;
}

struct value *settings_values(
    const struct setting *table, const struct value *context, struct construct *construct)
{
    char *settings = arena_alloc(value_arena(), settings_size(table));
    struct setting_reader reader = { table, construct, settings, 0 };
    struct value *values = object((struct field[]){ END });

    read_rows(&reader, context);
    for (const struct setting *setting = table; setting->key; setting++) {
        bool has_value = is_given(context, setting->key) || setting_default(setting, reader.profile);
        struct value *value = has_value ? field_value(setting, settings) : NULL;

        object_set(values, setting->key, value ? value : null());
    }
    return values;
}

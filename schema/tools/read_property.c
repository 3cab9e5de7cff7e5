// SPDX-License-Identifier: MIT
// What follows a property's name: its type, and words about it.
#include "model.h"

#include "schema/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct schema_range NO_RANGE = { -INFINITY, INFINITY };

// Types: NAME, [ITEM], {VALUE}, A|B, and string(VALUE|VALUE).

static struct type *read_type(struct model *model, char **at);

// A string in quotes, of which only quotes and backslashes are escaped.
static struct text *read_quoted(struct model *model, char **at)
{
    char *from = *at + 1;
    char *to = from;
    const char *start = from;

    while (*from && *from != '"') {
        if (*from == '\\')
            from++;
        *to++ = *from++;
    }
    if (*from != '"')
        model_fail("a quote is missing");
    *at = from + 1;
    return model_text(model, start, (size_t)(to - start));
}

static struct text *read_value(struct model *model, char **at)
{
    const char *start = *at;

    if (*start == '"')
        return read_quoted(model, at);
    *at += strcspn(*at, "|) ");
    return model_text(model, start, (size_t)(*at - start));
}

static void read_allowed(struct model *model, struct type *type, char **at)
{
    do {
        ++*at;
        texts_add(model, &type->allowed, read_value(model, at));
    } while (**at == '|');
    if (**at != ')')
        model_fail("')' is missing at '%s'", *at);
    ++*at;
}

static void read_named(struct model *model, struct type *type, char **at)
{
    size_t length = strcspn(*at, " |()[]{}");

    for (int kind = SCHEMA_STRING; kind < SCHEMA_OBJECT; kind++) {
        if (strlen(schema_kind_name(kind)) == length && strncmp(schema_kind_name(kind), *at, length) == 0) {
            type->kind = kind;
            *at += length;
            return;
        }
    }
    if (length == 0)
        model_fail("a type is missing at '%s'", *at);
    type->kind = SCHEMA_OBJECT;
    type->name = model_text(model, *at, length);
    *at += length;
}

static void read_collection(struct model *model, struct type *type, char **at)
{
    char end = **at == '[' ? ']' : '}';

    type->kind = end == ']' ? SCHEMA_ARRAY : SCHEMA_MAP;
    ++*at;
    type->child = read_type(model, at);
    if (**at != end)
        model_fail("'%c' is missing at '%s'", end, *at);
    ++*at;
}

static struct type *read_member(struct model *model, char **at)
{
    struct type *type = arena_alloc(&model->arena, sizeof(*type));

    type->range = NO_RANGE;
    if (**at == '[' || **at == '{')
        read_collection(model, type, at);
    else
        read_named(model, type, at);
    if (**at == '(')
        read_allowed(model, type, at);
    return type;
}

static struct type *read_type(struct model *model, char **at)
{
    struct type *first = read_member(model, at);
    struct type *last = first;
    struct type *both;

    while (**at == '|') {
        ++*at;
        last->next = read_member(model, at);
        last = last->next;
    }
    if (last == first)
        return first;
    both = arena_alloc(&model->arena, sizeof(*both));
    *both = (struct type){ .kind = SCHEMA_UNION, .child = first, .range = NO_RANGE };
    return both;
}

// Words: NAME or NAME=VALUE.

static void read_required(struct model *model, struct property *property, char *value)
{
    (void)model;
    (void)value;
    property->flags |= SCHEMA_FLAG_REQUIRED;
}

static void read_deprecated(struct model *model, struct property *property, char *value)
{
    (void)model;
    (void)value;
    property->flags |= SCHEMA_FLAG_DEPRECATED;
}

static void read_replaces(struct model *model, struct property *property, char *value)
{
    (void)model;
    (void)value;
    property->replacement = SCHEMA_REPLACEMENT_YES;
}

static void read_may_replace(struct model *model, struct property *property, char *value)
{
    (void)model;
    (void)value;
    property->replacement = SCHEMA_REPLACEMENT_MAYBE;
}

static void read_default(struct model *model, struct property *property, char *value)
{
    property->default_value = model_text(model, value, strlen(value));
}

static void read_scrutiny(struct model *model, struct property *property, char *value)
{
    (void)model;
    property->scrutiny = scrutiny_read(value);
}

static void read_refers(struct model *model, struct property *property, char *value)
{
    char *each;

    while ((each = strsep(&value, ",")))
        texts_add(model, &property->refers, model_text(model, each, strlen(each)));
}

static bool is_of(enum schema_kind kind, enum schema_kind wanted)
{
    return kind == wanted || (kind == SCHEMA_INTEGER && wanted == SCHEMA_NUMBER);
}

// The type itself, or that of a union's members, which a constraint speaks about.
static struct type *constrained(struct type *type, enum schema_kind wanted)
{
    if (type->kind != SCHEMA_UNION)
        return is_of(type->kind, wanted) ? type : NULL;
    for (struct type *member = type->child; member; member = member->next)
        if (is_of(member->kind, wanted))
            return member;
    return NULL;
}

static void set_range(struct property *property, enum schema_kind wanted, char *value)
{
    struct type *type = constrained(property->type, wanted);
    char *high = strstr(value, "..");

    if (!type || !high)
        model_fail("bounds '%s' do not fit the type", value);
    if (high > value)
        type->range.minimum = strtod(value, NULL);
    if (high[2])
        type->range.maximum = strtod(high + 2, NULL);
}

static void read_length(struct model *model, struct property *property, char *value)
{
    (void)model;
    set_range(property, SCHEMA_STRING, value);
}

static void read_items(struct model *model, struct property *property, char *value)
{
    (void)model;
    set_range(property, SCHEMA_ARRAY, value);
}

static void read_range(struct model *model, struct property *property, char *value)
{
    (void)model;
    set_range(property, SCHEMA_NUMBER, value);
}

static void read_pattern(struct model *model, struct property *property, char *value)
{
    struct type *type = constrained(property->type, SCHEMA_STRING);

    if (!type)
        model_fail("a pattern does not fit the type");
    type->pattern = model_text(model, value, strlen(value));
}

static void read_word(struct model *model, struct property *property, char *word)
{
    static const struct {
        const char *name;
        void (*read)(struct model *model, struct property *property, char *value);
    } words[] = {
        { "required", read_required },
        { "replaces", read_replaces },
        { "may-replace", read_may_replace },
        { "deprecated", read_deprecated },
        { "default", read_default },
        { "scrutiny", read_scrutiny },
        { "refers", read_refers },
        { "length", read_length },
        { "items", read_items },
        { "range", read_range },
        { "pattern", read_pattern },
    };
    size_t length = strcspn(word, "=");
    char *value = word + length + (word[length] == '=');

    word[length] = '\0';
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strcmp(words[i].name, word) == 0) {
            words[i].read(model, property, value);
            return;
        }
    }
    model_fail("unknown word '%s'", word);
}

// Where the word ends: at a blank outside of quotes; a pattern takes the rest of the line.
static char *word_end(char *word)
{
    bool quoted = false;

    if (strncmp(word, "pattern=", strlen("pattern=")) == 0)
        return word + strlen(word);
    for (; *word && (quoted || *word != ' '); word++)
        if (*word == '"')
            quoted = !quoted;
    return word;
}

void property_read(struct model *model, struct property *property, char *line)
{
    property->type = read_type(model, &line);
    while (*line == ' ') {
        char *word = line + 1;
        char *end = word_end(word);

        line = *end ? end : NULL;
        if (line)
            *end = '\0';
        read_word(model, property, word);
        if (!line)
            return;
        *line = ' ';
    }
    if (*line)
        model_fail("cannot read '%s'", line);
}

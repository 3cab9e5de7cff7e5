// SPDX-License-Identifier: MIT
#include "validate/rules/shape.h"

#include "util/strbuf.h"
#include "util/text/suggest.h"
#include "util/text/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_integer_text(const char *text)
{
    size_t sign = *text == '-' || *text == '+', digits = strspn(text + sign, "0123456789");

    return digits && !text[sign + digits];
}

static bool is_number_text(const char *text)
{
    char *end;

    strtod(text, &end);
    return *text && !*end && strspn(text, "+-.0123456789eE") == strlen(text);
}

static bool is_boolean_text(const char *text)
{
    static const char *const words[] = { "true", "True", "TRUE", "false", "False", "FALSE", NULL };

    for (const char *const *word = words; *word; word++)
        if (strcmp(text, *word) == 0)
            return true;
    return false;
}

static bool string_has_kind(const char *text, unsigned kinds)
{
    return kinds & KIND_STRING || (kinds & KIND_INTEGER && is_integer_text(text)) ||
        (kinds & KIND_NUMBER && is_number_text(text)) || (kinds & KIND_BOOLEAN && is_boolean_text(text));
}

bool value_has_kind(const struct value *value, unsigned kinds)
{
    double number = value_number(value);
    bool is_text = kinds & KIND_STRING && !(kinds & KIND_STRICT);

    switch (value_type(value)) {
    case VALUE_STRING:
        return string_has_kind(value_string(value), kinds);
    case VALUE_NUMBER:
        return is_text || kinds & KIND_NUMBER || (kinds & KIND_INTEGER && number == floor(number));
    case VALUE_BOOLEAN:
        return is_text || kinds & KIND_BOOLEAN;
    case VALUE_ARRAY:
        return kinds & KIND_ARRAY;
    case VALUE_OBJECT:
        return kinds & KIND_OBJECT;
    default:
        return true;
    }
}

const char *kinds_name(unsigned kinds)
{
    static const char *const names[] = { "a string", "an integer", "a number", "a boolean", "a list",
        "an object" };
    STRBUF_AUTO text = STRBUF_INIT;
    size_t left = 0;

    for (size_t i = 0; i < 6; i++)
        left += (kinds >> i) & 1;
    for (size_t i = 0; i < 6; i++)
        if ((kinds >> i) & 1)
            strbuf_addf(&text, "%s%s", text.length ? --left > 1 ? ", " : " or " : "", names[i]);
    return arena_strdup(value_arena(), text.data);
}

static const char *first_of(const char *id, const char *other)
{
    return id ? id : other;
}

static const struct shape_key *find_key(const struct shape *shape, const char *name)
{
    for (const struct shape_key *key = shape->keys; key && key->name; key++)
        if (strcmp(key->name, name) == 0)
            return key;
    return NULL;
}

static void report_unknown_key(
    struct validator *validator, const struct node *member, const struct shape *shape, const char *id)
{
    struct suggestion suggestion = SUGGESTION_FOR(member->key);

    for (const struct shape_key *key = shape->keys; key->name; key++)
        suggestion_consider(&suggestion, key->name);
    if (suggestion.best)
        report_key(
            validator, id, member, "unknown key '%s'; did you mean '%s'?", member->key, suggestion.best);
    else
        report_key(validator, id, member, "unknown key '%s'", member->key);
}

static bool is_name(const char *name, const char *others)
{
    for (; *name; name++) {
        bool is_letter = (*name | 32) >= 'a' && (*name | 32) <= 'z';

        if (!is_letter && !(*name >= '0' && *name <= '9') && !strchr(others, *name))
            return false;
    }
    return true;
}

// Returns whether the name is one.
static bool check_name(struct validator *validator, const struct node *member, const struct shape *shape,
    const struct shape_ids *ids)
{
    if (shape->max_name_length && strlen(member->key) > shape->max_name_length)
        report_key(validator, first_of(ids->name_length, ids->other), member,
            "a name of %zu characters; %zu are allowed", strlen(member->key), shape->max_name_length);
    if (shape->name_characters && (!*member->key || !is_name(member->key, shape->name_characters))) {
        report_key(validator, ids->other, member, "'%s' is no name: only letters and digits%s are allowed",
            member->key, *shape->name_characters ? " and a few signs" : "");
        return false;
    }
    return true;
}

static void check_members(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids)
{
    for (size_t i = 0; i < node_length(node); i++) {
        struct node member = node_at(node, i);
        const struct shape_key *key = find_key(shape, member.key);
        const struct shape *inner = key ? key->shape : shape->keys ? NULL : shape->each;

        if (!key && shape->keys && !shape->accepts_other_keys)
            report_unknown_key(validator, &member, shape, ids->other);
        else if (!key && strncmp(member.key, "Fn::ForEach::", 13) == 0 &&
            validator_has_transform(validator, "AWS::LanguageExtensions"))
            inner = NULL; // what a loop makes is not known
        else if (!key && !shape->keys && !check_name(validator, &member, shape, ids))
            inner = NULL;
        if (inner)
            shape_check(validator, &member, inner, ids);
    }
    for (const struct shape_key *key = shape->keys; key && key->name; key++)
        if (key->is_required && !object_get(node->value, key->name))
            report(validator, first_of(ids->missing_key, ids->other), node, "'%s' is missing", key->name);
}

static void check_items(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids)
{
    for (size_t i = 0; i < node_length(node) && shape->each; i++) {
        struct node item = node_at(node, i);

        shape_check(validator, &item, shape->each, ids);
    }
}

static void check_string(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids)
{
    const char *text = node_string(node);
    const char *const *value = shape->values;

    if (!text)
        return;
    if (shape->max_length && utf8_length(text) > shape->max_length)
        report(validator, first_of(ids->length, ids->other), node, "%zu characters; %zu are allowed",
            utf8_length(text), shape->max_length);
    while (value && *value && strcmp(*value, text) != 0)
        value++;
    if (value && !*value)
        report(validator, ids->other, node, "'%s' is not allowed here", text);
}

static void check_count(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids)
{
    const char *id = first_of(ids->count, ids->other), *what = node_is_array(node) ? "items" : "keys";

    if (node_length(node) < shape->min_count)
        report(validator, ids->other, node, "%zu %s; at least %zu must be there", node_length(node), what,
            shape->min_count);
    if (shape->max_count && node_length(node) > shape->max_count)
        report(validator, id, node, "%zu %s; %zu are allowed", node_length(node), what, shape->max_count);
}

void shape_check(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids)
{
    if (node_function(node) && shape->accepts_functions)
        return;
    if (shape->kinds && !value_has_kind(node->value, shape->kinds)) {
        report(validator, first_of(ids->kind, ids->other), node, "must be %s", kinds_name(shape->kinds));
        return;
    }
    if (node_is_array(node) || node_is_object(node))
        check_count(validator, node, shape, ids);
    if (node_is_object(node))
        check_members(validator, node, shape, ids);
    else if (node_is_array(node))
        check_items(validator, node, shape, ids);
    else
        check_string(validator, node, shape, ids);
}

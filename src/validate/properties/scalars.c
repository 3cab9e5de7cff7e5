// SPDX-License-Identifier: MIT
// Keywords about a value itself.
#include "data/json.h"
#include "util/arena.h"
#include "util/strbuf.h"
#include "util/text/utf8.h"
#include "validate/properties/judge.h"
#include "validate/properties/regex.h"
#include "validate/properties/values.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { SHOWN_VALUES = 12, SHOWN_TEXT = 80 };

// For messages: a scalar as it is, what is longer or larger by its kind.
static const char *shown(struct judge *judge, const struct node *node)
{
    const char *text = scalar_text(validator_arena(judge->validator), node->value);

    if (text && strlen(text) <= SHOWN_TEXT)
        return arena_printf(validator_arena(judge->validator), "'%s'", text);
    return text ? "the text" : node_is_array(node) ? "a list" : node_is_object(node) ? "an object" : "null";
}

static const char *type_names(struct judge *judge, unsigned types)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (unsigned bit = SCHEMA_JSON_ARRAY; bit <= SCHEMA_JSON_STRING; bit <<= 1)
        if (types & bit)
            strbuf_addf(&names, "%s%s", names.length ? " or " : "", schema_json_type_name(bit));
    return arena_strdup(validator_arena(judge->validator), names.data);
}

static void judge_type(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    unsigned types = schema_node_types(schema);

    if (!value_converts(node->value, types))
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_TYPE, node, "%s is not of type %s", shown(judge, node),
            type_names(judge, types));
}

// An allowed value, which may be one that has been gathered: {"$data": "/queue/FifoQueue"}.
static const struct value *gathered_at(const struct judge *judge, const struct value *reference)
{
    const char *path = object_string(reference, "$data");
    const struct value *at = judge->gathered;

    while (path && *path == '/' && at) {
        size_t length = strcspn(path + 1, "/");
        char name[128];

        if (length >= sizeof(name))
            return NULL;
        memcpy(name, path + 1, length);
        name[length] = '\0';
        at = object_get(at, name);
        path += 1 + length;
    }
    return path ? at : NULL;
}

static const struct value *looked_up(const struct judge *judge, const char *reference)
{
    ERROR_AUTO err = ERROR_INIT;

    return gathered_at(judge, json_parse(reference, strlen(reference), "$data", &err));
}

// Nobody knows what a function gives, unless it counts as what is written.
static bool is_known(const struct judge *judge, const struct value *value)
{
    return value && (judge->literal || !value_is_intrinsic(value));
}

static bool is_allowed(struct judge *judge, const struct value *value, const char *allowed)
{
    struct arena *arena = validator_arena(judge->validator);
    const struct value *other;

    if (*allowed != '{' || !judge->gathered)
        return values_match(arena, value, allowed);
    other = looked_up(judge, allowed);
    return !is_known(judge, other) || values_equal(arena, value, other);
}

static const char *value_names(struct judge *judge, struct schema_list values)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < values.count && i < SHOWN_VALUES; i++)
        strbuf_addf(&names, "%s'%s'", i ? ", " : "", schema_list_at(values, i));
    if (values.count > SHOWN_VALUES)
        strbuf_addf(&names, " and %zu more", values.count - SHOWN_VALUES);
    return arena_strdup(validator_arena(judge->validator), names.data);
}

static bool matches_any_case(struct judge *judge, const struct value *value, const char *allowed)
{
    const char *text = scalar_text(validator_arena(judge->validator), value);

    return text && strcasecmp(text, allowed) == 0;
}

static void judge_allowed(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    struct schema_list values = schema_node_strings(schema, keyword);

    for (size_t i = 0; i < values.count; i++) {
        const char *allowed = schema_list_at(values, i);

        if (keyword == SCHEMA_KEYWORD_ENUM_CASE_INSENSITIVE ? matches_any_case(judge, node->value, allowed)
                                                            : is_allowed(judge, node->value, allowed))
            return;
    }
    if (keyword == SCHEMA_KEYWORD_CONST && *schema_list_at(values, 0) == '{')
        VIOLATION_ADDF(
            judge, found, keyword, node, "%s is not what the other resource has", shown(judge, node));
    else if (keyword == SCHEMA_KEYWORD_CONST)
        VIOLATION_ADDF(
            judge, found, keyword, node, "%s is not %s", shown(judge, node), value_names(judge, values));
    else
        VIOLATION_ADDF(
            judge, found, keyword, node, "%s is none of %s", shown(judge, node), value_names(judge, values));
}

// As far as doubles can tell: 12.3456 is a multiple of 0.0001.
static bool is_multiple(double value, double bound)
{
    double quotient = value / bound;

    return fabs(quotient - round(quotient)) <= 1e-9 * fmax(1, fabs(quotient));
}

static bool is_within(enum schema_keyword keyword, double value, double bound)
{
    switch (keyword) {
    case SCHEMA_KEYWORD_MAXIMUM:
        return value <= bound;
    case SCHEMA_KEYWORD_MINIMUM:
    case SCHEMA_KEYWORD_DATA_MINIMUM:
        return value >= bound;
    case SCHEMA_KEYWORD_EXCLUSIVE_MAXIMUM:
        return value < bound;
    case SCHEMA_KEYWORD_EXCLUSIVE_MINIMUM:
    case SCHEMA_KEYWORD_DATA_EXCLUSIVE_MINIMUM:
        return value > bound;
    default:
        return is_multiple(value, bound);
    }
}

static void judge_number(struct judge *judge, double bound, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    static const char *const words[SCHEMA_KEYWORD_COUNT] = {
        [SCHEMA_KEYWORD_MAXIMUM] = "more than",
        [SCHEMA_KEYWORD_MINIMUM] = "less than",
        [SCHEMA_KEYWORD_DATA_MINIMUM] = "less than",
        [SCHEMA_KEYWORD_EXCLUSIVE_MAXIMUM] = "not less than",
        [SCHEMA_KEYWORD_EXCLUSIVE_MINIMUM] = "not more than",
        [SCHEMA_KEYWORD_DATA_EXCLUSIVE_MINIMUM] = "not more than",
        [SCHEMA_KEYWORD_MULTIPLE_OF] = "no multiple of",
    };
    double value;

    if (value_reads_as_number(node->value, &value) && !is_within(keyword, value, bound))
        VIOLATION_ADDF(
            judge, found, keyword, node, "%s is %s %.17g", shown(judge, node), words[keyword], bound);
}

static void judge_gathered_number(struct judge *judge, const struct schema_node *schema,
    enum schema_keyword keyword, const struct node *node, struct violations *found)
{
    const struct value *other =
        judge->gathered ? looked_up(judge, schema_node_string(schema, keyword)) : NULL;
    double bound;

    if (value_reads_as_number(other, &bound))
        judge_number(judge, bound, keyword, node, found);
}

static void judge_pattern(struct judge *judge, const char *pattern, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    const char *text = scalar_text(validator_arena(judge->validator), node->value);

    if (text && regex_search(pattern, text) == REGEX_NO_MATCH)
        VIOLATION_ADDF(judge, found, keyword, node, "%s does not match '%s'", shown(judge, node), pattern);
}

// {"$lookup": {"key": {"$data": ...}, "map": {...}}}: a pattern by a value that has been gathered.
static void judge_gathered_pattern(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    ERROR_AUTO err = ERROR_INIT;
    const char *json = schema_node_string(schema, SCHEMA_KEYWORD_DATA_PATTERN);
    const struct value *lookup = object_get(json_parse(json, strlen(json), "$lookup", &err), "$lookup");
    const char *key = value_string(gathered_at(judge, object_get(lookup, "key")));
    const char *pattern = key ? object_string(object_get(lookup, "map"), key) : NULL;

    if (pattern && node_string(node) && regex_begins(pattern, node_string(node)) == REGEX_NO_MATCH)
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_DATA_PATTERN, node, "%s does not match '%s' of '%s'",
            shown(judge, node), pattern, key);
}

static size_t json_length(const struct value *value)
{
    STRBUF_AUTO json = STRBUF_INIT;

    json_write(&json, value, 0);
    return json.length;
}

static bool has_functions(const struct value *value)
{
    if (value_is_intrinsic(value))
        return true;
    for (size_t i = 0; i < value_length(value); i++)
        if (has_functions(value_type(value) == VALUE_ARRAY ? array_at(value, i) : object_at(value, i)->value))
            return true;
    return false;
}

// The length of the text, or of JSON without its blanks; false when it cannot be told.
static bool length_of(const struct schema_node *schema, const struct node *node, size_t *ret_length)
{
    const char *text = node_string(node);
    const char *format = schema_node_string(schema, SCHEMA_KEYWORD_FORMAT);
    struct error err = ERROR_INIT;
    const struct value *value = node->value;

    if (text && (!format || strcmp(format, "json") != 0)) {
        *ret_length = utf8_length(text);
        return true;
    }
    if (text)
        value = json_parse(text, strlen(text), "JSON", &err);
    else if (!(schema_node_types(schema) & SCHEMA_JSON_OBJECT) || !json_types_of(value))
        value = NULL;
    error_release(&err);
    if (!value || has_functions(value))
        return false;
    *ret_length = json_length(value);
    return true;
}

static void judge_length(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    size_t bound = (size_t)schema_node_number(schema, keyword);
    size_t length;

    if (!length_of(schema, node, &length))
        return;
    if (keyword == SCHEMA_KEYWORD_MAX_LENGTH ? length > bound : length < bound)
        VIOLATION_ADDF(judge, found, keyword, node, "%s has %zu characters, %s %zu", shown(judge, node),
            length, keyword == SCHEMA_KEYWORD_MAX_LENGTH ? "more than" : "less than", bound);
}

void judge_scalar(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    size_t before = found->count;

    switch (keyword) {
    case SCHEMA_KEYWORD_TYPE:
        judge_type(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_CONST:
    case SCHEMA_KEYWORD_ENUM:
    case SCHEMA_KEYWORD_ENUM_CASE_INSENSITIVE:
        judge_allowed(judge, schema, keyword, node, found);
        break;
    case SCHEMA_KEYWORD_MAXIMUM:
    case SCHEMA_KEYWORD_MINIMUM:
    case SCHEMA_KEYWORD_EXCLUSIVE_MAXIMUM:
    case SCHEMA_KEYWORD_EXCLUSIVE_MINIMUM:
    case SCHEMA_KEYWORD_MULTIPLE_OF:
        judge_number(judge, schema_node_number(schema, keyword), keyword, node, found);
        break;
    case SCHEMA_KEYWORD_DATA_MINIMUM:
    case SCHEMA_KEYWORD_DATA_EXCLUSIVE_MINIMUM:
        judge_gathered_number(judge, schema, keyword, node, found);
        break;
    case SCHEMA_KEYWORD_DATA_PATTERN:
        judge_gathered_pattern(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_PATTERN:
        judge_pattern(judge, schema_node_string(schema, keyword), keyword, node, found);
        break;
    case SCHEMA_KEYWORD_MAX_LENGTH:
    case SCHEMA_KEYWORD_MIN_LENGTH:
        judge_length(judge, schema, keyword, node, found);
        break;
    case SCHEMA_KEYWORD_FORMAT:
        judge_format(judge, schema, node, found);
        break;
    default:
        break;
    }
    for (size_t i = before; i < found->count && judge->purpose == JUDGE_TELL; i++)
        found->items[i].matches_type = json_types_of(node->value) & schema_node_types(schema);
}

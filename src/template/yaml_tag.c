// SPDX-License-Identifier: MIT
#include "template/yaml_tag.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "util/text/suggest.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// "Intrinsic function reference", "Condition functions", "Rule functions"; each is a tag without "Fn::".
static const char *const functions[] = { "Ref", "Condition", "Fn::And", "Fn::Base64", "Fn::Cidr",
    "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Equals", "Fn::FindInMap", "Fn::ForEach",
    "Fn::GetAtt", "Fn::GetAZs", "Fn::GetStackOutput", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length",
    "Fn::Not", "Fn::Or", "Fn::RefAll", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString",
    "Fn::Transform", "Fn::ValueOf", "Fn::ValueOfAll" };

enum { FUNCTIONS = ARRAY_SIZE(functions) };

static const char *short_name(const char *function)
{
    return strncmp(function, "Fn::", 4) == 0 ? function + 4 : function;
}

const char *yaml_tag_function(const char *tag)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        if (tag[0] == '!' && strcmp(tag + 1, short_name(functions[i])) == 0)
            return functions[i];
    return NULL;
}

const char *yaml_tag_suggestion(const char *tag)
{
    struct suggestion suggestion = SUGGESTION_FOR(tag + (tag[0] == '!'));

    for (size_t i = 0; i < FUNCTIONS; i++)
        suggestion_consider(&suggestion, short_name(functions[i]));
    return suggestion.best;
}

// "Resource.Attribute" becomes the long form's list; attributes may have dots themselves.
static struct value *attribute_list(struct value *argument)
{
    const char *text = value_string(argument);
    const char *dot = text ? strchr(text, '.') : NULL;

    if (!dot)
        return argument;
    return array_of((struct value *[]){ string_n(text, (size_t)(dot - text)), string(dot + 1), NULL });
}

struct value *yaml_function(const char *function, struct value *argument)
{
    if (strcmp(function, "Fn::GetAtt") == 0)
        argument = attribute_list(argument);
    return object((struct field[]){ { function, argument }, END });
}

// Digits with a point and perhaps zeros at the end that JavaScript does not print.
static bool is_decimal(const char *text)
{
    size_t whole, fraction;

    text += *text == '-';
    whole = strspn(text, "0123456789");
    fraction = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    return whole && fraction && !(*text == '0' && whole > 1) && text[whole + 1 + fraction] == '\0' &&
        whole + fraction <= DBL_DIG;
}

static struct value *number_or_string(const char *text)
{
    STRBUF_AUTO printed = STRBUF_INIT;
    double n = strtod(text, NULL);

    json_write_number(&printed, n);
    if (strcmp(printed.data, text) == 0)
        return number(n);
    return is_decimal(text) ? number_as_written(n, text) : string(text);
}

// "true" and so on, in lower case, capitalized or in upper case.
static bool is_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    if (strlen(text) != length || strcasecmp(text, word) != 0)
        return false;
    return strcmp(text + 1, word + 1) == 0 ||
        (text[0] < 'a' && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length);
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, *words))
            return true;
    return false;
}

struct value *yaml_plain_scalar(const char *text)
{
    if (!*text || strcmp(text, "~") == 0 || is_word(text, "null"))
        return null();
    if (is_one_of(text, (const char *const[]){ "true", "yes", "on", NULL }))
        return boolean(true);
    if (is_one_of(text, (const char *const[]){ "false", "no", "off", NULL }))
        return boolean(false);
    return strchr("-0123456789", *text) ? number_or_string(text) : string(text);
}

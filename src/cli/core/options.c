// SPDX-License-Identifier: MIT
#include "cli/core/options.h"

#include "cli/core/cdk_words.h"
#include "cli/core/key_values.h"
#include "util/die.h"
#include "util/strbuf.h"
#include "util/text/suggest.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// An option as it stands in the arguments.
struct given {
    const struct option *option;
    void *field;
    const char *value; // what follows '=' or the letter; NULL: nothing
    bool negated;
    char spelling[80]; // for messages
};

static bool option_is_negatable(const struct option *option)
{
    return option->type == OPTION_TYPE_FLAG || option->type == OPTION_TYPE_TOGGLE ||
        option->type == OPTION_TYPE_COUNT;
}

bool option_takes_value(const struct option *option)
{
    return !option_is_negatable(option);
}

static bool is_called(const char *name, const char *text, size_t length)
{
    return name && strlen(name) == length && memcmp(name, text, length) == 0;
}

static bool matches_name(const struct option *option, const char *text, size_t length, bool *ret_negated)
{
    bool negatable = option_is_negatable(option) && length > 3 && memcmp(text, "no-", 3) == 0;

    *ret_negated = false;
    if (is_called(option->name, text, length) || is_called(option->alias, text, length))
        return true;
    *ret_negated = true;
    return negatable && is_called(option->name, text + 3, length - 3);
}

static bool find_long(const struct option_parser *parser, const char *text, struct given *given)
{
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < parser->set_count; i++) {
        for (const struct option *option = parser->sets[i].options; option->name; option++) {
            if (!matches_name(option, text, length, &given->negated))
                continue;
            given->option = option;
            given->field = (char *)parser->sets[i].values + option->offset;
            given->value = text[length] ? text + length + 1 : NULL;
            return true;
        }
    }
    return false;
}

static bool find_letter(const struct option_parser *parser, char letter, struct given *given)
{
    for (size_t i = 0; i < parser->set_count; i++) {
        for (const struct option *option = parser->sets[i].options; option->name; option++) {
            if (option->letter != letter)
                continue;
            *given =
                (struct given){ option, (char *)parser->sets[i].values + option->offset, NULL, false, "" };
            return true;
        }
    }
    return false;
}

static int fail_unknown(const struct option_parser *parser, const char *text, struct error *err)
{
    STRBUF_AUTO word = STRBUF_INIT;
    const char *advice = cdk_option_advice(parser->command, text, strcspn(text, "="));
    struct given without_no;
    struct suggestion suggestion;

    strbuf_add(&word, text, strcspn(text, "="));
    if (advice && !(strncmp(text, "no-", 3) == 0 && find_long(parser, text + 3, &without_no)))
        return error_set(err, "option '--%s' of the CDK is not offered here: %s", word.data, advice);
    suggestion = (struct suggestion)SUGGESTION_FOR(word.data);
    for (size_t i = 0; i < parser->set_count; i++) {
        for (const struct option *option = parser->sets[i].options; option->name; option++) {
            suggestion_consider(&suggestion, option->name);
            if (option->alias)
                suggestion_consider(&suggestion, option->alias);
        }
    }
    if (!suggestion.best)
        return error_set(err, "unknown option '--%s'", word.data);
    return error_set(err, "unknown option '--%s'; did you mean '--%s'?", word.data, suggestion.best);
}

static int fail_unknown_letter(const struct option_parser *parser, char letter, struct error *err)
{
    const char *advice = cdk_letter_advice(parser->command, letter);

    if (advice)
        return error_set(err, "option '-%c' of the CDK is not offered here: %s", letter, advice);
    return error_set(err, "unknown option '-%c'", letter);
}

static int set_truth(const struct given *given, struct error *err)
{
    bool truth = !given->negated;

    if (given->value && strcmp(given->value, "false") == 0)
        truth = !truth;
    else if (given->value && strcmp(given->value, "true") != 0)
        return error_set(err, "option '%s' is true or false, not '%s'", given->spelling, given->value);
    if (given->option->type == OPTION_TYPE_FLAG)
        *(bool *)given->field = truth;
    else
        *(enum toggle *)given->field = toggle(truth);
    return 0;
}

static int set_count(const struct given *given, struct error *err)
{
    if (given->value)
        return error_set(err, "option '%s' takes no value", given->spelling);
    if (given->negated)
        *(int *)given->field = 0;
    else if (*(int *)given->field < INT_MAX)
        ++*(int *)given->field;
    return 0;
}

static int set_integer(const struct given *given, struct error *err)
{
    const struct option *option = given->option;
    char *end;
    long number;

    errno = 0;
    number = strtol(given->value, &end, 10);
    if (errno || end == given->value || *end || number < option->minimum || number > option->maximum)
        return error_set(err, "option '%s' takes a whole number from %d to %d, not '%s'", given->spelling,
            option->minimum, option->maximum, given->value);
    *(int *)given->field = (int)number;
    return 0;
}

static int set_choice(const struct given *given, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given->value);
    STRBUF_AUTO all = STRBUF_INIT;

    for (const char *const *choice = given->option->choices; *choice; choice++) {
        if (strcmp(*choice, given->value) == 0) {
            *(const char **)given->field = *choice;
            return 0;
        }
        suggestion_consider(&suggestion, *choice);
        strbuf_addf(&all, "%s%s", all.length ? ", " : "", *choice);
    }
    if (suggestion.best)
        return error_set(err, "option '%s' does not know '%s'; did you mean '%s'?", given->spelling,
            given->value, suggestion.best);
    return error_set(err, "option '%s' takes one of %s, not '%s'", given->spelling, all.data, given->value);
}

// A form that the argument's name in help promises.
static int check_form(const struct given *given, struct error *err)
{
    static const char key_value[] = "KEY=VALUE";
    const char *argument = given->option->argument ? given->option->argument : "";
    size_t length = strlen(argument), form = strlen(key_value);
    bool is_key_value = length >= form && strcmp(argument + length - form, key_value) == 0;
    bool is_path = strcmp(argument, "DIR") == 0 || strcmp(argument, "FILE") == 0;

    if (is_key_value && !key_value_split(given->value))
        return error_set(err, "option '%s' takes %s, not '%s'", given->spelling, argument, given->value);
    if (is_path && !*given->value)
        return error_set(err, "option '%s' needs the name of a %s", given->spelling,
            argument[0] == 'D' ? "directory" : "file");
    return 0;
}

static int set_field(struct option_parser *parser, const struct given *given, struct error *err)
{
    if (option_takes_value(given->option) && check_form(given, err) < 0)
        return -1;
    switch (given->option->type) {
    case OPTION_TYPE_FLAG:
    case OPTION_TYPE_TOGGLE:
        return set_truth(given, err);
    case OPTION_TYPE_COUNT:
        return set_count(given, err);
    case OPTION_TYPE_STRING:
        *(const char **)given->field = given->value;
        return 0;
    case OPTION_TYPE_LIST:
        string_list_add(given->field, parser->arena, given->value);
        return 0;
    case OPTION_TYPE_INTEGER:
        return set_integer(given, err);
    case OPTION_TYPE_CHOICE:
        return set_choice(given, err);
    }
    BUG("option '%s' has no type", given->option->name);
}

// Takes the next argument for an option whose value was not attached.
static int apply(struct option_parser *parser, struct given *given, struct error *err)
{
    const char *argument = given->option->argument;

    if (option_takes_value(given->option) && !given->value) {
        given->value = *parser->arguments;
        if (!given->value)
            return error_set(err, "option '%s' needs a value: %s %s", given->spelling, given->spelling,
                argument ? argument : "VALUE");
        parser->arguments++;
    }
    return set_field(parser, given, err);
}

static int parse_long(struct option_parser *parser, const char *text, struct error *err)
{
    struct given given = { 0 };

    if (!find_long(parser, text, &given))
        return fail_unknown(parser, text, err);
    snprintf(given.spelling, sizeof(given.spelling), "--%.*s", (int)strcspn(text, "="), text);
    return apply(parser, &given, err);
}

static int parse_letters(struct option_parser *parser, const char *letters, struct error *err)
{
    while (*letters) {
        struct given given;
        char letter = *letters++;

        if (!find_letter(parser, letter, &given))
            return fail_unknown_letter(parser, letter, err);
        snprintf(given.spelling, sizeof(given.spelling), "-%c", letter);
        if (*letters && (option_takes_value(given.option) || *letters == '=')) {
            given.value = letters + (*letters == '=');
            letters = "";
        }
        if (apply(parser, &given, err) < 0)
            return -1;
    }
    return 0;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1];
}

int options_parse(struct option_parser *parser, bool until_operand, struct error *err)
{
    bool only_operands = false;

    while (*parser->arguments) {
        const char *argument = *parser->arguments;
        int status = 0;

        if (until_operand && !is_option(argument))
            return 0;
        parser->arguments++;
        if (only_operands || !is_option(argument))
            string_list_add(&parser->operands, parser->arena, argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (argument[1] == '-')
            status = parse_long(parser, argument + 2, err);
        else
            status = parse_letters(parser, argument + 1, err);
        if (status < 0)
            return -1;
    }
    return 0;
}

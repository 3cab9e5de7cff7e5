// SPDX-License-Identifier: MIT
#include "cli/app/environment_file.h"
#include "cli/completion/candidates.h"
#include "cli/completion/completion.h"
#include "cli/core/cli.h"

#include <string.h>

static bool is_spelled(const struct option *option, const char *word, size_t length)
{
    if (word[1] != '-')
        return option->letter && word[1] == option->letter && length == 2;
    word += 2;
    length -= 2;
    return (strlen(option->name) == length && strncmp(option->name, word, length) == 0) ||
        (option->alias && strlen(option->alias) == length && strncmp(option->alias, word, length) == 0);
}

static const struct option *find_in(const struct option *options, const char *word, size_t length)
{
    for (; options && options->name; options++)
        if (option_takes_value(options) && is_spelled(options, word, length))
            return options;
    return NULL;
}

// The option that takes a value and is spelled so; NULL when there is none.
static const struct option *find_option(const struct command *command, const char *word, size_t length)
{
    const struct option *own = NULL;

    if (length < 2 || word[0] != '-')
        return NULL;
    if (command)
        own = find_in(command->body->options, word, length);
    return own ? own : find_in(global_options, word, length);
}

// Context values and the environment decide what the stacks are called.
static void note_global(struct cli *cli, const struct option *option, const char *value)
{
    ERROR_AUTO ignored = ERROR_INIT;
    struct string_list names;

    if (option->completes == COMPLETES_CONTEXT)
        string_list_add(&cli->globals.context, &cli->arena, value);
    if (option->completes == COMPLETES_ENVIRONMENT && environment_names(&cli->arena, &names, &ignored) == 0 &&
        string_list_has(&names, value))
        cli->environment = value;
}

static void add_option_names(const struct completion *completion, const struct option *options)
{
    for (; options && options->name; options++) {
        STRBUF_AUTO name = STRBUF_INIT;

        strbuf_addf(&name, "--%s%s", options->shown_negated ? "no-" : "", options->name);
        completion_add(completion, name.data, options->help);
    }
}

static void add_commands(const struct completion *completion)
{
    for (const struct command *command = commands; command->name; command++)
        completion_add(completion, command->name, command->summary);
}

// "--name=VALUE": the value is completed in its place.
static void add_attached_value(struct completion *completion, const char *word, const char *equals)
{
    const struct option *option = find_option(completion->command, word, (size_t)(equals - word));

    if (!option)
        return;
    completion->prefix = arena_strndup(&completion->cli->arena, word, (size_t)(equals + 1 - word));
    completion->word = equals + 1;
    completion_add_values(completion, option);
}

static void add_word(struct completion *completion, bool only_operands)
{
    const char *word = completion->word;
    const char *equals = strchr(word, '=');

    if (only_operands || *word != '-') {
        if (completion->command)
            completion_add_operands(completion);
        else
            add_commands(completion);
    } else if (equals && word[1] == '-') {
        add_attached_value(completion, word, equals);
    } else {
        add_option_names(completion, completion->command ? completion->command->body->options : NULL);
        add_option_names(completion, global_options);
    }
}

void completion_answer(struct cli *cli, const struct string_list *words, struct strbuf *out)
{
    struct completion completion = { .cli = cli, .word = "", .prefix = "", .out = out };
    const struct option *open = NULL; // an option whose value comes next
    bool only_operands = false;

    for (size_t i = 0; i + 1 < words->count; i++) {
        const char *word = words->items[i];

        if (open) {
            note_global(cli, open, word);
            open = NULL;
        } else if (!only_operands && strcmp(word, "--") == 0)
            only_operands = true;
        else if (!only_operands && word[0] == '-' && word[1])
            open = find_option(completion.command, word, strlen(word));
        else if (completion.command)
            string_list_add(&completion.operands, &cli->arena, word);
        else if (!(completion.command = command_find(word)))
            return;
    }
    if (words->count)
        completion.word = words->items[words->count - 1];
    if (open)
        completion_add_values(&completion, open);
    else
        add_word(&completion, only_operands);
}

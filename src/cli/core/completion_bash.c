// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/completion.h"

#include <string.h>

// Names of files and stacks are somebody else's. `compgen -W` would run what is in $(...), and
// COMPREPLY=(...) replace *; the shell quotes what it inserts only when it is a file's name.
static const char take_files[] =
    "while IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(compgen %s -- \"$current\"); "
    "compopt -o filenames 2>/dev/null; ";
static const char take_words[] = "    read -r -d '' -a words <<<\"$words\"\n"
                                 "    for word in \"${words[@]}\"; do\n"
                                 "        case $word in\n"
                                 "        *[!A-Za-z0-9._/-]*) ;;\n"
                                 "        \"$current\"*) COMPREPLY+=(\"$word\") ;;\n"
                                 "        esac\n"
                                 "    done\n}\n";

static void add_command_names(struct strbuf *out)
{
    for (const struct command *command = commands; command->name; command++)
        strbuf_addf(out, "%s%s", command == commands ? "" : " ", command->name);
}

// Finds the command among the words before the current one.
static void add_command_search(struct strbuf *out)
{
    strbuf_add_string(
        out, "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n        case $word in\n");
    for (const struct command *command = commands; command->name; command++)
        strbuf_addf(out, "        %s%s%s) command=%s; break ;;\n", command->name,
            *command->alias ? " | " : "", command->alias, command->name);
    strbuf_add_string(out, "        esac\n    done\n");
}

// The line of a case statement for the value of an option.
static void add_value(struct strbuf *out, const char *command, const struct option *option)
{
    const char *argument = option->argument ? option->argument : "";

    strbuf_add_string(out, "    ");
    if (option->letter)
        strbuf_addf(out, "%s:-%c | ", command, option->letter);
    if (option->alias)
        strbuf_addf(out, "%s:--%s | ", command, option->alias);
    strbuf_addf(out, "%s:--%s) ", command, option->name);
    if (option->choices) {
        strbuf_add_string(out, "COMPREPLY=($(compgen -W '");
        for (const char *const *choice = option->choices; *choice; choice++)
            strbuf_addf(out, "%s%s", choice == option->choices ? "" : " ", *choice);
        strbuf_add_string(out, "' -- \"$current\")); ");
    } else if (strcmp(argument, "DIR") == 0 || strcmp(argument, "FILE") == 0) {
        strbuf_addf(out, take_files, *argument == 'D' ? "-d" : "-f");
    }
    strbuf_add_string(out, "return ;;\n");
}

static void add_values(struct strbuf *out, const char *command, const struct option *options)
{
    for (; options && options->name; options++)
        if (option_takes_value(options))
            add_value(out, command, options);
}

static void add_option_names(struct strbuf *out, const struct option *options)
{
    for (; options && options->name; options++)
        strbuf_addf(out, " --%s%s", options->shown_negated ? "no-" : "", options->name);
}

static void add_operands(struct strbuf *out, const char *program, enum operand_kind kind)
{
    if (kind == OPERAND_STACK)
        strbuf_addf(out, "$(%s list 2>/dev/null)", program);
    else if (kind == OPERAND_COMMAND)
        add_command_names(out);
    for (const char *const *shell = completion_shells; kind == OPERAND_SHELL && *shell; shell++)
        strbuf_addf(out, "%s ", *shell);
}

static void add_words(struct strbuf *out, const char *program, const struct command *command)
{
    strbuf_addf(out, "    %s:-*) words=\"", command->name);
    add_option_names(out, command->body->options);
    strbuf_add_string(out, " $globals\" ;;\n");
    if (command->body->operands.kind == OPERAND_OTHER)
        return;
    strbuf_addf(out, "    %s:*) words=\"", command->name);
    add_operands(out, program, command->body->operands.kind);
    strbuf_add_string(out, "\" ;;\n");
}

void completion_bash(struct strbuf *out, const char *program)
{
    STRBUF_AUTO function = STRBUF_INIT;

    completion_function_name(&function, program);
    strbuf_addf(out, "# bash completion for %s\n_%s()\n{\n", program, function.data);
    strbuf_add_string(out,
        "    COMPREPLY=()\n    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    local command= word words= globals=\"");
    add_option_names(out, global_options);
    strbuf_add_string(out, "\"\n");
    add_command_search(out);
    strbuf_add_string(out, "    case $command:$previous in\n");
    add_values(out, "*", global_options);
    for (const struct command *command = commands; command->name; command++)
        add_values(out, command->name, command->body->options);
    strbuf_add_string(
        out, "    esac\n    case $command:$current in\n    :-*) words=$globals ;;\n    :*) words=\"");
    add_command_names(out);
    strbuf_add_string(out, "\" ;;\n");
    for (const struct command *command = commands; command->name; command++)
        add_words(out, program, command);
    strbuf_add_string(out, "    esac\n");
    strbuf_add_string(out, take_words);
    strbuf_addf(out, "complete -F _%s %s\n", function.data, program);
}

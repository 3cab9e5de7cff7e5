// SPDX-License-Identifier: MIT
// Arguments, separated by NUL, through the option parser; the operands through command names and globs; the
// context values through the context reader.
#include "harness.h"

#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "data/value.h"
#include "util/die.h"
#include "util/text/glob.h"

#include <stdlib.h>
#include <string.h>

struct values {
    bool flag;
    const char *text;
    int integer;
    const char *choice;
};

static const char *const choices[] = { "one", "two", NULL };

static const struct option table[] = {
    { "flag", 'f', OPTION_FLAG(struct values, flag), .alias = "also" },
    { "text", 't', OPTION_STRING(struct values, text), .argument = "DIR" },
    { "integer", 'i', OPTION_INTEGER(struct values, integer), .minimum = -5, .maximum = 5 },
    { "choice", 'x', OPTION_CHOICE(struct values, choice), .choices = choices },
    OPTION_END,
};

static struct string_list split(struct arena *arena, const uint8_t *data, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);
    struct string_list arguments = { 0 };

    if (size)
        memcpy(copy, data, size);
    for (char *at = copy; at < copy + size; at += strlen(at) + 1)
        string_list_add(&arguments, arena, at);
    string_list_add(&arguments, arena, NULL);
    return arguments;
}

static void use_operands(const struct string_list *operands)
{
    for (size_t i = 0; i < operands->count; i++) {
        const struct command *command = command_find(operands->items[i]);

        if (command && !command->body)
            BUG("a command without a body");
        glob_match(operands->items[i], operands->items[operands->count - 1]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cli cli = { .definition = NULL };
    struct values values = { 0 };
    const struct option_set sets[] = { { global_options, &cli.globals }, { table, &values } };
    struct arena *before = value_arena_use(&cli.arena);
    struct string_list arguments = split(&cli.arena, data, size);
    struct option_parser parser = { &cli.arena, sets, 2, arguments.items, { 0 }, NULL };
    ERROR_AUTO err = ERROR_INIT;
    struct context context;

    setenv("CDK_OUTDIR", "as the CDK's app, so that no files are read", 1);
    if (options_parse(&parser, false, &err) < 0 && !err.message)
        BUG("failure without a message");
    if (values.integer < -5 || values.integer > 5)
        BUG("an integer outside of its range");
    use_operands(&parser.operands);
    context_load(&cli, &context, &err);
    value_arena_use(before);
    arena_release(&cli.arena);
    return 0;
}

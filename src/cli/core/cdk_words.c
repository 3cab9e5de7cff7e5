// SPDX-License-Identifier: MIT
#include "cli/core/cdk_words.h"

#include "util/array.h"

#include <stdbool.h>
#include <string.h>

#define CDK_COMMAND(name, advice) { name, advice },
#define CDK_OPTION(command, name, letter, advice)
static const struct {
    const char *name, *advice;
} commands_of_cdk[] = {
#include "cli/core/cdk_words.def"
};
#undef CDK_COMMAND
#undef CDK_OPTION

#define CDK_COMMAND(name, advice)
#define CDK_OPTION(command, name, letter, advice) { command, name, letter, advice },
static const struct cdk_option {
    const char *command, *name;
    char letter;
    const char *advice;
} options_of_cdk[] = {
#include "cli/core/cdk_words.def"
};
#undef CDK_COMMAND
#undef CDK_OPTION

const char *cdk_command_advice(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(commands_of_cdk); i++)
        if (strcmp(commands_of_cdk[i].name, name) == 0)
            return commands_of_cdk[i].advice;
    return NULL;
}

static bool is_of(const struct cdk_option *option, const char *command)
{
    return !*option->command || (command && strcmp(option->command, command) == 0);
}

const char *cdk_option_advice(const char *command, const char *name, size_t length)
{
    if (length > 3 && memcmp(name, "no-", 3) == 0)
        return cdk_option_advice(command, name + 3, length - 3);
    for (size_t i = 0; i < ARRAY_SIZE(options_of_cdk); i++) {
        const struct cdk_option *option = &options_of_cdk[i];

        if (is_of(option, command) && strlen(option->name) == length &&
            memcmp(option->name, name, length) == 0)
            return option->advice;
    }
    return NULL;
}

const char *cdk_letter_advice(const char *command, char letter)
{
    for (size_t i = 0; i < ARRAY_SIZE(options_of_cdk); i++)
        if (options_of_cdk[i].letter == letter && is_of(&options_of_cdk[i], command))
            return options_of_cdk[i].advice;
    return NULL;
}

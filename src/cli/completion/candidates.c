// SPDX-License-Identifier: MIT
#include "cli/completion/candidates.h"

#include "cdk/construct.h"
#include "cdk/dead_letters.h"
#include "cdk/setting.h"
#include "cdk/stack.h"
#include "cli/app/environment_file.h"
#include "cli/app/select.h"
#include "cli/app/synthesis.h"
#include "cli/completion/completion.h"
#include "cli/core/cli.h"
#include "data/json.h"
#include "data/value.h"
#include "schema/iam.h"
#include "schema/schema.h"
#include "util/file/file.h"
#include "util/process/process.h"

#include <stdlib.h>
#include <string.h>

enum { GIT_TIMEOUT_MS = 2000 };

// Escape sequences and line ends are nothing that a name may hold on its way into a terminal.
static bool is_printable(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 127)
            return false;
    return true;
}

void completion_add(const struct completion *completion, const char *word, const char *description)
{
    if (!is_printable(word) || strncmp(word, completion->word, strlen(completion->word)) != 0)
        return;
    strbuf_addf(completion->out, "%s%s", completion->prefix, word);
    if (description && is_printable(description))
        strbuf_addf(completion->out, "\t%s", description);
    strbuf_add_char(completion->out, '\n');
}

static void add_list(const struct completion *completion, const char *const *words)
{
    for (; words && *words; words++)
        completion_add(completion, *words, NULL);
}

static void leave_to_shell(const struct completion *completion, const char *what)
{
    strbuf_addf(completion->out, ":%s\n", what);
}

// Of the project.

static void add_stacks(const struct completion *completion)
{
    SYNTHESIS_AUTO synthesis;

    if (synthesis_make_offline(completion->cli, &synthesis) < 0)
        return;
    for (size_t i = 0; i < synthesis.assembly.stack_count; i++)
        completion_add(completion, construct_path(synthesis.assembly.stacks[i].stack->node), NULL);
}

static void add_environments(const struct completion *completion)
{
    SYNTHESIS_AUTO synthesis;
    struct string_list added = { 0 };

    if (synthesis_make_offline(completion->cli, &synthesis) < 0)
        return;
    for (size_t i = 0; i < synthesis.assembly.stack_count; i++) {
        const struct stack *stack = synthesis.assembly.stacks[i].stack;
        const char *account = value_string(stack->account);
        const char *region = value_string(stack->region);
        const char *name = arena_printf(
            &completion->cli->arena, "aws://%s/%s", account ? account : "", region ? region : "");

        if (!account || !region || string_list_has(&added, name))
            continue;
        string_list_add(&added, &completion->cli->arena, name);
        completion_add(completion, name, NULL);
    }
}

static void add_outputs_of(const struct completion *completion, const struct assembly_stack *stack)
{
    ERROR_AUTO err = ERROR_INIT;
    struct value *template =
        json_parse(stack->template_text, stack->template_length, stack->template_file, &err);
    const struct value *outputs = object_get(template, "Outputs");

    for (size_t i = 0; i < value_length(outputs); i++) {
        const struct field *output = object_at(outputs, i);

        completion_add(completion, output->key, object_string(output->value, "Description"));
    }
}

static void add_output_keys(const struct completion *completion)
{
    SYNTHESIS_AUTO synthesis;
    ERROR_AUTO err = ERROR_INIT;
    struct selection selection;

    if (synthesis_make_offline(completion->cli, &synthesis) < 0 ||
        stacks_select(&synthesis.assembly, &completion->operands, SELECT_EXACTLY, &completion->cli->arena,
            &selection, &err) < 0)
        return;
    for (size_t i = 0; i < selection.count; i++)
        add_outputs_of(completion, selection.stacks[i]);
}

static void add_context_value(const struct completion *completion, const struct setting *setting)
{
    STRBUF_AUTO pair = STRBUF_INIT;

    strbuf_addf(&pair, "%s=", setting->key);
    if (setting->type == SETTING_TYPE_BOOLEAN) {
        completion_add(completion, arena_printf(&completion->cli->arena, "%strue", pair.data), NULL);
        completion_add(completion, arena_printf(&completion->cli->arena, "%sfalse", pair.data), NULL);
    } else if (setting->choices && setting->type == SETTING_TYPE_STRING) {
        for (const char *const *choice = setting->choices; *choice; choice++)
            completion_add(
                completion, arena_printf(&completion->cli->arena, "%s%s", pair.data, *choice), NULL);
    } else if (setting->default_text && !strstr(setting->default_text, "${")) {
        strbuf_add_string(&pair, setting->default_text);
        completion_add(completion, pair.data, "the default");
    }
}

static void add_context_profiles(const struct completion *completion)
{
    const struct setting *profiles = settings_profile(completion->cli->definition->settings);

    add_list(completion, profiles ? profiles->choices : NULL);
}

static void add_context(const struct completion *completion)
{
    const struct setting *settings = completion->cli->definition->settings;
    size_t length = strcspn(completion->word, "=");

    for (; settings && settings->key; settings++) {
        if (!completion->word[length])
            completion_add(completion, arena_printf(&completion->cli->arena, "%s=", settings->key),
                settings->description);
        else if (strlen(settings->key) == length && strncmp(settings->key, completion->word, length) == 0)
            add_context_value(completion, settings);
    }
}

// What was looked up, and can be forgotten.
static void add_cached_context(const struct completion *completion)
{
    ERROR_AUTO err = ERROR_INIT;
    struct context context;

    if (context_load(completion->cli, &context, &err) < 0)
        return;
    for (size_t i = 0; i < CONTEXT_FILES; i++)
        for (size_t j = 0; strcmp(context.files[i].name, context_project_file) == 0 &&
             j < value_length(context.files[i].values);
             j++)
            completion_add(completion, object_at(context.files[i].values, j)->key, NULL);
}

static void add_functions(const struct completion *completion)
{
    const struct app_functions *functions = completion->cli->definition->functions;

    add_list(completion, functions ? functions->names : NULL);
}

static void add_dead_letters(const struct completion *completion)
{
    const struct dead_letters *letters = completion->cli->definition->dead_letters;

    for (; letters && letters->name; letters++)
        completion_add(completion, letters->name, letters->queue);
}

// Of CloudFormation's schema.

// Of the service that has been typed.
static void add_actions(const struct completion *completion)
{
    size_t length = strcspn(completion->word, ":");
    const struct schema_iam_service *service =
        completion->word[length] ? schema_iam_service_find(completion->word, length) : NULL;

    for (size_t i = 0; i < schema_iam_action_count(service); i++)
        completion_add(completion,
            arena_printf(&completion->cli->arena, "%s:%s", schema_iam_service_prefix(service),
                schema_iam_action_name(schema_iam_action_at(service, i))),
            NULL);
}

static void add_types(const struct completion *completion)
{
    const struct schema_object *properties;

    if (completion->operands.count == 0) {
        add_actions(completion);
        for (size_t i = 0; i < schema_resource_count(); i++)
            completion_add(completion, schema_resource_type(schema_resource_at(i)), NULL);
        return;
    }
    properties = schema_resource_properties(schema_resource_find(completion->operands.items[0]));
    for (size_t i = 0; completion->operands.count == 1 && i < schema_object_count(properties); i++)
        completion_add(completion, schema_property_name(schema_object_at(properties, i)), NULL);
}

// Of the machine.

// The sections of an INI file: "[profile NAME]", or "[NAME]" where `keyword` is "".
static void add_sections(const struct completion *completion, const char *path, const char *keyword)
{
    ERROR_AUTO err = ERROR_INIT;
    STRBUF_AUTO content = STRBUF_INIT;
    bool found = false;
    char *rest = NULL;

    if (file_read_if_exists(path, &content, &found, &err) < 0 || !found)
        return;
    for (char *line = strtok_r(content.data, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
        char *end = strchr(line, ']');
        const char *name = line + 1;

        if (line[0] != '[' || !end)
            continue;
        *end = '\0';
        if (strncmp(name, keyword, strlen(keyword)) == 0)
            completion_add(completion, name + strlen(keyword) + strspn(name + strlen(keyword), " \t"), NULL);
        else if (strcmp(name, "default") == 0)
            completion_add(completion, name, NULL);
    }
}

// AWS CLI user guide: "Configuration and credential file settings".
static void add_profiles_of(
    const struct completion *completion, const char *variable, const char *file, const char *keyword)
{
    const char *path = getenv(variable);
    const char *home = getenv("HOME");

    if ((!path || !*path) && home)
        path = arena_printf(&completion->cli->arena, "%s/.aws/%s", home, file);
    if (path && *path)
        add_sections(completion, path, keyword);
}

static void add_profiles(const struct completion *completion)
{
    add_profiles_of(completion, "AWS_CONFIG_FILE", "config", "profile ");
    add_profiles_of(completion, "AWS_SHARED_CREDENTIALS_FILE", "credentials", "");
}

static void add_environment_files(const struct completion *completion)
{
    ERROR_AUTO ignored = ERROR_INIT;
    struct string_list names;

    if (environment_names(&completion->cli->arena, &names, &ignored) < 0)
        return;
    for (size_t i = 0; i < names.count; i++)
        completion_add(completion, names.items[i], NULL);
    if (names.count)
        completion_add(completion, "all", "every one of them");
}

// A directory, or a revision of git.
static void add_baselines(const struct completion *completion)
{
    ERROR_AUTO err = ERROR_INIT;
    struct process *process;
    char *rest = NULL;

    if (strncmp(completion->word, "git:", strlen("git:")) != 0) {
        completion_add(completion, "git:", "templates of a git revision");
        leave_to_shell(completion, "directories");
        return;
    }
    process = process_run(&(struct process_options){ .argv = (const char *const[]){ "git", "for-each-ref",
                                                         "--format=git:%(refname:short)", "refs/heads",
                                                         "refs/tags", "refs/remotes", NULL },
                              .timeout_ms = GIT_TIMEOUT_MS },
        &err);
    completion_add(completion, "git:HEAD", NULL);
    if (!process)
        return;
    for (char *line = process->exit_status ? NULL : strtok_r(process->output.data, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        completion_add(completion, line, NULL);
    process_free(process);
}

static void add_formats(const struct completion *completion, const struct option *option)
{
    if (strchr(completion->word, '=')) {
        leave_to_shell(completion, "files");
        return;
    }
    for (const char *const *choice = option->choices; choice && *choice; choice++) {
        completion_add(completion, *choice, NULL);
        completion_add(completion, arena_printf(&completion->cli->arena, "%s=", *choice), "into a file");
    }
}

static void add_command_names(const struct completion *completion)
{
    for (const struct command *command = commands; command->name && !completion->operands.count; command++)
        completion_add(completion, command->name, command->summary);
    if (!completion->operands.count)
        completion_add(completion, "options", "those of every command");
}

static void add_shells(const struct completion *completion)
{
    if (!completion->operands.count)
        add_list(completion, completion_shells);
}

static void add_stacks_or_files(const struct completion *completion)
{
    add_stacks(completion);
    leave_to_shell(completion, "files");
}

void completion_add_operands(const struct completion *completion)
{
    static void (*const adders[])(const struct completion *) = {
        [OPERAND_STACK] = add_stacks,
        [OPERAND_STACK_OR_FILE] = add_stacks_or_files,
        [OPERAND_COMMAND] = add_command_names,
        [OPERAND_SHELL] = add_shells,
        [OPERAND_FUNCTION] = add_functions,
        [OPERAND_DEAD_LETTERS] = add_dead_letters,
        [OPERAND_TYPE] = add_types,
        [OPERAND_ENVIRONMENT] = add_environments,
    };
    const struct operands *operands = &completion->command->body->operands;

    if (operands->kind == OPERAND_OTHER ||
        (operands->maximum != ANY_NUMBER && completion->operands.count >= (size_t)operands->maximum))
        return;
    adders[operands->kind](completion);
}

void completion_add_values(const struct completion *completion, const struct option *option)
{
    const char *argument = option->argument ? option->argument : "";

    switch (option->completes) {
    case COMPLETES_CONTEXT:
        add_context(completion);
        return;
    case COMPLETES_CACHED_CONTEXT:
        add_cached_context(completion);
        return;
    case COMPLETES_PROFILE:
        add_profiles(completion);
        return;
    case COMPLETES_CONTEXT_PROFILE:
        add_context_profiles(completion);
        break;
    case COMPLETES_ENVIRONMENT:
        add_environment_files(completion);
        return;
    case COMPLETES_OUTPUT_KEY:
        add_output_keys(completion);
        return;
    case COMPLETES_BASELINE:
        add_baselines(completion);
        return;
    case COMPLETES_FORMAT_AND_FILE:
        add_formats(completion, option);
        return;
    case COMPLETES_BY_ARGUMENT:
        break;
    }
    if (strcmp(argument, "DIR") == 0)
        leave_to_shell(completion, "directories");
    else if (strcmp(argument, "FILE") == 0)
        leave_to_shell(completion, "files");
    else
        add_list(completion, option->choices);
}

// SPDX-License-Identifier: MIT
#include "invoke/invoke.h"
#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "data/value.h"
#include "invoke/event.h"
#include "util/die.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/file/file_tree.h"
#include "util/file/unzip.h"
#include "util/process/signals.h"
#include "util/text/suggest.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct invoke_options {
    const char *event;
    const char *handler;
    struct string_list environment;
    int timeout;
};

static const char *const handlers[] = { "originRequest", "originResponse", NULL };

static const struct option options[] = {
    { "event", 'e', OPTION_STRING(struct invoke_options, event), .argument = "FILE",
        .help = "the event, as JSON; the default is standard input" },
    { "env", 0, OPTION_LIST(struct invoke_options, environment), .argument = "KEY[=VALUE]",
        .help = "set an environment variable of the function; KEY alone takes over the one of this program" },
    { "timeout", 0, OPTION_INTEGER(struct invoke_options, timeout), .argument = "SECONDS",
        .help = "kill the function after this time; the default is what its stack sets", .minimum = 1,
        .maximum = 900 },
    { "handler", 0, OPTION_CHOICE(struct invoke_options, handler), .argument = "NAME", .choices = handlers,
        .help = "which handler of image-transform to run; by default the event decides" },
    OPTION_END,
};

static int check_name(const struct cli *cli, const char *name, struct error *err)
{
    const struct app_functions *functions = cli->definition->functions;
    struct suggestion suggestion = SUGGESTION_FOR(name);
    STRBUF_AUTO all = STRBUF_INIT;

    for (const char *const *known = functions->names; *known; known++) {
        if (strcmp(*known, name) == 0)
            return 0;
        suggestion_consider(&suggestion, *known);
        strbuf_addf(&all, "%s%s", all.length ? ", " : "", *known);
    }
    if (suggestion.best)
        return error_set(err, "there is no function '%s'; did you mean '%s'?", name, suggestion.best);
    return error_set(err, "there is no function '%s'; there are %s", name, all.data);
}

static int read_event(
    const struct cli *cli, const char *path, struct strbuf *text, struct value **ret_event, struct error *err)
{
    bool given = path && strcmp(path, "-") != 0;

    if (!given && isatty(STDIN_FILENO))
        cli_info(cli, "Reading the event from the terminal; Ctrl-D ends it");
    if (file_read(given ? path : "/dev/stdin", text, err) < 0)
        return -1;
    *ret_event = event_parse(text, given ? path : "event", err);
    return *ret_event ? 0 : -1;
}

// CloudFront tells the trigger; only origin-response comes with a response. ("Lambda@Edge event structure")
static const char *handler_for(const struct value *event)
{
    const struct value *cf = object_get(array_at(object_get(event, "Records"), 0), "cf");
    const char *type = object_string(object_get(cf, "config"), "eventType");
    bool response = type ? strcmp(type, "origin-response") == 0 : object_get(cf, "response") != NULL;

    return handlers[response];
}

static int find_function(struct cli *cli, const struct synthesis *synthesis, struct invocation *invocation,
    struct function *function, struct error *err)
{
    const char *handler = invocation->handler;

    invocation->function = function;
    if (function_find(&synthesis->assembly, invocation->name, NULL, &cli->arena, function) ||
        function_find(&synthesis->assembly, invocation->name, handler, &cli->arena, function))
        return 0;
    return error_set(err, "with this context no stack has the function '%s'", invocation->name);
}

static bool is_set(const struct string_list *environment, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < environment->count; i++)
        if (strncmp(environment->items[i], name, length) == 0 && environment->items[i][length] == '=')
            return true;
    return false;
}

static int check_environment(const struct invoke_options *given, struct error *err)
{
    for (size_t i = 0; i < given->environment.count; i++) {
        const char *item = given->environment.items[i];

        if (!*item || *item == '=')
            return error_set(err, "'%s' is no environment variable", item);
        if (!strchr(item, '=') && !getenv(item))
            return error_set(err, "'%s' is not in the environment: give it as '%s=VALUE'", item, item);
    }
    return 0;
}

static void add_given(struct cli *cli, const struct string_list *given, struct string_list *environment)
{
    for (size_t i = 0; i < given->count; i++) {
        const char *item = given->items[i];

        string_list_add(environment, &cli->arena,
            strchr(item, '=') ? item : arena_printf(&cli->arena, "%s=%s", item, getenv(item)));
    }
}

// What is given comes before what the stack sets.
static int make_environment(struct cli *cli, const struct function *function, const struct string_list *given,
    struct string_list *environment, struct error *err)
{
    STRBUF_AUTO missing = STRBUF_INIT;

    add_given(cli, given, environment);
    for (size_t i = 0; i < function->unknown.count; i++)
        if (!is_set(environment, function->unknown.items[i]))
            strbuf_addf(&missing, "%s%s", missing.length ? ", " : "", function->unknown.items[i]);
    if (missing.length)
        return error_set(
            err, "these are known only when deployed; give them with '--env KEY=VALUE': %s", missing.data);
    for (size_t i = 0; i < function->environment.count; i++)
        string_list_add(environment, &cli->arena, function->environment.items[i]);
    string_list_add(environment, &cli->arena, NULL);
    environment->count--;
    return 0;
}

static int unpack(const char *package, const char *directory, struct error *err)
{
    if (access(package, F_OK) < 0)
        return error_set(
            err, "there is no '%s': 'cmake --build build/release --target packages' builds it", package);
    return unzip_all(package, directory, err);
}

static int run_function(const struct invocation *invocation, struct strbuf *result, struct error *err)
{
    return invocation->function->is_nodejs ? invoke_nodejs(invocation, result, err)
                                           : invoke_bootstrap(invocation, result, err);
}

// From the archive that is deployed, unpacked for this run alone.
static int run_unpacked(
    struct invocation *invocation, const char *package, struct strbuf *result, struct error *err)
{
    const char *parent = getenv("TMPDIR");
    char directory[PATH_MAX];
    int status;

    snprintf(directory, sizeof(directory), "%s/tango-infra-XXXXXX", parent && *parent ? parent : "/tmp");
    signals_defer();
    if (!mkdtemp(directory))
        return error_set_errno(err, "cannot make a directory '%s'", directory);
    invocation->directory = directory;
    status = unpack(package, directory, err);
    if (status == 0 && !signals_pending())
        status = run_function(invocation, result, err);
    tree_remove(directory);
    return status;
}

static int run_package(
    struct invocation *invocation, const char *package, struct strbuf *result, struct error *err)
{
    struct stat status;

    if (stat(package, &status) < 0 || !S_ISDIR(status.st_mode))
        return run_unpacked(invocation, package, result, err);
    invocation->directory = package;
    return run_function(invocation, result, err);
}

static int invoke(struct cli *cli, const struct invoke_options *given, struct invocation *invocation,
    struct strbuf *result, struct error *err)
{
    const struct app_functions *functions = cli->definition->functions;
    struct string_list environment = { 0 };
    STRBUF_AUTO text = STRBUF_INIT;
    SYNTHESIS_AUTO synthesis = { 0 };
    struct function function;
    struct value *event;

    if (read_event(cli, given->event, &text, &event, err) < 0)
        return -1;
    if (synthesis_make_offline(cli, &synthesis) < 0)
        return error_set(err, "the configuration of the function is not known");
    invocation->handler = given->handler ? given->handler : handler_for(event);
    if (find_function(cli, &synthesis, invocation, &function, err) < 0 ||
        make_environment(cli, &function, &given->environment, &environment, err) < 0)
        return -1;
    if (given->handler && !function.is_nodejs)
        return error_set(err, "'%s' has no handlers to choose from", invocation->name);
    invocation->event = &text;
    invocation->environment = &environment;
    invocation->timeout_s = given->timeout ? given->timeout : function.timeout_s;
    invocation->runner = functions->runner(invocation->name);
    return run_package(invocation, functions->package(invocation->name), result, err);
}

static int run_invoke(struct cli *cli, const void *values, const struct string_list *operands)
{
    struct invocation invocation = { .name = operands->items[0] };
    STRBUF_AUTO result = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (!cli->definition->functions)
        return cli_error(cli, "the app has no functions");
    if (check_name(cli, invocation.name, &err) < 0 || check_environment(values, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = invoke(cli, values, &invocation, &result, &err);
    if (signals_pending())
        return 128 + signals_pending();
    if (status < 0)
        return cli_error(cli, "%-s", err.message);
    print_data_value(result.data, result.length);
    print("\n");
    return EXIT_STATUS_OK;
}

const struct command_body cmd_invoke = {
    .operands = { "FUNCTION", 1, 1, OPERAND_FUNCTION },
    .options = options,
    .options_size = sizeof(struct invoke_options),
    .description =
        "Runs a function once on this machine, from the package that would be deployed: event-publisher and "
        "audit-consumer under an emulator of Lambda's runtime, image-transform under Node.js. Environment, "
        "time limit and region are those that the stacks set; variables whose values only a deployment knows "
        "have to be given.\n\n"
        "The answer goes to standard output; logs and timing go to standard error.",
    .run = run_invoke,
};

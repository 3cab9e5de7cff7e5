// SPDX-License-Identifier: MIT
#include "cli/schema/iam_view.h"

#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "data/value.h"
#include "schema/iam.h"
#include "util/die.h"
#include "util/display.h"
#include "util/strbuf.h"
#include "util/terminal.h"
#include "util/text/glob.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

bool schema_is_iam_name(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon && colon != name && colon[1] != ':';
}

static struct value *names_of(struct schema_list list)
{
    struct value *names = array();

    for (size_t i = 0; i < list.count; i++)
        array_append(names, string(schema_iam_list_at(list, i)));
    return names;
}

static struct value *resource_of(const struct schema_iam_action *action, size_t index)
{
    const struct schema_iam_resource *resource = schema_iam_action_resource_at(action, index);

    return object((struct field[]){
        { "name", string(schema_iam_resource_name(resource)) },
        { "required", boolean(schema_iam_action_needs_resource(action, index)) },
        { "arns", names_of(schema_iam_resource_arns(resource)) },
        { "conditionKeys", names_of(schema_iam_action_resource_keys(action, index)) },
        { "resourceConditionKeys", names_of(schema_iam_resource_keys(resource)) },
        END,
    });
}

static struct value *action_value(
    const struct schema_iam_service *service, const struct schema_iam_action *action)
{
    struct value *resources = array();

    for (size_t i = 0; i < schema_iam_action_resource_count(action); i++)
        array_append(resources, resource_of(action, i));
    return object((struct field[]){
        { "action", stringf("%s:%s", schema_iam_service_prefix(service), schema_iam_action_name(action)) },
        { "service", string(schema_iam_service_name(service)) },
        { "access", string(schema_iam_action_level(action)) },
        { "resources", resources },
        { "conditionKeys", names_of(schema_iam_action_keys(action)) },
        END,
    });
}

static struct value *key_value(const struct schema_iam_key *key)
{
    return object((struct field[]){
        { "conditionKey", string(schema_iam_key_name(key)) },
        { "type", string(schema_iam_key_type(key)) },
        END,
    });
}

static void add_row(struct table *rows, const char *label, const char *text)
{
    table_add(rows, (const char *const[]){ "", label, text });
}

static void add_names(struct table *rows, const char *label, struct schema_list names)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < names.count; i++)
        strbuf_addf(&text, "%s%s", i ? ", " : "", schema_iam_list_at(names, i));
    if (names.count)
        add_row(rows, label, text.data);
}

static void add_resources(
    struct display *out, const struct schema_iam_action *action, struct arena *arena, size_t width)
{
    struct table table = { .arena = arena, .columns = 4, .width = width };

    if (schema_iam_action_resource_count(action))
        display_addf(out, "\nResources:\n");
    for (size_t i = 0; i < schema_iam_action_resource_count(action); i++) {
        const struct schema_iam_resource *resource = schema_iam_action_resource_at(action, i);
        struct schema_list arns = schema_iam_resource_arns(resource);

        for (size_t k = 0; k < arns.count; k++)
            table_add(&table,
                (const char *const[]){ "", k ? "" : schema_iam_resource_name(resource),
                    schema_iam_list_at(arns, k),
                    k || !schema_iam_action_needs_resource(action, i) ? "" : "required" });
    }
    table_write(&table, out);
}

static void show_action(
    struct cli *cli, const struct schema_iam_service *service, const struct schema_iam_action *action)
{
    size_t width = (size_t)terminal_line_width(STDOUT_FILENO);
    struct table facts = { .arena = &cli->arena, .columns = 3, .width = width };
    DISPLAY_AUTO text = DISPLAY_INIT;

    display_addf(&text, "%s:%s\n", schema_iam_service_prefix(service), schema_iam_action_name(action));
    add_row(&facts, "service", schema_iam_service_name(service));
    add_row(&facts, "access", schema_iam_action_level(action));
    if (!schema_iam_action_resource_count(action))
        add_row(&facts, "resources", "all only: Resource has to be \"*\"");
    add_names(&facts, "condition keys", schema_iam_action_keys(action));
    add_names(&facts, "from", schema_iam_sources());
    table_write(&facts, &text);
    add_resources(&text, action, &cli->arena, width);
    display_print(&text, stdout);
}

static int show_matches(
    struct cli *cli, const struct schema_iam_service *service, const char *pattern, bool json)
{
    struct value *actions = array();
    size_t count = 0;

    for (size_t i = 0; i < schema_iam_action_count(service); i++) {
        const struct schema_iam_action *action = schema_iam_action_at(service, i);

        if (!glob_match(pattern, schema_iam_action_name(action)))
            continue;
        count++;
        if (json)
            array_append(actions, action_value(service, action));
        else
            print("%s:%s\n", schema_iam_service_prefix(service), schema_iam_action_name(action));
    }
    if (!count)
        return cli_error(cli, "no action of %s matches '%s'", schema_iam_service_prefix(service), pattern);
    if (json)
        document_print(object((struct field[]){
                           { "sources", names_of(schema_iam_sources()) }, { "actions", actions }, END }),
            true);
    return EXIT_STATUS_OK;
}

// NULL: a key that all services know.
static const struct schema_iam_key *find_key(const struct schema_iam_service *service, const char *name)
{
    for (size_t i = 0; i < schema_iam_key_count(service); i++)
        if (schema_iam_name_matches(schema_iam_key_name(schema_iam_key_at(service, i)), name) ||
            strcasecmp(schema_iam_key_name(schema_iam_key_at(service, i)), name) == 0)
            return schema_iam_key_at(service, i);
    return NULL;
}

static void show_key(struct cli *cli, const struct schema_iam_key *key, bool json)
{
    struct table facts = {
        .arena = &cli->arena, .columns = 3, .width = (size_t)terminal_line_width(STDOUT_FILENO)
    };
    DISPLAY_AUTO text = DISPLAY_INIT;

    if (json) {
        document_print(key_value(key), true);
        return;
    }
    display_addf(&text, "%s\n", schema_iam_key_name(key));
    add_row(&facts, "condition key of type", schema_iam_key_type(key));
    add_names(&facts, "from", schema_iam_sources());
    table_write(&facts, &text);
    display_print(&text, stdout);
}

static int fail_unknown_service(struct cli *cli, const char *name)
{
    char *prefix = arena_strndup(&cli->arena, name, strcspn(name, ":"));
    struct suggestion suggestion = SUGGESTION_FOR(prefix);

    for (size_t i = 0; i < schema_iam_service_count(); i++)
        suggestion_consider(&suggestion, schema_iam_service_prefix(schema_iam_service_at(i)));
    if (suggestion.best)
        return cli_error(cli, "there is no service '%s'; did you mean '%s'?", prefix, suggestion.best);
    return cli_error(cli,
        "there is no service '%s'\nuse the prefix of its actions, such as s3; '%s schema' lists resource types",
        prefix, cli->definition->name);
}

static int fail_unknown_action(struct cli *cli, const struct schema_iam_service *service, const char *name)
{
    const char *prefix = schema_iam_service_prefix(service);
    struct suggestion suggestion = SUGGESTION_FOR(name);

    for (size_t i = 0; i < schema_iam_action_count(service); i++)
        suggestion_consider(&suggestion, schema_iam_action_name(schema_iam_action_at(service, i)));
    if (suggestion.best)
        return cli_error(cli, "there is no action or condition key '%s:%s'; did you mean '%s:%s'?", prefix,
            name, prefix, suggestion.best);
    return cli_error(cli,
        "there is no action or condition key '%s:%s'; '%s schema \"%s:*\"' lists the actions", prefix, name,
        cli->definition->name, prefix);
}

int schema_show_iam(struct cli *cli, const char *name, bool json)
{
    size_t length = strcspn(name, ":");
    const char *rest = name + length + 1;
    const struct schema_iam_service *service = schema_iam_service_find(name, length);
    const struct schema_iam_action *action = schema_iam_action_find(service, rest);
    const struct schema_iam_key *key = find_key(NULL, name);

    if (!key && service)
        key = find_key(service, name);
    if (action && json) {
        document_print(action_value(service, action), true);
    } else if (action) {
        show_action(cli, service, action);
    } else if (key) {
        show_key(cli, key, json);
    } else if (!service) {
        return fail_unknown_service(cli, name);
    } else if (strpbrk(rest, "*?[{")) {
        return show_matches(cli, service, rest, json);
    } else {
        return fail_unknown_action(cli, service, rest);
    }
    return EXIT_STATUS_OK;
}

// SPDX-License-Identifier: MIT
#include "schema/schema.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/schema/iam_view.h"
#include "cli/schema/schema_view.h"
#include "data/value.h"
#include "schema/constraints.h"
#include "util/die.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/glob.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MAX_TYPES_NAMED = 5 }; // in an error

struct schema_options {
    bool json;
};

static const struct option options[] = {
    { "json", 'j', OPTION_FLAG(struct schema_options, json), .help = "print JSON instead of text" },
    OPTION_END,
};

// One of the words between the colons, such as "bucket" or "s3".
static bool has_word(const char *type, const char *word)
{
    size_t length = strlen(word);

    for (; type; type = strstr(type, "::")) {
        type += strspn(type, ":");
        if (strncasecmp(type, word, length) == 0 && (type[length] == '\0' || type[length] == ':'))
            return true;
    }
    return false;
}

// Adds the first few types that have the word; returns how many there are.
static size_t add_types_with(struct strbuf *out, const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i < schema_resource_count(); i++) {
        const char *type = schema_resource_type(schema_resource_at(i));

        if (*word && has_word(type, word) && count++ < MAX_TYPES_NAMED)
            strbuf_addf(out, "%s%s", count > 1 ? ", " : "", type);
    }
    if (count > MAX_TYPES_NAMED)
        strbuf_addf(out, " and %zu more", count - MAX_TYPES_NAMED);
    return count;
}

static int fail_unknown_type(const struct cli *cli, const char *type)
{
    struct suggestion suggestion = SUGGESTION_FOR(type);
    STRBUF_AUTO types = STRBUF_INIT;

    if (add_types_with(&types, type))
        return cli_error(cli, "unknown resource type '%s'; there are %s", type, types.data);

    for (size_t i = 0; i < schema_resource_count(); i++)
        suggestion_consider(&suggestion, schema_resource_type(schema_resource_at(i)));
    if (suggestion.best)
        return cli_error(cli, "unknown resource type '%s'; did you mean '%s'?", type, suggestion.best);
    return cli_error(cli, "unknown resource type '%s'; '%s schema' lists them", type, cli->definition->name);
}

static int fail_unknown_property(struct cli *cli, const struct schema_resource *resource, const char *path,
    const struct schema_object *object, const char *unknown)
{
    int above = unknown > path ? (int)(unknown - path - 1) : 0;
    const char *dot = above ? "." : "";
    char *word = arena_strndup(&cli->arena, unknown, strcspn(unknown, "."));
    struct suggestion suggestion = SUGGESTION_FOR(word);

    if (!object)
        return cli_error(cli, "'%s.%.*s' has no properties, so no '%s'", schema_resource_type(resource),
            above, path, word);
    for (size_t i = 0; i < schema_object_count(object); i++)
        suggestion_consider(&suggestion, schema_property_name(schema_object_at(object, i)));
    if (suggestion.best)
        return cli_error(cli, "'%s%s%.*s' has no property '%s'; did you mean '%s'?",
            schema_resource_type(resource), dot, above, path, word, suggestion.best);
    return cli_error(
        cli, "'%s%s%.*s' has no property '%s'", schema_resource_type(resource), dot, above, path, word);
}

static int show_type(struct cli *cli, const struct schema_resource *resource, const char *path,
    const struct schema_property *property, bool json)
{
    const struct schema_page page = { &cli->arena, (size_t)terminal_line_width(STDOUT_FILENO) };
    DISPLAY_AUTO text = DISPLAY_INIT;

    if (json) {
        document_print(
            path ? schema_json_property(resource, path, property) : schema_json_resource(resource), true);
        return EXIT_STATUS_OK;
    }
    if (path)
        schema_text_property(&text, resource, path, property, &page);
    else
        schema_text_resource(&text, resource, &page);
    display_print(&text, stdout);
    return EXIT_STATUS_OK;
}

static int show_property(struct cli *cli, const struct schema_resource *resource, const char *path, bool json)
{
    const struct schema_object *object = NULL;
    const char *unknown = NULL;
    const struct schema_property *property =
        schema_path_find(schema_resource_properties(resource), path, &object, &unknown);

    if (!property)
        property = schema_object_find(schema_resource_attributes(resource), path);
    if (!property)
        return fail_unknown_property(cli, resource, path, object, unknown);
    return show_type(cli, resource, path, property, json);
}

static struct value *strings_of(struct schema_list names)
{
    struct value *list = array();

    for (size_t i = 0; i < names.count; i++)
        array_append(list, string(schema_list_at(names, i)));
    return list;
}

static int show_matches(struct cli *cli, const char *pattern, bool json)
{
    struct value *resources = array();
    size_t matches = 0;

    for (size_t i = 0; i < schema_resource_count(); i++) {
        const struct schema_resource *resource = schema_resource_at(i);

        if (!glob_match(pattern, schema_resource_type(resource)))
            continue;
        matches++;
        if (json)
            array_append(resources, schema_json_resource(resource));
        else
            print("%s\n", schema_resource_type(resource));
    }
    if (!matches)
        return cli_error(cli, "no resource type matches '%s'", pattern);
    if (json)
        document_print(object((struct field[]){
                           { "sources", strings_of(schema_sources()) },
                           { "constraintSources", strings_of(schema_constraint_sources()) },
                           { "resources", resources },
                           END,
                       }),
            true);
    return EXIT_STATUS_OK;
}

static int run_schema(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct schema_options *given = values;
    const char *type = operands->count > 0 ? operands->items[0] : "*";
    const struct schema_resource *resource = schema_resource_find(type);

    if (!resource && operands->count < 2 && schema_is_iam_name(type))
        return schema_show_iam(cli, type, given->json);
    if (!resource && operands->count < 2 && strpbrk(type, "*?[{"))
        return show_matches(cli, type, given->json);
    if (!resource)
        return fail_unknown_type(cli, type);
    if (operands->count > 1)
        return show_property(cli, resource, operands->items[1], given->json);
    return show_type(cli, resource, NULL, NULL, given->json);
}

const struct command_body cmd_schema = {
    .operands = { "TYPE [PROPERTY]", 0, 2, OPERAND_TYPE },
    .options = options,
    .options_size = sizeof(struct schema_options),
    .description =
        "Shows CloudFormation's schema of a resource type: its properties, what a change of each does to the "
        "resource, the attributes that Fn::GetAtt reads, and what CloudFormation demands of the values. PROPERTY is one of them, or one deeper inside, "
        "such as CorsConfiguration.CorsRules.MaxAge. A pattern such as 'AWS::S3::*' lists the types that "
        "match it; without TYPE all are listed. With --json a list has everything about each.\n\n"
        "SERVICE:ACTION, such as s3:GetObject, shows what the action acts on and which condition keys it knows; "
        "a pattern such as 's3:Get*' lists actions, and s3:prefix shows a condition key.\n\n"
        "The schema is part of the program; nothing is asked of AWS.",
    .run = run_schema,
};

// SPDX-License-Identifier: MIT
#include "cli/app/context.h"

#include "cli/app/environment_file.h"
#include "cli/core/cli.h"
#include "cli/core/json_file.h"
#include "cli/core/key_values.h"
#include "data/json.h"
#include "data/value.h"
#include "util/text/human.h"
#include "util/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { ENVIRONMENT, PROJECT, LOOKED_UP, USER }; // in struct context's files
enum { VARIABLES, COMMAND_LINE };               // in what is given beside them

static struct value *empty(void)
{
    return object((struct field[]){ END });
}

static bool is_object(const struct value *value)
{
    return value && value_type(value) == VALUE_OBJECT;
}

static void replace_all(struct value *values, const struct value *by)
{
    for (size_t i = 0; i < value_length(by); i++) {
        const struct field *field = object_at(by, i);

        object_set(values, field->key, field->value);
    }
}

// As the CDK's deepMerge: objects are merged, anything else is replaced. Neither argument is changed.
static struct value *merge(const struct value *base, const struct value *over)
{
    struct value *merged = empty();

    replace_all(merged, base);
    for (size_t i = 0; i < value_length(over); i++) {
        const struct field *field = object_at(over, i);
        struct value *present = object_get(merged, field->key);
        bool both = is_object(field->value) && is_object(present);

        object_set(merged, field->key, both ? merge(present, field->value) : field->value);
    }
    return merged;
}

int context_of_file(
    const char *file, const struct value *content, struct value **ret_values, struct error *err)
{
    struct value *values = object_get(content, "context");

    *ret_values = values && value_type(values) != VALUE_NULL ? values : empty();
    return is_object(*ret_values) ? 0 : error_set(err, "%s: \"context\" must be an object", file);
}

static int load_files(struct context *context, struct error *err)
{
    struct value *project;
    struct value *user = empty();
    const char *home = getenv("HOME");
    STRBUF_AUTO user_file = STRBUF_INIT;

    if (json_file_read("cdk.json", &project, err) < 0)
        return -1;
    if (json_file_read(context_project_file, &context->files[LOOKED_UP].values, err) < 0)
        return -1;
    if (home && *home) {
        strbuf_addf(&user_file, "%s/.cdk.json", home);
        if (json_file_read(user_file.data, &user, err) < 0)
            return -1;
    }
    if (context_of_file("cdk.json", project, &context->files[PROJECT].values, err) < 0 ||
        context_of_file(user_file.data, user, &context->files[USER].values, err) < 0)
        return -1;
    context->settings = merge(user, project);
    return 0;
}

static void merge_files(const struct cli *cli, struct context *context)
{
    for (int i = CONTEXT_FILES - 1; i >= PROJECT; i--) {
        const struct context_source *file = &context->files[i];

        cli_debug(cli, "%zu context value%s from %s", value_length(file->values),
            plural(value_length(file->values)), file->name);
        context->values = merge(context->values, file->values);
    }
}

static int add_argument(struct value *values, const char *argument, struct error *err)
{
    ERROR_AUTO not_json = ERROR_INIT;
    const char *equals = key_value_split(argument);
    STRBUF_AUTO key = STRBUF_INIT;
    struct value *value;

    strbuf_add(&key, argument, (size_t)(equals - argument));
    if (!utf8_is_valid(argument))
        return error_set(err, "the context value for '%s' is not valid UTF-8", key.data);
    value = json_parse(equals + 1, strlen(equals + 1), "", &not_json);
    object_set(values, key.data, value ? value : string(equals + 1));
    return 0;
}

// Of what the CDK gives an app nobody can tell which of it was given on its command line: what is as in
// cdk.json was not.
static int prefer_environment(const struct context *context, struct value *given, struct error *err)
{
    struct value *project, *of_project;

    if (!value_length(context->files[ENVIRONMENT].values))
        return 0;
    if (json_file_read("cdk.json", &project, err) < 0 ||
        context_of_file("cdk.json", project, &of_project, err) < 0)
        return -1;
    for (size_t i = 0; i < value_length(context->files[ENVIRONMENT].values); i++) {
        const char *key = object_at(context->files[ENVIRONMENT].values, i)->key;
        const struct value *present = object_get(given, key);

        if (present && object_get(of_project, key) && value_equal(present, object_get(of_project, key)))
            object_remove(given, key);
    }
    return 0;
}

static int add_of_cdk(const struct context *context, struct value *values, struct error *err)
{
    const char *json = getenv("CDK_CONTEXT_JSON");
    const char *overflow_file = getenv("CONTEXT_OVERFLOW_LOCATION_ENV");
    struct value *overflow;
    struct value *given;

    if (json && *json) {
        given = json_parse(json, strlen(json), "CDK_CONTEXT_JSON", err);
        if (!given)
            return -1;
        if (!is_object(given))
            return error_set(err, "CDK_CONTEXT_JSON: must be a JSON object");
        if (prefer_environment(context, given, err) < 0)
            return -1;
        replace_all(values, given);
    }
    if (overflow_file && *overflow_file) {
        if (json_file_read_required(overflow_file, &overflow, err) < 0 ||
            prefer_environment(context, overflow, err) < 0)
            return -1;
        replace_all(values, overflow);
    }
    return 0;
}

// The CDK CLI asks its apps for both kinds of metadata unless told otherwise; here they are to be asked for.
static int apply_switches(const struct cli *cli, struct context *context, struct error *err)
{
    enum toggle path_metadata = cli->globals.path_metadata;
    enum toggle asset_metadata = cli->globals.asset_metadata;
    enum toggle lookups = cli->globals.lookups;

    if (context_setting_toggle(context, "pathMetadata", &path_metadata, err) < 0 ||
        context_setting_toggle(context, "assetMetadata", &asset_metadata, err) < 0 ||
        context_setting_toggle(context, "lookups", &lookups, err) < 0)
        return -1;
    if (path_metadata == YES)
        object_set(context->values, "aws:cdk:enable-path-metadata", boolean(true));
    if (asset_metadata == YES)
        object_set(context->values, "aws:cdk:enable-asset-metadata", boolean(true));
    context->lookups = !cli_is_cdk_app() && lookups != NO;
    return 0;
}

static const char *find_source(const struct context_source *sources, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (object_get(sources[i].values, key))
            return sources[i].name;
    return NULL;
}

const char *context_source_of(const struct context *context, const char *key)
{
    const struct value *value = object_get(context->values, key);
    const char *source = find_source(context->given, CONTEXT_GIVEN, key);

    if (!value || value_type(value) == VALUE_NULL)
        return NULL;
    return source ? source : find_source(context->files, CONTEXT_FILES, key);
}

void context_set(struct context *context, const char *key, struct value *value)
{
    object_set(context->values, key, value);
    object_set(context->given[COMMAND_LINE].values, key, value);
}

void context_add(struct context *context, const struct value *found)
{
    replace_all(context->values, found);
}

int context_load(const struct cli *cli, struct context *ret_context, struct error *err)
{
    struct context context = {
        .values = empty(),
        .settings = empty(),
        .given = { { "CDK_CONTEXT_JSON", empty() }, { "the command line", empty() } },
    };
    static const char *const names[] = { "", "cdk.json", context_project_file, "~/.cdk.json" };

    for (int i = 0; i < CONTEXT_FILES; i++)
        context.files[i] = (struct context_source){ names[i], empty() };
    if (!cli_is_cdk_app() && load_files(&context, err) < 0)
        return -1;
    if (cli->environment && environment_read(cli->environment, &context.files[ENVIRONMENT], err) < 0)
        return -1;
    merge_files(cli, &context);
    replace_all(context.values, context.files[ENVIRONMENT].values);
    for (size_t i = 0; i < cli->globals.context.count; i++)
        if (add_argument(context.given[COMMAND_LINE].values, cli->globals.context.items[i], err) < 0)
            return -1;
    replace_all(context.values, context.given[COMMAND_LINE].values);
    if (apply_switches(cli, &context, err) < 0 ||
        add_of_cdk(&context, context.given[VARIABLES].values, err) < 0)
        return -1;
    replace_all(context.values, context.given[VARIABLES].values);
    *ret_context = context;
    return 0;
}

int context_setting_text(
    const struct context *context, const char *name, const char **ret_text, struct error *err)
{
    const struct value *value = object_get(context->settings, name);

    *ret_text = value_string(value);
    if (value && !*ret_text)
        return error_set(err, "cdk.json: \"%s\" must be a string", name);
    return 0;
}

int context_setting_choice(const struct context *context, const char *name, const char *const *choices,
    const char **ret_choice, struct error *err)
{
    STRBUF_AUTO list = STRBUF_INIT;

    if (context_setting_text(context, name, ret_choice, err) < 0)
        return -1;
    for (int i = 0; *ret_choice && choices[i]; i++) {
        if (strcmp(choices[i], *ret_choice) == 0)
            return 0;
        strbuf_addf(&list, "%s%s", i ? ", " : "", choices[i]);
    }
    return *ret_choice
        ? error_set(err, "cdk.json: \"%s\" must be one of %s, not \"%s\"", name, list.data, *ret_choice)
        : 0;
}

const char *const policy_names[] = { "none", "aws-solutions", NULL };

int context_policy(const struct context *context, const char *given, bool *ret_policy, struct error *err)
{
    const char *policy = given;

    if (!policy && context_setting_choice(context, "policy", policy_names, &policy, err) < 0)
        return -1;
    *ret_policy = policy && strcmp(policy, policy_names[0]) != 0;
    return 0;
}

int context_setting_toggle(
    const struct context *context, const char *name, enum toggle *given, struct error *err)
{
    const struct value *value = object_get(context->settings, name);

    if (*given != TOGGLE_DEFAULT || !value)
        return 0;
    if (value_type(value) != VALUE_BOOLEAN)
        return error_set(err, "cdk.json: \"%s\" must be true or false", name);
    *given = toggle(value_boolean(value));
    return 0;
}

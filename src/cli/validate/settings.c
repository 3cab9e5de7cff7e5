// SPDX-License-Identifier: MIT
#include "cli/validate/settings.h"

#include "data/value.h"
#include "schema/constraints.h"
#include "template/template.h"
#include "util/array.h"
#include "util/file/file.h"
#include "util/text/suggest.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = { ".cfnlintrc", ".cfnlintrc.yaml", ".cfnlintrc.yml" };

static int add_strings(struct string_list *list, const struct value *settings, const char *key,
    const char *path, struct error *err)
{
    const struct value *items = object_get(settings, key);

    if (!items || value_type(items) == VALUE_NULL)
        return 0;
    if (value_type(items) != VALUE_ARRAY)
        return error_set(err, "%s: '%s' is not a list of strings", path, key);
    for (size_t i = 0; i < value_length(items); i++) {
        const char *item = value_string(array_at(items, i));

        if (!item || !*item)
            return error_set(err, "%s: '%s' is not a list of strings", path, key);
        string_list_add(list, value_arena(), item);
    }
    return 0;
}

static int read_settings(struct validate_options *options, const char *path, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;
    const struct value *settings;
    bool found;

    if (file_read_if_exists(path, &text, &found, err) < 0)
        return -1;
    if (!found || !text.data[strspn(text.data, " \t\r\n")])
        return 0;
    settings = template_parse_yaml(text.data, text.length, path, NULL, err);
    if (!settings)
        return -1;
    if (value_type(settings) != VALUE_OBJECT)
        return error_set(err, "%s: must be an object", path);
    return add_strings(&options->ignore, settings, "ignore_checks", path, err) < 0 ||
            add_strings(&options->include, settings, "include_checks", path, err) < 0 ||
            (!options->regions.count && add_strings(&options->regions, settings, "regions", path, err) < 0)
        ? -1
        : 0;
}

static int read_directory(struct validate_options *options, const char *directory, struct error *err)
{
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const char *path = directory ? arena_printf(value_arena(), "%s/%s", directory, names[i]) : names[i];

        if (read_settings(options, path, err) < 0)
            return -1;
    }
    return 0;
}

int validate_regions_check(const struct string_list *regions, struct error *err)
{
    struct schema_list known = schema_constraint_regions();

    for (size_t i = 0; i < regions->count; i++) {
        struct suggestion suggestion = SUGGESTION_FOR(regions->items[i]);
        bool is_known = false;

        for (size_t j = 0; j < known.count; j++) {
            is_known |= strcmp(schema_list_at(known, j), regions->items[i]) == 0;
            suggestion_consider(&suggestion, schema_list_at(known, j));
        }
        if (is_known)
            continue;
        if (suggestion.best)
            return error_set(
                err, "there is no region '%s'; did you mean '%s'?", regions->items[i], suggestion.best);
        return error_set(err, "there is no region '%s' (as of %s)", regions->items[i],
            schema_list_at(schema_constraint_sources(), 0));
    }
    return 0;
}

int validate_settings_read(struct validate_options *options, const char *directory, struct error *err)
{
    const char *home = getenv("HOME");

    if (read_directory(options, directory, err) < 0)
        return -1;
    return home && *home ? read_directory(options, home, err) : 0;
}

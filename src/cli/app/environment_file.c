// SPDX-License-Identifier: MIT
#include "cli/app/environment_file.h"

#include "cli/app/context.h"
#include "cli/core/json_file.h"
#include "data/value.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "util/text/compare.h"
#include "util/text/suggest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char directory[] = "environments";
static const char extension[] = ".json";
static const char all[] = "all";
static const char context_key[] = "context";
// Keys of the file that are keys of context.
static const char *const places[] = { "account", "region", "stack_prefix" };

static void close_directory(DIR **stream)
{
    if (*stream)
        closedir(*stream);
}

int environment_names(struct arena *arena, struct string_list *ret_names, struct error *err)
{
    __attribute__((cleanup(close_directory))) DIR *stream = opendir(directory);
    struct string_list names = { 0 };

    if (!stream && errno != ENOENT)
        return error_set_errno(err, "cannot read '%s'", directory);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        size_t length = strlen(entry->d_name);

        if (*entry->d_name == '.' || length <= strlen(extension) ||
            strcmp(entry->d_name + length - strlen(extension), extension) != 0)
            continue;
        string_list_add(&names, arena, arena_strndup(arena, entry->d_name, length - strlen(extension)));
    }
    if (names.count)
        qsort(names.items, names.count, sizeof(*names.items), compare_strings);
    *ret_names = names;
    return 0;
}

static int refuse(const char *name, const struct string_list *known, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(name);
    STRBUF_AUTO list = STRBUF_INIT;

    if (!known->count)
        return error_set(err,
            "there is no environment '%s': the directory '%s' beside cdk.json has none\n"
            "%s/NAME.json makes one: its context, account, region and stack_prefix",
            name, directory, directory);
    for (size_t i = 0; i < known->count; i++) {
        suggestion_consider(&suggestion, known->items[i]);
        strbuf_addf(&list, "%s%s", i ? ", " : "", known->items[i]);
    }
    if (suggestion.best)
        return error_set(err, "there is no environment '%s'; did you mean '%s'?", name, suggestion.best);
    return error_set(err, "there is no environment '%s'; there are %s", name, list.data);
}

static int choose(const char *name, const struct string_list *known, struct arena *arena,
    struct string_list *names, struct error *err)
{
    bool is_all = strcmp(name, all) == 0;

    if (!string_list_has(known, name) && (!is_all || !known->count))
        return refuse(name, known, err);
    for (size_t i = 0; i < known->count; i++)
        if ((is_all || strcmp(known->items[i], name) == 0) && !string_list_has(names, known->items[i]))
            string_list_add(names, arena, known->items[i]);
    return 0;
}

int environments_choose(
    const struct string_list *given, struct arena *arena, struct string_list *ret_names, struct error *err)
{
    struct string_list known = { 0 };

    *ret_names = (struct string_list){ 0 };
    if (given->count && environment_names(arena, &known, err) < 0)
        return -1;
    for (size_t i = 0; i < given->count; i++)
        for (const char *rest = given->items[i]; rest;
             rest = strchr(rest, ',') ? strchr(rest, ',') + 1 : NULL)
            if (choose(arena_strndup(arena, rest, strcspn(rest, ",")), &known, arena, ret_names, err) < 0)
                return -1;
    return 0;
}

static bool is_place(const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(places); i++)
        if (strcmp(places[i], key) == 0)
            return true;
    return false;
}

static int refuse_key(const char *file, const char *key, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(key);

    suggestion_consider(&suggestion, context_key);
    for (size_t i = 0; i < ARRAY_SIZE(places); i++)
        suggestion_consider(&suggestion, places[i]);
    if (suggestion.best)
        return error_set(err, "%s: unknown key '%s'; did you mean '%s'?", file, key, suggestion.best);
    return error_set(err,
        "%s: unknown key '%s'; there are account, region, stack_prefix and context, and keys of the app are in "
        "\"context\"",
        file, key);
}

int environment_read(const char *name, struct context_source *ret_source, struct error *err)
{
    const char *file = arena_printf(value_arena(), "%s/%s%s", directory, name, extension);
    struct value *content, *values;

    if (json_file_read_required(file, &content, err) < 0 || context_of_file(file, content, &values, err) < 0)
        return -1;
    for (size_t i = 0; i < value_length(content); i++) {
        const struct field *field = object_at(content, i);

        if (strcmp(field->key, context_key) == 0)
            continue;
        if (!is_place(field->key))
            return refuse_key(file, field->key, err);
        if (value_type(field->value) != VALUE_STRING)
            return error_set(err, "%s: \"%s\" must be a string", file, field->key);
        if (object_get(values, field->key))
            return error_set(err, "%s: '%s' stands beside \"context\" and in it", file, field->key);
        object_set(values, field->key, field->value);
    }
    *ret_source = (struct context_source){ file, values };
    return 0;
}

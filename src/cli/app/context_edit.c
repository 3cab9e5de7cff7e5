// SPDX-License-Identifier: MIT
#include "cli/app/context_edit.h"

#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "util/die.h"
#include "util/text/compare.h"
#include "util/text/glob.h"
#include "util/text/suggest.h"

#include <stdlib.h>
#include <string.h>

struct string_list context_sorted_keys(const struct context *context, struct arena *arena)
{
    struct string_list keys = { 0 };

    for (size_t i = 0; i < value_length(context->values); i++)
        string_list_add(&keys, arena, object_at(context->values, i)->key);
    if (keys.count)
        qsort(keys.items, keys.count, sizeof(*keys.items), compare_strings);
    return keys;
}

static const struct value *saved_values(const struct context *context)
{
    for (size_t i = 0; i < CONTEXT_FILES; i++)
        if (strcmp(context->files[i].name, context_project_file) == 0)
            return context->files[i].values;
    return NULL;
}

static struct value *removal_of(const struct value *values)
{
    struct value *changes = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(values); i++)
        object_set(changes, object_at(values, i)->key, null());
    return changes;
}

int context_clear(const struct cli *cli, const struct context *context)
{
    const struct value *saved = saved_values(context);
    ERROR_AUTO err = ERROR_INIT;

    if (value_length(saved) && context_project_update(removal_of(saved), &err) < 0)
        return cli_error(cli, "%-s", err.message);
    cli_info(cli, "All context values in %s are cleared", context_project_file);
    return EXIT_STATUS_OK;
}

// The key of that number; NULL when `text` is not a number of one.
static const char *numbered_key(const struct string_list *keys, const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    return text[0] >= '1' && text[0] <= '9' && !*end && number <= keys->count ? keys->items[number - 1]
                                                                              : NULL;
}

// What is named: one key, or those that the glob matches.
static struct string_list named_keys(struct cli *cli, const struct context *context, const char *text)
{
    struct string_list keys = context_sorted_keys(context, &cli->arena);
    const char *numbered = numbered_key(&keys, text);
    struct string_list named = { 0 };

    if (numbered || object_get(context->values, text)) {
        string_list_add(&named, &cli->arena, numbered ? numbered : text);
        return named;
    }
    for (size_t i = 0; i < keys.count; i++)
        if (glob_match(text, keys.items[i]))
            string_list_add(&named, &cli->arena, keys.items[i]);
    return named;
}

static int fail_no_key(const struct cli *cli, const struct context *context, const char *text)
{
    struct suggestion suggestion = SUGGESTION_FOR(text);

    for (size_t i = 0; i < value_length(context->values); i++)
        suggestion_consider(&suggestion, object_at(context->values, i)->key);
    if (suggestion.best)
        return cli_error(cli, "no context key matches '%s'; did you mean '%s'?", text, suggestion.best);
    return cli_error(cli, "no context key matches '%s'", text);
}

// Splits the keys into those that can be removed, which it returns, and others, which it names.
static struct value *removable(
    const struct cli *cli, const struct context *context, const struct string_list *named)
{
    struct value *changes = object((struct field[]){ END });

    for (size_t i = 0; i < named->count; i++) {
        if (object_get(saved_values(context), named->items[i]))
            object_set(changes, named->items[i], null());
        else
            cli_warning(cli, "'%s' is not in %s and stays as it is", named->items[i], context_project_file);
    }
    return changes;
}

int context_reset(struct cli *cli, const struct context *context, const char *key, bool force)
{
    struct string_list named = named_keys(cli, context, key);
    ERROR_AUTO err = ERROR_INIT;
    struct value *changes;

    if (!named.count)
        return force ? EXIT_STATUS_OK : fail_no_key(cli, context, key);
    changes = removable(cli, context, &named);
    if (!value_length(changes))
        return force ? EXIT_STATUS_OK
                     : cli_error(cli, "only values in %s can be reset", context_project_file);
    if (context_project_update(changes, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    for (size_t i = 0; i < value_length(changes); i++)
        cli_info(cli, "Context value '%s' is reset; the next synthesis looks it up again",
            object_at(changes, i)->key);
    return EXIT_STATUS_OK;
}

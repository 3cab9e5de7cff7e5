// SPDX-License-Identifier: MIT
#include "cli/stacks/import_mapping.h"

#include "cli/core/cli.h"
#include "cli/core/prompt.h"
#include "data/value.h"
#include "deploy/operations/resource_import.h"
#include "util/strbuf.h"

#include <string.h>

static const struct value *resource_of(const struct cloud_stack *stack, const char *id)
{
    return object_get(object_get(stack->template, "Resources"), id);
}

static const char *type_of(const struct cloud_stack *stack, const char *id)
{
    const char *type = object_string(resource_of(stack, id), "Type");

    return type ? type : "";
}

const char *import_resource_name(const struct cloud_stack *stack, const char *logical_id)
{
    const char *construct = cloud_stack_construct(stack, logical_id);

    return arena_printf(
        value_arena(), "%s (%s)", construct ? construct : logical_id, type_of(stack, logical_id));
}

const char *identifier_text(const struct value *identifier)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(identifier); i++)
        strbuf_addf(&text, "%s%s=%s", i ? ", " : "", object_at(identifier, i)->key,
            value_string_or_empty(object_at(identifier, i)->value));
    return arena_strdup(value_arena(), text.data ? text.data : "");
}

static const char *way_text(const struct value *names, const char *separator)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(names); i++)
        strbuf_addf(&text, "%s%s", i ? separator : "", value_string_or_empty(array_at(names, i)));
    return arena_strdup(value_arena(), text.data ? text.data : "");
}

static const char *ways_text(const struct value *ways)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(ways); i++)
        strbuf_addf(&text, "%s%s", i ? ", or " : "", way_text(array_at(ways, i), " and "));
    return arena_strdup(value_arena(), text.data ? text.data : "");
}

// From a file.

static bool is_this_way(const struct value *names, const struct value *identifier)
{
    if (value_length(names) != value_length(identifier))
        return false;
    for (size_t i = 0; i < value_length(names); i++) {
        const char *text = object_string_or_empty(identifier, value_string_or_empty(array_at(names, i)));

        if (!text || !*text)
            return false;
    }
    return true;
}

static int check_identifier(const struct resource_import *import, const struct cloud_stack *stack,
    const struct field *entry, struct error *err)
{
    const struct value *ways = import_identifiers(import, type_of(stack, entry->key));

    if (!ways)
        return error_set(err, "%s cannot be imported: CloudFormation does not offer it for this type",
            import_resource_name(stack, entry->key));
    for (size_t i = 0; i < value_length(ways); i++)
        if (is_this_way(array_at(ways, i), entry->value))
            return 0;
    return error_set(err, "the mapping of %s does not identify it: that takes strings for %s",
        import_resource_name(stack, entry->key), ways_text(ways));
}

static bool is_addition(const struct resource_import *import, const char *id)
{
    for (size_t i = 0; i < value_length(import->additions); i++)
        if (strcmp(value_string_or_empty(array_at(import->additions, i)), id) == 0)
            return true;
    return false;
}

int import_mapping_check(const struct cli *cli, const struct resource_import *import,
    const struct cloud_stack *stack, const struct value *given, struct value **ret_mapping, struct error *err)
{
    struct value *mapping = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(given); i++) {
        const struct field *entry = object_at(given, i);

        if (!is_addition(import, entry->key)) {
            cli_warning(cli, "the mapping names '%s', which is not new in the stack", entry->key);
            continue;
        }
        if (check_identifier(import, stack, entry, err) < 0)
            return -1;
        object_set(mapping, entry->key, entry->value);
    }
    for (size_t i = 0; i < value_length(import->additions); i++) {
        const char *id = value_string(array_at(import->additions, i));

        if (!object_get(mapping, id))
            cli_info(cli, "%s: skipped, the mapping does not name it", import_resource_name(stack, id));
    }
    *ret_mapping = mapping;
    return 0;
}

// From a person.

// What the template itself says of these properties; NULL when it does not say all of them in plain text.
static struct value *told_by_template(const struct value *resource, const struct value *names)
{
    const struct value *properties = object_get(resource, "Properties");
    struct value *identifier = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(names); i++) {
        const char *name = value_string(array_at(names, i));

        if (!object_string(properties, name))
            return NULL;
        object_set(identifier, name, object_get(properties, name));
    }
    return identifier;
}

static struct value *ask_way(const char *name, const struct value *names, const struct value *properties)
{
    struct value *identifier = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(names); i++) {
        const char *property = value_string(array_at(names, i));
        const char *known = object_string(properties, property);
        const char *text = known ? known : prompt_text("%s: %s, or nothing to skip it", name, property);

        if (!*text)
            return NULL;
        object_set(identifier, property, string(text));
    }
    return identifier;
}

// *ret_is_settled: the template told it, and the answer was no.
static struct value *offer(
    const char *name, const struct value *resource, const struct value *ways, bool yes, bool *ret_is_settled)
{
    *ret_is_settled = false;
    for (size_t i = 0; i < value_length(ways); i++) {
        struct value *identifier = told_by_template(resource, array_at(ways, i));

        if (!identifier)
            continue;
        *ret_is_settled = true;
        if (yes || prompt_yes("%s: import it as %s?", name, identifier_text(identifier)))
            return identifier;
    }
    return NULL;
}

static struct value *ask_identifiers(const struct cli *cli, const struct resource_import *import,
    const struct cloud_stack *stack, const char *id, bool yes)
{
    const char *name = import_resource_name(stack, id);
    const struct value *ways = import_identifiers(import, type_of(stack, id));
    const struct value *resource = resource_of(stack, id);
    struct value *identifier = NULL;
    bool is_settled = false;

    if (!ways) {
        cli_warning(cli, "%s: skipped, CloudFormation cannot import this type", name);
        return NULL;
    }
    identifier = offer(name, resource, ways, yes, &is_settled);
    for (size_t i = 0; i < value_length(ways) && !identifier && !is_settled && !yes; i++)
        identifier = ask_way(name, array_at(ways, i), object_get(resource, "Properties"));
    if (!identifier && yes)
        cli_warning(
            cli, "%s: skipped, the template does not say %s; --resource-mapping can", name, ways_text(ways));
    else if (!identifier)
        cli_info(cli, "%s: skipped", name);
    return identifier;
}

struct value *import_mapping_ask(
    const struct cli *cli, const struct resource_import *import, const struct cloud_stack *stack, bool yes)
{
    struct value *mapping = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(import->additions); i++) {
        const char *id = value_string(array_at(import->additions, i));

        object_set(mapping, id, ask_identifiers(cli, import, stack, id, yes));
    }
    return mapping;
}

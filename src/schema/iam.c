// SPDX-License-Identifier: MIT
#include "schema/iam.h"

#include "schema/iam_levels.h"
#include "schema/iam_tables.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *string_at(size_t id)
{
    return id ? (const char *)&schema_iam_strings + schema_iam_string_starts[id] : NULL;
}

static struct schema_list list_at(size_t id)
{
    const struct schema_list_start *start = &schema_iam_list_starts[id];

    return (struct schema_list){ schema_iam_list_items + start->first, start[1].first - start->first };
}

struct schema_list schema_iam_sources(void)
{
    return list_at(schema_iam_source_list);
}

const char *schema_iam_list_at(struct schema_list list, size_t index)
{
    return index < list.count ? string_at(list.ids[index]) : NULL;
}

size_t schema_iam_service_count(void)
{
    return schema_iam_service_rows;
}

const struct schema_iam_service *schema_iam_service_at(size_t index)
{
    return index < schema_iam_service_rows ? &schema_iam_services[index + 1] : NULL;
}

static int compare_start(const char *text, size_t length, const char *name)
{
    int order = strncasecmp(text, name, length);

    return order ? order : -(int)(name[length] != '\0');
}

const struct schema_iam_service *schema_iam_service_find(const char *prefix, size_t length)
{
    size_t low = 0, high = schema_iam_service_rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct schema_iam_service *service = &schema_iam_services[middle + 1];
        int order = compare_start(prefix, length, string_at(service->prefix));

        if (order == 0)
            return service;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *schema_iam_service_prefix(const struct schema_iam_service *service)
{
    return service ? string_at(service->prefix) : NULL;
}

const char *schema_iam_service_name(const struct schema_iam_service *service)
{
    return service ? string_at(service->name) : NULL;
}

size_t schema_iam_action_count(const struct schema_iam_service *service)
{
    return service ? service[1].actions - service->actions : 0;
}

const struct schema_iam_action *schema_iam_action_at(const struct schema_iam_service *service, size_t index)
{
    return index < schema_iam_action_count(service) ? &schema_iam_actions[service->actions + index] : NULL;
}

const struct schema_iam_action *schema_iam_action_find(
    const struct schema_iam_service *service, const char *name)
{
    size_t low = 0, high = schema_iam_action_count(service);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct schema_iam_action *action = &schema_iam_actions[service->actions + middle];
        int order = strcasecmp(name, string_at(action->name));

        if (order == 0)
            return action;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *schema_iam_action_name(const struct schema_iam_action *action)
{
    return action ? string_at(action->name) : NULL;
}

const char *schema_iam_action_level(const struct schema_iam_action *action)
{
    return action ? schema_iam_levels[action->level] : NULL;
}

struct schema_list schema_iam_action_keys(const struct schema_iam_action *action)
{
    return list_at(action ? action->keys : 0);
}

static const struct schema_iam_use *use_at(const struct schema_iam_action *action, size_t index)
{
    struct schema_list uses = list_at(action ? action->uses : 0);

    return index < uses.count ? &schema_iam_uses[uses.ids[index]] : NULL;
}

size_t schema_iam_action_resource_count(const struct schema_iam_action *action)
{
    return list_at(action ? action->uses : 0).count;
}

const struct schema_iam_resource *schema_iam_action_resource_at(
    const struct schema_iam_action *action, size_t index)
{
    const struct schema_iam_use *use = use_at(action, index);

    return use ? &schema_iam_resources[use->resource] : NULL;
}

bool schema_iam_action_needs_resource(const struct schema_iam_action *action, size_t index)
{
    const struct schema_iam_use *use = use_at(action, index);

    return use && use->is_required;
}

struct schema_list schema_iam_action_resource_keys(const struct schema_iam_action *action, size_t index)
{
    const struct schema_iam_use *use = use_at(action, index);

    return list_at(use ? use->keys : 0);
}

const char *schema_iam_resource_name(const struct schema_iam_resource *resource)
{
    return resource ? string_at(resource->name) : NULL;
}

struct schema_list schema_iam_resource_arns(const struct schema_iam_resource *resource)
{
    return list_at(resource ? resource->arns : 0);
}

struct schema_list schema_iam_resource_keys(const struct schema_iam_resource *resource)
{
    return list_at(resource ? resource->keys : 0);
}

size_t schema_iam_key_count(const struct schema_iam_service *service)
{
    service = service ? service : &schema_iam_services[0];
    return service[1].keys - service->keys;
}

const struct schema_iam_key *schema_iam_key_at(const struct schema_iam_service *service, size_t index)
{
    size_t first = service ? service->keys : schema_iam_services[0].keys;

    return index < schema_iam_key_count(service) ? &schema_iam_keys[first + index] : NULL;
}

const char *schema_iam_key_name(const struct schema_iam_key *key)
{
    return key ? string_at(key->name) : NULL;
}

const char *schema_iam_key_type(const struct schema_iam_key *key)
{
    return key ? string_at(key->type) : NULL;
}

bool schema_iam_name_matches(const char *name, const char *text)
{
    for (; *name; name++, text++) {
        if (name[0] == '$' && name[1] == '{') {
            const char *rest = strchr(name, '}');

            for (rest = rest ? rest + 1 : ""; *text; text++)
                if (schema_iam_name_matches(rest, text + 1))
                    return true;
            return false;
        }
        if (tolower((unsigned char)*name) != tolower((unsigned char)*text))
            return false;
    }
    return !*text;
}

// SPDX-License-Identifier: MIT
#include "validate/properties/gather.h"

#include "data/json.h"
#include "util/arena.h"
#include "validate/properties/places.h"

#include <string.h>

// An entry is local, of this resource, or remote: of the one that a reference leads to.
struct gathering {
    struct judge *judge;
    const struct schema_node *schema;
    const struct node *local;
    const struct value *spec;
    const char *primary; // the first remote entry; NULL: there is none
    struct violations *found;
};

static const char *path_of(const struct value *spec)
{
    const char *path =
        value_type(spec) == VALUE_STRING ? value_string(spec) : object_string_or_empty(spec, "path");

    return *path == '/' ? path + 1 : path;
}

struct pick {
    struct node node;
    size_t count;
};

static void note_pick(struct judge *judge, const struct node *node, void *data)
{
    struct pick *pick = data;

    if (!pick->count++)
        pick->node = *node_copy(judge->validator, node);
}

// The one value at the path; one that depends on a condition is none. False for those.
static bool pick_at(struct judge *judge, const struct node *node, const char *path, struct pick *ret_pick)
{
    const struct assumption *before = judge->assumptions;

    *ret_pick = (struct pick){ .count = 0 };
    judge_each_at(judge, node, path, note_pick, ret_pick);
    judge->assumptions = before;
    return ret_pick->count < 2;
}

static bool is_filtered_out(const struct value *entry, const struct template_resource *resource)
{
    const char *type = object_string(object_get(entry, "filter"), "type");

    return type && strcmp(type, resource->type) != 0;
}

// The properties that an entry asks for; NULL when one of them depends on a condition.
static struct value *gather_properties(struct judge *judge, const struct value *entry,
    const struct node *source, const struct template_resource *resource)
{
    const struct value *properties = object_get(entry, "properties");
    struct value *gathered = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(properties); i++) {
        const struct field *field = object_at(properties, i);
        struct pick pick;

        if (resource && value_type(field->value) == VALUE_STRING &&
            strcmp(value_string(field->value), "$type") == 0) {
            object_set(gathered, field->key, string(resource->type));
            continue;
        }
        if (!pick_at(judge, source, path_of(field->value), &pick))
            return NULL;
        if (pick.count && !node_is_no_value(&pick.node))
            object_set(gathered, field->key, (struct value *)pick.node.value);
        else
            object_set(gathered, field->key, object_get(field->value, "default"));
    }
    return gathered;
}

// The resource that a remote entry leads to; NULL: to none.
static const struct template_resource *entry_resource(
    const struct gathering *gathering, const struct value *entry)
{
    struct pick pick;
    const struct template_resource *resource;

    if (!pick_at(gathering->judge, gathering->local, path_of(object_get(entry, "reference")), &pick) ||
        !pick.count)
        return NULL;
    resource = referred_resource(gathering->judge->validator, &pick.node);
    return resource && !is_filtered_out(entry, resource) ? resource : NULL;
}

// Where a violation within what is gathered is in the template.
static const struct node *place_of(const struct gathering *gathering, const struct node *gathered,
    const struct node *node, const struct template_resource *primary)
{
    const struct node *chain[64];
    size_t depth = 0;
    const struct value *entry;
    struct node at = *gathering->local;
    const char *path;

    for (; node != NULL && node->value != gathered->value && depth < 64; node = node->parent)
        chain[depth++] = node;
    if (!node || depth == 0)
        return gathering->local;
    entry = object_get(gathering->spec, chain[depth - 1]->key);
    if (object_get(entry, "reference")) {
        const struct template_resource *resource =
            gathering->primary && strcmp(gathering->primary, chain[depth - 1]->key) == 0
            ? primary
            : entry_resource(gathering, entry);

        at = resource ? resource->properties : at;
    }
    path = depth > 1 && chain[depth - 2]->key
        ? path_of(object_get(object_get(entry, "properties"), chain[depth - 2]->key))
        : "";
    while (*path) {
        const struct node *parent = node_copy(gathering->judge->validator, &at);
        size_t length = strcspn(path, "/");

        at = node_get(parent, arena_strndup(validator_arena(gathering->judge->validator), path, length));
        path += length + (path[length] == '/');
    }
    for (size_t i = depth > 1 ? depth - 2 : 0; i-- > 0;) {
        const struct node *parent = node_copy(gathering->judge->validator, &at);

        at = chain[i]->key ? node_get(parent, chain[i]->key) : node_at(parent, chain[i]->index);
    }
    return node_copy(gathering->judge->validator, &at);
}

static void judge_all(
    const struct gathering *gathering, struct value *all, const struct template_resource *primary)
{
    struct judge inner = *gathering->judge;
    struct violations against = { 0 };
    const struct node gathered = { .value = all };

    inner.gathered = all;
    inner.has_conditions = true;
    judge_schema(&inner, gathering->schema, &gathered, &against);
    for (size_t i = 0; i < against.count && inner.purpose == JUDGE_TELL; i++)
        against.items[i].node = place_of(gathering, &gathered, against.items[i].node, primary);
    violations_add_all(gathering->judge, gathering->found, &against);
}

// With the resource that the first remote entry leads to; NULL: it is no reference.
static void judge_with(const struct gathering *gathering, const struct template_resource *primary)
{
    VALUE_ARENA_SCOPE(validator_arena(gathering->judge->validator));
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(gathering->spec); i++) {
        const struct field *entry = object_at(gathering->spec, i);
        const struct template_resource *resource = NULL;
        struct value *gathered;

        if (object_get(entry->value, "reference")) {
            resource = gathering->primary && strcmp(entry->key, gathering->primary) == 0
                ? primary
                : entry_resource(gathering, entry->value);
            if (!resource || !primary)
                continue;
        }
        gathered = gather_properties(
            gathering->judge, entry->value, resource ? &resource->properties : gathering->local, resource);
        if (!gathered)
            return;
        object_set(all, entry->key, gathered);
    }
    judge_all(gathering, all, primary);
}

static void visit_reference(struct judge *judge, const struct node *node, void *data)
{
    const struct gathering *gathering = data;
    const struct template_resource *resource = referred_resource(judge->validator, node);

    if (resource && !is_filtered_out(object_get(gathering->spec, gathering->primary), resource))
        judge_with(gathering, resource);
    else if (!node_function(node) && !node_is_object(node) && !node_is_array(node))
        judge_with(gathering, NULL);
}

static const char *first_remote(const struct value *spec)
{
    for (size_t i = 0; i < value_length(spec); i++)
        if (object_get(object_at(spec, i)->value, "reference"))
            return object_at(spec, i)->key;
    return NULL;
}

void judge_gathered(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    const char *text = schema_node_string(schema, SCHEMA_KEYWORD_GATHER);
    ERROR_AUTO err = ERROR_INIT;
    VALUE_ARENA_SCOPE(validator_arena(judge->validator));
    struct gathering gathering = { judge, schema_node_child(schema, SCHEMA_KEYWORD_GATHERED), node, NULL,
        NULL, found };

    gathering.spec = text ? json_parse(text, strlen(text), "gather", &err) : NULL;
    gathering.primary = first_remote(gathering.spec);
    if (gathering.primary)
        judge_each_at(judge, node,
            path_of(object_get(object_get(gathering.spec, gathering.primary), "reference")), visit_reference,
            &gathering);
    else
        judge_with(&gathering, NULL);
}

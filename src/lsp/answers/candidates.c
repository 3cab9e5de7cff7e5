// SPDX-License-Identifier: MIT
#include "lsp/answers/candidates.h"

#include "schema/constraints.h"
#include "util/array.h"

#include <string.h>

struct offer {
    const struct inquiry *inquiry;
    const struct template_place *place;
    const char *written;
    struct candidate_list *all;
};

static struct candidate *add(
    const struct offer *offer, const char *name, enum candidate_kind kind, enum candidate_form form)
{
    struct candidate_list *all = offer->all;

    all->items =
        arena_grow(offer->inquiry->arena, all->items, all->count, &all->capacity, sizeof(*all->items));
    all->items[all->count] = (struct candidate){ .name = name, .kind = kind, .form = form };
    return &all->items[all->count++];
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

// The letters of the word in their order, whatever is between them.
static bool has_letters(const char *name, const char *word)
{
    for (; *word; word++, name++) {
        const char either[] = { *word, (char)(is_letter(*word) ? *word ^ 32 : *word), '\0' };

        name = strpbrk(name, either);
        if (!name)
            return false;
    }
    return true;
}

static void add_types(const struct offer *offer)
{
    offer->all->is_incomplete = *offer->written != '\0';
    for (size_t i = 0; i < schema_resource_count(); i++) {
        const char *type = schema_resource_type(schema_resource_at(i));

        if (has_letters(type, offer->written))
            add(offer, type, CANDIDATE_CLASS, FORM_WORD);
    }
}

static void add_names(const struct offer *offer, const char *section, const char *what)
{
    const struct outline *members = outline_get(offer->inquiry->root, section);

    for (const struct outline *child = members ? members->first : NULL; child; child = child->next) {
        const char *type = outline_get_text(child, "Type");

        if (child->key && !child->is_bare)
            add(offer, child->key, CANDIDATE_REFERENCE, FORM_WORD)->detail = type ? type : what;
    }
}

static void add_words(
    const struct offer *offer, enum vocabulary vocabulary, enum candidate_kind kind, enum candidate_form form)
{
    const char *word;

    for (size_t i = 0; (word = vocabulary_word(vocabulary, i)); i++)
        add(offer, word, kind, form);
}

static void add_references(const struct offer *offer)
{
    add_names(offer, "Resources", "resource");
    add_names(offer, "Parameters", "parameter");
    add_words(offer, VOCABULARY_PSEUDO_PARAMETERS, CANDIDATE_VARIABLE, FORM_WORD);
}

// With `prefix` in front of each.
static void add_attributes(const struct offer *offer, const char *id, const char *prefix)
{
    const struct schema_object *attributes =
        schema_resource_attributes(place_resource_schema(offer->inquiry->root, id));

    for (size_t i = 0; i < schema_object_count(attributes); i++) {
        const char *name = schema_property_name(schema_object_at(attributes, i));

        add(offer, arena_printf(offer->inquiry->arena, "%s%s", prefix, name), CANDIDATE_PROPERTY, FORM_WORD);
    }
}

// "Resource.Attribute": names first, attributes once there is a dot.
static void add_resource_attributes(const struct offer *offer, bool takes_names)
{
    struct arena *arena = offer->inquiry->arena;
    const char *dot = strchr(offer->written, '.');
    const char *id = dot ? arena_strndup(arena, offer->written, (size_t)(dot - offer->written)) : NULL;

    if (id)
        add_attributes(offer, id, arena_printf(arena, "%s.", id));
    else if (takes_names)
        add_references(offer);
    else
        add_names(offer, "Resources", "resource");
}

static void add_own_variables(const struct offer *offer)
{
    const struct outline *own = outline_item(offer->place->function, 1);

    for (const struct outline *child = own ? own->first : NULL; child; child = child->next)
        if (child->key)
            add(offer, child->key, CANDIDATE_VARIABLE, FORM_WORD);
}

static void add_keys_of(const struct offer *offer, const struct outline *object)
{
    for (const struct outline *child = object ? object->first : NULL; child; child = child->next)
        if (child->key)
            add(offer, child->key, CANDIDATE_REFERENCE, FORM_WORD);
}

static void add_mapping_keys(const struct offer *offer)
{
    const struct outline *list = offer->place->node->parent, *name = outline_item(list, 0);
    const struct outline *key = outline_item(list, 1), *mapping = NULL;

    if (name && name->text)
        mapping = place_find(offer->inquiry->root, "Mappings", name->text);
    if (offer->place->node->index == 1)
        add_keys_of(offer, mapping);
    else if (key && key->text)
        add_keys_of(offer, outline_get(mapping, key->text));
    else
        add_keys_of(offer, mapping ? mapping->first : NULL);
}

static bool has_key(const struct template_place *place, const char *key)
{
    const struct outline *child = place->at_key && !place->is_first_key ? place->node->parent->first : NULL;

    for (; child; child = child->next)
        if (child != place->node && child->key && strcmp(child->key, key) == 0)
            return true;
    return false;
}

static enum candidate_form key_form(const struct schema_type *type)
{
    return schema_type_inner_object(type) || schema_type_element(type) ? FORM_CONTAINER : FORM_KEY;
}

static void add_properties(const struct offer *offer)
{
    for (size_t i = 0; i < schema_object_count(offer->place->object); i++) {
        const struct schema_property *property = schema_object_at(offer->place->object, i);
        struct candidate *candidate;

        if (has_key(offer->place, schema_property_name(property)))
            continue;
        candidate = add(offer, schema_property_name(property), CANDIDATE_PROPERTY,
            key_form(schema_property_type(property)));
        candidate->comes_first = schema_property_is_required(property);
        candidate->detail = candidate->comes_first ? "required" : NULL;
    }
}

static void add_values(const struct offer *offer, struct schema_list values)
{
    for (size_t i = 0; i < values.count; i++)
        if (*schema_list_at(values, i) != '{') // what is looked up elsewhere
            add(offer, schema_list_at(values, i), CANDIDATE_VALUE, FORM_WORD);
}

// What the provider's schema allows.
static void add_allowed(const struct offer *offer, const struct schema_node *node, int depth)
{
    enum { DEPTH = 8 };
    static const enum schema_keyword inner[] = { SCHEMA_KEYWORD_ANY_OF, SCHEMA_KEYWORD_ONE_OF,
        SCHEMA_KEYWORD_ALL_OF };

    if (!node || depth > DEPTH)
        return;
    add_values(offer, schema_node_strings(node, SCHEMA_KEYWORD_ENUM));
    add_values(offer, schema_node_strings(node, SCHEMA_KEYWORD_ENUM_CASE_INSENSITIVE));
    add_values(offer, schema_node_strings(node, SCHEMA_KEYWORD_CONST));
    add_allowed(offer, schema_node_child(node, SCHEMA_KEYWORD_REF), depth + 1);
    add_allowed(offer, schema_node_child(node, SCHEMA_KEYWORD_ITEMS), depth + 1);
    for (size_t i = 0; i < ARRAY_SIZE(inner); i++) {
        struct schema_parts parts = schema_node_parts(node, inner[i]);

        for (size_t j = 0; j < parts.count; j++)
            add_allowed(offer, schema_parts_node(parts, j), depth + 1);
    }
}

// Resources of the template whose value the property usually is.
static void add_sources(const struct offer *offer)
{
    const struct outline *resources = outline_get(offer->inquiry->root, "Resources");
    struct schema_list refers = schema_property_refers(offer->place->property);

    for (size_t i = 0; i < refers.count; i++) {
        const char *source = schema_list_at(refers, i), *dot = strrchr(source, '.');
        size_t length = dot ? (size_t)(dot - source) : strlen(source);

        for (const struct outline *child = resources ? resources->first : NULL; child; child = child->next) {
            const char *type = outline_get_text(child, "Type");
            const struct schema_resource *schema = type ? schema_resource_find(type) : NULL;

            if (!schema || !child->key || strncmp(type, source, length) != 0 || type[length] || !dot)
                continue;
            add(offer, child->key, CANDIDATE_REFERENCE, FORM_REFERENCE)->attribute =
                schema_object_find(schema_resource_attributes(schema), dot + 1) ? dot + 1 : NULL;
        }
    }
}

static void add_value(const struct offer *offer, bool at_line_start)
{
    const struct template_place *place = offer->place;

    if (place->object && at_line_start && schema_type_kind(place->type) != SCHEMA_ARRAY)
        add_properties(offer);
    if (schema_type_kind(place->type) == SCHEMA_BOOLEAN && place->type) {
        add(offer, "true", CANDIDATE_VALUE, FORM_LITERAL);
        add(offer, "false", CANDIDATE_VALUE, FORM_LITERAL);
    }
    add_values(offer, schema_type_allowed(place->type));
    if (!offer->all->count && place->property)
        add_allowed(offer,
            schema_node_at(
                schema_constraints_root(schema_constraints_find(schema_resource_type(place->resource))),
                place->path),
            0);
    add_sources(offer);
    if (!place->takes_functions)
        return;
    add_words(offer, VOCABULARY_FUNCTIONS, CANDIDATE_FUNCTION, FORM_FUNCTION);
    if (at_line_start)
        add_words(offer, VOCABULARY_FUNCTIONS, CANDIDATE_FUNCTION, FORM_KEY);
}

static void add_keys(const struct offer *offer)
{
    const struct template_place *place = offer->place;

    if (place->kind == PLACE_WORD)
        for (size_t i = 0; vocabulary_word(place->vocabulary, i); i++)
            if (!has_key(place, vocabulary_word(place->vocabulary, i)))
                add(offer, vocabulary_word(place->vocabulary, i), CANDIDATE_KEYWORD, FORM_KEY);
    add_properties(offer);
    if (place->kind == PLACE_LOGIC)
        add_words(offer, VOCABULARY_CONDITION_FUNCTIONS, CANDIDATE_FUNCTION, FORM_KEY);
    else if (place->takes_functions)
        add_words(offer, VOCABULARY_FUNCTIONS, CANDIDATE_FUNCTION, FORM_KEY);
}

static void add_all(const struct offer *offer, bool at_line_start)
{
    switch (offer->place->kind) {
    case PLACE_WORD:
        add_words(offer, offer->place->vocabulary, CANDIDATE_VALUE, FORM_WORD);
        break;
    case PLACE_TYPE:
        add_types(offer);
        break;
    case PLACE_RESOURCE:
        add_names(offer, "Resources", "resource");
        break;
    case PLACE_REFERENCE:
        add_references(offer);
        break;
    case PLACE_ATTRIBUTE:
        if (outline_item(offer->place->node->parent, 0)->text)
            add_attributes(offer, outline_item(offer->place->node->parent, 0)->text, "");
        break;
    case PLACE_RESOURCE_ATTRIBUTE:
        add_resource_attributes(offer, false);
        break;
    case PLACE_SUBSTITUTION:
        add_own_variables(offer);
        add_resource_attributes(offer, true);
        break;
    case PLACE_CONDITION:
        add_names(offer, "Conditions", "condition");
        break;
    case PLACE_MAPPING:
        add_names(offer, "Mappings", "mapping");
        break;
    case PLACE_MAPPING_KEY:
        add_mapping_keys(offer);
        break;
    case PLACE_LOGIC:
        add_words(offer, VOCABULARY_CONDITION_FUNCTIONS, CANDIDATE_FUNCTION, FORM_FUNCTION);
        break;
    case PLACE_VALUE:
        add_value(offer, at_line_start);
        break;
    default:
        break;
    }
}

struct candidate_list candidates_of(const struct inquiry *inquiry, const struct template_place *place,
    const char *written, bool at_line_start)
{
    struct candidate_list all = { 0 };
    const struct offer offer = { inquiry, place, written, &all };

    if (place->at_key)
        add_keys(&offer);
    else
        add_all(&offer, at_line_start);
    return all;
}

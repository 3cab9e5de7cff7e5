// SPDX-License-Identifier: MIT
#include "lsp/answers/place.h"

#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

// Where in a template a value is.
enum place_state {
    IN_NOTHING,
    IN_TEMPLATE,
    IN_RESOURCES,
    IN_RESOURCE,
    IN_PARAMETERS,
    IN_PARAMETER,
    IN_MAPPINGS,
    IN_CONDITIONS,
    IN_RULES,
    IN_RULE,
    IN_ASSERTIONS,
    IN_ASSERTION,
    IN_OUTPUTS,
    IN_OUTPUT,
    IN_EXPORT,
    IN_RESOURCE_TYPE,
    IN_PARAMETER_TYPE,
    IN_DEPENDENCY,
    IN_DELETION_POLICY,
    IN_REPLACE_POLICY,
    IN_PROPERTIES,
    IN_VALUE,
    IN_LOGIC,
    IN_ARGUMENT, // of a function
    IN_REFERENCE,
    IN_RESOURCE_NAME,
    IN_ATTRIBUTE,
    IN_RESOURCE_ATTRIBUTE,
    IN_SUBSTITUTION,
    IN_CONDITION_NAME,
    IN_MAPPING_NAME,
    IN_MAPPING_KEY,
    STATE_COUNT,
};

// What may stand there as a key and as a value.
struct state_words {
    enum place_kind key, value;
    enum vocabulary key_words, value_words;
};

static const struct state_words state_table[STATE_COUNT] = {
    [IN_TEMPLATE] = { .key = PLACE_WORD, .key_words = VOCABULARY_SECTIONS },
    [IN_RESOURCES] = { .key = PLACE_NAME },
    [IN_RESOURCE] = { .key = PLACE_WORD, .key_words = VOCABULARY_RESOURCE },
    [IN_PARAMETERS] = { .key = PLACE_NAME },
    [IN_PARAMETER] = { .key = PLACE_WORD, .key_words = VOCABULARY_PARAMETER },
    [IN_MAPPINGS] = { .key = PLACE_NAME },
    [IN_CONDITIONS] = { .key = PLACE_NAME },
    [IN_RULE] = { .key = PLACE_WORD, .key_words = VOCABULARY_RULE },
    [IN_OUTPUTS] = { .key = PLACE_NAME },
    [IN_OUTPUT] = { .key = PLACE_WORD, .key_words = VOCABULARY_OUTPUT },
    [IN_EXPORT] = { .key = PLACE_WORD, .key_words = VOCABULARY_EXPORT },
    [IN_RESOURCE_TYPE] = { .value = PLACE_TYPE },
    [IN_PARAMETER_TYPE] = { .value = PLACE_WORD, .value_words = VOCABULARY_PARAMETER_TYPES },
    [IN_DEPENDENCY] = { .value = PLACE_RESOURCE },
    [IN_DELETION_POLICY] = { .value = PLACE_WORD, .value_words = VOCABULARY_DELETION_POLICIES },
    [IN_REPLACE_POLICY] = { .value = PLACE_WORD, .value_words = VOCABULARY_UPDATE_REPLACE_POLICIES },
    [IN_PROPERTIES] = { .key = PLACE_VALUE, .value = PLACE_VALUE },
    [IN_VALUE] = { .key = PLACE_VALUE, .value = PLACE_VALUE },
    [IN_LOGIC] = { .key = PLACE_LOGIC, .value = PLACE_LOGIC },
    [IN_REFERENCE] = { .value = PLACE_REFERENCE },
    [IN_RESOURCE_NAME] = { .value = PLACE_RESOURCE },
    [IN_ATTRIBUTE] = { .value = PLACE_ATTRIBUTE },
    [IN_RESOURCE_ATTRIBUTE] = { .value = PLACE_RESOURCE_ATTRIBUTE },
    [IN_SUBSTITUTION] = { .value = PLACE_SUBSTITUTION },
    [IN_CONDITION_NAME] = { .value = PLACE_CONDITION },
    [IN_MAPPING_NAME] = { .value = PLACE_MAPPING },
    [IN_MAPPING_KEY] = { .value = PLACE_MAPPING_KEY },
};

// From a value to the one behind a key in it; a key of NULL: any key or item.
static const struct {
    enum place_state from;
    const char *key;
    enum place_state to;
} steps[] = {
    { IN_TEMPLATE, "Resources", IN_RESOURCES },
    { IN_TEMPLATE, "Parameters", IN_PARAMETERS },
    { IN_TEMPLATE, "Mappings", IN_MAPPINGS },
    { IN_TEMPLATE, "Conditions", IN_CONDITIONS },
    { IN_TEMPLATE, "Rules", IN_RULES },
    { IN_TEMPLATE, "Outputs", IN_OUTPUTS },
    { IN_RESOURCES, NULL, IN_RESOURCE },
    { IN_RESOURCE, "Type", IN_RESOURCE_TYPE },
    { IN_RESOURCE, "Properties", IN_PROPERTIES },
    { IN_RESOURCE, "Condition", IN_CONDITION_NAME },
    { IN_RESOURCE, "DependsOn", IN_DEPENDENCY },
    { IN_RESOURCE, "DeletionPolicy", IN_DELETION_POLICY },
    { IN_RESOURCE, "UpdateReplacePolicy", IN_REPLACE_POLICY },
    { IN_RESOURCE, "Metadata", IN_VALUE },
    { IN_RESOURCE, "CreationPolicy", IN_VALUE },
    { IN_RESOURCE, "UpdatePolicy", IN_VALUE },
    { IN_DEPENDENCY, NULL, IN_DEPENDENCY },
    { IN_PARAMETERS, NULL, IN_PARAMETER },
    { IN_PARAMETER, "Type", IN_PARAMETER_TYPE },
    { IN_CONDITIONS, NULL, IN_LOGIC },
    { IN_RULES, NULL, IN_RULE },
    { IN_RULE, "RuleCondition", IN_LOGIC },
    { IN_RULE, "Assertions", IN_ASSERTIONS },
    { IN_ASSERTIONS, NULL, IN_ASSERTION },
    { IN_ASSERTION, "Assert", IN_LOGIC },
    { IN_OUTPUTS, NULL, IN_OUTPUT },
    { IN_OUTPUT, "Value", IN_VALUE },
    { IN_OUTPUT, "Condition", IN_CONDITION_NAME },
    { IN_OUTPUT, "Export", IN_EXPORT },
    { IN_EXPORT, "Name", IN_VALUE },
};

// What functions are given: alone, or as items of a list, whose last one stands for those behind it.
// IN_ARGUMENT stands for what the function itself stands for.
static const struct function_arguments {
    const char *name;
    enum place_state alone, items[3];
} functions[] = {
    { "Ref", IN_REFERENCE, { IN_NOTHING } },
    { "Condition", IN_CONDITION_NAME, { IN_NOTHING } },
    { "Fn::GetAtt", IN_RESOURCE_ATTRIBUTE, { IN_RESOURCE_NAME, IN_ATTRIBUTE, IN_NOTHING } },
    { "Fn::Sub", IN_SUBSTITUTION, { IN_SUBSTITUTION, IN_VALUE, IN_NOTHING } },
    { "Fn::If", IN_NOTHING, { IN_CONDITION_NAME, IN_ARGUMENT, IN_ARGUMENT } },
    { "Fn::FindInMap", IN_NOTHING, { IN_MAPPING_NAME, IN_MAPPING_KEY, IN_MAPPING_KEY } },
    { "Fn::And", IN_NOTHING, { IN_LOGIC, IN_LOGIC, IN_LOGIC } },
    { "Fn::Or", IN_NOTHING, { IN_LOGIC, IN_LOGIC, IN_LOGIC } },
    { "Fn::Not", IN_NOTHING, { IN_LOGIC, IN_LOGIC, IN_LOGIC } },
};
static const struct function_arguments other_function = { "", IN_VALUE, { IN_VALUE, IN_VALUE, IN_VALUE } };

struct place_walk {
    enum place_state state;
    const struct schema_resource *resource;
    const struct schema_object *object; // of IN_PROPERTIES
    const struct schema_property *property;
    const struct schema_type *type;
    const struct outline *function;
    const struct function_arguments *arguments;
    enum place_state outside; // of the function
    const struct schema_type *outside_type;
    struct strbuf path;
};

static const struct function_arguments *arguments_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return &other_function;
}

// "Condition" is one only where conditions are.
static bool is_function(const struct place_walk *walk, const char *key)
{
    if (walk->state != IN_VALUE && walk->state != IN_LOGIC && walk->state != IN_PROPERTIES)
        return false;
    return strcmp(key, "Ref") == 0 || strncmp(key, "Fn::", 4) == 0 ||
        (walk->state == IN_LOGIC && strcmp(key, "Condition") == 0);
}

static void enter_function(struct place_walk *walk, const struct outline *child)
{
    walk->outside = walk->state;
    walk->outside_type = walk->type;
    walk->function = child;
    walk->arguments = arguments_of(child->key);
    walk->state = IN_ARGUMENT;
    walk->type = NULL;
}

static void enter_argument(struct place_walk *walk, size_t index)
{
    walk->state = walk->arguments->items[index < 2 ? index : 2];
    if (walk->state != IN_ARGUMENT)
        return;
    walk->state = walk->outside;
    walk->type = walk->outside_type;
    walk->function = NULL;
}

static const struct schema_type *item_type(const struct schema_type *type)
{
    if (schema_type_kind(type) == SCHEMA_ARRAY)
        return schema_type_element(type);
    for (size_t i = 0; i < schema_type_member_count(type); i++)
        if (schema_type_kind(schema_type_member_at(type, i)) == SCHEMA_ARRAY)
            return schema_type_element(schema_type_member_at(type, i));
    return type;
}

static const struct schema_object *object_of(const struct place_walk *walk)
{
    return walk->state == IN_PROPERTIES ? walk->object : schema_type_inner_object(walk->type);
}

static void enter_property(struct place_walk *walk, const char *key)
{
    if (schema_type_kind(walk->type) == SCHEMA_MAP && walk->state == IN_VALUE) {
        walk->type = schema_type_element(walk->type);
        return;
    }
    walk->property = schema_object_find(object_of(walk), key);
    walk->type = schema_property_type(walk->property);
    strbuf_addf(&walk->path, "%s%s", walk->path.length ? "." : "", key);
    walk->state = IN_VALUE;
}

static enum place_state next_state(enum place_state from, const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        if (steps[i].from == from && (!steps[i].key || (key && strcmp(steps[i].key, key) == 0)))
            return steps[i].to;
    return IN_NOTHING;
}

static void step(struct place_walk *walk, const struct outline *child)
{
    if (child->key && is_function(walk, child->key)) {
        enter_function(walk, child);
    } else if (walk->state == IN_ARGUMENT) {
        enter_argument(walk, child->index);
    } else if (walk->state == IN_VALUE || walk->state == IN_PROPERTIES) {
        if (child->key)
            enter_property(walk, child->key);
        else
            walk->type = item_type(walk->type);
    } else if (walk->state != IN_LOGIC) {
        walk->state = next_state(walk->state, child->key);
    }
    if (walk->state == IN_RESOURCE) {
        const char *type = outline_get_text(child, "Type");

        walk->resource = type ? schema_resource_find(type) : NULL;
        walk->object = schema_resource_properties(walk->resource);
    }
}

static void walk_to(struct place_walk *walk, const struct outline *node)
{
    const struct outline *chain[2 * OUTLINE_DEPTH_LIMIT + 8];
    size_t depth = 0;

    for (; node->parent && depth < ARRAY_SIZE(chain); node = node->parent)
        chain[depth++] = node;
    while (depth)
        step(walk, chain[--depth]);
}

static enum vocabulary key_words(const struct place_walk *walk, const struct outline *object)
{
    const char *type = outline_get_text(object, "Type");

    if (walk->state == IN_PARAMETER && type && strcmp(type, "Number") == 0)
        return VOCABULARY_NUMBER_PARAMETER;
    return state_table[walk->state].key_words;
}

static void describe_key(struct place_walk *walk, struct template_place *place)
{
    bool has_properties = walk->state == IN_PROPERTIES || walk->state == IN_VALUE;

    place->kind = state_table[walk->state].key;
    place->vocabulary = key_words(walk, place->node->parent);
    place->object = has_properties ? object_of(walk) : NULL;
    place->takes_functions = walk->state == IN_VALUE || walk->state == IN_LOGIC;
    step(walk, place->node);
    place->property = walk->state == IN_VALUE ? walk->property : NULL;
}

static void describe_value(const struct place_walk *walk, struct template_place *place)
{
    enum place_state state = walk->state == IN_ARGUMENT ? walk->arguments->alone : walk->state;

    place->kind = state_table[state].value;
    place->vocabulary = state_table[state].value_words;
    place->object = state == IN_VALUE || state == IN_PROPERTIES ? object_of(walk) : NULL;
    place->property = walk->property;
    place->type = walk->type;
    place->takes_functions = state == IN_VALUE || state == IN_LOGIC;
}

struct template_place place_of(const struct outline *node, bool at_key, struct arena *arena)
{
    struct place_walk walk = { .state = IN_TEMPLATE, .path = STRBUF_INIT };
    struct template_place place = { .node = node, .at_key = at_key || node->is_bare };

    walk_to(&walk, place.at_key ? node->parent : node);
    if (place.at_key)
        describe_key(&walk, &place);
    else
        describe_value(&walk, &place);
    // A value where an object should be, of which the first key is being written.
    if (place.kind == PLACE_UNKNOWN && !place.at_key && state_table[walk.state].key == PLACE_WORD) {
        place.kind = PLACE_WORD;
        place.vocabulary = key_words(&walk, node);
        place.at_key = place.is_first_key = true;
    }
    place.resource = walk.resource;
    place.function = walk.function;
    place.path = arena_strdup(arena, walk.path.data);
    strbuf_release(&walk.path);
    return place;
}

const struct outline *place_find(const struct outline *root, const char *section, const char *name)
{
    return outline_get(outline_get(root, section), name);
}

const struct schema_resource *place_resource_schema(const struct outline *root, const char *id)
{
    const char *type = outline_get_text(place_find(root, "Resources", id), "Type");

    return type ? schema_resource_find(type) : NULL;
}

// SPDX-License-Identifier: MIT
// What intrinsic functions give, against the types that a property takes.
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/properties/judge.h"

#include <string.h>

enum {
    SINGLE = SCHEMA_JSON_BOOLEAN | SCHEMA_JSON_INTEGER | SCHEMA_JSON_NUMBER | SCHEMA_JSON_STRING,
};

static const struct {
    const char *name;
    const char *id;
    unsigned types; // that it can give; 0: any
} functions[] = {
    { "Fn::Base64", "E1021", SINGLE },
    { "Fn::Cidr", "E1024", SCHEMA_JSON_ARRAY },
    { "Fn::FindInMap", "E1011", SCHEMA_JSON_ARRAY | SINGLE },
    { "Fn::GetAZs", "E1015", SCHEMA_JSON_ARRAY },
    { "Fn::GetAtt", "E1010", 0 },
    { "Fn::ImportValue", "E1016", SINGLE },
    { "Fn::Join", "E1022", SINGLE },
    { "Fn::Length", "E1030", SINGLE },
    { "Fn::Select", "E1017", 0 },
    { "Fn::Split", "E1018", SCHEMA_JSON_ARRAY },
    { "Fn::Sub", "E1019", SINGLE },
    { "Fn::ToJsonString", "E1031", SINGLE },
    { "Ref", "E1020", 0 },
};

// Through references, as far as they say nothing else.
static unsigned types_of(const struct schema_node *schema)
{
    while (schema && !schema_node_types(schema))
        schema = schema_node_child(schema, SCHEMA_KEYWORD_REF);
    return schema_node_types(schema);
}

static const char *type_names(struct judge *judge, unsigned types)
{
    const char *names = "";

    for (unsigned bit = SCHEMA_JSON_ARRAY; bit <= SCHEMA_JSON_STRING; bit <<= 1)
        if (types & bit)
            names = arena_printf(validator_arena(judge->validator), "%s%s%s", names, *names ? " or " : "",
                schema_json_type_name(bit));
    return names;
}

static void add(
    struct judge *judge, struct violations *found, const char *id, const struct node *node, unsigned types)
{
    VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_TYPE, node, "what %s gives is not of type %s",
        node_function(node), type_names(judge, types));
    if (judge->purpose == JUDGE_TELL)
        found->items[found->count - 1].id = id;
}

static bool is_list_parameter(const char *type)
{
    return strcmp(type, "CommaDelimitedList") == 0 || strncmp(type, "List<", 5) == 0 ||
        strncmp(type, "AWS::SSM::Parameter::Value<List<", 32) == 0 ||
        strcmp(type, "AWS::SSM::Parameter::Value<CommaDelimitedList>") == 0;
}

static void judge_ref(struct judge *judge, unsigned types, const struct node *node, struct violations *found)
{
    struct node name = node_argument(node);
    const struct value *parameter =
        node_string(&name) ? validator_parameter(judge->validator, node_string(&name)) : NULL;
    const char *type = object_string(parameter, "Type");

    if (!type)
        return;
    if (!(types & SINGLE) ? !is_list_parameter(type)
                          : !(types & SCHEMA_JSON_ARRAY) && is_list_parameter(type))
        add(judge, found, "E1020", node, types);
}

// The type that the schema gives an attribute, where it does so at once.
static unsigned attribute_types(struct judge *judge, const struct node *node)
{
    struct node argument = node_argument(node);
    const char *text = node_string(&argument);
    const char *dot = text ? strchr(text, '.') : NULL;
    struct node name = node_at(&argument, 0);
    struct node attribute = node_at(&argument, 1);
    const char *id = dot ? arena_strndup(validator_arena(judge->validator), text, (size_t)(dot - text))
                         : node_string(&name);
    const char *path = dot ? dot + 1 : node_string(&attribute);
    const struct template_resource *resource = id ? validator_resource(judge->validator, id) : NULL;

    if (!resource || !path || strcmp(path, "Port") == 0)
        return 0;
    return schema_node_types(
        schema_node_at(schema_constraints_root(schema_constraints_find(resource->type)), path));
}

static void judge_get_att(
    struct judge *judge, unsigned types, const struct node *node, struct violations *found)
{
    unsigned given = attribute_types(judge, node);

    if (!given || (types & (SCHEMA_JSON_BOOLEAN | SCHEMA_JSON_INTEGER)) || (types & given))
        return;
    add(judge, found, "E1010", node, types);
}

void judge_function(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    const char *function = node_function(node);
    unsigned types = types_of(schema);

    if (judge->composite) {
        found->undecided = true;
        return;
    }
    for (size_t i = 0; types && i < ARRAY_SIZE(functions); i++)
        if (strcmp(functions[i].name, function) == 0 && functions[i].types && !(functions[i].types & types))
            add(judge, found, functions[i].id, node, types);
    if (types && strcmp(function, "Ref") == 0)
        judge_ref(judge, types, node, found);
    else if (schema_node_types(schema) && strcmp(function, "Fn::GetAtt") == 0)
        judge_get_att(judge, schema_node_types(schema), node, found);
}

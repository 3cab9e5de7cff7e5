// SPDX-License-Identifier: MIT
// What intrinsic functions give, against the types that a property takes.
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/properties/judge.h"
#include "validate/properties/places.h"

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

// The schema of what Fn::GetAtt gives; NULL when it is not known.
static const struct schema_node *attribute_schema(
    struct judge *judge, const struct node *node, const struct template_resource **ret_resource)
{
    struct node argument = node_argument(node);
    const char *text = node_string(&argument);
    const char *dot = text ? strchr(text, '.') : NULL;
    struct node name = node_at(&argument, 0);
    struct node attribute = node_at(&argument, 1);
    const char *id = dot ? arena_strndup(validator_arena(judge->validator), text, (size_t)(dot - text))
                         : node_string(&name);
    const char *path = dot ? dot + 1 : node_string(&attribute);

    *ret_resource = id ? validator_resource(judge->validator, id) : NULL;
    if (!*ret_resource || !path || strcmp(path, "Port") == 0)
        return NULL;
    return schema_node_at(schema_constraints_root(schema_constraints_find((*ret_resource)->type)), path);
}

static void judge_get_att(
    struct judge *judge, unsigned types, const struct node *node, struct violations *found)
{
    const struct template_resource *resource;
    unsigned given = schema_node_types(attribute_schema(judge, node, &resource));

    if (!given || (types & (SCHEMA_JSON_BOOLEAN | SCHEMA_JSON_INTEGER)) || (types & given))
        return;
    add(judge, found, "E1010", node, types);
}

// Formats of what a function gives, against the one that is wanted.

static bool has_format(const struct schema_node *schema, const char *format)
{
    struct schema_parts any = schema_node_parts(schema, SCHEMA_KEYWORD_ANY_OF);
    const char *own = schema_node_string(schema, SCHEMA_KEYWORD_FORMAT);

    if (own && strcmp(own, format) == 0)
        return true;
    for (size_t i = 0; i < any.count; i++) {
        own = schema_node_string(schema_parts_node(any, i), SCHEMA_KEYWORD_FORMAT);
        if (own && strcmp(own, format) == 0)
            return true;
    }
    return false;
}

static void add_format(struct judge *judge, struct violations *found, const char *id, const struct node *node,
    const struct schema_node *given, const char *format)
{
    const char *own = schema_node_string(given, SCHEMA_KEYWORD_FORMAT);

    VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_FORMAT, node, "what %s gives is %s%s and not %s",
        node_function(node), own ? "" : "something else", own ? own : "", format);
    if (judge->purpose == JUDGE_TELL)
        found->items[found->count - 1].id = id;
}

static bool is_any_of(const char *text, const char *const *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i], text) == 0)
            return true;
    return false;
}

// A security group in a VPC is referred to by its id, another one by its name.
static bool is_group_format(const struct template_resource *group, const char *format)
{
    return strcmp(format,
               object_get(group->properties.value, "VpcId") ? "AWS::EC2::SecurityGroup.Id"
                                                            : "AWS::EC2::SecurityGroup.Name") == 0;
}

static void judge_ref_format(
    struct judge *judge, const char *format, const struct node *node, struct violations *found)
{
    const struct template_resource *resource = referred_resource(judge->validator, node);
    const struct schema_constraints *constraints = resource ? schema_constraints_find(resource->type) : NULL;
    struct schema_list identifier = schema_resource_identifier(resource ? resource->schema : NULL);
    const struct schema_node *given;

    if (!constraints || strcmp(resource->type, "AWS::CloudFormation::CustomResource") == 0 ||
        identifier.count != 1)
        return;
    given = schema_node_at(schema_constraints_root(constraints), schema_list_at(identifier, 0));
    if (!given ||
        (strcmp(resource->type, "AWS::EC2::SecurityGroup") == 0 ? is_group_format(resource, format)
                                                                : has_format(given, format)))
        return;
    add_format(judge, found, "E1041", node, given, format);
}

static void judge_attribute_format(
    struct judge *judge, const char *format, const struct node *node, struct violations *found)
{
    static const char *const others[] = { "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Stack",
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct", "AWS::SSM::Parameter" };
    const struct template_resource *resource;
    const struct schema_node *given = attribute_schema(judge, node, &resource);

    if (given && !has_format(given, format) && !is_any_of(resource->type, others, ARRAY_SIZE(others)))
        add_format(judge, found, "E1040", node, given, format);
}

// What the template itself says a parameter may be. It may be something else in the end, so that this is only
// a warning.

static void judge_parameter_value(struct judge *judge, const struct schema_node *schema,
    const struct node *parameter, const struct node *place)
{
    struct violations found = { 0 };
    struct node value = *place;
    const struct violation *best;

    if (node_is_object(place) || node_is_array(place) || value_type(place->value) == VALUE_NULL)
        return;
    judge->composite = true;
    judge_for(judge, JUDGE_TELL, schema, &value, &found);
    judge->composite = false;
    best = violations_best(&found);
    if (best && best->keyword != SCHEMA_KEYWORD_TYPE)
        report(judge->validator, "W1030", place, "parameter '%s' is used where this is not right: %s",
            parameter->key, best->message);
}

static void judge_parameter(struct judge *judge, const struct schema_node *schema, const struct node *node)
{
    struct node name = node_argument(node);
    struct node parameters = node_get(validator_template(judge->validator), "Parameters");
    struct node parameter = node_get(&parameters, node_string(&name) ? node_string(&name) : "");
    struct node allowed = node_get(&parameter, "AllowedValues"), preset = node_get(&parameter, "Default");
    const char *type = object_string(parameter.value, "Type");

    if (!type || is_list_parameter(type) || strncmp(type, "AWS::SSM::", 10) == 0)
        return;
    for (size_t i = 0; i < node_length(&allowed) && node_is_array(&allowed); i++) {
        struct node value = node_at(&allowed, i);

        judge_parameter_value(judge, schema, &parameter, &value);
    }
    if (!node_length(&allowed))
        judge_parameter_value(judge, schema, &parameter, &preset);
}

void judge_function(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    const char *function = node_function(node);
    unsigned types = types_of(schema);
    const char *format = schema_node_string(schema, SCHEMA_KEYWORD_FORMAT);
    bool is_ref = strcmp(function, "Ref") == 0;

    if (judge->composite) {
        found->undecided = true;
        return;
    }
    for (size_t i = 0; types && i < ARRAY_SIZE(functions); i++)
        if (strcmp(functions[i].name, function) == 0 && functions[i].types && !(functions[i].types & types))
            add(judge, found, functions[i].id, node, types);
    if (types && is_ref)
        judge_ref(judge, types, node, found);
    else if (schema_node_types(schema) && strcmp(function, "Fn::GetAtt") == 0)
        judge_get_att(judge, schema_node_types(schema), node, found);
    if (format && is_ref)
        judge_ref_format(judge, format, node, found);
    else if (format && strcmp(function, "Fn::GetAtt") == 0)
        judge_attribute_format(judge, format, node, found);
    if (is_ref && judge->purpose == JUDGE_TELL && !schema_node_child(schema, SCHEMA_KEYWORD_REF))
        judge_parameter(judge, schema, node);
}

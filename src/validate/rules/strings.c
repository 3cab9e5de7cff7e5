// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "schema/schema.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"
#include "validate/rules/functions.h"

#include <string.h>

// What strings hold that CloudFormation acts on, or that looks so: dynamic references, and variables of
// Fn::Sub.

// Where a string is.
struct text_place {
    bool in_sub;      // an argument of Fn::Sub, at any depth
    bool in_function; // an argument of another function than Fn::If
    bool has_loops;   // Fn::ForEach may be there
    bool in_template; // a template of another template, or of a state machine
};

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static const char *key_of_ancestor(const struct node *node, size_t depth)
{
    const struct node *path[64];
    size_t count = 0;

    for (; node->parent && count < ARRAY_SIZE(path); node = node->parent)
        path[count++] = node;
    return depth < count && path[count - 1 - depth]->key ? path[count - 1 - depth]->key : "";
}

static bool has_property(
    const struct template_resource *resource, const char *type, const char *property, const struct node *node)
{
    return strcmp(resource->type, type) == 0 && strcmp(key_of_ancestor(node, 3), property) == 0;
}

// "Dynamic references: SSM secure strings": resources that support them.
static bool takes_secure_string(const struct validator *validator, const struct node *node)
{
    static const char *const places[][2] = { { "AWS::DirectoryService::MicrosoftAD", "Password" },
        { "AWS::DirectoryService::SimpleAD", "Password" },
        { "AWS::ElastiCache::ReplicationGroup", "AuthToken" }, { "AWS::IAM::User", "LoginProfile" },
        { "AWS::KinesisFirehose::DeliveryStream", "RedshiftDestinationConfiguration" },
        { "AWS::OpsWorks::App", "AppSource" }, { "AWS::OpsWorks::Stack", "RdsDbInstances" },
        { "AWS::OpsWorks::Stack", "CustomCookbooksSource" }, { "AWS::RDS::DBCluster", "MasterUserPassword" },
        { "AWS::RDS::DBInstance", "MasterUserPassword" },
        { "AWS::Redshift::Cluster", "MasterUserPassword" } };
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; i < ARRAY_SIZE(places) && resource; i++)
        if (has_property(resource, places[i][0], places[i][1], node))
            return true;
    return false;
}

static bool is_in(const struct node *node, const char *section, const char *attribute)
{
    return strcmp(node_section(node), section) == 0 && strcmp(key_of_ancestor(node, 2), attribute) == 0;
}

static void check_service(struct validator *validator, const struct node *node, const char *reference)
{
    const char *service = reference + strlen("{{resolve:");
    size_t length = strcspn(service, ":}");
    bool is_ssm = length == 3 && begins_with(service, "ssm");
    bool is_secure = length == 10 && begins_with(service, "ssm-secure");
    bool is_secret = length == 14 && begins_with(service, "secretsmanager");

    if (!is_ssm && !is_secure && !is_secret)
        report(validator, "E1050", node, "'%.*s' is not one of ssm, ssm-secure and secretsmanager",
            (int)length, service);
    else if (service[length] != ':' || service[length + 1] == '}')
        report(validator, "E1050", node, "a dynamic reference names nothing");
    else if (is_secure && !takes_secure_string(validator, node))
        report(validator, "E1027", node, "a secure string of SSM cannot be read here");
    else if (is_secret && !is_in(node, "Resources", "Properties") && !is_in(node, "Parameters", "Default"))
        report(validator, "E1051", node, "a secret can only be read in properties of resources");
    else if (is_ssm && !is_in(node, "Resources", "Properties") && !is_in(node, "Resources", "Metadata") &&
        !is_in(node, "Outputs", "Value") && !is_in(node, "Parameters", "Default") &&
        !is_in(node, "Parameters", "AllowedValues"))
        report(validator, "E1052", node, "a parameter of SSM cannot be read here");
}

static void check_dynamic_references(struct validator *validator, const struct node *node, const char *text)
{
    while ((text = strstr(text, "{{resolve:"))) {
        const char *end = strstr(text, "}}");

        if (!end)
            return;
        check_service(validator, node, text);
        text = end;
    }
}

// Whether ${NAME} in Fn::Sub would stand for something of the template.
static bool is_variable(const struct validator *validator, const char *name)
{
    const char *dot = strchr(name, '.');
    const struct template_resource *resource;

    if (!dot)
        return begins_with(name, "AWS::")
            ? strcmp(name, "AWS::AccountId") == 0 || strcmp(name, "AWS::NoValue") == 0 ||
                strcmp(name, "AWS::NotificationARNs") == 0 || strcmp(name, "AWS::Partition") == 0 ||
                strcmp(name, "AWS::Region") == 0 || strcmp(name, "AWS::StackId") == 0 ||
                strcmp(name, "AWS::StackName") == 0 || strcmp(name, "AWS::URLSuffix") == 0
            : validator_parameter(validator, name) || validator_resource(validator, name);
    resource = validator_resource(validator, arena_strndup(value_arena(), name, (size_t)(dot - name)));
    return resource && schema_object_find(schema_resource_attributes(resource->schema), dot + 1);
}

static bool has_only_name_characters(const char *text, size_t length)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.";

    return length && strspn(text, characters) >= length;
}

// DefinitionSubstitutions of a state machine stand in for variables of its definition.
static bool is_substituted(const struct validator *validator, const struct node *node, const char *name)
{
    const struct template_resource *resource = node_resource(validator, node);

    return resource && object_get(object_get(resource->properties.value, "DefinitionSubstitutions"), name);
}

static void check_variables(struct validator *validator, const struct node *node, const char *text)
{
    while ((text = strstr(text, "${"))) {
        size_t length = strcspn(text + 2, "}");
        const char *name = text + 2;

        text += 2;
        if (!name[length] || !has_only_name_characters(name, length))
            continue;
        name = arena_strndup(value_arena(), name, length);
        if (!is_variable(validator, name) || is_substituted(validator, node, name))
            continue;
        report(validator, "E1029", node, "'${%s}' stays as it is: the string is not in Fn::Sub", name);
        return;
    }
}

// "{{ resolve:ssm:name }}" stays as it is.
static bool has_blanks(const char *text)
{
    const char *start = strstr(text, "{{"), *end = start ? strstr(start, "}}") : NULL;

    if (!start || !end || begins_with(start, "{{resolve:"))
        return false;
    start += 2 + strspn(start + 2, " \t\n");
    return begins_with(start, "resolve") && begins_with(start + 7 + strspn(start + 7, " \t\n"), ":");
}

static void check_meant(struct validator *validator, const struct node *node, const char *text)
{
    const struct template_resource *resource = node_resource(validator, node);

    if (!resource || strcmp(key_of_ancestor(node, 2), "Properties") != 0)
        return;
    if (has_blanks(text))
        report(validator, "W1053", node, "the blanks in '%s' keep it from being a dynamic reference", text);
    else if (words_have(pseudo_parameters, text) && (!node->key || strcmp(node->key, "Ref") != 0))
        report(validator, "W1054", node, "'%s' is only a text here: {\"Ref\": \"%s\"} gives its value", text,
            text);
}

static void check_string(struct validator *validator, const struct node *node, const struct text_place *place)
{
    const char *text = node_string(node);

    if ((*text == 'A' && text[1] == 'W') || (strchr(text, '{') && strstr(text, "resolve")))
        check_meant(validator, node, text);

    if (!place->in_function && strstr(text, "{{resolve:"))
        check_dynamic_references(validator, node, text);
    if (!place->in_sub && !place->in_template && strstr(text, "${"))
        check_variables(validator, node, text);
}

static void check_strings(struct validator *validator, const struct node *node, struct text_place place)
{
    const char *function = node_function(node);

    if (node_string(node)) {
        check_string(validator, node, &place);
        return;
    }
    // CloudFormation: "'null' values are not allowed in templates".
    if (node_exists(node) && value_type(node->value) == VALUE_NULL)
        report(validator, "E0000", node, "null is not allowed in templates");
    if (node->key && strcmp(node->key, "TemplateBody") == 0)
        place.in_template = true;
    if (function && strcmp(function, "Fn::Sub") == 0)
        place.in_sub = true;
    if (function && strcmp(function, "Fn::If") != 0)
        place.in_function = true;
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if (child.key && !place.has_loops && begins_with(child.key, "Fn::ForEach"))
            report_key(
                validator, "E1032", &child, "Fn::ForEach needs the transform 'AWS::LanguageExtensions'");
        check_strings(validator, &child, place);
    }
}

static void check_all_strings(struct validator *validator, const struct node *template)
{
    check_strings(validator, template,
        (struct text_place){ .has_loops = validator_has_transform(validator, "AWS::LanguageExtensions") });
}

static const char dynamic[] = "Using dynamic references to specify template values";

const struct rule string_rules[] = {
    { "E1027", SEVERITY_ERROR, "a secure string of SSM is read where it cannot be",
        "CloudFormation refuses the template.", "Read it from Secrets Manager instead.", dynamic,
        .scope = RULE_REPORTED },
    { "E1029", SEVERITY_ERROR, "a variable is not in Fn::Sub",
        "The resource gets the text '${...}' and not the value.",
        "Put the string into Fn::Sub; where the text is meant, write ${!Name} in Fn::Sub.", "Fn::Sub",
        .scope = RULE_TEMPLATE, .check = check_all_strings },
    { "E1032", SEVERITY_ERROR, "Fn::ForEach is there without its transform",
        "CloudFormation takes the loop for a resource.", "Declare 'Transform: AWS::LanguageExtensions'.",
        "Fn::ForEach", .scope = RULE_REPORTED },
    { "E1050", SEVERITY_ERROR, "a dynamic reference is not one", "CloudFormation refuses the template.",
        "Write {{resolve:ssm:NAME}}, {{resolve:ssm-secure:NAME}} or {{resolve:secretsmanager:SECRET:...}}.",
        dynamic, .scope = RULE_REPORTED },
    { "E1051", SEVERITY_ERROR, "a secret is read outside of the properties of resources",
        "CloudFormation refuses the template, or the text stays as it is.", "Read it in a property.", dynamic,
        .scope = RULE_REPORTED },
    { "E1052", SEVERITY_ERROR, "a parameter of SSM is read where it cannot be",
        "CloudFormation refuses the template, or the text stays as it is.",
        "Read it in properties, metadata or the value of an output.", dynamic, .scope = RULE_REPORTED },
    { "W1053", SEVERITY_WARNING, "blanks in what looks like a dynamic reference", "The text stays as it is.",
        "Take the blanks out: {{resolve:ssm:NAME}}.", dynamic, .scope = RULE_REPORTED },
    { "W1054", SEVERITY_WARNING, "the name of a pseudo parameter is used as a text",
        "The resource gets the name and not the value.", "Write {\"Ref\": \"AWS::Region\"}.",
        "Pseudo parameters reference", .scope = RULE_REPORTED },
    RULES_END,
};

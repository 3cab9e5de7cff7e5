// SPDX-License-Identifier: MIT
// Texts of another language within a template: state machines, documents of Systems Manager, dashboards,
// event patterns, and what is told to cfn-init and the console.
#include "data/json.h"
#include "template/template.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/error.h"
#include "util/string_list.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"

#include <string.h>

static const struct schema_node *language_of(const struct schema_constraints *constraints, const char *id)
{
    for (size_t i = 0; i < schema_constraints_rule_count(constraints); i++) {
        const struct schema_rule *rule = schema_constraints_rule_at(constraints, i);

        if (strcmp(schema_rule_id(rule), id) == 0)
            return schema_rule_node(rule);
    }
    return NULL;
}

// A variable that the service gets the value of.
static bool is_substituted(const struct node *node, const struct value *substitutions)
{
    const char *text = node_string(node);
    size_t length = text ? strcspn(text, "}") : 0;

    return text && strncmp(text, "${", 2) == 0 && text[length] == '}' && !text[length + 1] &&
        object_get(substitutions, arena_strndup(value_arena(), text + 2, length - 2));
}

struct language {
    const char *id;
    const char *name;
    const struct value *substitutions;
};

static void report_all(struct judge *judge, const struct language *language, const struct violations *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct violation *violation = &found->items[i];

        if (is_substituted(violation->node, language->substitutions))
            continue;
        if (violation->at_key)
            report_key(judge->validator, language->id, violation->node, "%s", violation->message);
        else
            report(judge->validator, language->id, violation->node, "%s", violation->message);
    }
}

static void judge_language(struct judge *judge, const struct language *language, const struct node *node)
{
    const struct schema_node *schema = language_of(judge->constraints, language->id);
    struct violations found = { 0 };

    judge_alternative(judge, JUDGE_TELL, schema, node, &found);
    report_all(judge, language, &found);
}

// What the string says; the node keeps its place. False when it is no JSON, which is told unless a variable
// may make it so.
static bool read_json(struct judge *judge, const char *id, const struct node *node, struct node *ret_node)
{
    ERROR_AUTO err = ERROR_INIT;
    const char *text = node_string(node);

    *ret_node = *node;
    ret_node->value = json_parse(text, strlen(text), "JSON", &err);
    if (ret_node->value)
        return true;
    if (!strstr(text, "${") && !strstr(text, "{{"))
        report(judge->validator, id, node, "the text is no JSON: %s",
            strncmp(err.message, "JSON:", 5) == 0 ? err.message + 5 : err.message);
    return false;
}

static struct judge judge_of(struct validator *validator, const struct node *node)
{
    const struct template_resource *resource = node_resource(validator, node);

    return (struct judge){ .validator = validator,
        .resource = resource,
        .constraints = resource ? schema_constraints_find(resource->type) : NULL,
        .has_conditions = true };
}

// State machines.

static void check_start(struct judge *judge, const struct node *machine);

static void check_machines_in(struct judge *judge, const struct node *state)
{
    static const char *const places[] = { "Branches/*", "ItemProcessor", "Iterator" };
    const char *type = object_string_or_empty(state->value, "Type");

    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        struct node part = node_get(state, i == 0 ? "Branches" : places[i]);

        if (i == 0 && strcmp(type, "Parallel") == 0 && node_is_array(&part)) {
            for (size_t j = 0; j < node_length(&part); j++) {
                struct node branch = node_at(&part, j);

                check_start(judge, &branch);
            }
        } else if (i > 0 && strcmp(type, "Map") == 0) {
            check_start(judge, &part);
        }
    }
}

// The state that a machine begins with is one of its own; the same in those within it.
static void check_start(struct judge *judge, const struct node *machine)
{
    struct node start = node_get(machine, "StartAt"), states = node_get(machine, "States");

    if (!node_string(&start) || !node_is_object(&states) || node_function(&states))
        return;
    if (!object_get(states.value, node_string(&start)))
        report(judge->validator, "E3601", &start, "there is no state '%s' to start at", node_string(&start));
    for (size_t i = 0; i < node_length(&states); i++) {
        struct node state = node_at(&states, i);

        if (node_is_object(&state))
            check_machines_in(judge, &state);
    }
}

static void check_definition(struct judge *judge, const struct node *node, void *data)
{
    const struct language states = { "E3601", "definition", data };
    const char *language;
    struct node definition = *node;

    if (node_function(node))
        return;
    judge->literal = node_string(node) != NULL;
    if (judge->literal && !read_json(judge, states.id, node, &definition))
        return;
    language = object_string(definition.value, "QueryLanguage");
    if (!language || strcmp(language, "JSONPath") == 0)
        judge_language(judge, &states, &definition);
    check_start(judge, &definition);
    judge->literal = false;
}

static void check_machine(struct validator *validator, const struct node *node)
{
    static const char *const places[] = { "Properties/Definition", "Properties/DefinitionString" };
    struct judge judge = judge_of(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));

    for (size_t i = 0; i < ARRAY_SIZE(places); i++)
        if (i == 0 || !validator_has_transform(validator, "AWS::Serverless-2016-10-31"))
            judge_each_at(&judge, node, places[i], check_definition,
                object_get(judge.resource->properties.value, "DefinitionSubstitutions"));
}

// Documents of Systems Manager are JSON or YAML.
static void check_content(struct judge *judge, const struct node *node, void *data)
{
    static const struct language document = { "E3051", "document", NULL };
    ERROR_AUTO err = ERROR_INIT;
    struct string_list duplicates = { 0 };
    struct node content = *node;
    const char *text = node_string(node);

    (void)data;
    if (node_function(node))
        return;
    if (text)
        content.value = template_parse_any(text, strlen(text), "document", &duplicates, &err);
    judge->literal = text != NULL;
    if (content.value)
        judge_language(judge, &document, &content);
    else
        report(judge->validator, document.id, node, "the text is neither JSON nor YAML: %s", err.message);
    judge->literal = false;
}

static void check_document(struct validator *validator, const struct node *node)
{
    struct judge judge = judge_of(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));

    judge_each_at(&judge, node, "Properties/Content", check_content, NULL);
}

// Dashboards.

static void check_body(struct judge *judge, const struct node *node, void *data)
{
    struct node body, widgets;

    (void)data;
    if (!node_string(node) || !read_json(judge, "T3010", node, &body))
        return;
    widgets = node_get(&body, "widgets");
    if (!node_is_object(&body) || (node_exists(&widgets) && !node_is_array(&widgets)))
        report(judge->validator, "T3010", node, "a dashboard is an object whose 'widgets' is a list");
}

static void check_dashboard(struct validator *validator, const struct node *node)
{
    struct judge judge = judge_of(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));

    judge_each_at(&judge, node, "Properties/DashboardBody", check_body, NULL);
}

// Event patterns: objects in objects, and lists of what a value may be.

static void check_pattern(struct validator *validator, const struct node *node)
{
    for (size_t i = 0; i < node_length(node); i++) {
        struct node member = node_at(node, i);

        if (node_function(&member) || (node_string(&member) && strstr(node_string(&member), "{{")))
            continue;
        if (strcmp(member.key, "$or") == 0 && node_is_array(&member))
            continue;
        if (node_is_object(&member))
            check_pattern(validator, &member);
        else if (!node_is_array(&member))
            report(validator, "T3011", &member, "'%s' needs a list of what its value may be", member.key);
        else if (!node_length(&member))
            report(validator, "T3011", &member, "the list of what '%s' may be is empty", member.key);
    }
}

static void check_event_pattern(struct judge *judge, const struct node *node, void *data)
{
    struct node pattern = *node;

    (void)data;
    if (node_function(node) || (node_string(node) && !read_json(judge, "T3011", node, &pattern)))
        return;
    if (node_is_object(&pattern))
        check_pattern(judge->validator, &pattern);
}

static void check_event_rule(struct validator *validator, const struct node *node)
{
    struct judge judge = judge_of(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));

    judge_each_at(&judge, node, "Properties/EventPattern", check_event_pattern, NULL);
}

// Metadata.

static void check_named(
    struct validator *validator, const struct node *node, const char *schema, const char *id)
{
    struct judge judge = {
        .validator = validator, .resource = node_resource(validator, node), .has_conditions = true
    };
    const struct language language = { id, schema, NULL };
    struct violations found = { 0 };
    VALUE_ARENA_SCOPE(validator_arena(validator));

    judge_alternative(&judge, JUDGE_TELL, schema_named(schema), node, &found);
    report_all(&judge, &language, &found);
}

static void check_init(struct validator *validator, const struct node *node)
{
    struct node metadata = node_get(node, "Metadata"),
                init = node_get(&metadata, "AWS::CloudFormation::Init");

    if (node_exists(&init))
        check_named(validator, &init, "cfn-init", "E3009");
}

static void check_parameter_name(struct validator *validator, const struct node *node, const char *name)
{
    if (name && !validator_parameter(validator, name) && validator_ids_are_known(validator, name))
        report(validator, "W4001", node, "there is no parameter '%s'", name);
}

static void check_group_parameter(struct judge *judge, const struct node *node, void *data)
{
    (void)data;
    check_parameter_name(judge->validator, node, node_string(node));
}

static void check_interface(struct validator *validator, const struct node *template)
{
    struct node metadata = node_get(template, "Metadata"),
                interface = node_get(&metadata, "AWS::CloudFormation::Interface"),
                labels = node_get(&interface, "ParameterLabels");

    if (!node_exists(&interface))
        return;
    check_named(validator, &interface, "interface", "E4001");
    validator_each_at(validator, &interface, "ParameterGroups/*/Parameters/*", check_group_parameter, NULL);
    for (size_t i = 0; i < node_length(&labels) && node_is_object(&labels); i++) {
        struct node label = node_at(&labels, i);

        check_parameter_name(validator, &label, label.key);
    }
}

#define REFUSED "AWS refuses the resource, so the stack is rolled back."

const struct rule document_language_rules[] = {
    { "E3009", SEVERITY_ERROR, "what cfn-init is told is not in its form",
        "cfn-init fails on the instance, and the stack waits for its signal until it times out.",
        "Correct the section that the message names.",
        "AWS::CloudFormation::Init in the CloudFormation User Guide", .scope = RULE_RESOURCE,
        .check = check_init },
    { "E3051", SEVERITY_ERROR, "a document of Systems Manager is not in its form", REFUSED,
        "Write JSON or YAML with a schemaVersion.", "AWS Systems Manager User Guide: schemas and features",
        .scope = RULE_RESOURCE, .subject = "AWS::SSM::Document", .check = check_document },
    { "E3601", SEVERITY_ERROR, "the definition of a state machine is wrong", REFUSED,
        "Correct the state that the message names.", "Amazon States Language", .scope = RULE_RESOURCE,
        .subject = "AWS::StepFunctions::StateMachine", .check = check_machine },
    { "E4001", SEVERITY_ERROR, "AWS::CloudFormation::Interface is not in its form",
        "The console does not show the parameters as they are grouped.", "Correct what the message names.",
        "AWS::CloudFormation::Interface in the CloudFormation User Guide", .scope = RULE_TEMPLATE,
        .check = check_interface },
    { "T3010", SEVERITY_ERROR, "the body of a dashboard is no JSON", REFUSED,
        "Write a JSON object with the list 'widgets'.",
        "CloudWatch User Guide: dashboard body structure and syntax", .scope = RULE_RESOURCE,
        .subject = "AWS::CloudWatch::Dashboard", .check = check_dashboard },
    { "T3011", SEVERITY_ERROR, "an event pattern compares with something that is no list", REFUSED,
        "Put the value into a list.",
        "EventBridge User Guide: event patterns; AWS::Events::Rule EventPattern", .scope = RULE_RESOURCE,
        .subject = "AWS::Events::Rule", .check = check_event_rule },
    { "W4001", SEVERITY_WARNING, "the console is told of a parameter that is not there",
        "The template says more than it does.", "Name parameters of the template.",
        "AWS::CloudFormation::Interface in the CloudFormation User Guide", .scope = RULE_REPORTED },
    RULES_END,
};

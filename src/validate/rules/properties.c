// SPDX-License-Identifier: MIT
// Properties against the schema of their resource.
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/judge.h"
#include "validate/properties/packages.h"
#include "validate/properties/places.h"
#include "validate/validate.h"

#include <string.h>

#define REFUSED "CloudFormation refuses the template, or the resource fails and the stack is rolled back."
#define SCHEMA_SOURCE "AWS's provider schema of the resource type: tango-infra schema TYPE"

static const struct schema_constraints *constraints_of(const struct template_resource *resource)
{
    if (strncmp(resource->type, "Custom::", strlen("Custom::")) == 0)
        return schema_constraints_find("AWS::CloudFormation::CustomResource");
    return schema_constraints_find(resource->type);
}

static void report_violation(struct validator *validator, const char *id, const struct violation *violation)
{
    if (violation->at_key)
        report_key(validator, id, violation->node, "%s", violation->message);
    else
        report(validator, id, violation->node, "%s", violation->message);
}

// Why each of the alternatives does not hold is told too, as cfn-lint does.
static void report_with_reasons(struct validator *validator, const struct violation *violation)
{
    // Rules of functions are in other tables.
    if (validate_rule_find(violation_id(violation)))
        report_violation(validator, violation_id(violation), violation);
    for (size_t i = 0; violation->inside && i < violation->inside->count; i++)
        report_with_reasons(validator, &violation->inside->items[i]);
}

static void report_all(struct judge *judge, const struct violations *found)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].keyword != SCHEMA_KEYWORD_TYPE ||
            !place_is_packaged(judge->resource, found->items[i].node))
            report_with_reasons(judge->validator, &found->items[i]);
}

// Rules of their own for parts of the resource.

// What the rule is about, and what it has found.
static void report_of_rule(struct validator *validator, const char *id, const struct violation *violation)
{
    struct violation told = *violation;
    const char *title = validate_rule_find(id)->title;

    told.message = violation->keyword == SCHEMA_KEYWORD_NEVER && violation->node->key &&
            strcmp(violation->node->key, "Properties") == 0
        ? title
        : arena_printf(validator_arena(validator), "%s: %s", title, violation->message);
    report_violation(validator, id, &told);
}

static void apply_rule(struct judge *judge, const struct node *node, void *data)
{
    const struct schema_rule *rule = data;
    const char *id = schema_rule_id(rule);
    struct violations found = { 0 };
    const struct violation *best;

    if (!judge->literal && node_function(node))
        return;
    judge_alternative(judge, JUDGE_COUNT, schema_rule_node(rule), node, &found);
    if (!found.count)
        return;
    found = (struct violations){ 0 };
    judge_alternative(judge, JUDGE_TELL, schema_rule_node(rule), node, &found);
    best = schema_rule_reports_all(rule) ? NULL : violations_best(&found);
    if (best)
        report_of_rule(judge->validator, id, best);
    for (size_t i = 0; i < found.count && schema_rule_reports_all(rule); i++)
        report_of_rule(judge->validator, id, &found.items[i]);
}

static bool is_in_regions(const struct validator *validator, const struct schema_rule *rule)
{
    struct schema_list regions = schema_rule_regions(rule);

    for (size_t i = 0; i < regions.count; i++)
        for (size_t j = 0; j < validator_region_count(validator); j++)
            if (strcmp(validator_region(validator, j), schema_list_at(regions, i)) == 0)
                return true;
    return !regions.count;
}

static bool is_any(const char *id, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

// The engine of a database is the same in whatever case it is written.
static struct node with_lower_engine(struct validator *validator, const struct node *node)
{
    const char *engine = object_string(node->value, "Engine");
    VALUE_ARENA_SCOPE(validator_arena(validator));
    struct node lowered = *node;
    struct value *copy = object((struct field[]){ END });
    char *lower;

    if (!engine)
        return lowered;
    lower = arena_strdup(validator_arena(validator), engine);
    for (char *at = lower; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    for (size_t i = 0; i < node_length(node); i++)
        object_set(copy, object_at(node->value, i)->key, object_at(node->value, i)->value);
    object_set(copy, "Engine", string(lower));
    lowered.value = copy;
    return lowered;
}

static void apply_rules(struct judge *judge, const struct node *properties)
{
    static const char *const literal[] = { "E3025", "E3062", "E3694" };
    static const char *const elsewhere[] = { "E3051", "E3601" }; // services/documents.c reads texts, too
    static const char *const lower[] = { "E3025", "E3062", "E3682", "E3691" };
    static const char start[] = "Properties";

    for (size_t i = 0; i < schema_constraints_rule_count(judge->constraints); i++) {
        const struct schema_rule *rule = schema_constraints_rule_at(judge->constraints, i);
        const char *place = schema_rule_place(rule) + strlen(start);
        struct node node = *properties;

        if (is_any(schema_rule_id(rule), elsewhere, ARRAY_SIZE(elsewhere)))
            continue;
        if (!is_in_regions(judge->validator, rule) || !rule_is_on(judge->validator, schema_rule_id(rule)))
            continue;
        if (is_any(schema_rule_id(rule), lower, ARRAY_SIZE(lower)))
            node = with_lower_engine(judge->validator, properties);
        judge->literal = is_any(schema_rule_id(rule), literal, ARRAY_SIZE(literal));
        judge_each_at(judge, &node, place + (*place == '/'), apply_rule, (void *)rule);
        judge->literal = false;
    }
}

static void report_read_only(struct judge *judge, const struct node *node, void *data)
{
    if (!node_function(node))
        report(judge->validator, "E3040", node, "'%s' is read-only", (const char *)data);
}

static void check_read_only(struct judge *judge, const struct node *properties)
{
    struct schema_list paths = schema_constraints_paths(judge->constraints, SCHEMA_PATHS_READ_ONLY);

    for (size_t i = 0; i < paths.count; i++) {
        const char *path = schema_list_at(paths, i);

        judge_each_at(judge, properties, path, report_read_only, (void *)path);
    }
}

// A function gives no tag.
static void check_tag(struct judge *judge, const struct node *node, void *data)
{
    (void)data;
    if (node_function(node) && !node_is_no_value(node) && !node_is_function(node, "Fn::Transform"))
        report(judge->validator, "E3024", node, "'Key' is required");
}

static void check_tags(struct judge *judge, const struct node *properties)
{
    struct violations found = { 0 };

    if (!schema_constraints_taggable(judge->constraints))
        return;
    judge_schema(judge, schema_named("tagging"), properties, &found);
    for (size_t i = 0; i < found.count; i++)
        report_violation(judge->validator, "E3024", &found.items[i]);
    judge_each_at(judge, properties, "Tags/*", check_tag, NULL);
}

static void check_lifecycle(struct judge *judge, const struct node *properties)
{
    static const struct {
        const char *state, *id, *what;
    } states[] = {
        { "shutdown", "E3710", "has been shut down" },
        { "sunset", "W3696", "will be shut down" },
        { "maintenance", "W3697", "is only maintained" },
    };
    const char *lifecycle = schema_constraints_lifecycle(judge->constraints);
    const char *date = schema_constraints_lifecycle_date(judge->constraints);

    for (size_t i = 0; lifecycle && i < ARRAY_SIZE(states); i++)
        if (strcmp(states[i].state, lifecycle) == 0)
            report(judge->validator, states[i].id, properties, "the service of '%s' %s%s%s (as of %s)",
                judge->resource->type, states[i].what, date ? ", date: " : "", date ? date : "",
                schema_list_at(schema_constraint_sources(), 0));
}

static void check_all(struct judge *judge, const struct node *properties)
{
    struct violations found = { 0 };

    judge_schema(judge, schema_constraints_root(judge->constraints), properties, &found);
    report_all(judge, &found);
    check_tags(judge, properties);
    check_read_only(judge, properties);
    check_lifecycle(judge, properties);
    judge->resolves = false;
    apply_rules(judge, properties);
}

static bool has_conditions(const struct node *node)
{
    if (node_is_function(node, "Fn::If") || node_is_no_value(node))
        return true;
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if ((node_is_object(&child) || node_is_array(&child)) && has_conditions(&child))
            return true;
    }
    return false;
}

static void check_properties(struct validator *validator, const struct node *node)
{
    const struct template_resource *resource = node_resource(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));
    struct node properties = node_get(node, "Properties");
    struct assumption condition = { resource ? resource->condition : NULL, true, NULL };
    struct judge judge = { .validator = validator, .resource = resource, .resolves = true };

    judge.constraints = resource ? constraints_of(resource) : NULL;
    if (!judge.constraints)
        return;
    judge.has_conditions = has_conditions(&properties);
    judge.assumptions = condition.condition ? &condition : NULL;
    if (!node_exists(&properties))
        properties.value = object((struct field[]){ END });
    if (!node_is_object(&properties)) {
        report(validator, "E3012", &properties, "'Properties' is not of type object");
    } else if (node_is_no_value(&properties)) {
        struct node reference = node_argument(&properties);

        report(validator, "E3012", &reference, "'Properties' is not of type object");
    } else {
        check_all(&judge, &properties);
    }
}

#define SCHEMA_RULE(rule_id, rule_title, rule_fix)                                                           \
    {                                                                                                        \
        .id = (rule_id), .severity = SEVERITY_ERROR, .title = (rule_title), .why = REFUSED,                  \
        .fix = (rule_fix), .source = SCHEMA_SOURCE, .scope = RULE_REPORTED                                   \
    }
#define FORMAT_RULE(rule_id, rule_title)                                                                     \
    SCHEMA_RULE(rule_id, rule_title, "Write the value in the form that the service uses.")
#define LIFECYCLE_RULE(rule_id, rule_severity, rule_title)                                                   \
    {                                                                                                        \
        .id = (rule_id), .severity = (rule_severity), .title = (rule_title),                                 \
        .why = "No stack with it can be made, or soon none.", .fix = "Plan what takes its place.",           \
        .source = "AWS service lifecycle changes, as cfn-lint has them", .scope = RULE_REPORTED              \
    }

const struct rule property_rules[] = {
    { .id = "E3002",
        .severity = SEVERITY_ERROR,
        .title = "a property is not one of the resource type, or not as its schema demands",
        .why = REFUSED,
        .fix = "Correct the name of the property, or take it out.",
        .source = SCHEMA_SOURCE,
        .scope = RULE_RESOURCE,
        .check = check_properties },
    SCHEMA_RULE("E3003", "a required property is missing", "Add the property."),
    SCHEMA_RULE("E3008", "an item of a list is not what belongs in its place", "Put the items in order."),
    SCHEMA_RULE("E3012", "a value is not of the type of its property", "Write a value of that type."),
    SCHEMA_RULE("E3014", "not exactly one of several properties is given", "Give one of them."),
    SCHEMA_RULE("E3017", "a value is none of the alternatives that its property has", "Make it one of them."),
    SCHEMA_RULE("E3018", "a value is not exactly one of the alternatives that its property has",
        "Make it one of them."),
    SCHEMA_RULE("E3020", "two properties exclude each other", "Take one of them out."),
    SCHEMA_RULE("E3021", "a property needs another one", "Add the other one."),
    SCHEMA_RULE("E3024", "a tag is not what a tag may be", "Correct its key or value."),
    SCHEMA_RULE("E3030", "a value is none of those that are allowed", "Use an allowed value."),
    SCHEMA_RULE(
        "E3031", "a string does not match the pattern of its property", "Write it as the pattern demands."),
    SCHEMA_RULE("E3032", "a list has too few or too many items", "Change their number."),
    SCHEMA_RULE("E3033", "a string is too short or too long", "Change its length."),
    SCHEMA_RULE("E3034", "a number is too small or too large", "Use one within the bounds."),
    SCHEMA_RULE("E3037", "items of a list are the same, but have to be unique", "Take the second one out."),
    { .id = "E3040",
        .severity = SEVERITY_WARNING,
        .title = "a read-only property is given a value",
        .why = "The value is not used, so the resource is not what the template says.",
        .fix = "Take it out: AWS gives it its value.",
        .source =
            "readOnlyProperties in the CloudFormation CLI User Guide: unable to be specified by the customer",
        .scope = RULE_REPORTED },
    SCHEMA_RULE("E3058", "none of several properties is given", "Give one of them."),
    SCHEMA_RULE("E1040", "Fn::GetAtt gives something of another kind than the property takes",
        "Name the attribute that the property takes, such as an id and not an ARN."),
    SCHEMA_RULE("E1041", "Ref gives something of another kind than the property takes",
        "Refer to a resource of the right type, or to the attribute that the property takes."),
    FORMAT_RULE("E1150", "a string is no id of a security group"),
    FORMAT_RULE("E1151", "a string is no id of a VPC"),
    FORMAT_RULE("E1152", "a string is no id of an AMI"),
    FORMAT_RULE("E1153", "a string is no name of a security group"),
    FORMAT_RULE("E1154", "a string is no id of a subnet"),
    FORMAT_RULE("E1156", "a string is no ARN of a role"),
    FORMAT_RULE("E1157", "a string is no ARN of a KMS key"),
    FORMAT_RULE("E1158", "a string is no ARN of a topic"),
    FORMAT_RULE("E1159", "a string is no ARN of a certificate"),
    FORMAT_RULE("E1160", "a string is no ARN of a function"),
    FORMAT_RULE("E1161", "a string is no name of a bucket"),
    FORMAT_RULE("E1162", "a string is no id or alias of a KMS key"),
    FORMAT_RULE("E1163", "a string is no name of a function"),
    FORMAT_RULE("E1164", "a string is no name of a KMS alias"),
    LIFECYCLE_RULE("E3710", SEVERITY_ERROR, "the service of the resource has been shut down"),
    LIFECYCLE_RULE("W3696", SEVERITY_WARNING, "the service of the resource will be shut down"),
    LIFECYCLE_RULE("W3697", SEVERITY_WARNING, "the service of the resource is only maintained"),
    RULES_END,
};

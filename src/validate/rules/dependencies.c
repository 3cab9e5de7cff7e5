// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/rules/cycles.h"
#include "validate/rules/graph.h"

#include <string.h>

// Whether the resource can be left out of a deployment in which the reference is there.
static bool may_be_missing(struct validator *validator, const struct resource_reference *reference)
{
    struct condition_literal literals[CONDITION_LITERALS_LIMIT + 1];
    size_t count;

    if (!reference->to->condition || !validator_condition(validator, reference->to->condition))
        return false;
    count = node_conditions(validator, reference->node, literals);
    for (size_t i = 0; i < count; i++)
        if (!validator_condition(validator, literals[i].name))
            return false;
    literals[count++] = (struct condition_literal){ reference->to->condition, false };
    return conditions_ask(validator, literals, count) == POSSIBLE;
}

static void check_reference(struct validator *validator, const struct resource_reference *reference)
{
    bool is_name = reference->kind == REFERENCE_DEPENDS_ON;

    if (may_be_missing(validator, reference))
        report(validator, is_name ? "E3005" : "W1001", reference->node,
            "'%s' is not there when its condition '%s' is false, and this is", reference->to->id,
            reference->to->condition);
}

static const char *kind_name(enum reference_kind kind)
{
    static const char *const names[] = { "DependsOn", "Ref", "Fn::GetAtt", "Fn::Sub" };

    return names[kind];
}

// The CDK declares dependencies between constructs whatever their resources refer to.
static bool is_made_by_cdk(const struct validator *validator, const struct template_resource *resource)
{
    return object_get(object_get(resource->node->value, "Metadata"), "aws:cdk:path") ||
        validator_parameter(validator, "BootstrapVersion");
}

// A function that refers to a resource says that it depends on it. `functions` is memory for each resource:
// the last reference to it by a function, plus 1.
static void check_obsolete(struct validator *validator, const struct reference_graph *graph,
    const struct template_resource *from, size_t *functions)
{
    size_t start = graph->starts[from->index], end = graph->starts[from->index + 1];

    for (size_t i = end; i-- > start;)
        if (graph->items[i].kind != REFERENCE_DEPENDS_ON)
            functions[graph->items[i].to->index] = i + 1;
    for (size_t i = start; i < end; i++) {
        const struct resource_reference *depends = &graph->items[i];
        size_t other = functions[depends->to->index];

        if (depends->kind == REFERENCE_DEPENDS_ON && other > start)
            report(validator, "W3005", depends->node, "%s makes it depend on '%s' anyway",
                kind_name(graph->items[other - 1].kind), depends->to->id);
    }
}

static void check_dependencies(struct validator *validator, const struct node *template)
{
    size_t count = validator_resource_count(validator);
    size_t *functions = arena_alloc(validator_arena(validator), (count + 1) * sizeof(*functions));
    struct reference_graph graph;

    (void)template;
    reference_graph_make(validator, &graph);
    cycles_check(validator, &graph);
    for (size_t i = 0; i < graph.count; i++)
        check_reference(validator, &graph.items[i]);
    for (size_t i = 0; i < count; i++)
        if (!is_made_by_cdk(validator, validator_resource_at(validator, i)))
            check_obsolete(validator, &graph, validator_resource_at(validator, i), functions);
}

const struct rule dependency_rules[] = {
    { "E3004", SEVERITY_ERROR, "resources depend on each other in a circle",
        "CloudFormation refuses the template: none of them can be made first.",
        "Take one reference out of the circle, for instance into a resource of its own.",
        "How do I resolve circular dependencies", .scope = RULE_TEMPLATE, .check = check_dependencies },
    { "W1001", SEVERITY_WARNING, "a reference to a resource that may not be there",
        "When the condition of the resource is false, CloudFormation refuses the template.",
        "Put the reference into Fn::If with the same condition, or give it that condition.",
        "CloudFormation template Conditions syntax", .scope = RULE_REPORTED },
    { "W3005", SEVERITY_WARNING, "a dependency is declared twice",
        "The template is longer than it needs to be; a reference is a dependency.",
        "Leave it out of 'DependsOn'.", "DependsOn attribute", .scope = RULE_REPORTED },
    RULES_END,
};

// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "aws/attribute.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NAME_LENGTH = 64, MAX_TARGETS = 5 };

static bool is_name(const char *text)
{
    size_t length = strlen(text);

    if (length < 1 || length > MAX_NAME_LENGTH)
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr(".-_", *text))
            return false;
    return true;
}

static void validate(struct construct *node, void *data)
{
    const struct events_rule_state *state = data;
    const char *name = value_string(state->rule_name);

    if (name && !is_name(name))
        diag_error(node, "event rule name '%s' may have 1 to %d letters, digits, '.', '-' and '_'", name,
            MAX_NAME_LENGTH);
    if (!value_length(state->pattern) && !state->schedule_expression && !state->has_bad_schedule)
        diag_error(node, "the rule needs an 'event_pattern' or a 'schedule'");
    if (value_length(state->targets) > MAX_TARGETS)
        diag_error(node, "the rule has %zu targets, at most %d are possible", value_length(state->targets),
            MAX_TARGETS);
}

static bool known_to_be_same(const struct value *a, const struct value *b)
{
    enum token_comparison comparison = token_compare(a, b);

    return comparison == TOKENS_SAME || comparison == TOKENS_BOTH_UNRESOLVED;
}

// In the other stack only if that is certain to be in the same environment (rule.js, determineRuleScope).
static struct construct *rule_scope(struct construct *scope, struct construct *cross_stack_scope)
{
    const struct stack *here = construct_stack(scope), *there;

    if (!cross_stack_scope)
        return scope;
    there = construct_stack(cross_stack_scope);
    if (here == there || !known_to_be_same(here->region, there->region) ||
        !known_to_be_same(here->account, there->account))
        return scope;
    return cross_stack_scope;
}

static void check_schedule(struct construct *node, const struct events_rule_props *p)
{
    const struct events_schedule *schedule = &p->schedule;

    if (schedule->error)
        diag_error(node, "%s", schedule->error);
    if (schedule->warning)
        diag_warning(node, "%s", schedule->warning);
    if (p->event_bus && schedule->expression)
        diag_error(node, "a rule with a 'schedule' is always on the default bus; leave 'event_bus' out");
}

static struct value *render_pattern(void *data)
{
    struct value *pattern = data;

    return value_length(pattern) ? pattern : NULL;
}

static struct value *rule_properties(const struct events_rule_state *state, const struct events_rule_props *p)
{
    return object((struct field[]){
        { "Description", string(state->description) },
        { "EventBusName", p->event_bus ? p->event_bus->event_bus_name : NULL },
        { "EventPattern", lazy(render_pattern, state->pattern) },
        { "Name", p->rule_name },
        { "RoleArn", p->role ? p->role->role_arn : NULL },
        { "ScheduleExpression", string(state->schedule_expression) },
        { "State", string(toggle_or(p->enabled, true) ? "ENABLED" : "DISABLED") },
        { "Targets", omit_empty(state->targets) },
        END,
    });
}

static struct events_rule *rule_make(
    struct construct *scope, const char *id, const struct events_rule_props *props)
{
    struct arena *arena = construct_arena(scope);
    struct events_rule *self = arena_alloc(arena, sizeof(*self));
    struct events_rule_state *state = arena_alloc(arena, sizeof(*state));

    self->node = construct_new(scope, id, "events.Rule");
    self->state = state;
    state->pattern = object((struct field[]){ END });
    state->targets = array();
    state->rule_name = props->rule_name;
    if (props->description)
        state->description = arena_strdup(arena, props->description);
    state->has_bad_schedule = props->schedule.error;
    if (props->schedule.expression)
        state->schedule_expression = arena_strdup(arena, props->schedule.expression);
    return self;
}

static void make_resource(struct events_rule *self, const struct events_rule_props *props)
{
    self->resource =
        resource_new(self->node, "Resource", "AWS::Events::Rule", rule_properties(self->state, props));
    self->rule_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){ .service = "events", .resource = "rule", .resource_name = props->rule_name });
    self->rule_name = attribute_name(self->resource, props->rule_name);
}

struct events_rule *events_rule_new(
    struct construct *scope, const char *id, const struct events_rule_props *props)
{
    struct events_rule *self = rule_make(rule_scope(scope, props->cross_stack_scope), id, props);

    check_schedule(self->node, props);
    make_resource(self, props);
    if (props->event_pattern)
        events_rule_add_event_pattern(self, props->event_pattern);
    for (struct events_target *const *at = props->targets; at && *at; at++)
        events_rule_add_target(self, *at);
    construct_add_validation(self->node, validate, self->state);
    return self;
}

struct events_rule *mirror_rule_new(struct construct *scope, const char *id, struct events_rule *source)
{
    const struct events_rule_props props = {
        .description = source->state->description,
        .schedule = { .expression = source->state->schedule_expression },
    };
    struct events_rule *self = rule_make(scope, id, &props);

    self->state->pattern = source->state->pattern;
    make_resource(self, &props);
    return self;
}

void events_rule_add_event_pattern(struct events_rule *rule, const struct events_event_pattern *pattern)
{
    event_pattern_merge(rule->state->pattern, event_pattern_render(pattern), rule->node);
}

void events_rule_add_target(struct events_rule *rule, struct events_target *target)
{
    const char *id = value_string(stringf("Target%zu", value_length(rule->state->targets)));
    struct target_binding binding = target_bind(target, rule);
    struct input_properties input = input_bind(binding.input, rule->node);

    if (!target_is_here(rule, &binding)) {
        rule_forward(rule, target, &binding, id);
        return;
    }
    array_append(rule->state->targets,
        object((struct field[]){
            { "Arn", binding.arn },
            { "DeadLetterConfig", binding.dead_letter_config },
            { "Id", string(id) },
            { "Input", input.input },
            { "InputPath", input.input_path },
            { "InputTransformer", input.input_transformer },
            { "RetryPolicy", binding.retry_policy },
            { "RoleArn", binding.role ? binding.role->role_arn : NULL },
            { "SqsParameters", binding.sqs_parameters },
            END,
        }));
}

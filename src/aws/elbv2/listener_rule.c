// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

struct elbv2_listener_rule_state {
    struct elbv2_listener *listener;
    const struct elbv2_action *action;
    struct value *conditions;
};

enum { MAX_PATH_PATTERNS = 5 };

static const struct condition_kind {
    const char *field;
    const char *config_key;
} condition_kinds[] = {
    [ELBV2_HOST_HEADERS] = { "host-header", "HostHeaderConfig" },
    [ELBV2_HTTP_HEADER] = { "http-header", "HttpHeaderConfig" },
    [ELBV2_HTTP_REQUEST_METHODS] = { "http-request-method", "HttpRequestMethodConfig" },
    [ELBV2_PATH_PATTERNS] = { "path-pattern", "PathPatternConfig" },
    [ELBV2_QUERY_STRINGS] = { "query-string", "QueryStringConfig" },
    [ELBV2_SOURCE_IPS] = { "source-ip", "SourceIpConfig" },
};

static struct value *query_strings(const struct elbv2_query_string *at)
{
    struct value *list = array();

    for (; at && at->value; at++)
        array_append(list,
            object((struct field[]){
                { "Key", string(at->key) },
                { "Value", string(at->value) },
                END,
            }));
    return list;
}

static struct value *condition_value(struct construct *node, const struct elbv2_condition *condition)
{
    const struct condition_kind *kind = &condition_kinds[condition->field];
    bool is_query = condition->field == ELBV2_QUERY_STRINGS;
    struct value *values = is_query ? query_strings(condition->query_strings) : strings(condition->values);
    struct value *config = object((struct field[]){
        { "HttpHeaderName", string(condition->http_header_name) },
        { "Values", values },
        END,
    });

    if (value_length(values) == 0)
        diag_error(node, "a '%s' condition needs values", kind->field);
    if (condition->field == ELBV2_PATH_PATTERNS && value_length(values) > MAX_PATH_PATTERNS)
        diag_error(node, "a rule can have at most %d path patterns", MAX_PATH_PATTERNS);
    if ((condition->field == ELBV2_HTTP_HEADER) != (condition->http_header_name != NULL))
        diag_error(node, "'http_header_name' belongs to an ELBV2_HTTP_HEADER condition, which needs it");
    return object((struct field[]){
        { "Field", string(kind->field) },
        { kind->config_key, config },
        END,
    });
}

static struct value *produce_actions(void *data)
{
    const struct elbv2_listener_rule_state *state = data;

    return elbv2_actions_value(state->action);
}

static struct value *rule_properties(
    struct elbv2_listener_rule *self, const struct elbv2_listener_rule_props *p)
{
    return object((struct field[]){
        { "Actions", lazy(produce_actions, self->state) },
        { "Conditions", self->state->conditions },
        { "ListenerArn", p->listener ? p->listener->listener_arn : NULL },
        { "Priority", number(p->match.priority) },
        END,
    });
}

static void validate(struct construct *node, void *data)
{
    const struct elbv2_listener_rule_state *state = data;

    if (!state->action)
        diag_error(node, "the listener rule has no action");
}

static void check(struct construct *node, const struct elbv2_listener_rule_props *p)
{
    const struct elbv2_condition *conditions = p->match.conditions;

    if (!p->listener)
        diag_error(node, "a listener rule needs a 'listener'");
    if (!conditions || conditions->field == ELBV2_CONDITION_END)
        diag_error(node, "a listener rule needs a condition");
    if (p->match.priority < 1)
        diag_error(node, "the priority of a listener rule must be at least 1, got %d", p->match.priority);
    if (p->action && p->target_groups)
        diag_error(node, "a listener rule takes an 'action' or 'target_groups', not both");
}

struct elbv2_listener_rule *elbv2_listener_rule_new(
    struct construct *scope, const char *id, const struct elbv2_listener_rule_props *props)
{
    struct arena *arena = construct_arena(scope);
    struct elbv2_listener_rule *self = arena_alloc(arena, sizeof(*self));
    const struct elbv2_condition *condition = props->match.conditions;

    self->node = construct_new(scope, id, "aws_elasticloadbalancingv2.ApplicationListenerRule");
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->listener = props->listener;
    self->state->conditions = array();
    check(self->node, props);
    self->resource = resource_new(
        self->node, "Resource", "AWS::ElasticLoadBalancingV2::ListenerRule", rule_properties(self, props));
    self->listener_rule_arn = ref(self->resource);
    for (; condition && condition->field != ELBV2_CONDITION_END; condition++)
        elbv2_listener_rule_add_condition(self, condition);
    if (props->action)
        elbv2_listener_rule_configure_action(self, props->action);
    if (props->target_groups)
        elbv2_listener_rule_configure_action(
            self, elbv2_forward(props->target_groups, (struct duration){ 0 }));
    construct_add_validation(self->node, validate, self->state);
    return self;
}

void elbv2_listener_rule_configure_action(struct elbv2_listener_rule *rule, struct elbv2_action *action)
{
    if (rule->state->action)
        diag_warning(rule->node, "the action of the listener rule is replaced; give one only");
    if (rule->state->listener)
        elbv2_action_bind(action, rule->state->listener, rule->node);
    rule->state->action = action;
}

void elbv2_listener_rule_add_condition(
    struct elbv2_listener_rule *rule, const struct elbv2_condition *condition)
{
    array_append(rule->state->conditions, condition_value(rule->node, condition));
}

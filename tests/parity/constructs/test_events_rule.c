// SPDX-License-Identifier: MIT
#include "aws/events.h"
#include "aws/lambda.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "parity/constructs/events_samples.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

static void text_output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static void rule_schedules(struct stack *stack)
{
    const struct {
        const char *id;
        struct events_schedule schedule;
        enum toggle enabled;
    } rules[] = {
        { "Minute", events_schedule_rate(minutes(1)), TOGGLE_DEFAULT },
        { "Minutes", events_schedule_rate(minutes(90)), TOGGLE_DEFAULT },
        { "Hours", events_schedule_rate(minutes(120)), TOGGLE_DEFAULT },
        { "Day", events_schedule_rate(hours(24)), TOGGLE_DEFAULT },
        { "Seconds", events_schedule_rate(seconds(300)), TOGGLE_DEFAULT },
        { "Expression", events_schedule_expression("cron(0 3 ? * SUN *)"), NO },
        { "Cron",
            events_schedule_cron(&(struct events_cron_options){
                .minute = "0",
                .hour = "4",
                .week_day = "MON-FRI",
                .month = "1",
                .year = "2030",
            }),
            TOGGLE_DEFAULT },
        { "Monthly",
            events_schedule_cron(&(struct events_cron_options){ .minute = "5", .hour = "4", .day = "1" }),
            TOGGLE_DEFAULT },
        { "EveryMinute", events_schedule_cron(&(struct events_cron_options){ 0 }), TOGGLE_DEFAULT },
    };

    for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
        events_rule_new(stack->node, rules[i].id,
            &(struct events_rule_props){ .schedule = rules[i].schedule, .enabled = rules[i].enabled });
}

static void rule_options(struct stack *stack)
{
    const struct events_event_pattern pattern = { .source = one("tango") };
    struct events_event_bus *self = events_event_bus_new(stack->node, "Bus", NULL);
    struct iam_role *role = role_of(stack, "Role", "events.amazonaws.com");
    struct events_rule *rule = events_rule_new(stack->node, "Rule",
        &(struct events_rule_props){
            .rule_name = string("tango.audit_rule-1"),
            .description = "Routes",
            .event_bus = self,
            .enabled = YES,
            .role = role,
            .event_pattern = &pattern,
        });

    events_rule_new(stack->node, "Imported",
        &(struct events_rule_props){
            .event_bus = events_event_bus_from_name(stack->node, "Shared", string("shared")),
            .event_pattern = &pattern,
        });
    text_output(stack, "Arn", rule->rule_arn);
    text_output(stack, "Name", rule->rule_name);
}

static struct value *deep_detail(void)
{
    struct value *deep = array_of((struct value *[]){ number(1), boolean(true), null(), NULL });
    struct value *deeper = object((struct field[]){ { "name", events_match_prefix("x") }, END });
    struct value *nested = object((struct field[]){ { "deep", deep }, { "deeper", deeper }, END });

    return object((struct field[]){ { "state", one("running") }, { "nested", nested }, END });
}

static void pattern_fields(struct stack *stack)
{
    events_rule_new(stack->node, "Rule",
        &(struct events_rule_props){
            .event_pattern =
                &(struct events_event_pattern){
                    .version = one("0"),
                    .id = strings((const char *[]){ "1", "2", NULL }),
                    .detail_type = one("member.joined"),
                    .source = one("tango"),
                    .account = array_of((struct value *[]){ stack->account, NULL }),
                    .time = one("t"),
                    .region = one("eu-west-1"),
                    .resources = one("arn:aws:s3:::b"),
                    .detail = deep_detail(),
                },
        });
}

static struct value *numbers(double first, double second)
{
    return array_of((struct value *[]){ number(first), second != 0 ? number(second) : NULL, NULL });
}

static void pattern_merge(struct stack *stack)
{
    struct value *nested =
        object((struct field[]){ { "one", numbers(1, 0) }, { "two", numbers(2, 0) }, END });
    struct value *detail = object((struct field[]){ { "kind", one("x") }, { "nested", nested }, END });
    struct events_rule *rule = events_rule_new(stack->node, "Rule",
        &(struct events_rule_props){
            .event_pattern =
                &(struct events_event_pattern){
                    .source = strings((const char *[]){ "a", "b", NULL }),
                    .detail = detail,
                },
        });
    struct value *more =
        object((struct field[]){ { "two", numbers(2, 3) }, { "three", events_match_exists() }, END });

    events_rule_add_event_pattern(rule,
        &(struct events_event_pattern){
            .source = strings((const char *[]){ "b", "c", NULL }),
            .detail_type = one("d"),
        });
    events_rule_add_event_pattern(rule,
        &(struct events_event_pattern){
            .detail = object((struct field[]){
                { "nested", more },
                { "kind", strings((const char *[]){ "y", "x", NULL }) },
                END,
            }),
        });
    events_rule_add_event_pattern(rule, &(struct events_event_pattern){ 0 });
}

static struct value *all_matches(void)
{
    const char *const x[] = { "x", NULL }, *const x_and_y[] = { "x", "y", NULL }, *const z[] = { "z", NULL };
    struct value *bounds[] = { events_match_numeric(">", 1), events_match_numeric("<=", 4), NULL };

    return object((struct field[]){
        { "none", events_match_null() },
        { "here", events_match_exists() },
        { "gone", events_match_does_not_exist() },
        { "wild", events_match_wildcard("a*b") },
        { "prefixed", events_match_prefix_ignore_case("pre") },
        { "suffixed", events_match_suffix_ignore_case("post") },
        { "address", events_match_cidr("10.0.0.0/8") },
        { "address6", events_match_cidr("2001:db8::/32") },
        { "low", events_match_numeric("<", 5) },
        { "high", events_match_numeric(">=", 7.5) },
        { "same", events_match_numeric("=", 3) },
        { "between", events_match_interval(1, 9) },
        { "but", events_match_anything_but(numbers(1, 2)) },
        { "butPrefix", events_match_anything_but_filter("prefix", x) },
        { "butSuffix", events_match_anything_but_filter("suffix", x_and_y) },
        { "butCase", events_match_anything_but_filter("equals-ignore-case", z) },
        { "all", events_match_all_of(bounds) },
        END,
    });
}

static void pattern_matches(struct stack *stack)
{
    struct value *types[] = { events_match_exact("a"), events_match_suffix(".b"), NULL };

    events_rule_new(stack->node, "Rule",
        &(struct events_rule_props){
            .event_pattern =
                &(struct events_event_pattern){
                    .source = events_match_prefix("tango."),
                    .account = events_match_anything_but(strings((const char *[]){ "1", "2", NULL })),
                    .detail_type = events_match_any_of(types),
                    .region = events_match_equals_ignore_case("EU-west-1"),
                    .detail = all_matches(),
                },
        });
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct events_event_bus *self = events_event_bus_new(
        stack->node, "Bus", &(struct events_event_bus_props){ .event_bus_name = string("tango") });
    struct lambda_function *function = function_of(other, "Function");
    const struct events_event_pattern pattern = { .source = one("tango") };
    struct sqs_queue *queue;
    struct events_input *message;

    events_rule_new(other->node, "Rule",
        &(struct events_rule_props){
            .event_bus = self,
            .event_pattern = &pattern,
            .targets = (struct events_target *[]){ events_target_lambda_function(function, NULL), NULL },
        });
    queue = queue_of(other, "Queue");
    message = events_input_from_object(object((struct field[]){ { "bus", self->event_bus_arn }, END }));
    events_rule_new(stack->node, "Scoped",
        &(struct events_rule_props){
            .cross_stack_scope = other->node,
            .event_pattern = &pattern,
            .targets =
                (struct events_target *[]){
                    events_target_sqs_queue(queue, &(struct events_target_options){ .input = message }),
                    NULL,
                },
        });
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "events-rule-schedules", rule_schedules },
        { "events-rule-options", rule_options },
        { "events-rule-pattern-fields", pattern_fields },
        { "events-rule-pattern-merge", pattern_merge },
        { "events-rule-pattern-matches", pattern_matches },
        { "events-rule-cross-stack", cross_stack },
        { NULL, NULL },
    };

    return parity_main("events-rule", cases, argc, argv);
}

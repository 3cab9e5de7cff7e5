// SPDX-License-Identifier: MIT
#include "aws/events.h"
#include "aws/lambda.h"
#include "aws/sns.h"
#include "aws/sqs.h"

#include "aws/diag_case.h"

#define TEN "1234567890"
#define SIXTY TEN TEN TEN TEN TEN TEN

static void bus(struct stack *stack, struct events_event_bus_props props)
{
    events_event_bus_new(stack->node, "Bus", &props);
}

static void default_bus(struct stack *stack)
{
    bus(stack, (struct events_event_bus_props){ .event_bus_name = string("default") });
}

static void bus_with_slash(struct stack *stack)
{
    bus(stack, (struct events_event_bus_props){ .event_bus_name = string("a/b") });
}

static void odd_bus(struct stack *stack)
{
    bus(stack, (struct events_event_bus_props){ .event_bus_name = string("a b") });
}

static void two_names(struct stack *stack)
{
    bus(stack,
        (struct events_event_bus_props){
            .event_bus_name = string("a"),
            .event_source_name = string("aws.partner/a/b"),
        });
}

static void odd_source(struct stack *stack)
{
    bus(stack, (struct events_event_bus_props){ .event_source_name = string("aws.partner/a") });
}

static void source_with_gap(struct stack *stack)
{
    bus(stack, (struct events_event_bus_props){ .event_source_name = string("aws.partner/a//b") });
}

static void long_description(struct stack *stack)
{
    bus(stack,
        (struct events_event_bus_props){
            .description = SIXTY SIXTY SIXTY SIXTY SIXTY SIXTY SIXTY SIXTY TEN TEN TEN "123",
        });
}

static struct iam_statement *statement(const char *sid)
{
    return iam_statement_new(&(struct iam_statement_props){
        .sid = sid,
        .actions = (const char *[]){ "events:PutEvents", NULL },
        .resources = (struct value *[]){ string("*"), NULL },
        .principals = (struct iam_principal *[]){ iam_any_principal(), NULL },
    });
}

static void statement_without_sid(struct stack *stack)
{
    events_event_bus_add_to_resource_policy(events_event_bus_new(stack->node, "Bus", NULL), statement(NULL));
}

static void policy_of_imported_bus(struct stack *stack)
{
    events_event_bus_add_to_resource_policy(
        events_event_bus_from_name(stack->node, "Bus", string("shared")), statement("A"));
}

static void grant_to_service(struct stack *stack)
{
    struct iam_grant grant = events_event_bus_grant_put_events_to(
        events_event_bus_new(stack->node, "Bus", NULL), iam_service_principal("s3.amazonaws.com"), "A");

    assert_false(iam_grant_succeeded(&grant));
}

static void archive_of_all(struct stack *stack)
{
    events_event_bus_archive(
        events_event_bus_new(stack->node, "Bus", NULL), "Archive", &(struct events_archive_props){ 0 });
}

static void archive_for_hours(struct stack *stack)
{
    events_event_bus_archive(events_event_bus_new(stack->node, "Bus", NULL), "Archive",
        &(struct events_archive_props){
            .event_pattern = &(struct events_event_pattern){ .source = events_match_prefix("a") },
            .retention = hours(36),
        });
}

static const struct diag_case bus_cases[] = {
    { default_bus, DIAG_ERROR,
        "Case/Bus: a bus of its own cannot be called 'default'; import that one by its name" },
    { bus_with_slash, DIAG_ERROR, "Case/Bus: event bus name 'a/b' must not contain '/'" },
    { odd_bus, DIAG_ERROR,
        "Case/Bus: event bus name 'a b' may have 1 to 256 letters, digits, '.', '-' and '_'" },
    { two_names, DIAG_ERROR, "Case/Bus: a bus has an 'event_bus_name' or an 'event_source_name', not both" },
    { odd_source, DIAG_ERROR,
        "Case/Bus: event source name 'aws.partner/a' must be like 'aws.partner/example.com/source'" },
    { source_with_gap, DIAG_ERROR,
        "Case/Bus: event source name 'aws.partner/a//b' must be like 'aws.partner/example.com/source'" },
    { long_description, DIAG_ERROR,
        "Case/Bus: the description is 513 characters long, at most 512 are possible" },
    { statement_without_sid, DIAG_ERROR, "Case/Bus: a statement for the policy of an event bus needs a sid" },
    { policy_of_imported_bus, DIAG_WARNING,
        "Case/Bus: the bus is imported; add the permission to its policy where it is made" },
    { grant_to_service, DIAG_WARNING,
        "Case/Bus: nothing was granted: the policy of an event bus needs a sid for each statement; give one, "
        "and set '@aws-cdk/aws-events:requireEventBusPolicySid' in context" },
    { archive_of_all, DIAG_ERROR,
        "Case/Bus/Archive: an archive needs an 'event_pattern' of the events that it keeps" },
    { archive_for_hours, DIAG_ERROR, "Case/Bus/Archive: 'retention' must be whole days" },
    { 0 },
};

// A rule for all events of one source, unless the props say otherwise.
static struct events_rule *rule(struct stack *stack, struct events_rule_props props)
{
    const struct events_event_pattern pattern = { .source = strings((const char *[]){ "tango", NULL }) };

    if (!props.event_pattern && !props.schedule.expression && !props.schedule.error)
        props.event_pattern = &pattern;
    return events_rule_new(stack->node, "Rule", &props);
}

static void pattern(struct stack *stack, struct events_event_pattern added)
{
    rule(stack, (struct events_rule_props){ .event_pattern = &added });
}

static void odd_name(struct stack *stack)
{
    rule(stack, (struct events_rule_props){ .rule_name = string("a b") });
}

static void long_name(struct stack *stack)
{
    rule(stack, (struct events_rule_props){ .rule_name = string(SIXTY "12345") });
}

static void rule_of_nothing(struct stack *stack)
{
    events_rule_new(stack->node, "Rule", &(struct events_rule_props){ 0 });
}

static void schedule_on_bus(struct stack *stack)
{
    rule(stack,
        (struct events_rule_props){
            .schedule = events_schedule_rate(days(1)),
            .event_bus = events_event_bus_new(stack->node, "Bus", NULL),
        });
}

static void rate_of_zero(struct stack *stack)
{
    rule(stack, (struct events_rule_props){ .schedule = events_schedule_rate(minutes(0)) });
}

static void rate_of_seconds(struct stack *stack)
{
    rule(stack, (struct events_rule_props){ .schedule = events_schedule_rate(seconds(90)) });
}

static void two_days(struct stack *stack)
{
    rule(stack,
        (struct events_rule_props){
            .schedule = events_schedule_cron(
                &(struct events_cron_options){ .minute = "0", .day = "1", .week_day = "SUN" }),
        });
}

static void every_minute(struct stack *stack)
{
    rule(stack,
        (struct events_rule_props){
            .schedule = events_schedule_cron(&(struct events_cron_options){ .hour = "4" }) });
}

static void text_as_pattern(struct stack *stack)
{
    pattern(stack,
        (struct events_event_pattern){
            .source = string("tango"),
            .detail_type = strings((const char *[]){ "a", NULL }),
        });
}

static void mixed_patterns(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct value *kind = object((struct field[]){ { "kind", strings((const char *[]){ "a", NULL }) }, END });
    struct value *inner = object((struct field[]){ { "kind", kind }, END });

    events_rule_add_event_pattern(self, &(struct events_event_pattern){ .detail = kind });
    events_rule_add_event_pattern(self, &(struct events_event_pattern){ .detail = inner });
}

static void odd_range(struct stack *stack)
{
    pattern(stack, (struct events_event_pattern){ .source = events_match_cidr("10.0.0.0/33") });
}

static void empty_interval(struct stack *stack)
{
    struct value *detail = object((struct field[]){ { "size", events_match_interval(2, 1) }, END });

    pattern(stack, (struct events_event_pattern){ .detail = detail });
}

static void mixed_values(struct stack *stack)
{
    struct value *values = array_of((struct value *[]){ string("a"), number(1), NULL });

    pattern(stack, (struct events_event_pattern){ .source = events_match_anything_but(values) });
}

static void no_values(struct stack *stack)
{
    pattern(stack, (struct events_event_pattern){ .source = events_match_anything_but(array()) });
}

static void text_in_all_of(struct stack *stack)
{
    struct value *matches[] = { events_match_prefix("a"), NULL };

    pattern(stack, (struct events_event_pattern){ .source = events_match_all_of(matches) });
}

static const struct diag_case rule_cases[] = {
    { odd_name, DIAG_ERROR,
        "Case/Rule: event rule name 'a b' may have 1 to 64 letters, digits, '.', '-' and '_'" },
    { long_name, DIAG_ERROR,
        "Case/Rule: event rule name '" SIXTY "12345' may have 1 to 64 letters, digits, '.', '-' and '_'" },
    { rule_of_nothing, DIAG_ERROR, "Case/Rule: the rule needs an 'event_pattern' or a 'schedule'" },
    { schedule_on_bus, DIAG_ERROR,
        "Case/Rule: a rule with a 'schedule' is always on the default bus; leave 'event_bus' out" },
    { rate_of_zero, DIAG_ERROR, "Case/Rule: the interval of a schedule cannot be 0" },
    { rate_of_seconds, DIAG_ERROR, "Case/Rule: the interval of a schedule must be whole minutes" },
    { two_days, DIAG_ERROR, "Case/Rule: a schedule takes 'day' or 'week_day', not both" },
    { every_minute, DIAG_WARNING,
        "Case/Rule: without 'minute' the schedule runs every minute; say \"*\" if that is wanted" },
    { text_as_pattern, DIAG_ERROR, "Case/Rule: field 'source' of an event pattern must be an array" },
    { mixed_patterns, DIAG_ERROR,
        "Case/Rule: field 'kind' of an event pattern is once an array and once an object, which cannot be "
        "merged" },
    { odd_range, DIAG_ERROR, "Case/Rule: '10.0.0.0/33' is not a range of addresses, such as '10.0.0.0/8'" },
    { empty_interval, DIAG_ERROR, "Case/Rule: the interval from 2 to 1 is empty" },
    { mixed_values, DIAG_ERROR, "Case/Rule: an 'anything but' match takes either strings or numbers" },
    { no_values, DIAG_ERROR, "Case/Rule: an 'anything but' match needs at least one value" },
    { text_in_all_of, DIAG_ERROR, "Case/Rule: an 'all of' match takes numeric matches only" },
    { 0 },
};

static struct sqs_queue *queue(struct stack *stack)
{
    return sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });
}

static void many_targets(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct sqs_queue *target = queue(stack);

    for (int i = 0; i < 6; i++)
        events_rule_add_target(self, events_target_sqs_queue(target, NULL));
}

static void bus_with_retries(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct events_event_bus *target = events_event_bus_new(stack->node, "Bus", NULL);

    events_rule_add_target(
        self, events_target_event_bus(target, &(struct events_target_options){ .retry_attempts = count(1) }));
}

static void refused_role(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct sns_topic *target = sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ 0 });
    struct iam_role *role = iam_role_new(stack->node, "Role",
        &(struct iam_role_props){ .assumed_by = iam_service_principal("events.amazonaws.com") });

    events_rule_add_target(self,
        events_target_sns_topic(
            target, &(struct events_target_options){ .role = role, .authorize_using_role = NO }));
}

static void two_fields_of_one_name(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct value *parts[] = { events_field("$.detail.a"), events_field("$.detail-a"), NULL };

    events_rule_add_target(self,
        events_target_sqs_queue(queue(stack),
            &(struct events_target_options){ .input = events_input_from_text(events_text(parts)) }));
}

static struct stack *other_stack(struct stack *stack, const char *account, const char *region)
{
    return stack_new(
        construct_scope(stack->node), "Other", &(struct stack_props){ .account = account, .region = region });
}

static void dead_letters_elsewhere(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct events_event_bus *target = events_event_bus_new(stack->node, "Bus", NULL);
    struct sqs_queue *dead_letters = sqs_queue_new(other_stack(stack, "123456789012", "us-east-1")->node,
        "Queue", &(struct sqs_queue_props){ .queue_name = string("dead-letters") });

    events_rule_add_target(self,
        events_target_event_bus(
            target, &(struct events_target_options){ .dead_letter_queue = dead_letters }));
}

static void function_in_unknown_region(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct lambda_function *target = lambda_function_from_attributes(stack->node, "Function",
        &(struct lambda_function_import){
            .function_arn = concatf("arn:aws:lambda:%v:210987654321:function:f", aws_region()),
            .skip_permissions = true,
        });

    events_rule_add_target(self, events_target_lambda_function(target, NULL));
}

static void imported_function_elsewhere(struct stack *stack)
{
    struct events_rule *self = rule(stack, (struct events_rule_props){ 0 });
    struct lambda_function *target = lambda_function_from_attributes(stack->node, "Function",
        &(struct lambda_function_import){
            .function_arn = string("arn:aws:lambda:us-east-1:123456789012:function:f"),
            .skip_permissions = true,
        });

    events_rule_add_target(self, events_target_lambda_function(target, NULL));
}

static const struct diag_case target_cases[] = {
    { many_targets, DIAG_ERROR, "Case/Rule: the rule has 6 targets, at most 5 are possible" },
    { bus_with_retries, DIAG_ERROR,
        "Case/Rule: an event bus as target takes no input and no retries; leave them out" },
    { refused_role, DIAG_ERROR,
        "Case/Rule: a 'role' is given for a topic although 'authorize_using_role' says no" },
    { two_fields_of_one_name, DIAG_ERROR,
        "Case/Rule: event fields '$.detail.a' and '$.detail-a' would both be called 'detail-a'" },
    { dead_letters_elsewhere, DIAG_ERROR,
        "Case/Rule: dead letter queue 'Other/Queue' must be in the rule's region" },
    { function_in_unknown_region, DIAG_ERROR,
        "Case/Rule: target 'Case/Function' is in another account or region; give the account and region of "
        "both stacks" },
    { imported_function_elsewhere, DIAG_ERROR,
        "Case/Rule: target 'Case/Function' is imported from another account or region; import it in a stack "
        "of that environment" },
    { 0 },
};

static const struct stack_props environment = { .account = "123456789012", .region = "eu-west-1" };

static void buses_are_checked(void **state)
{
    (void)state;
    check_diag_cases(bus_cases, &environment);
}

static void rules_are_checked(void **state)
{
    (void)state;
    check_diag_cases(rule_cases, &environment);
}

static void targets_are_checked(void **state)
{
    (void)state;
    check_diag_cases(target_cases, &environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buses_are_checked),
        cmocka_unit_test(rules_are_checked),
        cmocka_unit_test(targets_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <string.h>

// Targets in other accounts and regions (rule.js, addTarget): EventBridge invokes only what is in the rule's
// own, so the events go to the default bus there, and a mirror of the rule takes them on.

struct rule_environment {
    struct value *account, *region;
};

static struct rule_environment environment_of(const struct target_binding *target)
{
    const struct stack *stack = construct_stack(target->resource);
    struct arn arn;

    if (!target->imported)
        return (struct rule_environment){ stack->account, stack->region };
    arn = arn_split(target->resource, target->arn, ARN_NO_RESOURCE_NAME);
    return (struct rule_environment){ arn.account, arn.region };
}

bool target_is_here(struct events_rule *rule, const struct target_binding *target)
{
    const struct stack *here = construct_stack(rule->node);
    struct rule_environment there;
    enum token_comparison accounts, regions;

    if (!target->resource)
        return true;
    there = environment_of(target);
    accounts = token_compare(here->account, there.account);
    regions = token_compare(here->region, there.region);
    if (accounts == TOKENS_DIFFERENT || regions == TOKENS_DIFFERENT)
        return false;
    if (accounts == TOKENS_ONE_UNRESOLVED || regions == TOKENS_ONE_UNRESOLVED)
        diag_warning(rule->node,
            "the account or region of the rule or of target '%s' is not known; if they differ, give both",
            construct_path(target->resource));
    return true;
}

static bool is_same(const struct value *a, const struct value *b)
{
    return token_compare(a, b) == TOKENS_SAME;
}

// Both environments have to be known, and the target has to be of a stack of its own environment, which gets
// the mirror.
static bool can_forward(
    struct events_rule *rule, const struct target_binding *target, const struct rule_environment *there)
{
    const struct stack *here = construct_stack(rule->node), *stack = construct_stack(target->resource);

    if (!value_string(there->account) || !value_string(there->region) || !value_string(here->account)) {
        diag_error(rule->node,
            "target '%s' is in another account or region; give the account and region of both stacks",
            construct_path(target->resource));
        return false;
    }
    if (!is_same(stack->account, there->account) || !is_same(stack->region, there->region)) {
        diag_error(rule->node,
            "target '%s' is imported from another account or region; import it in a stack of that "
            "environment",
            construct_path(target->resource));
        return false;
    }
    return true;
}

static struct value *forwarding_role_arn(struct events_rule *rule, struct value *bus_arn)
{
    struct iam_role *role = rule_events_role(rule);

    iam_role_add_to_policy(role,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "events:PutEvents", NULL },
            .resources = (struct value *[]){ bus_arn, NULL },
        }));
    return role->role_arn;
}

static void allow_account(struct stack *policy_stack, struct events_rule *rule)
{
    enum { MAX_STATEMENT_ID_LENGTH = 64 };
    struct value *account = construct_stack(rule->node)->account;
    const char *prefix = value_string(stringf("Allow-account-%s-", value_string(account)));
    const char *name = names_unique_resource_name(rule->node,
        &(struct unique_resource_name_options){
            .max_length = MAX_STATEMENT_ID_LENGTH - (int)strlen(prefix) });

    resource_new(policy_stack->node, "GivePermToOtherAccount", "AWS::Events::EventBusPolicy",
        object((struct field[]){
            { "Action", string("events:PutEvents") },
            { "Principal", account },
            { "StatementId", stringf("%s%s", prefix, name) },
            END,
        }));
}

// Lets the rule's account send to the default bus there, by a stack of its own that comes before the rule's.
static void depend_on_policy_stack(
    struct events_rule *rule, const struct stack *target_stack, const struct rule_environment *there)
{
    struct stack *here = construct_stack(rule->node), *policy_stack;
    struct construct *root = construct_root(rule->node), *node;
    const char *source = value_string(here->account);
    const char *account = value_string(there->account), *region = value_string(there->region);
    const char *id = value_string(stringf("EventBusPolicy-%s-%s-%s", source, region, account));

    node = construct_child(root, id);
    if (node) {
        stack_add_dependency(here, construct_stack(node));
        return;
    }
    policy_stack = stack_new(root, id,
        &(struct stack_props){
            .account = account,
            .region = region,
            .stack_name =
                value_string(stringf("%s-EventBusPolicy-support-%s-%s", target_stack->name, region, source)),
        });
    allow_account(policy_stack, rule);
    stack_add_dependency(here, policy_stack);
}

static void send_to_bus(struct events_rule *rule, struct stack *target_stack,
    const struct rule_environment *there, const char *target_id)
{
    const struct stack *here = construct_stack(rule->node);
    struct value *bus_arn = stack_format_arn(target_stack,
        &(struct arn_parts){
            .service = "events",
            .region = there->region,
            .account = there->account,
            .resource = "event-bus",
            .resource_name = string("default"),
        });
    bool same_region = token_compare(here->region, there->region) != TOKENS_DIFFERENT;

    array_append(rule->state->targets,
        object((struct field[]){
            { "Arn", bus_arn },
            { "Id", string(target_id) },
            { "RoleArn", same_region ? NULL : forwarding_role_arn(rule, bus_arn) },
            END,
        }));
    if (!is_same(here->account, there->account))
        depend_on_policy_stack(rule, target_stack, there);
}

void rule_forward(struct events_rule *rule, struct events_target *target,
    const struct target_binding *binding, const char *target_id)
{
    struct events_rule_state *state = rule->state;
    struct stack *target_stack = construct_stack(binding->resource);
    struct rule_environment there = environment_of(binding);
    struct value *environment, *mirror_id;

    if (!can_forward(rule, binding, &there))
        return;
    if (!state->forwarded_to)
        state->forwarded_to = object((struct field[]){ END });
    environment = stringf("%s:%s", value_string(there.account), value_string(there.region));
    if (!object_get(state->forwarded_to, value_string(environment)))
        send_to_bus(rule, target_stack, &there, target_id);
    object_set(state->forwarded_to, value_string(environment), boolean(true));
    mirror_id = stringf("%s-%s", names_unique_id(rule->node), target_id);
    events_rule_add_target(mirror_rule_new(target_stack->node, value_string(mirror_id), rule), target);
}

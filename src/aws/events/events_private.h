// SPDX-License-Identifier: MIT
#ifndef EVENTS_EVENTS_PRIVATE_H
#define EVENTS_EVENTS_PRIVATE_H

// Between the parts of EventBridge.

#include "aws/events.h"

struct events_rule_state {
    struct value *pattern; // object as in the template; grows until synthesis
    struct value *targets; // array as in the template
    struct value *rule_name;
    const char *description;
    const char *schedule_expression; // NULL: none
    bool has_bad_schedule;
    struct iam_role *events_role; // for the targets that need one; NULL until then
    struct value *forwarded_to;   // object: environments of other stacks that get the events; NULL: none
};

// What a target says about itself when it is added to a rule. NULL: not there.
struct target_binding {
    struct value *arn; // required
    struct iam_role *role;
    struct value *dead_letter_config;
    struct value *retry_policy;
    struct value *sqs_parameters;
    struct events_input *input;
    struct construct *resource; // what is invoked, where its account and region matter
    bool imported;
};
struct target_binding target_bind(struct events_target *target, struct events_rule *rule);
// The role of the rule that lets EventBridge do something.
struct iam_role *rule_events_role(struct events_rule *rule);

// Whether the target is in the rule's account and region, or may be.
bool target_is_here(struct events_rule *rule, const struct target_binding *target);
// Sends the events to the default bus of the target's environment, where a rule of the same kind invokes the
// target.
void rule_forward(struct events_rule *rule, struct events_target *target,
    const struct target_binding *binding, const char *target_id);
// A rule with the source's pattern, whatever that becomes, its schedule and its description; without targets.
struct events_rule *mirror_rule_new(struct construct *scope, const char *id, struct events_rule *source);

// Input, InputPath or InputTransformer of a target.
struct input_properties {
    struct value *input;
    struct value *input_path;
    struct value *input_transformer;
};
struct input_properties input_bind(const struct events_input *input, struct construct *rule);

// Keeps the place of an error in a pattern.
extern const char match_mistake[];

// The fields as in the template ("detail-type").
struct value *event_pattern_render(const struct events_event_pattern *pattern);
// Adds `pattern` to `into`; what does not fit together, or makes no sense, is an error on `construct`.
void event_pattern_merge(struct value *into, const struct value *pattern, struct construct *construct);

#endif

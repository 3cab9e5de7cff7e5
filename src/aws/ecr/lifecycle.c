// SPDX-License-Identifier: MIT
#include "aws/ecr/ecr_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

enum { MAX_PATTERN_WILDCARDS = 4 };

static const char *const tag_statuses[] = {
    [ECR_TAG_STATUS_ANY] = "any",
    [ECR_TAG_STATUS_TAGGED] = "tagged",
    [ECR_TAG_STATUS_UNTAGGED] = "untagged",
};

static bool has_any(const char *const *list)
{
    return list && *list;
}

static enum ecr_tag_status tag_status(const struct ecr_lifecycle_rule *rule)
{
    if (rule->tag_status != ECR_TAG_STATUS_DEFAULT)
        return rule->tag_status;
    return rule->tag_prefix_list || rule->tag_pattern_list ? ECR_TAG_STATUS_TAGGED : ECR_TAG_STATUS_ANY;
}

static int wildcards(const char *pattern)
{
    int count = 0;

    while ((pattern = strchr(pattern, '*'))) {
        pattern++;
        count++;
    }
    return count;
}

static bool has_rule_for_any_tag(const struct ecr_repository_state *state)
{
    for (size_t i = 0; i < state->rule_count; i++)
        if (state->rules[i].tag_status == ECR_TAG_STATUS_ANY)
            return true;
    return false;
}

static void check_tags(struct construct *node, const struct ecr_lifecycle_rule *rule)
{
    bool is_tagged = tag_status(rule) == ECR_TAG_STATUS_TAGGED;

    if (is_tagged && !has_any(rule->tag_prefix_list) && !has_any(rule->tag_pattern_list))
        diag_error(
            node, "a lifecycle rule for tagged images needs a 'tag_prefix_list' or a 'tag_pattern_list'");
    if (!is_tagged && (rule->tag_prefix_list || rule->tag_pattern_list))
        diag_error(node, "a lifecycle rule with tag prefixes or patterns must be for tagged images");
    if (rule->tag_prefix_list && rule->tag_pattern_list)
        diag_error(node, "a lifecycle rule takes tag prefixes or tag patterns, not both");
    for (const char *const *at = rule->tag_pattern_list; at && *at; at++)
        if (wildcards(*at) > MAX_PATTERN_WILDCARDS)
            diag_error(node, "tag pattern '%s' has more than %d wildcards", *at, MAX_PATTERN_WILDCARDS);
}

static void check_rule(struct ecr_repository *repository, const struct ecr_lifecycle_rule *rule)
{
    struct construct *node = repository->node;

    check_tags(node, rule);
    if (rule->max_image_age.given == (rule->max_image_count != 0))
        diag_error(node, "a lifecycle rule needs exactly one of 'max_image_age' and 'max_image_count'");
    if (tag_status(rule) == ECR_TAG_STATUS_ANY && has_rule_for_any_tag(repository->state))
        diag_error(node, "there is a lifecycle rule for images with any tag already; only one is possible");
}

static struct value *selection(const struct ecr_lifecycle_rule *rule)
{
    bool by_age = rule->max_image_age.given;

    return object((struct field[]){
        { "tagStatus", string(tag_statuses[tag_status(rule)]) },
        { "tagPrefixList", strings(rule->tag_prefix_list) },
        { "tagPatternList", strings(rule->tag_pattern_list) },
        { "countType", string(by_age ? "sinceImagePushed" : "imageCountMoreThan") },
        { "countNumber", by_age ? days_value(rule->max_image_age) : number(rule->max_image_count) },
        { "countUnit", by_age ? string("days") : NULL },
        END,
    });
}

void ecr_repository_add_lifecycle_rule(
    struct ecr_repository *repository, const struct ecr_lifecycle_rule *rule)
{
    struct ecr_repository_state *state = repository->state;

    if (!repository->resource) {
        diag_error(repository->node, "lifecycle rules cannot be added to an imported repository");
        return;
    }
    check_rule(repository, rule);
    state->rules = arena_grow(construct_arena(repository->node), state->rules, state->rule_count,
        &state->rule_capacity, sizeof(*state->rules));
    state->rules[state->rule_count++] = (struct ecr_lifecycle_entry){
        .priority = rule->rule_priority,
        .tag_status = tag_status(rule),
        .description = string(rule->description),
        .selection = selection(rule),
    };
}

static struct value *render_rule(const struct ecr_lifecycle_entry *rule, int priority)
{
    return object((struct field[]){
        { "rulePriority", number(priority) },
        { "description", rule->description },
        { "selection", rule->selection },
        { "action", object((struct field[]){ { "type", string("expire") }, END }) },
        END,
    });
}

// Rules come in three ranks: with a given priority, without, and the one for any tag, which has to be last.
static int rank(const struct ecr_lifecycle_entry *rule)
{
    if (rule->tag_status == ECR_TAG_STATUS_ANY)
        return 2;
    return rule->priority ? 0 : 1;
}

static int highest_priority(const struct ecr_repository_state *state, bool with_any)
{
    int highest = 0;

    for (size_t i = 0; i < state->rule_count; i++)
        if (state->rules[i].priority > highest && (with_any || rank(&state->rules[i]) != 2))
            highest = state->rules[i].priority;
    return highest;
}

static struct value *ordered_rules(const struct ecr_repository_state *state)
{
    struct value *rules = array();
    int next = highest_priority(state, false) + 1;

    for (int wanted = 0; wanted < 3; wanted++)
        for (size_t i = 0; i < state->rule_count; i++)
            if (rank(&state->rules[i]) == wanted)
                array_append(rules,
                    render_rule(
                        &state->rules[i], state->rules[i].priority ? state->rules[i].priority : next++));
    return rules;
}

static struct value *policy_text(const struct ecr_repository_state *state)
{
    if (state->rule_count == 0)
        return NULL;
    return json_text(object((struct field[]){ { "rules", ordered_rules(state) }, END }));
}

static struct value *produce(void *data)
{
    const struct ecr_repository_state *state = data;

    if (state->rule_count == 0 && !state->lifecycle_registry_id)
        return NULL;
    return object((struct field[]){
        { "LifecyclePolicyText", policy_text(state) },
        { "RegistryId", state->lifecycle_registry_id },
        END,
    });
}

static void validate(struct construct *node, void *data)
{
    const struct ecr_repository_state *state = data;
    const struct ecr_lifecycle_entry *any = NULL;
    bool has_unprioritized = false;

    for (size_t i = 0; i < state->rule_count; i++) {
        if (state->rules[i].tag_status == ECR_TAG_STATUS_ANY)
            any = &state->rules[i];
        has_unprioritized |= rank(&state->rules[i]) == 1;
    }
    if (!any || !any->priority)
        return;
    if (has_unprioritized)
        diag_error(node, "the lifecycle rule for any tag has a priority and others have none; remove it");
    else if (any->priority != highest_priority(state, true))
        diag_error(node, "the lifecycle rule for any tag must have the highest priority, %d, not %d",
            highest_priority(state, true), any->priority);
}

struct value *ecr_lifecycle_policy(struct ecr_repository *repository)
{
    construct_add_validation(repository->node, validate, repository->state);
    return lazy(produce, repository->state);
}

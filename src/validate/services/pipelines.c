// SPDX-License-Identifier: MIT
// AWS::CodePipeline::Pipeline.
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/properties/regex.h"

#include <string.h>

// The index of the stage that the node is in; false when there is none.
static bool find_stage(const struct node *node, size_t *ret_index)
{
    const struct node *below = NULL;

    for (; node; node = node->parent) {
        bool is_branch = node->parent && node->parent->key && strcmp(node->parent->key, "Fn::If") == 0;

        if (node->key && strcmp(node->key, "Stages") == 0) {
            *ret_index = below ? below->index : 0;
            return below;
        }
        if (!node->key && !is_branch)
            below = node;
    }
    return false;
}

static void check_category(struct judge *judge, const struct node *node, void *data)
{
    static const char *const others[] = { "Build", "Approval", "Deploy", "Test", "Invoke", "Compute" };
    const char *category = node_string(node);
    size_t stage;

    (void)data;
    if (!category || !find_stage(node, &stage))
        return;
    if (stage == 0 && strcmp(category, "Source") != 0)
        report(judge->validator, "E3700", node, "'%s' in the first stage, which has only sources", category);
    if (stage == 0)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (strcmp(others[i], category) == 0)
            return;
    report(
        judge->validator, "E3700", node, "'%s' is none of the categories behind the first stage", category);
}

// Artifacts, in the order in which they are written.

struct artifact {
    const char *name;
    const struct node *node;
};

struct artifacts {
    struct artifact *items;
    size_t count, capacity;
    bool any_unknown; // a name is only known at deployment
};

static const struct artifact *find_artifact(
    struct validator *validator, const struct artifacts *artifacts, const char *name, const struct node *node)
{
    for (size_t i = 0; i < artifacts->count; i++)
        if (strcmp(artifacts->items[i].name, name) == 0 &&
            nodes_coexist(validator, artifacts->items[i].node, node) != IMPOSSIBLE)
            return &artifacts->items[i];
    return NULL;
}

static void check_output(struct judge *judge, const struct node *node, void *data)
{
    struct artifacts *artifacts = data;

    if (!node_string(node)) {
        artifacts->any_unknown = true;
        return;
    }
    if (find_artifact(judge->validator, artifacts, node_string(node), node)) {
        report(judge->validator, "E3701", node, "'%s' is the name of another output artifact too",
            node_string(node));
        return;
    }
    artifacts->items = arena_grow(validator_arena(judge->validator), artifacts->items, artifacts->count,
        &artifacts->capacity, sizeof(*artifacts->items));
    artifacts->items[artifacts->count++] =
        (struct artifact){ node_string(node), node_copy(judge->validator, node) };
}

static void check_input(struct judge *judge, const struct node *node, void *data)
{
    const struct artifacts *artifacts = data;

    if (node_string(node) && !artifacts->any_unknown &&
        !find_artifact(judge->validator, artifacts, node_string(node), node))
        report(judge->validator, "E3701", node, "no action before this one has the output artifact '%s'",
            node_string(node));
}

static void check_artifacts(struct judge *judge, const struct node *action, void *data)
{
    for (size_t i = 0; i < node_length(action) && node_is_object(action); i++) {
        struct node member = node_at(action, i);

        if (strcmp(member.key, "OutputArtifacts") == 0)
            judge_each_at(judge, &member, "*/Name", check_output, data);
        else if (strcmp(member.key, "InputArtifacts") == 0)
            judge_each_at(judge, &member, "*/Name", check_input, data);
    }
}

// How many artifacts an action of a provider takes and gives ("Pipeline structure reference: input and
// output artifacts for each action type").
struct artifact_counts {
    const char *owner, *category, *provider;
    size_t input_min, input_max, output_min, output_max;
};

static const struct artifact_counts all_counts[] = {
    { "AWS", "Source", "S3", 0, 0, 1, 1 },
    { "AWS", "Source", "CodeCommit", 0, 0, 1, 1 },
    { "AWS", "Source", "ECR", 0, 0, 1, 1 },
    { "AWS", "Test", "CodeBuild", 1, 5, 0, 5 },
    { "AWS", "Test", "DeviceFarm", 1, 1, 0, 0 },
    { "AWS", "Build", "CodeBuild", 1, 5, 0, 5 },
    { "AWS", "Approval", "Manual", 0, 0, 0, 0 },
    { "AWS", "Deploy", "S3", 1, 1, 0, 0 },
    { "AWS", "Deploy", "CloudFormation", 0, 10, 0, 1 },
    { "AWS", "Deploy", "CodeDeploy", 1, 1, 0, 0 },
    { "AWS", "Deploy", "ElasticBeanstalk", 1, 1, 0, 0 },
    { "AWS", "Deploy", "OpsWorks", 1, 1, 0, 0 },
    { "AWS", "Deploy", "ECS", 1, 1, 0, 0 },
    { "AWS", "Deploy", "ServiceCatalog", 1, 1, 0, 0 },
    { "AWS", "Invoke", "Lambda", 0, 5, 0, 5 },
    { "ThirdParty", "Source", "GitHub", 0, 0, 1, 1 },
    { "ThirdParty", "Deploy", "AlexaSkillsKit", 0, 2, 0, 0 },
    { "Custom", "Build", "Jenkins", 0, 5, 0, 5 },
    { "Custom", "Test", "Jenkins", 0, 5, 0, 5 },
};

static bool is_text(const struct node *object, const char *name, const char *text)
{
    const char *actual = object_string(object->value, name);

    return actual && strcmp(actual, text) == 0;
}

static void check_count(struct validator *validator, const struct node *action, const char *name, size_t min,
    size_t max, const char *provider)
{
    struct node list = node_get(action, name);

    if (!node_exists(&list)) {
        if (min)
            report(validator, "E3702", action, "%s needs '%s'", provider, name);
        return;
    }
    if (node_is_array(&list) && (node_length(&list) < min || node_length(&list) > max))
        report(validator, "E3702", &list, "%zu of '%s', %s takes %zu to %zu", node_length(&list), name,
            provider, min, max);
}

static void check_counts(struct judge *judge, const struct node *action, void *data)
{
    struct node type = node_get(action, "ActionTypeId");

    (void)data;
    for (size_t i = 0; i < ARRAY_SIZE(all_counts); i++) {
        const struct artifact_counts *counts = &all_counts[i];

        if (!is_text(&type, "Owner", counts->owner) || !is_text(&type, "Category", counts->category) ||
            !is_text(&type, "Provider", counts->provider))
            continue;
        check_count(judge->validator, action, "InputArtifacts", counts->input_min, counts->input_max,
            counts->provider);
        check_count(judge->validator, action, "OutputArtifacts", counts->output_min, counts->output_max,
            counts->provider);
    }
}

static void check_action(struct judge *judge, const struct node *action, void *data)
{
    static const char *const names[] = { "ActionTypeId", "InputArtifacts", "OutputArtifacts", NULL };

    (void)data;
    judge_each_scenario(judge, action, names, check_counts, NULL);
}

// Configuration.

struct named_input {
    const char *path; // "NAME::FILE"
    bool is_found;
};

static void look_at_input(struct judge *judge, const struct node *node, void *data)
{
    struct named_input *wanted = data;
    const char *name = node_string(node);
    size_t length = name ? strlen(name) : 0;

    (void)judge;
    wanted->is_found |=
        !name || (strncmp(wanted->path, name, length) == 0 && strncmp(wanted->path + length, "::", 2) == 0);
}

static void check_template_path(struct judge *judge, const struct node *node, void *data)
{
    struct named_input wanted = { node_string(node), false };

    if (!wanted.path)
        return;
    judge_each_at(judge, data, "InputArtifacts/*/Name", look_at_input, &wanted);
    if (!wanted.is_found)
        report(judge->validator, "E3703", node, "'%s' is in no input artifact of the action", wanted.path);
}

static void check_role(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);

    (void)data;
    if (text && !strstr(text, "{{resolve:") &&
        regex_search("^arn:(aws|aws-cn|aws-us-gov|aws-iso|aws-iso-[bef]|aws-eusc):iam::\\d{12}:role/.*$",
            text) == REGEX_NO_MATCH)
        report(judge->validator, "E3703", node, "'%s' is no ARN of a role", text);
}

static void check_configuration(struct judge *judge, const struct node *action, void *data)
{
    (void)data;
    judge_each_at(judge, action, "Configuration/TemplatePath", check_template_path, (void *)action);
    judge_each_at(judge, action, "Configuration/RoleArn", check_role, NULL);
}

static void check_pipeline(struct validator *validator, const struct node *node)
{
    struct artifacts artifacts = { 0 };

    validator_each_at(
        validator, node, "Properties/Stages/*/Actions/*/ActionTypeId/Category", check_category, NULL);
    validator_each_at(validator, node, "Properties/Stages/*/Actions/*", check_artifacts, &artifacts);
    validator_each_at(validator, node, "Properties/Stages/*/Actions/*", check_action, NULL);
    validator_each_at(validator, node, "Properties/Stages/*/Actions/*", check_configuration, NULL);
}

#define PIPELINE_RULE(rule_id, rule_title, rule_fix)                                                         \
    {                                                                                                        \
        .id = (rule_id), .severity = SEVERITY_ERROR, .title = (rule_title),                                  \
        .why = "CodePipeline refuses the pipeline, so the stack is rolled back.", .fix = (rule_fix),         \
        .source = "CodePipeline User Guide: pipeline structure reference", .scope = RULE_REPORTED            \
    }

const struct rule pipeline_rules[] = {
    { .id = "E3700",
        .severity = SEVERITY_ERROR,
        .title = "a pipeline does not begin with its sources alone",
        .why = "CodePipeline refuses the pipeline, so the stack is rolled back.",
        .fix = "Put all source actions, and nothing else, into the first stage.",
        .source = "CodePipeline User Guide: pipeline structure reference",
        .scope = RULE_RESOURCE,
        .subject = "AWS::CodePipeline::Pipeline",
        .check = check_pipeline },
    PIPELINE_RULE("E3701", "an artifact has no or several actions that make it",
        "Name an output artifact of an earlier action; each has a name of its own."),
    PIPELINE_RULE("E3702", "an action has a number of artifacts that its provider does not take",
        "Add or remove artifacts."),
    PIPELINE_RULE("E3703", "the configuration of an action refers to something that is not there",
        "Name an input artifact of the action; RoleArn is the ARN of a role."),
    RULES_END,
};

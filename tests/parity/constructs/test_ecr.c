// SPDX-License-Identifier: MIT
#include "aws/ecr.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#define ARN "arn:aws:ecr:eu-west-1:210987654321:repository/team/app"

static void output(struct stack *stack, const char *prefix, const char *id, struct value *value)
{
    output_new(
        stack->node, value_string(stringf("%s%s", prefix, id)), &(struct output_props){ .value = value });
}

static void uris(struct stack *stack, const char *prefix, const struct ecr_repository *repository)
{
    output(stack, prefix, "Arn", repository->repository_arn);
    output(stack, prefix, "Name", repository->repository_name);
    output(stack, prefix, "Registry", repository->registry_uri);
    output(stack, prefix, "Uri", repository->repository_uri);
    output(stack, prefix, "Tag", ecr_repository_uri_for_tag(repository, "v1"));
    output(stack, prefix, "Digest", ecr_repository_uri_for_digest(repository, "sha256:abc"));
    output(stack, prefix, "TagOrDigest", ecr_repository_uri_for_tag_or_digest(repository, "sha256:def"));
}

static struct iam_principal *role(struct stack *stack, const char *id)
{
    return iam_role_new(stack->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("ecs-tasks.amazonaws.com") })
        ->principal;
}

static void import(struct stack *stack)
{
    uris(stack, "Named", ecr_repository_from_name(stack->node, "Named", string("team/app")));
    uris(stack, "Arn", ecr_repository_from_arn(stack->node, "ByArn", ARN));
    uris(stack, "Both", ecr_repository_from_attributes(stack->node, "Both", string("app"), string(ARN)));
}

static void import_anywhere(struct stack *stack)
{
    struct ecr_repository *repository = ecr_repository_from_name(stack->node, "Named", string("app"));

    uris(stack, "Named", repository);
    ecr_repository_grant_pull(repository, role(stack, "Puller"));
}

static void repository(struct stack *stack)
{
    uris(stack, "", ecr_repository_new(stack->node, "Repository", NULL));
    ecr_repository_new(stack->node, "Gone",
        &(struct ecr_repository_props){ .removal_policy = REMOVAL_POLICY_DESTROY, .empty_on_delete = true });
}

static void repository_options(struct stack *stack)
{
    ecr_repository_new(stack->node, "Repository",
        &(struct ecr_repository_props){
            .repository_name = string("team/app-1"),
            .image_scan_on_push = YES,
            .image_tag_mutability = ECR_TAGS_IMMUTABLE_WITH_EXCLUSION,
            .image_tag_mutability_exclusion_filters = (const char *[]){ "dev-*", "latest", NULL },
            .encryption = ECR_ENCRYPTION_KMS,
        });
    ecr_repository_new(stack->node, "Unscanned",
        &(struct ecr_repository_props){
            .image_scan_on_push = NO,
            .image_tag_mutability = ECR_TAGS_IMMUTABLE,
            .encryption = ECR_ENCRYPTION_AES_256,
        });
}

static void lifecycle(struct stack *stack)
{
    const struct ecr_lifecycle_rule rules[] = {
        { .description = "all", .max_image_count = 100 },
        { .tag_prefix_list = (const char *[]){ "dev-", "test-", NULL }, .max_image_age = days(30) },
        { .rule_priority = 3, .tag_status = ECR_TAG_STATUS_UNTAGGED, .max_image_age = days(1) },
        {
            .tag_pattern_list = (const char *[]){ "*-rc*", NULL },
            .max_image_count = 5,
            .tag_status = ECR_TAG_STATUS_TAGGED,
        },
    };
    const struct ecr_lifecycle_rule old = {
        .rule_priority = 1,
        .tag_prefix_list = (const char *[]){ "old", NULL },
        .max_image_count = 1,
    };
    const struct ecr_lifecycle_rule last[] = {
        { .rule_priority = 9, .max_image_count = 10 },
        { .rule_priority = 2, .tag_prefix_list = (const char *[]){ "a", NULL }, .max_image_count = 1 },
    };
    struct ecr_repository *first = ecr_repository_new(stack->node, "Repository",
        &(struct ecr_repository_props){
            .lifecycle_registry_id = string("123456789012"),
            .lifecycle_rules = rules,
            .lifecycle_rule_count = ARRAY_SIZE(rules),
        });

    ecr_repository_add_lifecycle_rule(first, &old);
    ecr_repository_new(stack->node, "Last",
        &(struct ecr_repository_props){ .lifecycle_rules = last, .lifecycle_rule_count = 2 });
}

static void grants(struct stack *stack)
{
    struct ecr_repository *repository = ecr_repository_new(stack->node, "Repository", NULL);

    ecr_repository_grant_pull(repository, role(stack, "Puller"));
    ecr_repository_grant_push(repository, role(stack, "Pusher"));
    ecr_repository_grant_pull_push(repository, role(stack, "Both"));
    ecr_repository_grant_read(repository, role(stack, "Reader"));
    ecr_repository_grant(repository, role(stack, "Other"), (const char *[]){ "ecr:ListImages", NULL });
    ecr_repository_grant_pull(repository, iam_account_principal(string("210987654321")));
    ecr_repository_add_to_resource_policy(repository,
        iam_statement_new(&(struct iam_statement_props){
            .principals =
                (struct iam_principal *[]){ iam_service_principal("codebuild.amazonaws.com"), NULL },
            .actions = (const char *[]){ "ecr:GetDownloadUrlForLayer", NULL },
        }));
}

static void grants_across_stacks(struct stack *stack)
{
    struct ecr_repository *repository = ecr_repository_new(stack->node, "Repository", NULL);
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });

    ecr_repository_grant_pull(repository, role(other, "Puller"));
    output(other, "", "Image", ecr_repository_uri_for_tag(repository, "latest"));
}

static const struct parity_case cases[] = {
    { "ecr-import", import },
    { "ecr-import-anywhere", import_anywhere },
    { "ecr-repository", repository },
    { "ecr-repository-options", repository_options },
    { "ecr-lifecycle", lifecycle },
    { "ecr-grants", grants },
    { "ecr-grants-across-stacks", grants_across_stacks },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ecr", cases, argc, argv);
}

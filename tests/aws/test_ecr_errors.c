// SPDX-License-Identifier: MIT
#include "aws/ecr.h"
#include "aws/kms.h"

#include "aws/diag_case.h"

#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })
#define REPOSITORY_CASE(name, ...)                                                                           \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        ecr_repository_new(stack->node, "Repository", &(struct ecr_repository_props){ __VA_ARGS__ });        \
    }
#define RULE_CASE(name, ...)                                                                                 \
    REPOSITORY_CASE(                                                                                         \
        name, .lifecycle_rules = &(struct ecr_lifecycle_rule){ __VA_ARGS__ }, .lifecycle_rule_count = 1)
#define RULES_CASE(name, ...)                                                                                \
    REPOSITORY_CASE(                                                                                         \
        name, .lifecycle_rules = (struct ecr_lifecycle_rule[]){ __VA_ARGS__ }, .lifecycle_rule_count = 2)

REPOSITORY_CASE(short_name, .repository_name = string("a"))
REPOSITORY_CASE(odd_name, .repository_name = string("My/App"))
REPOSITORY_CASE(double_slash, .repository_name = string("my//app"))
REPOSITORY_CASE(empty_without_destroy, .empty_on_delete = true)
REPOSITORY_CASE(filters_for_mutable, .image_tag_mutability = ECR_TAGS_MUTABLE,
    .image_tag_mutability_exclusion_filters = TEXTS("a*"))
REPOSITORY_CASE(no_filters, .image_tag_mutability = ECR_TAGS_IMMUTABLE_WITH_EXCLUSION)
REPOSITORY_CASE(many_filters, .image_tag_mutability = ECR_TAGS_MUTABLE_WITH_EXCLUSION,
    .image_tag_mutability_exclusion_filters = TEXTS("a", "b", "c", "d", "e", "f"))
REPOSITORY_CASE(odd_filter, .image_tag_mutability = ECR_TAGS_MUTABLE_WITH_EXCLUSION,
    .image_tag_mutability_exclusion_filters = TEXTS("a b"))
RULE_CASE(tagged_without_tags, .tag_status = ECR_TAG_STATUS_TAGGED, .max_image_count = 1)
RULE_CASE(tags_of_untagged, .tag_status = ECR_TAG_STATUS_UNTAGGED, .tag_prefix_list = TEXTS("a"),
    .max_image_count = 1)
RULE_CASE(prefixes_and_patterns, .tag_prefix_list = TEXTS("a"), .tag_pattern_list = TEXTS("b"),
    .max_image_count = 1)
RULE_CASE(many_wildcards, .tag_pattern_list = TEXTS("*a*b*c*d*"), .max_image_count = 1)
RULE_CASE(no_limit, .tag_prefix_list = TEXTS("a"))
RULE_CASE(two_limits, .max_image_count = 1, .max_image_age = days(1))
RULES_CASE(two_for_any, { .max_image_count = 1 }, { .max_image_count = 2 })
RULES_CASE(any_with_priority, { .max_image_count = 1, .rule_priority = 5 },
    { .max_image_count = 2, .tag_prefix_list = TEXTS("a") })
RULES_CASE(any_not_last, { .max_image_count = 1, .rule_priority = 5 },
    { .max_image_count = 2, .tag_prefix_list = TEXTS("a"), .rule_priority = 6 })

static void key_for_aes(struct stack *stack)
{
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });

    ecr_repository_new(stack->node, "Repository",
        &(struct ecr_repository_props){ .encryption = ECR_ENCRYPTION_AES_256, .encryption_key = key });
}

static void no_repository(struct stack *stack)
{
    ecr_repository_from_arn(stack->node, "Repository", "arn:aws:ecr:us-east-1:123456789012:image/app");
}

static void rule_of_imported(struct stack *stack)
{
    ecr_repository_add_lifecycle_rule(ecr_repository_from_name(stack->node, "Repository", string("app")),
        &(struct ecr_lifecycle_rule){ .max_image_count = 1 });
}

static void repositories_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { short_name, DIAG_ERROR, "Case/Repository: repository name 'a' must have 2 to 256 characters" },
        { odd_name, DIAG_ERROR,
            "Case/Repository: repository name 'My/App' must be made of lower case letters and digits, "
            "separated by single '.', '_', '-' or '/'" },
        { double_slash, DIAG_ERROR,
            "Case/Repository: repository name 'my//app' must be made of lower case letters and digits, "
            "separated by single '.', '_', '-' or '/'" },
        { empty_without_destroy, DIAG_ERROR,
            "Case/Repository: 'empty_on_delete' needs the removal policy REMOVAL_POLICY_DESTROY" },
        { filters_for_mutable, DIAG_ERROR,
            "Case/Repository: tag mutability filters need an 'image_tag_mutability' with exclusion" },
        { no_filters, DIAG_ERROR,
            "Case/Repository: tag mutability 'IMMUTABLE_WITH_EXCLUSION' needs filters" },
        { many_filters, DIAG_ERROR, "Case/Repository: 1 to 5 tag mutability filters are possible, got 6" },
        { odd_filter, DIAG_ERROR,
            "Case/Repository: tag mutability filter 'a b' may hold letters, digits, '.', '_', '*' and '-' "
            "only" },
        { key_for_aes, DIAG_ERROR,
            "Case/Repository: a repository with an encryption key must use ECR_ENCRYPTION_KMS" },
        { tagged_without_tags, DIAG_ERROR,
            "Case/Repository: a lifecycle rule for tagged images needs a 'tag_prefix_list' or a "
            "'tag_pattern_list'" },
        { tags_of_untagged, DIAG_ERROR,
            "Case/Repository: a lifecycle rule with tag prefixes or patterns must be for tagged images" },
        { prefixes_and_patterns, DIAG_ERROR,
            "Case/Repository: a lifecycle rule takes tag prefixes or tag patterns, not both" },
        { many_wildcards, DIAG_ERROR, "Case/Repository: tag pattern '*a*b*c*d*' has more than 4 wildcards" },
        { no_limit, DIAG_ERROR,
            "Case/Repository: a lifecycle rule needs exactly one of 'max_image_age' and 'max_image_count'" },
        { two_limits, DIAG_ERROR,
            "Case/Repository: a lifecycle rule needs exactly one of 'max_image_age' and 'max_image_count'" },
        { two_for_any, DIAG_ERROR,
            "Case/Repository: there is a lifecycle rule for images with any tag already; only one is "
            "possible" },
        { any_with_priority, DIAG_ERROR,
            "Case/Repository: the lifecycle rule for any tag has a priority and others have none; remove "
            "it" },
        { any_not_last, DIAG_ERROR,
            "Case/Repository: the lifecycle rule for any tag must have the highest priority, 6, not 5" },
        { no_repository, DIAG_ERROR,
            "Case/Repository: 'arn:aws:ecr:us-east-1:123456789012:image/app' is no ARN of a repository, "
            "which is arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME" },
        { rule_of_imported, DIAG_ERROR,
            "Case/Repository: lifecycle rules cannot be added to an imported repository" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repositories_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

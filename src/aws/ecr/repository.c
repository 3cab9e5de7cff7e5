// SPDX-License-Identifier: MIT
#include "aws/attribute.h"
#include "aws/ecr/ecr_private.h"
#include "aws/kms.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <ctype.h>
#include <string.h>

enum { MIN_NAME = 2, MAX_NAME = 256, MAX_FILTERS = 5, MAX_FILTER = 128 };

static const char *const tag_mutabilities[] = {
    [ECR_TAGS_MUTABLE] = "MUTABLE",
    [ECR_TAGS_IMMUTABLE] = "IMMUTABLE",
    [ECR_TAGS_MUTABLE_WITH_EXCLUSION] = "MUTABLE_WITH_EXCLUSION",
    [ECR_TAGS_IMMUTABLE_WITH_EXCLUSION] = "IMMUTABLE_WITH_EXCLUSION",
};

static bool is_name_word(char c)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c);
}

// Words of lower case letters and digits, with one of "._-/" between each two (AWS::ECR::Repository).
static bool is_valid_name(const char *name)
{
    bool after_word = false;

    for (; *name; name++) {
        bool is_word = is_name_word(*name);

        if (!is_word && !(after_word && strchr("._-/", *name)))
            return false;
        after_word = is_word;
    }
    return after_word;
}

static void check_name(struct construct *node, const struct value *name)
{
    const char *text = value_string(name);

    if (!text)
        return;
    if (strlen(text) < MIN_NAME || strlen(text) > MAX_NAME)
        diag_error(node, "repository name '%s' must have %d to %d characters", text, MIN_NAME, MAX_NAME);
    if (!is_valid_name(text))
        diag_error(node,
            "repository name '%s' must be made of lower case letters and digits, separated by single '.', "
            "'_', '-' or '/'",
            text);
}

static void check_filter(struct construct *node, const char *filter)
{
    size_t length = strlen(filter);

    if (length == 0 || length > MAX_FILTER)
        diag_error(node, "tag mutability filter '%s' must have 1 to %d characters", filter, MAX_FILTER);
    for (const char *at = filter; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("._*-", *at)) {
            diag_error(node,
                "tag mutability filter '%s' may hold letters, digits, '.', '_', '*' and '-' only", filter);
            return;
        }
}

static void check_mutability(struct construct *node, const struct ecr_repository_props *p)
{
    bool wants_filters = p->image_tag_mutability == ECR_TAGS_MUTABLE_WITH_EXCLUSION ||
        p->image_tag_mutability == ECR_TAGS_IMMUTABLE_WITH_EXCLUSION;
    const char *const *filters = p->image_tag_mutability_exclusion_filters;
    size_t count = 0;

    for (; filters && filters[count]; count++)
        check_filter(node, filters[count]);
    if (filters && !wants_filters)
        diag_error(node, "tag mutability filters need an 'image_tag_mutability' with exclusion");
    if (wants_filters && !filters)
        diag_error(node, "tag mutability '%s' needs filters", tag_mutabilities[p->image_tag_mutability]);
    if (filters && (count < 1 || count > MAX_FILTERS))
        diag_error(node, "1 to %d tag mutability filters are possible, got %zu", MAX_FILTERS, count);
}

static void check(struct construct *node, const struct ecr_repository_props *p)
{
    check_name(node, p->repository_name);
    check_mutability(node, p);
    if (p->encryption == ECR_ENCRYPTION_AES_256 && p->encryption_key)
        diag_error(node, "a repository with an encryption key must use ECR_ENCRYPTION_KMS");
    if (p->empty_on_delete && p->removal_policy != REMOVAL_POLICY_DESTROY)
        diag_error(node, "'empty_on_delete' needs the removal policy REMOVAL_POLICY_DESTROY");
}

static struct value *exclusion_filters(const char *const *filters)
{
    struct value *list = filters ? array() : NULL;

    for (; filters && *filters; filters++)
        array_append(list,
            object((struct field[]){
                { "ImageTagMutabilityExclusionFilterType", string("WILDCARD") },
                { "ImageTagMutabilityExclusionFilterValue", string(*filters) },
                END,
            }));
    return list;
}

static struct value *encryption(const struct ecr_repository_props *p)
{
    if (p->encryption == ECR_ENCRYPTION_AES_256 ||
        (p->encryption != ECR_ENCRYPTION_KMS && !p->encryption_key))
        return NULL;
    return object((struct field[]){
        { "EncryptionType", string("KMS") },
        { "KmsKey", p->encryption_key ? p->encryption_key->key_arn : NULL },
        END,
    });
}

static struct value *scanning(const struct ecr_repository_props *p)
{
    if (p->image_scan_on_push == TOGGLE_DEFAULT)
        return NULL;
    return object((struct field[]){ { "ScanOnPush", toggle_value(p->image_scan_on_push) }, END });
}

static struct value *produce_policy(void *data)
{
    const struct ecr_repository_state *state = data;

    return state->policy ? iam_policy_document_value(state->policy) : NULL;
}

static struct value *repository_properties(struct ecr_repository *self, const struct ecr_repository_props *p)
{
    return object((struct field[]){
        { "EmptyOnDelete", p->empty_on_delete ? boolean(true) : NULL },
        { "EncryptionConfiguration", encryption(p) },
        { "ImageScanningConfiguration", scanning(p) },
        { "ImageTagMutability", string(tag_mutabilities[p->image_tag_mutability]) },
        { "ImageTagMutabilityExclusionFilters",
            exclusion_filters(p->image_tag_mutability_exclusion_filters) },
        { "LifecyclePolicy", ecr_lifecycle_policy(self) },
        { "RepositoryName", p->repository_name },
        { "RepositoryPolicyText", lazy(produce_policy, self->state) },
        END,
    });
}

static struct ecr_repository *repository_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct ecr_repository *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_ecr.Repository");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

static void set_uris(struct ecr_repository *self, struct value *account, struct value *region)
{
    self->registry_uri = concatf("%v.dkr.ecr.%v.%v", account, region, aws_url_suffix());
    self->repository_uri = ecr_repository_uri_for_tag(self, NULL);
}

static void set_uris_from_arn(struct ecr_repository *self)
{
    struct arn arn = arn_split(self->node, self->repository_arn, ARN_SLASH_RESOURCE_NAME);

    set_uris(self, arn.account, arn.region);
}

struct ecr_repository *ecr_repository_new(
    struct construct *scope, const char *id, const struct ecr_repository_props *props)
{
    struct ecr_repository *self = repository_make(scope, id);
    const struct ecr_repository_props none = { 0 };
    const struct ecr_repository_props *p = props ? props : &none;

    check(self->node, p);
    self->state->lifecycle_registry_id = p->lifecycle_registry_id;
    self->resource =
        resource_new(self->node, "Resource", "AWS::ECR::Repository", repository_properties(self, p));
    resource_apply_removal_policy(self->resource,
        p->removal_policy == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_RETAIN : p->removal_policy);
    self->repository_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){
            .service = "ecr",
            .resource = "repository",
            .resource_name = p->repository_name,
        });
    self->repository_name = attribute_name(self->resource, p->repository_name);
    set_uris_from_arn(self);
    for (size_t i = 0; i < p->lifecycle_rule_count; i++)
        ecr_repository_add_lifecycle_rule(self, &p->lifecycle_rules[i]);
    return self;
}

struct ecr_repository *ecr_repository_from_attributes(
    struct construct *scope, const char *id, struct value *repository_name, struct value *repository_arn)
{
    struct ecr_repository *self = repository_make(scope, id);

    self->repository_name = repository_name;
    self->repository_arn = repository_arn;
    set_uris_from_arn(self);
    return self;
}

struct ecr_repository *ecr_repository_from_name(
    struct construct *scope, const char *id, struct value *repository_name)
{
    struct ecr_repository *self = repository_make(scope, id);
    struct stack *stack = construct_stack(self->node);

    self->repository_name = repository_name;
    self->repository_arn = stack_format_arn(stack,
        &(struct arn_parts){
            .service = "ecr",
            .resource = "repository",
            .resource_name = repository_name,
        });
    set_uris(self, stack->account, stack->region);
    return self;
}

struct ecr_repository *ecr_repository_from_arn(
    struct construct *scope, const char *id, const char *repository_arn)
{
    const char *resource = strrchr(repository_arn, ':');
    const char *name = resource ? strchr(resource, '/') : NULL;
    struct ecr_repository *self =
        ecr_repository_from_attributes(scope, id, string(name ? name + 1 : ""), string(repository_arn));

    if (!name || strncmp(resource, ":repository/", strlen(":repository/")) != 0)
        diag_error(self->node,
            "'%s' is no ARN of a repository, which is arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME",
            repository_arn);
    return self;
}

static struct value *uri_with_suffix(
    const struct ecr_repository *repository, const char *separator, const char *suffix)
{
    return concatf("%v/%v%s%s", repository->registry_uri, repository->repository_name,
        suffix ? separator : "", suffix ? suffix : "");
}

struct value *ecr_repository_uri_for_tag(const struct ecr_repository *repository, const char *tag)
{
    return uri_with_suffix(repository, ":", tag);
}

struct value *ecr_repository_uri_for_digest(const struct ecr_repository *repository, const char *digest)
{
    return uri_with_suffix(repository, "@", digest);
}

struct value *ecr_repository_uri_for_tag_or_digest(
    const struct ecr_repository *repository, const char *tag_or_digest)
{
    if (tag_or_digest && strncmp(tag_or_digest, "sha256:", strlen("sha256:")) == 0)
        return ecr_repository_uri_for_digest(repository, tag_or_digest);
    return ecr_repository_uri_for_tag(repository, tag_or_digest);
}

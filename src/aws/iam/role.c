// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "cdk/aspect.h"

#include <ctype.h>
#include <string.h>

// Limits of IAM ("IAM and AWS STS quotas", CreateRole in the API reference).
enum { NAME_LIMIT = 64, PATH_LIMIT = 512, DESCRIPTION_LIMIT = 1000 };

static void check_name(struct construct *node, const char *name)
{
    size_t length = 0;

    if (!name)
        return;
    while (isalnum((unsigned char)name[length]) || (name[length] && strchr("_+=,.@-", name[length])))
        length++;
    if (name[length] || length == 0 || length > NAME_LIMIT)
        diag_error(node, "the role name '%s' must be 1 to %d letters, digits or characters of '_+=,.@-'",
            name, NAME_LIMIT);
}

static bool is_path(const char *path)
{
    size_t length = strlen(path);

    if (length < 1 || length > PATH_LIMIT || path[0] != '/' || path[length - 1] != '/' || length == 2)
        return false;
    for (const char *at = path; *at; at++)
        if ((unsigned char)*at < '!' || (unsigned char)*at > 127)
            return false;
    return true;
}

static void check(struct construct *node, const struct iam_role_props *props)
{
    struct duration session = duration_or(props->max_session_duration, hours(1));

    check_name(node, value_string(props->role_name));
    if (props->path && !is_path(props->path))
        diag_error(node,
            "the role path '%s' must be '/', or 3 to %d visible characters that begin and end with '/'",
            props->path, PATH_LIMIT);
    if (props->description && strlen(props->description) > DESCRIPTION_LIMIT)
        diag_error(node, "the role's description is longer than %d characters", DESCRIPTION_LIMIT);
    if (session.milliseconds < hours(1).milliseconds || session.milliseconds > hours(12).milliseconds)
        diag_error(node, "max_session_duration is %lld seconds; it must be 1 hour to 12 hours",
            (long long)duration_to_seconds(session));
}

static void add_assume_statement(struct iam_principal *principal, struct statement_list *statements)
{
    IAM_LIST_APPEND(statements,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ principal->assume_role_action, NULL },
            .principals = (struct iam_principal *[]){ principal, NULL },
        }));
}

// Appends the statements that let the principal assume a role.
static void add_assume_statements(struct iam_principal *principal, struct statement_list *statements)
{
    size_t first = statements->length;

    switch (principal->kind) {
    case PRINCIPAL_SERVICE:
    case PRINCIPAL_NAMED:
    case PRINCIPAL_ACCOUNT:
    case PRINCIPAL_STAR:
        add_assume_statement(principal, statements);
        return;
    case PRINCIPAL_COMPOSITE:
    case PRINCIPAL_WITH_CONDITIONS:
    case PRINCIPAL_WITH_SESSION_TAGS:
        break;
    }
    for (size_t i = 0; i < principal->parts.length; i++)
        add_assume_statements(principal->parts.items[i], statements);
    for (size_t i = first; i < statements->length; i++) {
        struct iam_statement *statement = statements->items[i];

        if (principal->kind == PRINCIPAL_WITH_SESSION_TAGS)
            iam_statement_add_action(statement, "sts:TagSession");
        if (principal->kind != PRINCIPAL_WITH_CONDITIONS)
            continue;
        iam_statement_add_action(statement, principal->assume_role_action);
        statement_add_conditions(statement, principal_conditions(principal));
    }
}

static struct iam_policy_document *trust_policy(struct construct *node, const struct iam_role_props *props)
{
    struct iam_policy_document *document = iam_policy_document_new(node);
    struct statement_list statements = { NULL, 0, 0 };
    struct value *ids = strings(props->external_ids);
    const struct field condition[] = {
        { "sts:ExternalId", value_length(ids) == 1 ? array_at(ids, 0) : ids },
        END,
    };

    add_assume_statements(props->assumed_by, &statements);
    for (size_t i = 0; i < statements.length; i++) {
        if (value_length(ids))
            iam_statement_add_condition(statements.items[i], "StringEquals", object(condition));
        iam_policy_document_add(document, statements.items[i]);
    }
    iam_policy_document_validate_as(document, IAM_TRUST_POLICY, node);
    return document;
}

static struct value *inline_policies(struct construct *node, const struct iam_inline_policy *policies)
{
    struct value *list = array();

    for (; policies && policies->name; policies++) {
        iam_policy_document_validate_as(policies->document, IAM_IDENTITY_POLICY, node);
        array_append(list,
            object((struct field[]){
                { "PolicyDocument", iam_policy_document_value(policies->document) },
                { "PolicyName", string(policies->name) },
                END,
            }));
    }
    return omit_empty(list);
}

static struct value *role_properties(const struct iam_role *role, const struct iam_role_props *p)
{
    return object((struct field[]){
        { "AssumeRolePolicyDocument", iam_policy_document_value(role->assume_role_policy) },
        { "Description", p->description && *p->description ? string(p->description) : NULL },
        { "ManagedPolicyArns", omit_empty(role->state->managed_policies) },
        { "MaxSessionDuration", seconds_value(p->max_session_duration) },
        { "Path", string(p->path) },
        { "PermissionsBoundary", p->permissions_boundary },
        { "Policies", inline_policies(role->node, p->inline_policies) },
        { "RoleName", p->role_name },
        END,
    });
}

struct iam_role *role_allocate(
    struct construct *node, enum role_kind kind, struct value *arn, struct value *account)
{
    struct iam_role *role = arena_alloc(construct_arena(node), sizeof(*role));

    role->node = node;
    role->role_arn = arn;
    role->state = arena_alloc(construct_arena(node), sizeof(*role->state));
    role->state->kind = kind;
    role->state->account = account;
    role->state->managed_policies = array();
    role->principal = principal_for_grantee(arn, role_add_statement, role);
    role->principal->account = account;
    role->principal->role = role;
    return role;
}

static void split_when_visited(struct construct *construct, void *data)
{
    struct iam_role *role = data;

    if (construct == role->node)
        role_split_large_policy(role);
}

static int splitting_priority(const struct construct *node)
{
    bool mutating = construct_context_flag(node, "@aws-cdk/core:aspectPrioritiesMutating");

    return mutating ? ASPECT_MUTATING : ASPECT_DEFAULT;
}

// What the role's name and path tell to stacks of other accounts; NULL when CloudFormation chooses the name.
static struct value *known_arn(const struct iam_role *role, const struct iam_role_props *props)
{
    const char *name = value_string(props->role_name);
    const char *path = props->path ? props->path + (*props->path == '/') : "";

    if (!name)
        return NULL;
    return stack_format_arn(construct_stack(role->node),
        &(struct arn_parts){
            .service = "iam",
            .region = string(""),
            .resource = "role",
            .resource_name = stringf("%s%s", path, name),
        });
}

struct iam_role *iam_role_new(struct construct *scope, const char *id, const struct iam_role_props *props)
{
    struct construct *node = construct_new(scope, id, "iam.Role");
    struct iam_role *role;

    check(node, props);
    role = role_precreated(node, props);
    if (role)
        return role;
    role = role_allocate(node, ROLE_MADE, NULL, construct_stack(node)->account);
    role->assume_role_policy = trust_policy(node, props);
    for (struct value *const *at = props->managed_policies; at && *at; at++)
        iam_role_add_managed_policy(role, *at);
    role->resource = resource_new(node, "Resource", "AWS::IAM::Role", role_properties(role, props));
    role->role_arn = across_environments(get_att(role->resource, "Arn"), known_arn(role, props));
    role->role_name = across_environments(ref(role->resource), value_if_literal(props->role_name));
    role->role_id = get_att(role->resource, "RoleId");
    role->principal->id = role->role_arn;
    aspect_add(node, split_when_visited, role, splitting_priority(node));
    return role;
}

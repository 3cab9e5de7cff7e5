// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "data/json.h"
#include "util/strbuf.h"

#include <string.h>

static const char context_key[] = "@aws-cdk/iam:customizeRoles";
static const char names_key[] = "usePrecreatedRoles";

void iam_use_precreated_roles(struct construct *scope, const struct value *names)
{
    struct value *by_path = object((struct field[]){ END });
    const char *base = construct_path(scope);

    for (size_t i = 0; i < value_length(names); i++) {
        const struct field *field = object_at(names, i);
        bool is_absolute = strncmp(field->key, base, strlen(base)) == 0;
        const char *path = is_absolute ? field->key : arena_printf(value_arena(), "%s/%s", base, field->key);

        object_set(by_path, path, field->value);
    }
    construct_set_context(scope, context_key,
        object((struct field[]){ { "preventSynthesis", boolean(true) }, { names_key, by_path }, END }));
}

bool precreated_roles_are_used(const struct construct *scope)
{
    return construct_context(scope, context_key) != NULL;
}

// Whoever makes the roles has to know what they must allow.
static void tell_needs(struct construct *construct, void *data)
{
    const struct iam_role *role = data;
    struct value *policy = iam_policy_document_value(role->state->needs);
    STRBUF_AUTO text = STRBUF_INIT;

    if (iam_policy_document_is_empty(role->state->needs))
        return;
    json_stringify(&text, stack_resolve(construct_stack(construct), policy));
    diag_info(construct, "the role '%s' must exist and allow %s", value_string(role->role_name), text.data);
}

static const char *precreated_name(struct construct *node)
{
    const struct value *names = object_get(construct_context(node, context_key), names_key);
    const char *name = object_string(names, construct_path(node));

    if (!name)
        diag_error(node,
            "roles are to exist already and none is named for this path; name one in "
            "iam_use_precreated_roles");
    return name ? name : construct_id(node);
}

struct iam_role *role_precreated(struct construct *node, const struct iam_role_props *props)
{
    struct stack *stack = construct_stack(node);
    struct arn_parts parts = { .service = "iam", .region = string(""), .resource = "role" };
    struct iam_role *role;

    if (!precreated_roles_are_used(node))
        return NULL;
    parts.resource_name = string(precreated_name(node));
    role = role_allocate(node, ROLE_PRECREATED, stack_format_arn(stack, &parts), stack->account);
    role->role_name = parts.resource_name;
    role->state->needs = iam_policy_document_new(node);
    for (const struct iam_inline_policy *at = props->inline_policies; at && at->name; at++)
        for (size_t i = 0; i < at->document->statements.length; i++)
            iam_policy_document_add(role->state->needs, at->document->statements.items[i]);
    construct_add_validation(node, tell_needs, role);
    return role;
}

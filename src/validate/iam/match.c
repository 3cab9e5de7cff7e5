// SPDX-License-Identifier: MIT
// Whether actions act on the resources of their statement.
#include "schema/iam.h"
#include "util/arena.h"
#include "util/strbuf.h"
#include "validate/iam/document.h"
#include "validate/iam/statement.h"
#include "validate/iam/text.h"

#include <string.h>

enum { ARN_COLONS = 5 };

// The resources of a statement, as patterns.
struct named_resources {
    const struct iam_document *document;
    const char **items;
    size_t count, capacity;
    bool is_anything; // all of them, or one that is not known
    bool allows;
};

static bool is_whole_arn(const char *text)
{
    size_t colons = 0;

    for (; *text; text++) {
        colons += *text == ':';
        if (*text == IAM_ANY)
            return true;
    }
    return colons >= ARN_COLONS;
}

static void add_resource(struct validator *validator, const struct node *node, void *data)
{
    struct named_resources *resources = data;
    struct arena *arena = validator_arena(validator);
    const char *text = iam_text_of_node(validator, node, true);

    // A pattern that can begin with anything says nothing of the type, and what is no ARN is reported itself.
    if (!text || strncmp(text, "arn:", 4) != 0 || !is_whole_arn(text)) {
        resources->is_anything = true;
        return;
    }
    resources->items = arena_grow(
        arena, resources->items, resources->count, &resources->capacity, sizeof(*resources->items));
    resources->items[resources->count++] = text;
}

static bool acts_on(struct named_resources *resources, const struct schema_iam_resource *type)
{
    struct schema_list arns = schema_iam_resource_arns(type);

    for (size_t i = 0; i < arns.count; i++) {
        const char *arn = iam_text_of_arn(resources->document->validator, schema_iam_list_at(arns, i));

        for (size_t k = 0; k < resources->count; k++)
            if (iam_texts_meet(resources->items[k], arn))
                return true;
    }
    return false;
}

static void report_mismatch(struct named_resources *resources, const struct node *node,
    const struct iam_named_action *named, const struct schema_iam_action *action)
{
    STRBUF_AUTO types = STRBUF_INIT;
    size_t count = schema_iam_action_resource_count(action);

    for (size_t i = 0; i < count && i < 3; i++) {
        const struct schema_iam_resource *type = schema_iam_action_resource_at(action, i);

        strbuf_addf(&types, "%s%s (%s)", i ? ", " : "", schema_iam_resource_name(type),
            schema_iam_list_at(schema_iam_resource_arns(type), 0));
    }
    if (count > 3)
        strbuf_addf(&types, " and %zu more", count - 3);
    if (count)
        report(resources->document->validator, resources->allows ? "T3510" : "I3510", node,
            "'%s' acts on none of the statement's resources, only on %s", named->text, types.data);
    else
        report(resources->document->validator, "I3510", node,
            "'%s' acts on no particular resource: it needs 'Resource: \"*\"'", named->text);
}

static void match_action(struct validator *validator, const struct node *node, void *data)
{
    struct named_resources *resources = data;
    const struct schema_iam_action *action;
    struct iam_named_action named;

    (void)validator;
    if (!iam_action_read(node, &named) || named.has_wildcard)
        return;
    action = schema_iam_action_find(named.service, named.name);
    if (!action)
        return;
    for (size_t i = 0; i < schema_iam_action_resource_count(action); i++)
        if (acts_on(resources, schema_iam_action_resource_at(action, i)))
            return;
    report_mismatch(resources, node, &named, action);
}

void iam_match_check(const struct iam_document *document, const struct node *statement)
{
    struct node action = node_get(statement, "Action"), resource = node_get(statement, "Resource");
    struct named_resources resources = { .document = document, .allows = iam_statement_allows(statement) };

    if (!node_exists(&action) || !node_exists(&resource))
        return;
    node_each_item(document->validator, &resource, add_resource, &resources);
    if (resources.count && !resources.is_anything)
        node_each_item(document->validator, &action, match_action, &resources);
}

// SPDX-License-Identifier: MIT
// Condition keys: whether there are such, and whether the statement's actions know them.
#include "schema/iam.h"
#include "util/text/suggest.h"
#include "validate/iam/document.h"
#include "validate/iam/statement.h"

#include <string.h>
#include <strings.h>

static bool has_key(const struct schema_iam_service *service, const char *name)
{
    for (size_t i = 0; i < schema_iam_key_count(service); i++)
        if (schema_iam_name_matches(schema_iam_key_name(schema_iam_key_at(service, i)), name))
            return true;
    return false;
}

// Keys of identity providers and of others have no service of that prefix.
static bool is_key_of_any(const char *name)
{
    for (size_t i = 0; i < schema_iam_service_count(); i++)
        if (has_key(schema_iam_service_at(i), name))
            return true;
    return false;
}

static void consider(struct suggestion *suggestion, const struct schema_iam_service *service)
{
    for (size_t i = 0; i < schema_iam_key_count(service); i++)
        suggestion_consider(suggestion, schema_iam_key_name(schema_iam_key_at(service, i)));
}

static void report_unknown(
    const struct iam_document *document, const struct node *node, const struct schema_iam_service *service)
{
    struct suggestion suggestion = SUGGESTION_FOR(node->key);

    consider(&suggestion, NULL);
    if (service)
        consider(&suggestion, service);
    if (suggestion.best)
        report_key(document->validator, "T3511", node, "there is no condition key '%s'; did you mean '%s'?",
            node->key, suggestion.best);
    else
        report_key(document->validator, "T3511", node, "there is no condition key '%s'", node->key);
}

// Of the actions of a statement.
struct knowing {
    const char *key;
    size_t known, unknown;
    const char *unknowing; // one that does not know it
    bool is_open;          // some action is not known
};

static bool is_in_list(struct schema_list keys, const char *name)
{
    for (size_t i = 0; i < keys.count; i++)
        if (schema_iam_name_matches(schema_iam_list_at(keys, i), name))
            return true;
    return false;
}

static bool knows(const struct schema_iam_action *action, const char *name)
{
    if (is_in_list(schema_iam_action_keys(action), name))
        return true;
    for (size_t i = 0; i < schema_iam_action_resource_count(action); i++)
        if (is_in_list(schema_iam_action_resource_keys(action, i), name) ||
            is_in_list(schema_iam_resource_keys(schema_iam_action_resource_at(action, i)), name))
            return true;
    return false;
}

static void note_action(const struct schema_iam_action *action, void *data)
{
    struct knowing *knowing = data;

    if (knows(action, knowing->key)) {
        knowing->known++;
    } else {
        knowing->unknown++;
        knowing->unknowing = schema_iam_action_name(action);
    }
}

static void ask_item(struct validator *validator, const struct node *node, void *data)
{
    struct knowing *knowing = data;
    struct iam_named_action named;
    struct knowing own = { .key = knowing->key };

    (void)validator;
    if (!iam_action_read(node, &named) || !named.service) {
        knowing->is_open = true;
        return;
    }
    iam_action_each(&named, note_action, &own);
    knowing->is_open |= !own.known && !own.unknown;
    knowing->known += own.known > 0;
    // Of what a wildcard stands for, some action may be meant.
    if (own.unknown && !own.known) {
        knowing->unknown++;
        knowing->unknowing = named.text;
    }
}

static void check_actions(
    const struct iam_document *document, const struct node *statement, const struct node *key)
{
    struct node action = node_get(statement, "Action");
    struct knowing knowing = { .key = key->key };

    if (!node_exists(&action))
        return;
    node_each_item(document->validator, &action, ask_item, &knowing);
    if (knowing.is_open || !knowing.unknown)
        return;
    if (!knowing.known)
        report_key(
            document->validator, "T3512", key, "no action of the statement knows the key '%s'", key->key);
    else
        report_key(document->validator, "T3513", key, "'%s' does not know the key '%s'", knowing.unknowing,
            key->key);
}

static void check_key(
    const struct iam_document *document, const struct node *statement, const struct node *key)
{
    size_t length = strcspn(key->key, ":");
    const struct schema_iam_service *service = schema_iam_service_find(key->key, length);

    // What OpenID Connect providers are called.
    if (memchr(key->key, '.', length) || has_key(NULL, key->key))
        return;
    if (service ? !has_key(service, key->key) && !is_key_of_any(key->key) : !is_key_of_any(key->key))
        report_unknown(document, key, service);
    else if (strncasecmp(key->key, "aws:", 4) != 0)
        check_actions(document, statement, key);
}

struct key_block {
    const struct iam_document *document;
    const struct node *statement;
};

static void check_block(struct validator *validator, const struct node *node, void *data)
{
    const struct key_block *block = data;

    (void)validator;
    for (size_t i = 0; node_is_object(node) && !node_function(node) && i < node_length(node); i++) {
        struct node key = node_at(node, i);

        check_key(block->document, block->statement, &key);
    }
}

static void check_condition(struct validator *validator, const struct node *node, void *data)
{
    for (size_t i = 0; node_is_object(node) && !node_function(node) && i < node_length(node); i++) {
        struct node keys = node_at(node, i);

        node_each_option(validator, &keys, check_block, data);
    }
}

void iam_keys_check(const struct iam_document *document, const struct node *statement)
{
    struct node condition = node_get(statement, "Condition");
    struct key_block block = { document, statement };

    node_each_option(document->validator, &condition, check_condition, &block);
}

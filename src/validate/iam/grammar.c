// SPDX-License-Identifier: MIT
// The form of documents and statements: IAM User Guide, "Grammar of the IAM JSON policy language".
#include "data/json.h"
#include "util/array.h"
#include "util/map.h"
#include "util/text/suggest.h"
#include "validate/iam/document.h"
#include "validate/iam/text.h"
#include "validate/rules/shape.h"

#include <ctype.h>
#include <string.h>

#define VERSION_2012 "2012-10-17"
#define VERSION_2008 "2008-10-17"

static bool has_kind(const struct iam_document *document, enum schema_policy_kind kind)
{
    return document->policy->kind == kind;
}

// Whether elements are held against the kind's grammar: of an unknown kind only what no kind has is reported.
static bool is_known_kind(const struct iam_document *document)
{
    return !has_kind(document, SCHEMA_POLICY_ANY);
}

// False, and reported, when it is neither a function nor of such a kind.
static bool check_kinds(const struct iam_document *document, const struct node *node, unsigned kinds)
{
    if (node_function(node))
        return false;
    if (value_has_kind(node->value, kinds))
        return true;
    report(document->validator, document->id, node, "must be %s", kinds_name(kinds));
    return false;
}

static void suggest_key(
    const struct iam_document *document, const struct node *node, const char *of, const char *const *names)
{
    struct suggestion suggestion = SUGGESTION_FOR(node->key);

    for (size_t i = 0; names[i]; i++)
        suggestion_consider(&suggestion, names[i]);
    report_key(document->validator, document->id, node, "'%s' is no element of %s%s%s%s", node->key, of,
        suggestion.best ? "; did you mean '" : "", suggestion.best ? suggestion.best : "",
        suggestion.best ? "'?" : "");
}

static bool is_among(const char *const *names, const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void check_keys(
    const struct iam_document *document, const struct node *node, const char *of, const char *const *names)
{
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if (child.key && !is_among(names, child.key) && strncmp(child.key, "Fn::", 4) != 0)
            suggest_key(document, &child, of, names);
    }
}

// Exactly one of an element and its negation has to be there.
static void check_pair(
    const struct iam_document *document, const struct node *statement, const char *name, const char *negation)
{
    struct node plain = node_get(statement, name), negated = node_get(statement, negation);

    if (!node_exists(&plain) && !node_exists(&negated))
        report(document->validator, document->id, statement, "needs '%s' or '%s'", name, negation);
    if (!node_exists(&plain) || !node_exists(&negated))
        return;
    report(document->validator, document->id, &plain, "'%s' and '%s' exclude each other", name, negation);
    report(document->validator, document->id, &negated, "'%s' and '%s' exclude each other", name, negation);
}

static void check_effect(struct validator *validator, const struct node *node, void *data)
{
    const struct iam_document *document = data;
    const char *effect = node_string(node);

    if (!node_function(node) && (!effect || (strcmp(effect, "Allow") != 0 && strcmp(effect, "Deny") != 0)))
        report(validator, document->id, node, "'%s' is neither Allow nor Deny", effect ? effect : "this");
}

static void check_sid(struct validator *validator, const struct node *node, void *data)
{
    const struct iam_document *document = data;
    const char *sid = node_string(node);

    if (!check_kinds(document, node, KIND_STRING) || !sid || !has_kind(document, SCHEMA_POLICY_IDENTITY))
        return;
    for (const char *c = sid; *c || c == sid; c++) {
        if (*c && isalnum((unsigned char)*c))
            continue;
        report(validator, document->id, node, "'%s' has other characters than letters and digits", sid);
        return;
    }
}

// An element that is one string or a list of them.

struct checked_list {
    const struct iam_document *document;
    void (*check)(const struct iam_document *document, const struct node *item);
};

static void check_item(struct validator *validator, const struct node *node, void *data)
{
    const struct checked_list *element = data;

    (void)validator;
    if (check_kinds(element->document, node, KIND_STRING))
        element->check(element->document, node);
}

static void check_resource_item(struct validator *validator, const struct node *node, void *data)
{
    const struct checked_list *element = data;

    (void)validator;
    if (node_function(node) || check_kinds(element->document, node, KIND_STRING))
        element->check(element->document, node);
}

static void check_list(struct validator *validator, const struct node *node, void *data)
{
    const struct checked_list *element = data;
    bool is_resource = element->check == iam_resource_check;

    if (!node_function(node) && !check_kinds(element->document, node, KIND_STRING | KIND_ARRAY))
        return;
    if (node_is_array(node) && !node_length(node) && !is_resource)
        report(validator, element->document->id, node, "is empty");
    node_each_item(validator, node, is_resource ? check_resource_item : check_item, data);
}

static void check_elements(const struct iam_document *document, const struct node *statement)
{
    static const struct {
        const char *name;
        void (*check)(const struct iam_document *document, const struct node *item);
    } lists[] = {
        { "Action", iam_action_check },
        { "NotAction", iam_action_check },
        { "Resource", iam_resource_check },
        { "NotResource", iam_resource_check },
    };

    for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
        struct checked_list element = { document, lists[i].check };
        struct node node = node_get(statement, lists[i].name);

        node_each_option(document->validator, &node, check_list, &element);
    }
}

static void check_principal(struct validator *validator, const struct node *node, void *data)
{
    (void)validator;
    iam_principal_check(data, node);
}

static void check_condition(struct validator *validator, const struct node *node, void *data)
{
    (void)validator;
    iam_condition_check(data, node);
}

static void check_parts(struct iam_document *document, const struct node *statement)
{
    struct node effect = node_get(statement, "Effect"), sid = node_get(statement, "Sid"),
                condition = node_get(statement, "Condition"), principal = node_get(statement, "Principal"),
                not_principal = node_get(statement, "NotPrincipal");

    if (!node_exists(&effect))
        report(document->validator, document->id, statement, "needs 'Effect'");
    node_each_option(document->validator, &effect, check_effect, document);
    node_each_option(document->validator, &sid, check_sid, document);
    check_elements(document, statement);
    node_each_option(document->validator, &condition, check_condition, document);
    if (has_kind(document, SCHEMA_POLICY_IDENTITY))
        return;
    node_each_option(document->validator, &principal, check_principal, document);
    node_each_option(document->validator, &not_principal, check_principal, document);
}

static void check_pairs(const struct iam_document *document, const struct node *statement)
{
    bool is_identity = has_kind(document, SCHEMA_POLICY_IDENTITY);

    check_pair(document, statement, "Action", "NotAction");
    if (is_identity || document->policy->names_resources)
        check_pair(document, statement, "Resource", "NotResource");
    if (!is_identity)
        check_pair(document, statement, "Principal", "NotPrincipal");
}

static bool has_transform(const struct node *node)
{
    struct node macro = node_get(node, "Fn::Transform");

    return node_exists(&macro);
}

static void check_statement(struct validator *validator, const struct node *node, void *data)
{
    static const char *const identity[] = { "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource",
        "Condition", NULL };
    static const char *const trust[] = { "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
        "Condition", NULL };
    static const char *const resource[] = { "Sid", "Effect", "Principal", "NotPrincipal", "Action",
        "NotAction", "Resource", "NotResource", "Condition", NULL };
    struct iam_document *document = data;

    if (!check_kinds(document, node, KIND_OBJECT) || has_transform(node))
        return;
    if (is_known_kind(document)) {
        check_keys(document, node, "such a statement",
            has_kind(document, SCHEMA_POLICY_IDENTITY)    ? identity
                : has_kind(document, SCHEMA_POLICY_TRUST) ? trust
                                                          : resource);
        check_pairs(document, node);
    }
    check_parts(document, node);
    iam_match_check(document, node);
    iam_keys_check(document, node);
    iam_privilege_check(document, node);
    (void)validator;
}

// Sids.

struct sids {
    struct map seen;
    bool is_twice;
};

static void note_sid(struct validator *validator, const struct node *node, void *data)
{
    struct sids *sids = data;
    struct node sid = node_get(node, "Sid");

    (void)validator;
    if (node_string(&sid))
        sids->is_twice |= map_set(&sids->seen, node_string(&sid), (void *)1) != NULL;
}

// Of branches of Fn::If only one is there.
static void check_sids(const struct iam_document *document, const struct node *statements)
{
    struct sids sids = { .is_twice = false };

    if (!node_is_array(statements) || !is_known_kind(document) ||
        has_kind(document, SCHEMA_POLICY_REPOSITORY) ||
        strcmp(document->resource->type, "AWS::S3::BucketPolicy") == 0)
        return;
    map_init(&sids.seen, validator_arena(document->validator));
    for (size_t i = 0; i < node_length(statements); i++) {
        struct node statement = node_at(statements, i);

        if (node_is_object(&statement) && !node_function(&statement))
            note_sid(document->validator, &statement, &sids);
    }
    if (sids.is_twice)
        report(document->validator, document->id, statements, "two statements have the same 'Sid'");
}

static void check_statements(struct validator *validator, const struct node *node, void *data)
{
    if (!node_function(node) && !check_kinds(data, node, KIND_OBJECT | KIND_ARRAY))
        return;
    check_sids(data, node);
    node_each_item(validator, node, check_statement, data);
}

// Documents.

static void check_version(struct validator *validator, const struct node *node, void *data)
{
    struct iam_document *document = data;
    const char *version = node_string(node);

    document->is_2012 = !version || strcmp(version, VERSION_2012) == 0;
    if (!check_kinds(document, node, KIND_STRING) || !version || document->is_2012)
        return;
    if (strcmp(version, VERSION_2008) == 0)
        report(validator, "W2511", node, "the version " VERSION_2008 " is old, there is " VERSION_2012);
    else
        report(validator, document->id, node, "'%s' is neither " VERSION_2012 " nor " VERSION_2008, version);
}

static void check_object(struct iam_document *document, const struct node *node)
{
    static const char *const elements[] = { "Version", "Id", "Statement", NULL };
    struct node version = node_get(node, "Version"), id = node_get(node, "Id"),
                statement = node_get(node, "Statement");

    if (has_transform(node))
        return;
    if (is_known_kind(document))
        check_keys(document, node, "a policy", elements);
    if (!node_exists(&statement))
        report(document->validator, document->id, node, "needs 'Statement'");
    if (node_exists(&id) && !node_function(&id))
        check_kinds(document, &id, KIND_STRING);
    node_each_option(document->validator, &version, check_version, document);
    node_each_option(document->validator, &statement, check_statements, document);
}

// A document that is given as text of JSON.
static void check_text(struct iam_document *document, const struct node *node)
{
    ERROR_AUTO err = ERROR_INIT;
    const char *text = node_string(node);
    struct node parsed = *node;

    if (!*text || strstr(text, "{{resolve:"))
        return;
    parsed.value = json_parse(text, strlen(text), document->policy->path, &err);
    if (parsed.value && value_type(parsed.value) == VALUE_OBJECT)
        check_object(document, &parsed);
}

static const char *form_id(enum schema_policy_kind kind)
{
    static const char *const ids[] = {
        [SCHEMA_POLICY_ANY] = "E3512",
        [SCHEMA_POLICY_HOLDER] = "E3510",
        [SCHEMA_POLICY_IDENTITY] = "E3510",
        [SCHEMA_POLICY_RESOURCE] = "E3512",
        [SCHEMA_POLICY_REPOSITORY] = "E3513",
        [SCHEMA_POLICY_TRUST] = "E3530",
    };

    return ids[kind];
}

static void check_document(struct validator *validator, const struct node *node, void *data)
{
    struct iam_document *document = data;

    (void)validator;
    document->is_2012 = false;
    if (node_string(node))
        check_text(document, node);
    else if (node_is_object(node) && !node_function(node))
        check_object(document, node);
}

void iam_document_check(struct validator *validator, const struct schema_policy *policy,
    const struct template_resource *resource, const struct node *node)
{
    struct iam_document document = {
        .validator = validator, .policy = policy, .resource = resource, .id = form_id(policy->kind)
    };

    node_each_option(validator, node, check_document, &document);
}

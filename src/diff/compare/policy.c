// SPDX-License-Identifier: MIT
#include "diff/compare/policy.h"

#include "data/json.h"
#include "data/value.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "util/map.h"
#include "util/strbuf.h"
#include "util/text/compare.h"

#include <stdlib.h>
#include <string.h>

struct text_array {
    const char **items;
    size_t count, capacity;
};

static void add_text(struct text_array *texts, const char *text)
{
    texts->items = arena_grow(value_arena(), texts->items, texts->count, &texts->capacity, sizeof(char *));
    texts->items[texts->count++] = text;
}

// Principals are objects of a kind and names: "Service:lambda.amazonaws.com".
static void add_texts(struct text_array *texts, const struct value *value, const char *prefix)
{
    if (value_type(value) == VALUE_ARRAY) {
        for (size_t i = 0; i < value_length(value); i++)
            add_texts(texts, array_at(value, i), prefix);
    } else if (value_type(value) == VALUE_OBJECT) {
        for (size_t i = 0; i < value_length(value); i++) {
            const struct field *field = object_at(value, i);

            add_texts(texts, field->value, arena_printf(value_arena(), "%s%s:", prefix, field->key));
        }
    } else if (diff_scalar_text(value)) {
        add_text(texts, arena_printf(value_arena(), "%s%s", prefix, diff_scalar_text(value)));
    }
}

static void sort_targets(struct diff_targets *targets)
{
    if (targets->count)
        qsort(targets->items, targets->count, sizeof(*targets->items), compare_strings);
}

static struct diff_targets read_targets(
    const struct value *statement, const char *positive_key, const char *negative_key)
{
    const struct value *negative = object_get(statement, negative_key);
    struct text_array texts = { 0 };
    struct diff_targets targets;

    add_texts(&texts, negative ? negative : object_get(statement, positive_key), "");
    targets = (struct diff_targets){ negative != NULL, texts.items, texts.count };
    sort_targets(&targets);
    return targets;
}

void diff_targets_default(struct diff_targets *targets, const char *text)
{
    if (!targets->count) {
        targets->items = arena_alloc(value_arena(), sizeof(*targets->items));
        targets->items[targets->count++] = text;
    }
    for (size_t i = 0; i < targets->count; i++)
        if (strcmp(targets->items[i], "*") == 0)
            targets->items[i] = text;
    sort_targets(targets);
}

static void add_statement(struct diff_statements *statements, struct diff_statement statement)
{
    statements->items = arena_grow(value_arena(), statements->items, statements->count, &statements->capacity,
        sizeof(*statements->items));
    statements->items[statements->count++] = statement;
}

static const char *read_effect(const struct value *statement)
{
    const char *effect = object_string(statement, "Effect");

    return effect && (strcmp(effect, "Allow") == 0 || strcmp(effect, "Deny") == 0) ? effect : "";
}

static struct diff_statement read_statement(const struct value *statement)
{
    // A function stands for the whole statement: Fn::If, for example.
    if (value_type(statement) != VALUE_OBJECT)
        return (struct diff_statement){ .effect = "",
            .resources = read_targets(
                object((struct field[]){ { "Resource", (struct value *)statement }, END }), "Resource", "") };
    return (struct diff_statement){
        .effect = read_effect(statement),
        .resources = read_targets(statement, "Resource", "NotResource"),
        .actions = read_targets(statement, "Action", "NotAction"),
        .principals = read_targets(statement, "Principal", "NotPrincipal"),
        .condition = object_get(statement, "Condition"),
    };
}

void diff_statements_read(struct diff_statements *statements, const struct value *value)
{
    const struct value *rendered = diff_render_intrinsics(value);

    if (!rendered)
        return;
    if (value_type(rendered) != VALUE_ARRAY) {
        add_statement(statements, read_statement(rendered));
        return;
    }
    for (size_t i = 0; i < value_length(rendered); i++)
        add_statement(statements, read_statement(array_at(rendered, i)));
}

static struct value *lambda_principal(const struct value *principal)
{
    const char *text = diff_scalar_text(principal);

    if (!text || strcmp(text, "*") == 0)
        return (struct value *)principal;
    if (strlen(text) == 12 && strspn(text, "0123456789") == 12)
        return object((struct field[]){ { "AWS", stringf("arn:aws:iam::%s:root", text) }, END });
    return object((struct field[]){ { "Service", string(text) }, END });
}

static struct value *lambda_condition(const struct value *properties)
{
    struct value *arns = object((struct field[]){
        { "AWS:SourceArn", object_get(properties, "SourceArn") },
        END,
    });
    struct value *texts = object((struct field[]){
        { "AWS:SourceAccount", object_get(properties, "SourceAccount") },
        { "lambda:EventSourceToken", object_get(properties, "EventSourceToken") },
        END,
    });
    struct value *condition = object((struct field[]){
        { "ArnLike", value_length(arns) ? arns : NULL },
        { "StringEquals", value_length(texts) ? texts : NULL },
        END,
    });

    return value_length(condition) ? condition : NULL;
}

void diff_statements_read_lambda_permission(
    struct diff_statements *statements, const struct value *properties)
{
    const struct value *rendered = diff_render_intrinsics(properties);

    add_statement(statements,
        read_statement(object((struct field[]){
            { "Effect", string("Allow") },
            { "Action", object_get(rendered, "Action") },
            { "Resource", object_get(rendered, "FunctionName") },
            { "Principal", lambda_principal(object_get(rendered, "Principal")) },
            { "Condition", lambda_condition(rendered) },
            END,
        })));
}

// Values of a condition's key are a set, also a single one.
static struct value *normal_operands(const struct value *operands)
{
    struct value *normal = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(operands); i++) {
        const struct field *field = object_at(operands, i);
        struct text_array texts = { 0 };
        struct diff_targets set;

        add_texts(&texts, field->value, "");
        set = (struct diff_targets){ false, texts.items, texts.count };
        sort_targets(&set);
        add_text(&texts, NULL);
        object_set(normal, field->key, strings(texts.items));
    }
    return normal;
}

static struct value *normal_condition(const struct value *condition)
{
    struct value *normal = object((struct field[]){ END });

    if (value_type(condition) != VALUE_OBJECT)
        return (struct value *)condition;
    for (size_t i = 0; i < value_length(condition); i++) {
        const struct field *field = object_at(condition, i);

        object_set(normal, field->key,
            value_type(field->value) == VALUE_OBJECT ? normal_operands(field->value) : field->value);
    }
    return normal;
}

static struct value *target_list(const struct diff_targets *targets)
{
    struct value *list = array();

    for (size_t i = 0; i < targets->count; i++)
        array_append(list, string(targets->items[i]));
    return list;
}

static void set_targets(struct value *content, const struct diff_targets *targets, const char *positive_key,
    const char *negative_key)
{
    if (targets->count)
        object_set(content, targets->negated ? negative_key : positive_key, target_list(targets));
}

static struct value *statement_content(const struct diff_statement *statement)
{
    struct value *content = object((struct field[]){
        { "effect", *statement->effect ? string(statement->effect) : NULL },
        END,
    });

    set_targets(content, &statement->actions, "actions", "notActions");
    set_targets(content, &statement->resources, "resources", "notResources");
    set_targets(content, &statement->principals, "principals", "notPrincipals");
    object_set(content, "condition", normal_condition(statement->condition));
    return content;
}

static const char *targets_cell(const struct diff_targets *targets)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < targets->count; i++)
        strbuf_addf(&text, "%s%s%s", i ? "\n" : "", targets->negated ? "NOT " : "", targets->items[i]);
    return arena_strdup(value_arena(), text.data);
}

// JSON without its outer braces.
static const char *condition_cell(const struct value *condition)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(condition) && value_type(condition) == VALUE_OBJECT; i++) {
        const struct field *field = object_at(condition, i);

        strbuf_addf(&text, "%s%s: ", i ? "\n" : "", field->key);
        json_write_unicode(&text, field->value, 2);
    }
    return arena_strdup(value_arena(), text.data);
}

struct diff_row diff_statement_row(const struct diff_statement *statement)
{
    struct value *content = statement_content(statement);
    STRBUF_AUTO key = STRBUF_INIT;

    diff_canonical(&key, content);
    return (struct diff_row){
        .cells = { targets_cell(&statement->resources), statement->effect, targets_cell(&statement->actions),
            targets_cell(&statement->principals), condition_cell(statement->condition) },
        .content = content,
        .key = arena_strdup(value_arena(), key.data),
    };
}

bool diff_is_statement_list(const struct value *value)
{
    if (value_type(value) == VALUE_OBJECT)
        return object_get(value, "Effect") != NULL;
    if (value_type(value) != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < value_length(value); i++)
        if (!object_get(array_at(value, i), "Effect"))
            return false;
    return true;
}

const char *diff_statement_key(const struct value *statement)
{
    struct diff_statements statements = { 0 };

    diff_statements_read(&statements, statement);
    return statements.count ? diff_statement_row(&statements.items[0]).key : "";
}

static struct map statement_keys(const struct value *value)
{
    struct diff_statements statements = { 0 };
    struct map keys;

    map_init(&keys, value_arena());
    diff_statements_read(&statements, value);
    for (size_t i = 0; i < statements.count; i++)
        map_set(&keys, diff_statement_row(&statements.items[i]).key, (void *)1);
    return keys;
}

bool diff_statements_equal(const struct value *before, const struct value *after)
{
    struct diff_statements statements = { 0 };
    struct map before_keys, after_keys;

    if (!diff_is_statement_list(before) || !diff_is_statement_list(after))
        return false;
    before_keys = statement_keys(before);
    after_keys = statement_keys(after);
    if (before_keys.length != after_keys.length)
        return false;
    diff_statements_read(&statements, after);
    for (size_t i = 0; i < statements.count; i++)
        if (!map_get(&before_keys, diff_statement_row(&statements.items[i]).key))
            return false;
    return true;
}

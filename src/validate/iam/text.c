// SPDX-License-Identifier: MIT
#include "validate/iam/text.h"

#include "schema/schema.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "validate/properties/places.h"
#include "validate/rules/functions.h"

#include <string.h>

enum { MEETING_STEPS = 20000 };

struct making {
    struct validator *validator;
    struct strbuf text;
    bool is_policy;
};

static bool is_among(const char *const *names, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

// Of an ARN: what a variable can stand for. Most names can have slashes in them, some cannot.
static void add_arn_variable(struct strbuf *out, const char *name, size_t length)
{
    static const char *const segments[] = { "Partition", "Region", "Account" };
    static const char *const names[] = { "BucketName", "FunctionName", "KeyId", "QueueName", "StreamName",
        "TableName", "TopicName" };

    if (is_among(segments, ARRAY_SIZE(segments), name, length)) {
        strbuf_add_char(out, IAM_PART);
        strbuf_add_char(out, IAM_SEGMENT);
    } else if (is_among(names, ARRAY_SIZE(names), name, length)) {
        strbuf_add_char(out, IAM_NO_SLASH);
    } else {
        strbuf_add_char(out, IAM_ONE);
        strbuf_add_char(out, IAM_ANY);
    }
}

static void add_arn(struct strbuf *out, const char *arn)
{
    while (*arn) {
        size_t length = strcspn(arn, "$");

        strbuf_add(out, arn, length);
        arn += length;
        if (arn[0] == '$' && arn[1] == '{') {
            length = strcspn(arn, "}");
            add_arn_variable(out, arn + 2, length - 2);
            arn += length + (arn[length] == '}');
        } else if (*arn) {
            strbuf_add_char(out, *arn++);
        }
    }
}

const char *iam_text_of_arn(struct validator *validator, const char *arn)
{
    STRBUF_AUTO text = STRBUF_INIT;

    add_arn(&text, arn);
    return arena_strdup(validator_arena(validator), text.data);
}

// "${aws:username}" and "${*}" of policies ("IAM policy elements: Variables and tags").
static const char *add_policy_variable(struct making *making, const char *text)
{
    size_t length = strcspn(text, "}");

    if (length == 3 && strchr("*?$", text[2]))
        strbuf_add_char(&making->text, text[2]);
    else
        strbuf_add_char(&making->text, IAM_ANY);
    return text + length + (text[length] == '}');
}

static void add_literal(struct making *making, const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end) {
        if (making->is_policy && text[0] == '$' && text + 1 < end && text[1] == '{')
            text = add_policy_variable(making, text);
        else if (making->is_policy && (*text == '*' || *text == '?'))
            strbuf_add_char(&making->text, *text++ == '*' ? IAM_ANY : IAM_ONE);
        else
            strbuf_add_char(&making->text, *text++);
    }
}

// What is known of the text that a reference gives.
static void add_reference(struct making *making, const char *id, const char *attribute)
{
    static const char *const segments[] = { "AWS::Partition", "AWS::Region", "AWS::AccountId",
        "AWS::StackName" };
    static const struct {
        const char *type, *attribute; // NULL: Ref
    } arns[] = {
        { "AWS::DynamoDB::Table", "Arn" },
        { "AWS::IAM::Role", "Arn" },
        { "AWS::KMS::Key", "Arn" },
        { "AWS::Kinesis::Stream", "Arn" },
        { "AWS::Lambda::Function", "Arn" },
        { "AWS::S3::Bucket", "Arn" },
        { "AWS::SNS::Topic", NULL },
        { "AWS::SNS::Topic", "TopicArn" },
        { "AWS::SQS::Queue", "Arn" },
    };
    const struct template_resource *resource = validator_resource(making->validator, id);

    if (!attribute && is_among(segments, ARRAY_SIZE(segments), id, strlen(id))) {
        strbuf_add_char(&making->text, IAM_SEGMENT);
        return;
    }
    for (size_t i = 0; resource && i < ARRAY_SIZE(arns); i++) {
        bool is_it =
            attribute ? arns[i].attribute && strcmp(attribute, arns[i].attribute) == 0 : !arns[i].attribute;

        if (is_it && strcmp(resource->type, arns[i].type) == 0 && schema_resource_arn(resource->schema)) {
            add_arn(&making->text, schema_resource_arn(resource->schema));
            return;
        }
    }
    if (resource && !attribute && strcmp(resource->type, "AWS::S3::Bucket") == 0)
        strbuf_add_char(&making->text, IAM_NO_SLASH);
    else
        strbuf_add_char(&making->text, IAM_ANY);
}

static void add_node(struct making *making, const struct node *node);

static void add_sub_variable(struct making *making, const char *name, size_t length, const struct node *given)
{
    char *copy = arena_strndup(validator_arena(making->validator), name, length);
    struct node value = node_get(given, copy);
    char *dot = strchr(copy, '.');

    if (node_exists(&value)) {
        add_node(making, &value);
        return;
    }
    if (dot)
        *dot = '\0';
    add_reference(making, copy, dot ? dot + 1 : NULL);
}

static void add_sub(struct making *making, const char *text, const struct node *given)
{
    const char *start;

    while ((start = strstr(text, "${"))) {
        size_t length = strcspn(start, "}");

        add_literal(making, text, (size_t)(start - text));
        if (start[2] == '!') {
            const char *literal =
                arena_printf(validator_arena(making->validator), "${%.*s}", (int)(length - 3), start + 3);

            add_literal(making, literal, strlen(literal));
        } else {
            add_sub_variable(making, start + 2, length - 2, given);
        }
        text = start + length + (start[length] == '}');
    }
    add_literal(making, text, strlen(text));
}

static void add_join(struct making *making, const struct node *argument)
{
    struct node separator = node_at(argument, 0), parts = node_at(argument, 1);

    if (!node_string(&separator) || !node_is_array(&parts)) {
        strbuf_add_char(&making->text, IAM_ANY);
        return;
    }
    for (size_t i = 0; i < node_length(&parts); i++) {
        struct node part = node_at(&parts, i);

        if (i)
            add_literal(making, node_string(&separator), strlen(node_string(&separator)));
        add_node(making, &part);
    }
}

static void add_get_att(struct making *making, const struct node *argument)
{
    struct node id = node_at(argument, 0), attribute = node_at(argument, 1);
    const char *text = node_string(argument), *dot = text ? strchr(text, '.') : NULL;

    if (dot)
        add_reference(
            making, arena_strndup(validator_arena(making->validator), text, (size_t)(dot - text)), dot + 1);
    else if (node_string(&id) && node_string(&attribute))
        add_reference(making, node_string(&id), node_string(&attribute));
    else
        strbuf_add_char(&making->text, IAM_ANY);
}

static void add_node(struct making *making, const struct node *node)
{
    const char *function = node_function(node);
    struct node argument, text, given = { 0 };

    if (node_string(node) && strstr(node_string(node), "{{resolve:")) {
        strbuf_add_char(&making->text, IAM_ANY);
        return;
    }
    if (node_string(node)) {
        add_literal(making, node_string(node), strlen(node_string(node)));
        return;
    }
    argument = function ? node_argument(node) : (struct node){ 0 };
    text = argument;
    if (node_is_array(&argument)) {
        text = node_at(&argument, 0);
        given = node_at(&argument, 1);
    }
    if (function && strcmp(function, "Ref") == 0 && node_string(&argument))
        add_reference(making, node_string(&argument), NULL);
    else if (function && strcmp(function, "Fn::GetAtt") == 0)
        add_get_att(making, &argument);
    else if (function && strcmp(function, "Fn::Join") == 0)
        add_join(making, &argument);
    else if (function && strcmp(function, "Fn::Sub") == 0 && node_string(&text))
        add_sub(making, node_string(&text), &given);
    else
        strbuf_add_char(&making->text, IAM_ANY);
}

const char *iam_text_of_node(struct validator *validator, const struct node *node, bool is_policy)
{
    struct making making = { .validator = validator, .text = STRBUF_INIT, .is_policy = is_policy };
    const char *copy;

    if (!node_string(node) && !node_function(node))
        return NULL;
    add_node(&making, node);
    copy = arena_strdup(validator_arena(validator), making.text.data);
    strbuf_release(&making.text);
    return copy;
}

static bool is_star(char c)
{
    return c == IAM_ANY || c == IAM_SEGMENT || c == IAM_NO_SLASH;
}

// Whether the character, which may be any, can be part of what the star stands for.
static bool takes(char star, char c)
{
    if (c == IAM_ONE || c == IAM_PART || star == IAM_ANY)
        return true;
    return c != '/' && (star == IAM_NO_SLASH || c != ':');
}

static bool are_one(char a, char b)
{
    if (a == b || a == IAM_ONE || b == IAM_ONE)
        return true;
    return (a == IAM_PART && b != ':' && b != '/') || (b == IAM_PART && a != ':' && a != '/');
}

static bool meet(const char *a, const char *b, size_t *steps);

// `a` begins with a star.
static bool star_meets(const char *a, const char *b, size_t *steps)
{
    while (!meet(a + 1, b, steps)) {
        if (!*b || !(is_star(*b) || takes(*a, *b)))
            return false;
        b++;
    }
    return true;
}

static bool meet(const char *a, const char *b, size_t *steps)
{
    for (; ++*steps <= MEETING_STEPS; a++, b++) {
        if (is_star(*a))
            return star_meets(a, b, steps);
        if (is_star(*b))
            return star_meets(b, a, steps);
        if (!*a || !*b)
            return *a == *b;
        if (!are_one(*a, *b))
            return false;
    }
    return true;
}

bool iam_texts_meet(const char *a, const char *b)
{
    size_t steps = 0;

    return meet(a, b, &steps);
}

// SPDX-License-Identifier: MIT
#include "data/json.h"
#include "data/value.h"
#include "deploy/preflight/preflight_private.h"
#include "util/text/human.h"

#include <string.h>

// A task does not start when a key that it reads is not in the secret (ECS developer guide: "Amazon ECS task
// stopped error messages", ResourceInitializationError). Nothing of what the secret holds is ever shown.
static void see_keys(struct question *question, const struct value *content)
{
    const struct value *keys = object_get(question->requirement->fields, "keys");
    const char *secret = question_field(question, "secret");
    struct value *missing = array();
    struct value *empty = array();

    for (size_t i = 0; i < value_length(keys); i++) {
        const char *key = value_string(array_at(keys, i));
        const char *text = object_string(content, key);

        if (!object_get(content, key))
            array_append(missing, string(key));
        else if (text && !*text)
            array_append(empty, string(key));
    }
    if (value_length(missing))
        question_missing(question, "secret-key",
            object((struct field[]){
                { "secret", string(secret) },
                { "region", string(question_field(question, "region")) },
                { "keys", missing },
                END,
            }),
            "secret '%s' has no %s", secret, comma_list(missing));
    else
        question_met(question, "secret", "secret '%s': has the %zu key%s", secret, value_length(keys),
            plural(value_length(keys)));
    if (value_length(empty))
        question_note(question, "secret-key", "in secret '%s' %s %s empty", secret, comma_list(empty),
            value_length(empty) == 1 ? "is" : "are");
}

static void see_content(struct question *question, const char *text)
{
    ERROR_AUTO ignored = ERROR_INIT;
    const struct value *content = text ? json_parse(text, strlen(text), "secret", &ignored) : NULL;

    if (value_type(content) == VALUE_OBJECT)
        see_keys(question, content);
    else
        question_missing(question, "secret-key", NULL, "secret '%s' is not a JSON object",
            question_field(question, "secret"));
}

static void on_secret(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const char *secret = question_field(question, "secret");
    const char *region = question_field(question, "region");

    if (reply->outcome == AWS_DONE && !value_length(object_get(question->requirement->fields, "keys")))
        question_met(question, "secret", "secret '%s'", secret);
    else if (reply->outcome == AWS_DONE)
        see_content(question, object_string(reply->answer, "SecretString"));
    else if (strcmp(reply->code, "ResourceNotFoundException") == 0)
        question_missing(question, "secret", NULL, "there is no secret '%s' in %s", secret, region);
    else if (strcmp(reply->code, "InvalidRequestException") == 0)
        question_missing(
            question, "secret", NULL, "secret '%s' in %s cannot be read: %s", secret, region, reply->message);
    else
        question_unknown(
            question, "secret", arena_printf(value_arena(), "secret '%s' has every key", secret), reply);
    question_end(question);
}

void ask_secret(struct question *question)
{
    question_call(question, (const char *const[]){ "secretsmanager", "get-secret-value", NULL },
        object((struct field[]){ { "SecretId", string(question_field(question, "arn")) }, END }), on_secret);
}

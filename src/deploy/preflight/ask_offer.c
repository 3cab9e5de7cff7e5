// SPDX-License-Identifier: MIT
// What a region offers and an account's quotas allow.
#include "data/value.h"
#include "deploy/preflight/preflight_private.h"

#include <stdlib.h>
#include <string.h>

// Engine versions.

static struct value *versions_of_same_major(const struct value *answer, const char *version)
{
    const struct value *offers = object_get(answer, "DBEngineVersions");
    size_t length = strcspn(version, ".") + 1;
    struct value *found = array();

    for (size_t i = 0; i < value_length(offers); i++) {
        const char *offered = object_string_or_empty(array_at(offers, i), "EngineVersion");

        if (strncmp(offered, version, length) == 0)
            array_append(found, string(offered));
    }
    return found;
}

static void on_offers(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const char *version = question_field(question, "version");
    const struct value *others = versions_of_same_major(reply->answer, version);

    question_missing(question, "engine-version", NULL, "%s %s is not offered in %s%s%s",
        question_field(question, "engine"), version, question_field(question, "region"),
        value_length(others) ? "; there are " : "", comma_list(others));
    question_end(question);
}

static void ask_offers(struct question *question, const char *version, aws_callback_fn *then)
{
    question_call(question, (const char *const[]){ "rds", "describe-db-engine-versions", NULL },
        object((struct field[]){
            { "Engine", string(question_field(question, "engine")) },
            { "EngineVersion", string(version) },
            END,
        }),
        then);
}

static void on_engine(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const char *engine = question_field(question, "engine");
    const char *version = question_field(question, "version");
    const char *region = question_field(question, "region");

    if (reply->outcome == AWS_DONE && !value_length(object_get(reply->answer, "DBEngineVersions"))) {
        ask_offers(question, NULL, on_offers);
        return;
    }
    if (reply->outcome == AWS_DONE)
        question_met(question, "engine-version", "%s %s is offered in %s", engine, version, region);
    else
        question_unknown(question, "engine-version",
            arena_printf(value_arena(), "%s %s is offered in %s", engine, version, region), reply);
    question_end(question);
}

void ask_engine(struct question *question)
{
    ask_offers(question, question_field(question, "version"), on_engine);
}

// Lambda developer guide, "Configuring reserved concurrency": 100 executions stay with the functions that
// reserve none.
enum { UNRESERVED_MINIMUM = 100 };

static void on_limits(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const struct value *limit = object_get(reply->answer, "AccountLimit");
    const char *region = question_field(question, "region");
    double reserved = value_number(object_get(question->requirement->fields, "reserved"));
    double total = value_number(object_get(limit, "ConcurrentExecutions"));
    double free = value_number(object_get(limit, "UnreservedConcurrentExecutions"));

    if (reply->outcome != AWS_DONE || !object_get(limit, "ConcurrentExecutions"))
        question_unknown(question, "concurrency",
            arena_printf(
                value_arena(), "%g concurrent executions of Lambda can be reserved in %s", reserved, region),
            reply);
    else if (free - reserved < UNRESERVED_MINIMUM)
        question_missing(question, "concurrency", NULL,
            "%g concurrent executions of Lambda cannot be reserved in %s: %g of the account's %g are not "
            "reserved, and %d of these must stay so",
            reserved, region, free, total, UNRESERVED_MINIMUM);
    else
        question_met(question, "concurrency", "%g concurrent executions of Lambda can be reserved in %s",
            reserved, region);
    question_end(question);
}

void ask_concurrency(struct question *question)
{
    question_call(question, (const char *const[]){ "lambda", "get-account-settings", NULL }, NULL, on_limits);
}

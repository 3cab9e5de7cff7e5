// SPDX-License-Identifier: MIT
#include "deploy/operations/redrive.h"

#include "data/json.h"
#include "data/value.h"
#include "util/file/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { VISIBILITY_SECONDS = 120 };

// One call, waited for.

struct waiter {
    struct arena *arena;
    bool is_done;
    enum aws_outcome outcome;
    const struct value *answer;
    const char *explanation;
};

static void on_reply(void *data, const struct aws_reply *reply)
{
    struct waiter *waiter = data;

    waiter->is_done = true;
    waiter->outcome = reply->outcome;
    waiter->answer = reply->answer ? value_copy(waiter->arena, reply->answer) : NULL;
    waiter->explanation = arena_strdup(waiter->arena, aws_explain(reply));
}

static int call(struct redrive *redrive, const char *const *arguments, const struct value *input,
    const struct value **ret_answer, struct error *err)
{
    struct waiter waiter = { .arena = value_arena() };

    event_loop_call(redrive->queue,
        &(struct aws_call){ .target = redrive->target,
            .arguments = arguments,
            .input = input,
            .then = { on_reply, &waiter } });
    while (!waiter.is_done && event_loop_run_once(redrive->queue, 1000))
        continue;
    if (!waiter.is_done)
        return error_set(err, "interrupted");
    if (waiter.outcome != AWS_DONE)
        return error_set(err, "%s", waiter.explanation);
    *ret_answer = waiter.answer;
    return 0;
}

int redrive_count(struct redrive *redrive, struct error *err)
{
    const struct value *answer;
    const char *count;

    if (call(redrive, (const char *const[]){ "sqs", "get-queue-attributes", NULL },
            object((struct field[]){
                { "QueueUrl", string(redrive->queue_url) },
                { "AttributeNames", strings((const char *[]){ "ApproximateNumberOfMessages", NULL }) },
                END,
            }),
            &answer, err) < 0)
        return -1;
    count = object_string(object_get(answer, "Attributes"), "ApproximateNumberOfMessages");
    redrive->waiting = count ? strtoul(count, NULL, 10) : 0;
    return 0;
}

// Messages.

static const char *attribute(const struct value *message, const char *name)
{
    return object_string_or_empty(object_get(object_get(message, "MessageAttributes"), name), "StringValue");
}

// An event as EventBridge delivers it has "detail-type"; one that the publisher has given up has
// "event_type".
static void read_event(
    const struct redrive *redrive, const struct value *event, struct redrive_message *message)
{
    if (redrive->function) {
        message->type = object_string_or_empty(event, "detail-type");
        if (value_type(event) != VALUE_OBJECT)
            message->problem = "it is not an event";
        return;
    }
    message->type = object_string_or_empty(event, "event_type");
    if (!*message->type || !object_string(event, "source"))
        message->problem = "it is not an event that the publisher has given up";
    else if (value_type(object_get(event, "payload")) != VALUE_OBJECT)
        message->problem =
            "it is without its payload, which was too large for the queue: only the table has it";
    if (!*message->error)
        message->error = object_string_or_empty(event, "error");
}

// Of Lambda's dead letters (ErrorMessage), EventBridge's (ERROR_MESSAGE) and the publisher's (ErrorMessage).
static void read_message(
    const struct redrive *redrive, const struct value *value, struct redrive_message *message)
{
    const char *sent_at = object_string(object_get(value, "Attributes"), "SentTimestamp");
    const char *body = object_string_or_empty(value, "Body");
    ERROR_AUTO ignored = ERROR_INIT;

    *message = (struct redrive_message){
        .id = object_string_or_empty(value, "MessageId"),
        .body = body,
        .receipt = object_string_or_empty(value, "ReceiptHandle"),
        .type = "",
        .error = attribute(value, "ErrorMessage"),
        .sent_at = sent_at ? strtoll(sent_at, NULL, 10) : -1,
    };
    if (!*message->error)
        message->error = attribute(value, "ERROR_MESSAGE");
    read_event(redrive, json_parse(body, strlen(body), "message", &ignored), message);
}

int redrive_receive(struct redrive *redrive, size_t at_most, struct redrive_message **ret_messages,
    size_t *ret_count, struct error *err)
{
    const struct value *answer, *found;

    if (call(redrive, (const char *const[]){ "sqs", "receive-message", NULL },
            object((struct field[]){
                { "QueueUrl", string(redrive->queue_url) },
                { "MaxNumberOfMessages", number((double)(at_most < 10 ? at_most : 10)) },
                { "VisibilityTimeout", number(VISIBILITY_SECONDS) },
                { "AttributeNames", strings((const char *[]){ "SentTimestamp", NULL }) },
                { "MessageAttributeNames", strings((const char *[]){ "All", NULL }) },
                { "WaitTimeSeconds", number(1) },
                END,
            }),
            &answer, err) < 0)
        return -1;
    found = object_get(answer, "Messages");
    *ret_count = value_length(found);
    *ret_messages = arena_alloc(value_arena(), (*ret_count + 1) * sizeof(**ret_messages));
    for (size_t i = 0; i < *ret_count; i++)
        read_message(redrive, array_at(found, i), &(*ret_messages)[i]);
    return 0;
}

// Sending.

static const char name_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

// The two versions of the AWS CLI take the payload in different encodings, but for a file.
static int invoke(struct redrive *redrive, const char *payload, const char *output, struct error *err)
{
    const char *file = arena_printf(value_arena(), "fileb://%s", payload);
    const struct value *answer;
    STRBUF_AUTO said = STRBUF_INIT;
    ERROR_AUTO ignored = ERROR_INIT;

    // The AWS CLI demands it as an argument, and would take other characters for an option or an address
    // (Lambda: Invoke, FunctionName).
    if (*redrive->function == '-' || redrive->function[strspn(redrive->function, name_characters)])
        return error_set(err, "'%s' is no name of a function", redrive->function);
    if (call(redrive,
            (const char *const[]){ "lambda", "invoke", "--function-name", redrive->function, "--payload",
                file, aws_local_path(output), NULL },
            NULL, &answer, err) < 0)
        return -1;
    if (!object_get(answer, "FunctionError"))
        return 0;
    if (file_read(output, &said, &ignored) < 0)
        strbuf_truncate(&said, 0);
    return error_set(
        err, "the function fails again: %.500s", said.length ? said.data : "it does not say why");
}

static int invoke_with(struct redrive *redrive, const char *body, struct error *err)
{
    const char *parent = getenv("TMPDIR");
    char directory[4096];
    const char *payload, *output;
    int status;

    snprintf(directory, sizeof(directory), "%s/tango-redrive.XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(directory))
        return error_set_errno(err, "cannot make a directory in '%s'", parent ? parent : "/tmp");
    payload = arena_printf(value_arena(), "%s/event", directory);
    output = arena_printf(value_arena(), "%s/answer", directory);
    status = file_write(payload, body, strlen(body), 0600, err);
    if (status == 0)
        status = invoke(redrive, payload, output, err);
    unlink(payload);
    unlink(output);
    rmdir(directory);
    return status;
}

// The value of a key of an object that is valid JSON, as it is written: numbers keep all their digits. The
// key has no escapes and is not in an object within.
static const char *raw_member(const char *object, const char *key)
{
    size_t key_length = strlen(key);
    const char *begin = NULL;
    int depth = 0;

    for (const char *p = object; *p; p++) {
        bool ends = depth == 1 && (*p == ',' || *p == '}');

        if (begin && ends)
            return arena_strndup(value_arena(), begin, (size_t)(p - begin));
        depth += (*p == '{') + (*p == '[') - (*p == '}') - (*p == ']');
        if (*p == '"') {
            const char *text = p + 1;

            for (p++; *p && *p != '"'; p++)
                p += *p == '\\' && p[1];
            if (!begin && depth == 1 && (size_t)(p - text) == key_length &&
                strncmp(text, key, key_length) == 0 && p[1 + strspn(p + 1, " \t\r\n")] == ':')
                begin = p + 1 + strspn(p + 1, " \t\r\n") + 1;
        }
    }
    return NULL;
}

static int publish(struct redrive *redrive, const char *body, struct error *err)
{
    const struct value *event = json_parse(body, strlen(body), "message", err);
    const struct value *answer, *entry;

    if (call(redrive, (const char *const[]){ "events", "put-events", NULL },
            object((struct field[]){
                { "Entries",
                    array_of((struct value *[]){ object((struct field[]){
                                                     { "EventBusName", string(redrive->event_bus) },
                                                     { "Source", object_get(event, "source") },
                                                     { "DetailType", object_get(event, "event_type") },
                                                     { "Detail", string(raw_member(body, "payload")) },
                                                     END,
                                                 }),
                        NULL }) },
                END,
            }),
            &answer, err) < 0)
        return -1;
    entry = array_at(object_get(answer, "Entries"), 0);
    if (value_number(object_get(answer, "FailedEntryCount")) == 0)
        return 0;
    return error_set(err, "EventBridge refuses it: %s: %s", object_string_or_empty(entry, "ErrorCode"),
        object_string_or_empty(entry, "ErrorMessage"));
}

int redrive_send(struct redrive *redrive, const struct redrive_message *message, struct error *err)
{
    const struct value *answer;
    int status =
        redrive->function ? invoke_with(redrive, message->body, err) : publish(redrive, message->body, err);

    if (status < 0)
        return -1;
    redrive->sent++;
    return call(redrive, (const char *const[]){ "sqs", "delete-message", NULL },
        object((struct field[]){
            { "QueueUrl", string(redrive->queue_url) },
            { "ReceiptHandle", string(message->receipt) },
            END,
        }),
        &answer, err);
}

void redrive_give_back(struct redrive *redrive, const struct redrive_message *message)
{
    ERROR_AUTO ignored = ERROR_INIT;
    const struct value *answer;

    call(redrive, (const char *const[]){ "sqs", "change-message-visibility", NULL },
        object((struct field[]){
            { "QueueUrl", string(redrive->queue_url) },
            { "ReceiptHandle", string(message->receipt) },
            { "VisibilityTimeout", number(0) },
            END,
        }),
        &answer, &ignored);
}

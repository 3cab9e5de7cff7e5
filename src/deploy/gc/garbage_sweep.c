// SPDX-License-Identifier: MIT
#include "deploy/gc/garbage_private.h"

#include "data/value.h"
#include "util/array.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60, DELETED_AT_A_TIME = 1000 };

// The CDK's mark; its value is the time in milliseconds since 1970.
static const char mark[] = "aws-cdk:isolated";

static const char *marked_since(const struct garbage_object *asset)
{
    for (size_t i = 0; i < value_length(asset->tags); i++)
        if (strcmp(object_string_or_empty(array_at(asset->tags, i), "Key"), mark) == 0)
            return object_string(array_at(asset->tags, i), "Value");
    return NULL;
}

static bool is_due(const struct garbage *garbage, const struct garbage_object *asset)
{
    const char *since = marked_since(asset);
    int64_t limit = (garbage->now - (int64_t)garbage->rollback_days * DAY_SECONDS) * 1000;

    return since && strtoll(since, NULL, 10) > 0 && strtoll(since, NULL, 10) <= limit;
}

static enum garbage_decision decision_of(const struct garbage *garbage, const struct garbage_object *asset)
{
    bool marks = garbage->action == GARBAGE_FULL || garbage->action == GARBAGE_TAG;
    bool deletes = garbage->action == GARBAGE_FULL || garbage->action == GARBAGE_DELETE_TAGGED;
    bool waits = garbage->action == GARBAGE_DELETE_TAGGED || garbage->rollback_days > 0;

    if (asset->is_young)
        return GARBAGE_KEEP;
    if (asset->is_used)
        return marks && marked_since(asset) ? GARBAGE_UNMARK : GARBAGE_KEEP;
    if (deletes && (!waits || is_due(garbage, asset)))
        return GARBAGE_DELETE;
    return marks && !marked_since(asset) ? GARBAGE_MARK : GARBAGE_KEEP;
}

static void sum_add(struct garbage_sum *sum, const struct garbage_object *asset)
{
    sum->count++;
    sum->size += asset->size;
}

struct garbage_sum garbage_sum(const struct garbage *garbage, enum garbage_decision decision)
{
    struct garbage_sum sum = { 0 };

    for (size_t i = 0; i < garbage->object_count; i++)
        if (garbage->objects[i].decision == decision)
            sum_add(&sum, &garbage->objects[i]);
    return sum;
}

struct garbage_sum garbage_unused(const struct garbage *garbage)
{
    struct garbage_sum sum = { 0 };

    for (size_t i = 0; i < garbage->object_count; i++)
        if (garbage_is_unused(&garbage->objects[i]))
            sum_add(&sum, &garbage->objects[i]);
    return sum;
}

// Doing it.

static void on_tagged(void *data, const struct aws_reply *reply)
{
    struct garbage_object *asset = data;

    if (reply->outcome != AWS_DONE && strcmp(reply->code, "NoSuchKey") != 0)
        garbage_fail(asset->garbage, "cannot tag '%s': %-s", asset->key, aws_explain(reply));
    garbage_settle(asset->garbage);
}

static struct value *other_tags(const struct garbage_object *asset)
{
    struct value *tags = array();

    for (size_t i = 0; i < value_length(asset->tags); i++)
        if (strcmp(object_string_or_empty(array_at(asset->tags, i), "Key"), mark) != 0)
            array_append(tags, array_at(asset->tags, i));
    return tags;
}

static void tag(struct garbage_object *asset)
{
    struct garbage *garbage = asset->garbage;
    struct value *tags = other_tags(asset);
    const char *operation = "put-object-tagging";

    if (asset->decision == GARBAGE_MARK)
        array_append(tags,
            object((struct field[]){ { "Key", string(mark) },
                { "Value", stringf("%lld", (long long)garbage->now * 1000) }, END }));
    if (!value_length(tags)) {
        operation = "delete-object-tagging";
        tags = NULL;
    }
    garbage_ask(garbage, (const char *const[]){ "s3api", operation, NULL },
        object((struct field[]){
            { "Bucket", string(garbage->bucket) },
            { "Key", string(asset->key) },
            { "Tagging", tags ? object((struct field[]){ { "TagSet", tags }, END }) : NULL },
            END,
        }),
        (struct aws_callback){ on_tagged, asset });
}

static void on_deleted(void *data, const struct aws_reply *reply)
{
    struct garbage *garbage = data;
    const struct value *error = array_at(object_get(reply->answer, "Errors"), 0);

    if (reply->outcome != AWS_DONE)
        garbage_fail(garbage, "cannot delete from bucket '%s': %-s", garbage->bucket, aws_explain(reply));
    else if (error)
        garbage_fail(garbage, "cannot delete '%s': %s", object_string_or_empty(error, "Key"),
            object_string_or_empty(error, "Message"));
    garbage_settle(garbage);
}

static void delete_keys(struct garbage *garbage, struct value *keys)
{
    if (!value_length(keys))
        return;
    garbage_ask(garbage, (const char *const[]){ "s3api", "delete-objects", NULL },
        object((struct field[]){
            { "Bucket", string(garbage->bucket) },
            { "Delete", object((struct field[]){ { "Objects", keys }, { "Quiet", boolean(true) }, END }) },
            { "ExpectedBucketOwner", string(garbage->environment.account) },
            END,
        }),
        (struct aws_callback){ on_deleted, garbage });
}

static void finish(struct garbage *garbage)
{
    garbage->ended(garbage->data, garbage);
}

static void sweep(struct garbage *garbage)
{
    struct value *keys = array();

    garbage->next = finish;
    garbage->open = 1;
    for (size_t i = 0; i < garbage->object_count; i++) {
        struct garbage_object *asset = &garbage->objects[i];

        if (asset->decision == GARBAGE_DELETE)
            array_append(keys, object((struct field[]){ { "Key", string(asset->key) }, END }));
        else if (asset->decision != GARBAGE_KEEP)
            tag(asset);
        if (value_length(keys) == DELETED_AT_A_TIME) {
            delete_keys(garbage, keys);
            keys = array();
        }
    }
    delete_keys(garbage, keys);
    garbage_settle(garbage);
}

// While there was a question to be answered, somebody may have deployed what was unused.

static bool is_as_it_was(const struct garbage *garbage, const struct value *description)
{
    static const char *const keys[] = { "StackId", "StackStatus", "LastUpdatedTime" };
    const struct value *known =
        object_get(garbage->environment.stacks, object_string_or_empty(description, "StackName"));

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (!known || !value_equal(object_get(known, keys[i]), object_get(description, keys[i])))
            return false;
    return true;
}

static void on_looked_again(void *data, const struct aws_reply *reply)
{
    struct garbage *garbage = data;
    const struct value *stacks = object_get(reply->answer, "Stacks");

    if (reply->outcome != AWS_DONE)
        garbage_fail(
            garbage, "cannot list the stacks of %s: %-s", garbage->environment.region, aws_explain(reply));
    for (size_t i = 0; i < value_length(stacks); i++)
        if (!is_as_it_was(garbage, array_at(stacks, i)))
            garbage_fail(garbage,
                "stack '%s' has changed since it was looked at; nothing was deleted\nrun the same command "
                "again",
                object_string_or_empty(array_at(stacks, i), "StackName"));
    garbage_settle(garbage);
}

static void look_again(struct garbage *garbage)
{
    const struct cloudformation cf = { garbage->environment.queue, &garbage->environment.own };

    garbage->next = sweep;
    garbage->open = 1;
    describe_stacks(&cf, NULL, (struct aws_callback){ on_looked_again, garbage });
}

void garbage_decide(struct garbage *garbage)
{
    for (size_t i = 0; i < garbage->object_count; i++)
        garbage->objects[i].decision = decision_of(garbage, &garbage->objects[i]);
    if (!garbage_sum(garbage, GARBAGE_DELETE).count) {
        sweep(garbage);
    } else if (!garbage->confirm(garbage->data, garbage)) {
        garbage->is_declined = true;
        finish(garbage);
    } else {
        look_again(garbage);
    }
}

// SPDX-License-Identifier: MIT
#include "aws/sqs/sqs_private.h"

#include "util/array.h"

#include <string.h>

// Limits of SQS (SetQueueAttributes in the API reference).
struct range {
    const char *what;
    struct duration value;
    struct duration least, most;
};

static void check_durations(struct construct *node, const struct sqs_queue_props *props)
{
    const struct range ranges[] = {
        { "delivery delay", props->delivery_delay, seconds(0), minutes(15) },
        { "message retention period", props->retention_period, minutes(1), days(14) },
        { "receive wait time", props->receive_message_wait_time, seconds(0), seconds(20) },
        { "visibility timeout", props->visibility_timeout, seconds(0), hours(12) },
    };

    for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
        const struct range *range = &ranges[i];
        int64_t value = range->value.milliseconds;

        if (range->value.given && (value < range->least.milliseconds || value > range->most.milliseconds))
            diag_error(node, "the queue's %s is %lld seconds; it must be %lld to %lld", range->what,
                (long long)duration_to_seconds(range->value), (long long)duration_to_seconds(range->least),
                (long long)duration_to_seconds(range->most));
    }
}

static void check_redrive_allow_policy(struct construct *node, const struct sqs_redrive_allow_policy *policy)
{
    enum { SOURCE_LIMIT = 10 };
    bool by_queue = policy->permission == SQS_REDRIVE_BY_QUEUE;
    size_t count = 0;

    while (policy->source_queues && policy->source_queues[count])
        count++;
    if (by_queue && count == 0)
        diag_error(node, "the redrive permission is by queue, so there must be source queues");
    if (by_queue && count > SOURCE_LIMIT)
        diag_error(node,
            "there are %zu source queues, and at most %d can be named; use SQS_REDRIVE_ALLOW_ALL for more",
            count, SOURCE_LIMIT);
    if (policy->permission != SQS_REDRIVE_DEFAULT && !by_queue && policy->source_queues)
        diag_error(node, "source queues can be named only with SQS_REDRIVE_BY_QUEUE");
}

void queue_check(struct construct *node, const struct sqs_queue_props *props)
{
    enum { LEAST_SIZE = 1024, MOST_SIZE = 1048576 };
    int size = props->max_message_size_bytes;
    int receives = props->dead_letter_queue.max_receive_count;

    check_durations(node, props);
    if (size && (size < LEAST_SIZE || size > MOST_SIZE))
        diag_error(node, "the queue's maximum message size is %d bytes; it must be %d to %d", size,
            LEAST_SIZE, MOST_SIZE);
    if (props->dead_letter_queue.queue && receives < 1)
        diag_error(node, "the dead letter queue's max_receive_count is %d; it must be 1 or more", receives);
    if (props->redrive_allow_policy)
        check_redrive_allow_policy(node, props->redrive_allow_policy);
}

static bool has_fifo_suffix(const char *name)
{
    static const char suffix[] = ".fifo";
    size_t length = strlen(name);

    return length >= strlen(suffix) && strcmp(name + length - strlen(suffix), suffix) == 0;
}

bool queue_is_fifo(struct construct *node, const struct sqs_queue_props *props)
{
    const char *name = value_string(props->queue_name);
    bool by_props =
        props->content_based_deduplication || props->deduplication_scope || props->fifo_throughput_limit;
    bool fifo = toggle_or(props->fifo, by_props || (name && has_fifo_suffix(name)));

    if (name && fifo && !has_fifo_suffix(name))
        diag_error(node, "the name of the FIFO queue '%s' must end with '.fifo'", name);
    if (name && !fifo && has_fifo_suffix(name))
        diag_error(node, "the queue '%s' is not a FIFO queue, so its name must not end with '.fifo'", name);
    if (!fifo && props->content_based_deduplication)
        diag_error(node, "only a FIFO queue can have content based deduplication");
    if (!fifo && props->deduplication_scope)
        diag_error(node, "only a FIFO queue can have a deduplication scope");
    if (!fifo && props->fifo_throughput_limit)
        diag_error(node, "only a FIFO queue can have a FIFO throughput limit");
    return fifo;
}

// SPDX-License-Identifier: MIT
#include "publish.h"

#include "../runtime/clock.h"
#include "../runtime/failure.h"
#include "../runtime/json.h"
#include "../runtime/log.h"
#include "dead_letter.h"
#include "outbox.h"
#include "put_events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    struct aws_call call;
    struct event *events[PUT_EVENTS_MAX_ENTRIES];
    size_t count; // 0: idle
};

// Events that wait for a call, and the calls to one service.
struct lane {
    struct event *first, **last;
    struct slot slots[PUBLISHER_MAX_CALLS];
    long busy, allowed; // calls under way, and how many may be
};

struct publisher {
    struct publisher_options options;
    CURLM *multi;
    struct lane bus, dead_letters;
    bool refused;
    char reason[256];
};

// Less time than this is not enough to try a call.
#define MIN_TIMEOUT_MS 100

static int lane_open(struct lane *lane, const struct publisher_options *options,
    const struct aws_service *service, const char *operation, struct failure *f)
{
    lane->allowed = options->concurrency;
    for (long i = 0; i < options->concurrency; i++)
        if (aws_call_init(&lane->slots[i].call, service, operation, options->region, f) < 0)
            return -1;
    return 0;
}

static void lane_close(struct lane *lane)
{
    for (long i = 0; i < PUBLISHER_MAX_CALLS; i++)
        if (lane->slots[i].call.curl)
            aws_call_release(&lane->slots[i].call);
}

static void lane_clear(struct lane *lane)
{
    lane->first = NULL;
    lane->last = &lane->first;
}

struct publisher *publisher_new(const struct publisher_options *options, struct failure *f)
{
    struct publisher *p = calloc(1, sizeof(*p));

    if (!p || !(p->multi = curl_multi_init())) {
        free(p);
        fail(f, "Runtime.OutOfMemory", "no memory for the publisher");
        return NULL;
    }
    p->options = *options;
    if (lane_open(&p->bus, options, &aws_eventbridge, "PutEvents", f) == 0 &&
        (!options->dead_letter_queue ||
            lane_open(&p->dead_letters, options, &aws_sqs, "SendMessage", f) == 0))
        return p;
    publisher_free(p);
    return NULL;
}

void publisher_free(struct publisher *p)
{
    if (!p)
        return;
    lane_close(&p->bus);
    lane_close(&p->dead_letters);
    curl_multi_cleanup(p->multi);
    free(p);
}

static void enqueue(struct lane *lane, struct event *event)
{
    event->queued = NULL;
    *lane->last = event;
    lane->last = &event->queued;
}

static struct event *dequeue(struct lane *lane)
{
    struct event *event = lane->first;

    lane->first = event->queued;
    if (!lane->first)
        lane->last = &lane->first;
    return event;
}

static bool is_object(const char *payload)
{
    struct json document;

    return json_slice(payload, strlen(payload), &document) && document.type == JSON_OBJECT;
}

// False with the reason for what EventBridge would refuse for certain.
static bool is_sendable(const struct publisher *p, struct event *event)
{
    event->size = put_events_size(event);
    if (event->size > (size_t)p->options.max_event_bytes)
        snprintf(event->error, sizeof(event->error), "OversizedPayload: %zu bytes, EventBridge takes %ld",
            event->size, p->options.max_event_bytes);
    else if (!is_object(event->payload))
        snprintf(event->error, sizeof(event->error),
            "MalformedPayload: EventBridge takes a JSON object of 1,100 levels at most");
    else if (!*event->event_type)
        snprintf(event->error, sizeof(event->error), "MalformedEvent: the event type is empty");
    else
        return true;
    return false;
}

// The next of its aggregate whose turn has come, after what has to be given up.
static void proceed_to(struct publisher *p, struct event *event)
{
    for (; event; event = event->next) {
        if (is_sendable(p, event)) {
            enqueue(&p->bus, event);
            return;
        }
        if (p->options.dead_letter_queue) {
            event->outcome = OUTCOME_RETRY;
            enqueue(&p->dead_letters, event);
            return;
        }
        event->outcome = OUTCOME_FAILED;
    }
}

static void give_up(struct publisher *p, struct event *event)
{
    if (p->options.dead_letter_queue) {
        event->outcome = OUTCOME_RETRY;
        enqueue(&p->dead_letters, event);
    } else {
        event->outcome = OUTCOME_FAILED;
        proceed_to(p, event->next);
    }
}

static void enqueue_heads(struct publisher *p, struct batch *batch)
{
    lane_clear(&p->bus);
    lane_clear(&p->dead_letters);
    for (size_t i = 0; i < batch->count; i++)
        if (!i || batch->events[i - 1].next != &batch->events[i])
            proceed_to(p, &batch->events[i]);
}

static bool fits(const struct publisher *p, const struct slot *slot, size_t size)
{
    const struct event *next = p->bus.first;

    if (!next || slot->count == PUT_EVENTS_MAX_ENTRIES)
        return false;
    if (slot->count && (next->alone || slot->events[0]->alone))
        return false;
    return !slot->count || size + next->size <= (size_t)p->options.max_event_bytes;
}

static void fill_slot(struct publisher *p, struct lane *lane, struct slot *slot)
{
    size_t size = 0;

    strbuf_reset(&slot->call.request);
    if (lane == &p->dead_letters) {
        slot->events[slot->count++] = dequeue(lane);
        dead_letter_encode(&slot->call.request, p->options.dead_letter_queue, slot->events[0]);
        return;
    }
    while (fits(p, slot, size)) {
        size += lane->first->size;
        slot->events[slot->count++] = dequeue(lane);
    }
    put_events_encode(&slot->call.request, p->options.bus, slot->events, slot->count);
}

static struct slot *idle_slot(struct lane *lane)
{
    struct slot *slot = lane->slots;

    while (slot->count)
        slot++;
    return slot;
}

static void start_calls(struct publisher *p, struct lane *lane, int64_t stop_ms)
{
    while (lane->first && lane->busy < lane->allowed) {
        const int64_t left = stop_ms - now_ms();
        struct slot *slot;

        if (left < MIN_TIMEOUT_MS)
            return;
        slot = idle_slot(lane);
        fill_slot(p, lane, slot);
        aws_call_start(
            &slot->call, left < p->options.request_timeout_ms ? (long)left : p->options.request_timeout_ms);
        curl_multi_add_handle(p->multi, slot->call.curl);
        lane->busy++;
    }
}

static void start_all_calls(struct publisher *p, int64_t stop_ms)
{
    if (!p->refused)
        start_calls(p, &p->bus, stop_ms);
    start_calls(p, &p->dead_letters, stop_ms);
}

static const char *call_error(const struct aws_call *call, CURLcode code)
{
    return call->error[0] ? call->error : curl_easy_strerror(code);
}

static void send_each_alone(struct publisher *p, struct slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) {
        slot->events[i]->outcome = OUTCOME_RELEASED;
        slot->events[i]->alone = true;
        enqueue(&p->bus, slot->events[i]);
    }
}

static void classify_events(struct publisher *p, struct slot *slot, CURLcode code, long status)
{
    const char *reason = call_error(&slot->call, code);

    switch (put_events_classify(status, &slot->call.response, reason, slot->events, slot->count, p->reason)) {
    case CALL_ANSWERED:
        break;
    case CALL_THROTTLED:
        p->bus.allowed = p->bus.allowed > 1 ? p->bus.allowed / 2 : 1;
        break;
    case CALL_SUSPECT:
        send_each_alone(p, slot);
        return;
    case CALL_REFUSED:
        p->refused = true;
        return;
    }
    for (size_t i = 0; i < slot->count; i++) {
        struct event *event = slot->events[i];

        if (event->outcome == OUTCOME_PUBLISHED)
            proceed_to(p, event->next);
        else if (event->outcome == OUTCOME_FAILED || event->attempt >= p->options.max_attempts)
            give_up(p, event);
    }
}

static void classify_dead_letter(struct publisher *p, struct slot *slot, CURLcode code, long status)
{
    struct event *event = slot->events[0];
    char answer[64];

    switch (dead_letter_classify(status, &slot->call.response)) {
    case DEAD_LETTER_SENT:
        event->outcome = OUTCOME_FAILED;
        proceed_to(p, event->next);
        return;
    case DEAD_LETTER_UNFIT:
        if (event->without_payload)
            break;
        event->without_payload = true;
        enqueue(&p->dead_letters, event);
        return;
    case DEAD_LETTER_FAILED:
        break;
    }
    aws_error_code(&slot->call.response, answer);
    log_write(LOG_ERROR,
        "event %s is given up, but the dead letter queue did not take it: %s (HTTP status %ld)",
        event->event_id, status ? answer : call_error(&slot->call, code), status);
}

static void finish_call(struct publisher *p, struct lane *lane, struct slot *slot, CURLcode code)
{
    const long status = code == CURLE_OK ? aws_call_status(&slot->call) : 0;

    curl_multi_remove_handle(p->multi, slot->call.curl);
    (lane == &p->bus ? classify_events : classify_dead_letter)(p, slot, code, status);
    slot->count = 0;
    lane->busy--;
}

static struct slot *slot_of(struct lane *lane, CURL *curl)
{
    for (size_t i = 0; i < PUBLISHER_MAX_CALLS; i++)
        if (lane->slots[i].call.curl == curl)
            return &lane->slots[i];
    return NULL;
}

static void finish_calls(struct publisher *p)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(p->multi, &left))) {
        struct slot *slot = slot_of(&p->bus, message->easy_handle);
        const CURLcode code = message->data.result; // the message goes with its handle

        if (slot)
            finish_call(p, &p->bus, slot, code);
        else
            finish_call(p, &p->dead_letters, slot_of(&p->dead_letters, message->easy_handle), code);
    }
}

int publisher_send(struct publisher *p, struct batch *batch, int64_t stop_ms, struct failure *f)
{
    int running;

    p->refused = false;
    enqueue_heads(p, batch);
    start_all_calls(p, stop_ms);
    while (p->bus.busy || p->dead_letters.busy) {
        curl_multi_perform(p->multi, &running);
        finish_calls(p);
        start_all_calls(p, stop_ms);
        if (p->bus.busy || p->dead_letters.busy)
            curl_multi_poll(p->multi, NULL, 0, 1000, NULL);
    }
    if (p->refused)
        return fail(f, "EventBridge.Refused", "EventBridge refuses to take events for \"%s\": %s",
            p->options.bus, p->reason);
    return 0;
}

// SPDX-License-Identifier: MIT
#include "publish.h"

#include "../runtime/clock.h"
#include "../runtime/failure.h"
#include "../runtime/json.h"
#include "../runtime/log.h"
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

struct publisher {
    struct publisher_options options;
    CURLM *multi;
    struct slot slots[PUBLISHER_MAX_CALLS];
    long busy, allowed;          // calls under way, and how many may be
    struct event *first, **last; // the queue of events whose turn has come
    bool refused;
    char reason[256];
};

// Less time than this is not enough to try a call.
#define LEAST_TIMEOUT_MS 100

struct publisher *publisher_new(const struct publisher_options *options, struct failure *f)
{
    struct publisher *p = calloc(1, sizeof *p);
    if (!p || !(p->multi = curl_multi_init())) {
        free(p);
        fail(f, "Runtime.OutOfMemory", "no memory for the publisher");
        return NULL;
    }
    p->options = *options;
    p->allowed = options->concurrency;
    p->last = &p->first;
    for (long i = 0; i < options->concurrency; i++)
        if (aws_call_init(&p->slots[i].call, &aws_eventbridge, "PutEvents", options->region, f) < 0) {
            publisher_free(p);
            return NULL;
        }
    return p;
}

void publisher_free(struct publisher *p)
{
    if (!p)
        return;
    for (long i = 0; i < p->options.concurrency; i++)
        if (p->slots[i].call.curl)
            aws_call_release(&p->slots[i].call);
    curl_multi_cleanup(p->multi);
    free(p);
}

static void enqueue(struct publisher *p, struct event *event)
{
    event->queued = NULL;
    *p->last = event;
    p->last = &event->queued;
}

static struct event *dequeue(struct publisher *p)
{
    struct event *event = p->first;
    p->first = event->queued;
    if (!p->first)
        p->last = &p->first;
    return event;
}

static bool is_object(const char *payload)
{
    struct json document;
    return json_parse(payload, strlen(payload), &document) && document.type == JSON_OBJECT;
}

// What EventBridge would refuse for certain is given up here, and does not hold up the aggregate's next
// event.
static bool is_sendable(const struct publisher *p, struct event *event)
{
    event->size = put_events_size(event);
    if (!is_object(event->payload))
        snprintf(event->error, sizeof event->error, "malformed payload: EventBridge takes a JSON object");
    else if (!*event->event_type)
        snprintf(event->error, sizeof event->error, "malformed event: the event type is empty");
    else if (event->size > (size_t)p->options.max_request_bytes)
        snprintf(event->error, sizeof event->error, "oversized payload: %zu bytes, EventBridge takes %ld",
            event->size, p->options.max_request_bytes);
    else
        return true;
    event->outcome = OUTCOME_FAILED;
    return false;
}

static void enqueue_next(struct publisher *p, struct event *event)
{
    while (event && !is_sendable(p, event))
        event = event->next;
    if (event)
        enqueue(p, event);
}

static void enqueue_heads(struct publisher *p, struct batch *batch)
{
    p->first = NULL;
    p->last = &p->first;
    for (size_t i = 0; i < batch->count; i++)
        if (!i || batch->events[i - 1].next != &batch->events[i])
            enqueue_next(p, &batch->events[i]);
}

static bool fits(const struct publisher *p, const struct slot *slot, size_t size)
{
    const struct event *next = p->first;
    if (!next || slot->count == PUT_EVENTS_MAX_ENTRIES)
        return false;
    if (slot->count && (next->alone || slot->events[0]->alone))
        return false;
    return !slot->count || size + next->size <= (size_t)p->options.max_request_bytes;
}

static void fill_slot(struct publisher *p, struct slot *slot)
{
    size_t size = 0;
    while (fits(p, slot, size)) {
        size += p->first->size;
        slot->events[slot->count++] = dequeue(p);
    }
    buffer_clear(&slot->call.request);
    put_events_encode(&slot->call.request, p->options.bus, slot->events, slot->count);
}

static struct slot *idle_slot(struct publisher *p)
{
    for (long i = 0; i < p->options.concurrency; i++)
        if (!p->slots[i].count)
            return &p->slots[i];
    return NULL;
}

static void start_calls(struct publisher *p, int64_t stop_ms)
{
    while (p->first && p->busy < p->allowed && !p->refused) {
        int64_t left = stop_ms - now_ms();
        if (left < LEAST_TIMEOUT_MS)
            return;
        struct slot *slot = idle_slot(p);
        fill_slot(p, slot);
        aws_call_start(
            &slot->call, left < p->options.request_timeout_ms ? (long)left : p->options.request_timeout_ms);
        curl_multi_add_handle(p->multi, slot->call.curl);
        p->busy++;
    }
}

static void judge_slot(struct publisher *p, struct slot *slot, CURLcode code)
{
    const char *reason = slot->call.error[0] ? slot->call.error : curl_easy_strerror(code);
    long status = code == CURLE_OK ? aws_call_status(&slot->call) : 0;
    switch (put_events_judge(status, &slot->call.response, reason, slot->events, slot->count, p->reason)) {
    case CALL_ANSWERED:
        break;
    case CALL_THROTTLED:
        p->allowed = p->allowed > 1 ? p->allowed / 2 : 1;
        break;
    case CALL_SUSPECT:
        for (size_t i = 0; i < slot->count; i++) {
            slot->events[i]->outcome = OUTCOME_RELEASED;
            slot->events[i]->alone = true;
            enqueue(p, slot->events[i]);
        }
        break;
    case CALL_REFUSED:
        p->refused = true;
        break;
    }
}

static void finish_slot(struct publisher *p, struct slot *slot, CURLcode code)
{
    curl_multi_remove_handle(p->multi, slot->call.curl);
    judge_slot(p, slot, code);
    for (size_t i = 0; i < slot->count; i++)
        if (slot->events[i]->outcome == OUTCOME_PUBLISHED || slot->events[i]->outcome == OUTCOME_FAILED)
            enqueue_next(p, slot->events[i]->next);
    slot->count = 0;
    p->busy--;
}

static struct slot *slot_of(struct publisher *p, CURL *curl)
{
    for (long i = 0; i < p->options.concurrency; i++)
        if (p->slots[i].call.curl == curl)
            return &p->slots[i];
    return NULL;
}

static void finish_calls(struct publisher *p)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(p->multi, &left)))
        if (message->msg == CURLMSG_DONE)
            finish_slot(p, slot_of(p, message->easy_handle), message->data.result);
}

int publisher_send(struct publisher *p, struct batch *batch, int64_t stop_ms, struct failure *f)
{
    int running;
    p->refused = false;
    enqueue_heads(p, batch);
    start_calls(p, stop_ms);
    while (p->busy) {
        curl_multi_perform(p->multi, &running);
        finish_calls(p);
        start_calls(p, stop_ms);
        if (p->busy)
            curl_multi_poll(p->multi, NULL, 0, 1000, NULL);
    }
    if (p->refused)
        return fail(f, "EventBridge.Refused", "EventBridge refuses to take events for \"%s\": %s",
            p->options.bus, p->reason);
    return 0;
}

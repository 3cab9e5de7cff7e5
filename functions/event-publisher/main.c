// SPDX-License-Identifier: MIT
// event-publisher: moves due events from the outbox to EventBridge until none is left or the deadline is
// near. At least once, whenever it dies: an event is marked only after the bus has acknowledged it.
#include "../runtime/clock.h"
#include "../runtime/database.h"
#include "../runtime/failure.h"
#include "../runtime/log.h"
#include "../runtime/metrics.h"
#include "../runtime/runtime.h"
#include "../runtime/settings.h"
#include "outbox.h"
#include "publish.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

struct publisher_function {
    struct database database;
    struct outbox_limits limits;
    struct publisher_options options;
    struct publisher *publisher;
    const char *metrics_environment; // NULL: no metrics
};

struct counts {
    long batches, outcomes[4];
};

#define SERVICE "event-publisher"

#define FIELD(name) offsetof(struct publisher_function, name)

static const struct setting settings[] = {
    { "AWS_REGION", SETTING_REGION, FIELD(database.region), NULL, 0, 0 },
    { "DATABASE_SECRET_ARN", SETTING_SECRET, FIELD(database.secret_arn), NULL, 0, 0 },
    { "RDS_PROXY_HOST", SETTING_HOST, FIELD(database.host), NULL, 0, 0 },
    { "EVENT_BUS_NAME", SETTING_BUS, FIELD(options.bus), NULL, 0, 0 },
    { "BATCH_SIZE", SETTING_NUMBER, FIELD(limits.batch_size), NULL, 1, 1000 },
    { "MAX_ATTEMPTS", SETTING_NUMBER, FIELD(options.max_attempts), NULL, 1, 1000 },
    { "PUBLISHER_DLQ_URL", SETTING_QUEUE, FIELD(options.dead_letter_queue), "", 0, 0 },
    { "METRICS_ENVIRONMENT", SETTING_NAME, FIELD(metrics_environment), "", 0, 0 },
    // What EventBridge takes since January 2026 (User Guide: "Calculating PutEvents event entry size").
    { "EVENT_MAX_BYTES", SETTING_NUMBER, FIELD(options.max_event_bytes), "1048576", 1024, 4194304 },
    // Not set by the stack: the defaults suit it.
    { "LEASE_MS", SETTING_NUMBER, FIELD(limits.lease_ms), "30000", 500, 900000 },
    { "BACKOFF_BASE_MS", SETTING_NUMBER, FIELD(limits.backoff_base_ms), "2000", 1, 3600000 },
    { "BACKOFF_CAP_MS", SETTING_NUMBER, FIELD(limits.backoff_cap_ms), "900000", 1, 86400000 },
    { "CONCURRENT_REQUESTS", SETTING_NUMBER, FIELD(options.concurrency), "8", 1, PUBLISHER_MAX_CALLS },
    { "REQUEST_TIMEOUT_MS", SETTING_NUMBER, FIELD(options.request_timeout_ms), "5000", 100, 60000 },
};

static int init(void *context, struct failure *f)
{
    struct publisher_function *fn = context;

    if (settings_read(settings, ARRAY_SIZE(settings), fn, f) < 0)
        return -1;
    if (!fn->options.dead_letter_queue)
        log_write(LOG_WARN, "PUBLISHER_DLQ_URL is not set: events that are given up stay in the outbox only");
    fn->database.application_name = SERVICE;
    fn->limits.max_event_bytes = fn->options.max_event_bytes;
    fn->options.region = fn->database.region;
    fn->publisher = publisher_new(&fn->options, f);
    return fn->publisher ? 0 : -1;
}

// The time kept at the end of a span (the invocation, a lease) to record what was sent: a tenth of it, within
// bounds.
static int64_t reserve_ms(int64_t span_ms)
{
    const int64_t reserve = span_ms / 10;

    return reserve < 200 ? 200 : reserve > 5000 ? 5000 : reserve;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool is_no_table(const struct failure *f)
{
    return strcmp(f->type, "Database.NoTable") == 0;
}

static long count_outcomes(const struct batch *batch, struct counts *counts, enum outcome outcome)
{
    long count = 0;

    for (size_t i = 0; i < batch->count; i++)
        count += batch->events[i].outcome == outcome;
    counts->outcomes[outcome] += count;
    return count;
}

static void log_failures(const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct event *event = &batch->events[i];

        if (event->outcome == OUTCOME_FAILED)
            log_write(LOG_ERROR, "event %s was given up at attempt %ld: %s", event->event_id, event->attempt,
                event->error);
        else if (event->outcome == OUTCOME_RETRY)
            log_write(LOG_WARN, "event %s failed at attempt %ld: %s", event->event_id, event->attempt,
                event->error);
    }
}

// Returns 1 to go on, 0 when there is nothing (more) to gain in this invocation, -1 on failure.
static int publish_batch(
    struct publisher_function *fn, int64_t stop_ms, struct counts *counts, struct failure *f)
{
    struct failure sending = { 0 };
    struct batch batch;
    int64_t lease_stop;
    int sent, settled;
    long gone;

    if (outbox_claim(&fn->database, &fn->limits, &batch, f) < 0)
        return -1;
    if (!batch.count) {
        batch_release(&batch);
        return 0;
    }
    lease_stop = batch.lease_end_ms - reserve_ms(fn->limits.lease_ms);
    sent = publisher_send(fn->publisher, &batch, earlier(stop_ms, lease_stop), &sending);
    settled = outbox_settle(&fn->database, &fn->limits, &batch, f);
    if (sent < 0)
        *f = sending; // the cause, rather than what it led to
    counts->batches++;
    gone = count_outcomes(&batch, counts, OUTCOME_PUBLISHED) + count_outcomes(&batch, counts, OUTCOME_FAILED);
    count_outcomes(&batch, counts, OUTCOME_RETRY);
    count_outcomes(&batch, counts, OUTCOME_RELEASED);
    log_failures(&batch);
    batch_release(&batch);
    if (sent < 0 || settled < 0)
        return -1;
    return gone > 0; // otherwise EventBridge is down: going on would only spend attempts
}

// What is pending is left out where the database does not say it.
static void write_metrics(struct publisher_function *fn, const struct counts *counts)
{
    struct failure ignored;
    struct backlog backlog = { 0 };
    const bool measured = fn->database.connection &&
        (outbox_measure(&fn->database, &backlog, &ignored) == 0 || is_no_table(&ignored));
    const struct metric metrics[] = {
        { "EventsPublished", "Count", counts->outcomes[OUTCOME_PUBLISHED] },
        { "EventsRetried", "Count", counts->outcomes[OUTCOME_RETRY] },
        { "EventsFailed", "Count", counts->outcomes[OUTCOME_FAILED] },
        { "EventsPending", "Count", backlog.events },
        { "OldestPendingAge", "Seconds", backlog.oldest_s },
    };

    metrics_write(fn->metrics_environment, SERVICE, metrics, measured ? 5 : 3);
}

static int handle(
    void *context, const struct invocation *invocation, struct strbuf *response, struct failure *f)
{
    const int64_t stop_ms = invocation->deadline_ms - reserve_ms(invocation->deadline_ms - now_ms());
    struct publisher_function *fn = context;
    struct counts counts = { 0 };
    int status = 1;

    while (status > 0 && now_ms() < stop_ms)
        status = publish_batch(fn, stop_ms, &counts, f);
    if (status < 0 && is_no_table(f)) {
        log_write(LOG_WARN, "the outbox does not exist yet: the migrations of the backend have not been run");
        status = 0;
    }
    if (fn->metrics_environment)
        write_metrics(fn, &counts);
    strbuf_addf(response,
        "{\"published\":%ld,\"retried\":%ld,\"failed\":%ld,\"released\":%ld,\"batches\":%ld}",
        counts.outcomes[OUTCOME_PUBLISHED], counts.outcomes[OUTCOME_RETRY], counts.outcomes[OUTCOME_FAILED],
        counts.outcomes[OUTCOME_RELEASED], counts.batches);
    log_write(LOG_INFO, "%s", response->data);
    return status < 0 ? -1 : 0;
}

int main(void)
{
    static struct publisher_function fn;
    int status = runtime_run(&(struct function){ init, handle, &fn });

    publisher_free(fn.publisher);
    database_close(&fn.database);
    return status;
}

// SPDX-License-Identifier: MIT
// audit-consumer: writes one row to the audit log for each audit-worthy event, however often EventBridge
// delivers it.
#include "../runtime/database.h"
#include "../runtime/event_source.h"
#include "../runtime/failure.h"
#include "../runtime/log.h"
#include "../runtime/metrics.h"
#include "../runtime/runtime.h"
#include "../runtime/settings.h"
#include "audit_event.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

#define SERVICE "audit-consumer"

struct consumer {
    struct database database;
    const char *source;
    const char *metrics_environment; // NULL: no metrics
};

enum result { RESULT_INSERTED, RESULT_SKIPPED, RESULT_DUPLICATE, RESULT_REJECTED, RESULT_COUNT };

static const struct {
    const char *name, *metric;
} results[] = {
    [RESULT_INSERTED] = { "inserted", "EventsWritten" },
    [RESULT_SKIPPED] = { "skipped", "EventsSkipped" },
    [RESULT_DUPLICATE] = { "duplicate", "EventsDuplicate" },
    [RESULT_REJECTED] = { "rejected", "EventsRejected" },
};

#define FIELD(name) offsetof(struct consumer, name)

static const struct setting settings[] = {
    { "AWS_REGION", SETTING_REGION, FIELD(database.region), NULL, 0, 0 },
    { "DATABASE_SECRET_ARN", SETTING_SECRET, FIELD(database.secret_arn), NULL, 0, 0 },
    { "RDS_PROXY_HOST", SETTING_HOST, FIELD(database.host), NULL, 0, 0 },
    { "AUDIT_EVENT_SOURCE", SETTING_NAME, FIELD(source), EVENT_SOURCE, 0, 0 },
    { "METRICS_ENVIRONMENT", SETTING_NAME, FIELD(metrics_environment), "", 0, 0 },
};

static int init(void *context, struct failure *f)
{
    struct consumer *consumer = context;

    consumer->database.application_name = SERVICE;
    return settings_read(settings, ARRAY_SIZE(settings), consumer, f);
}

static bool has_type(const struct failure *f, const char *type)
{
    return strcmp(f->type, type) == 0;
}

static PGresult *try_insert(struct consumer *consumer, const struct audit_event *event, struct failure *f)
{
    return database_query(&consumer->database, audit_insert_sql, (int)audit_parameter_count,
        (const char *const *)event->values, f);
}

// Data that passed our checks and that the database still refuses is the event's fault too.
static int insert(
    struct consumer *consumer, struct audit_event *event, enum result *ret_result, struct failure *f)
{
    PGresult *result = try_insert(consumer, event, f);

    if (!result && has_type(f, "Database.Data") && audit_event_set_json_aside(event))
        result = try_insert(consumer, event, f);
    if (!result) {
        if (has_type(f, "Database.Data"))
            memcpy(f->type, "Event.Malformed", sizeof("Event.Malformed"));
        return -1;
    }
    *ret_result = strcmp(PQcmdTuples(result), "1") == 0 ? RESULT_INSERTED : RESULT_DUPLICATE;
    PQclear(result);
    return 0;
}

static int consume(struct consumer *consumer, const struct invocation *invocation, enum result *ret_result,
    struct failure *f)
{
    struct audit_event event;
    int status = audit_event_read(&event, consumer->source, invocation->event, invocation->event_length, f);

    if (status == 0 && event.verdict == AUDIT_WORTHY)
        status = insert(consumer, &event, ret_result, f);
    else if (status == 0 && event.verdict == AUDIT_OTHER_SOURCE)
        log_write(LOG_WARN, "an event of an audited type does not come from \"%s\"", consumer->source);
    audit_event_release(&event);
    return status;
}

// Each invocation writes all four, so that each has a value when another one happens.
static void write_metrics(const struct consumer *consumer, enum result result)
{
    struct metric metrics[RESULT_COUNT];

    for (int i = 0; i < RESULT_COUNT; i++)
        metrics[i] = (struct metric){ results[i].metric, "Count", i == (int)result };
    metrics_write(consumer->metrics_environment, SERVICE, metrics, RESULT_COUNT);
}

static int handle(
    void *context, const struct invocation *invocation, struct strbuf *response, struct failure *f)
{
    struct consumer *consumer = context;
    enum result result = RESULT_SKIPPED;

    if (consume(consumer, invocation, &result, f) < 0) {
        if (has_type(f, "Event.Malformed"))
            write_metrics(consumer, RESULT_REJECTED);
        return -1;
    }
    write_metrics(consumer, result);
    strbuf_addf(response, "{\"result\":\"%s\"}", results[result].name);
    log_write(LOG_INFO, "%s", results[result].name);
    return 0;
}

int main(void)
{
    static struct consumer consumer;
    int status = runtime_run(&(struct function){ init, handle, &consumer });

    database_close(&consumer.database);
    return status;
}

// SPDX-License-Identifier: MIT
#include "outbox.h"

#include "../runtime/buffer.h"
#include "../runtime/clock.h"
#include "../runtime/database.h"
#include "../runtime/failure.h"
#include "../runtime/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One scan of what is pending, whatever indexes there are. head: the first pending event of each aggregate,
// when it is due; locking it locks the aggregate against other claims. follower: when the heads do not fill
// the batch, the events behind them without a gap that is not yet due; taken by ascending id, so that each
// aggregate gives a run without holes.
//
// target must stay a single materialized relation. When a row of the UPDATE was changed after the statement's
// snapshot, PostgreSQL checks it again (EvalPlanQual): against the saved row of such a relation, but by
// running a UNION a second time, which gives other rows and leaves holes in the runs. A batch with holes
// would break the order, so it is dropped whole: its rows come back when their lease ends. $1: batch size;
// $2: lease in milliseconds.
static const char claim_sql[] =
    "WITH pending AS MATERIALIZED ( SELECT id, aggregate_type, aggregate_id, next_attempt_at IS NULL OR "
    "next_attempt_at <= now() AS due FROM events_outboxevent WHERE status = 'pending'), first AS ( SELECT "
    "min(id) AS id FROM pending GROUP BY aggregate_type, aggregate_id), head AS ( SELECT o.id, "
    "o.aggregate_type, o.aggregate_id FROM events_outboxevent o JOIN first ON first.id = o.id WHERE o.status "
    "= 'pending' AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= now()) ORDER BY o.id LIMIT $1::int "
    "FOR UPDATE OF o SKIP LOCKED), room AS ( SELECT $1::int - count(*) AS events FROM head), follower AS ( "
    "SELECT f.id FROM (SELECT p.id,  bool_and(p.due) OVER (PARTITION BY p.aggregate_type, p.aggregate_id "
    "ORDER BY p.id) AS ready  FROM pending p  JOIN head h ON h.aggregate_type = p.aggregate_type AND "
    "h.aggregate_id = p.aggregate_id  WHERE p.id > h.id AND (SELECT events FROM room) > 0) f WHERE f.ready "
    "ORDER BY f.id LIMIT (SELECT events FROM room)), target AS MATERIALIZED ( SELECT id FROM head UNION ALL "
    "SELECT id FROM follower), claimed AS ( UPDATE events_outboxevent o SET attempts = o.attempts + 1,  "
    "next_attempt_at = now() + $2::bigint * interval '1 millisecond' FROM target WHERE o.id = target.id AND "
    "o.status = 'pending' RETURNING o.id, o.event_id, o.event_type, o.aggregate_type, o.aggregate_id, "
    "o.attempts,  o.payload, o.next_attempt_at) SELECT id, event_id, event_type, attempts, payload, "
    "next_attempt_at, aggregate_type, aggregate_id FROM claimed WHERE (SELECT count(*) FROM claimed) = "
    "(SELECT count(*) FROM target) ORDER BY aggregate_type, aggregate_id, id";

enum {
    COLUMN_ID,
    COLUMN_EVENT_ID,
    COLUMN_TYPE,
    COLUMN_ATTEMPTS,
    COLUMN_PAYLOAD,
    COLUMN_LEASE,
    COLUMN_AGGREGATE_TYPE,
    COLUMN_AGGREGATE_ID
};

// $1: the outcomes as JSON; $2: the lease; $3, $4: backoff base and cap in milliseconds.
static const char settle_sql[] =
    "UPDATE events_outboxevent o SET status = CASE WHEN r.outcome IN ('published', 'failed') THEN r.outcome "
    "ELSE o.status END, published_at = CASE r.outcome WHEN 'published' THEN now() ELSE o.published_at END, "
    "attempts = o.attempts - CASE r.outcome WHEN 'released' THEN 1 ELSE 0 END, next_attempt_at = CASE "
    "r.outcome WHEN 'retry' THEN now() + interval '1 millisecond' * (0.5 + random() / 2)  * "
    "least($4::float8, $3::float8 * 2.0 ^ least(o.attempts - 1, 40)) END, last_error = CASE WHEN r.outcome "
    "IN ('retry', 'failed') THEN r.error ELSE o.last_error END FROM jsonb_to_recordset($1::jsonb) AS r(id "
    "bigint, attempt int, outcome text, error text) WHERE o.id = r.id AND o.attempts = r.attempt AND "
    "o.status = 'pending' AND o.next_attempt_at = $2::timestamptz";

static const char *const outcome_names[] = {
    [OUTCOME_RELEASED] = "released",
    [OUTCOME_PUBLISHED] = "published",
    [OUTCOME_RETRY] = "retry",
    [OUTCOME_FAILED] = "failed",
};

static bool same_value(const PGresult *result, size_t row, int column)
{
    return strcmp(PQgetvalue(result, (int)row, column), PQgetvalue(result, (int)row - 1, column)) == 0;
}

static void read_event(struct batch *batch, size_t row)
{
    struct event *event = &batch->events[row];
    event->id = PQgetvalue(batch->result, (int)row, COLUMN_ID);
    event->event_id = PQgetvalue(batch->result, (int)row, COLUMN_EVENT_ID);
    event->event_type = PQgetvalue(batch->result, (int)row, COLUMN_TYPE);
    event->payload = PQgetvalue(batch->result, (int)row, COLUMN_PAYLOAD);
    event->attempt = strtol(PQgetvalue(batch->result, (int)row, COLUMN_ATTEMPTS), NULL, 10);
    if (row && same_value(batch->result, row, COLUMN_AGGREGATE_TYPE) &&
        same_value(batch->result, row, COLUMN_AGGREGATE_ID))
        batch->events[row - 1].next = event;
}

int outbox_claim(
    struct database *db, const struct outbox_limits *limits, struct batch *ret, struct failure *f)
{
    char size[24], lease[24];
    snprintf(size, sizeof size, "%ld", limits->batch_size);
    snprintf(lease, sizeof lease, "%ld", limits->lease_ms);
    int64_t asked = now_ms();
    PGresult *result = database_query(db, claim_sql, 2, (const char *const[]){ size, lease }, f);
    if (!result)
        return -1;
    *ret = (struct batch){ .result = result, .count = (size_t)PQntuples(result) };
    ret->lease_end_ms = asked + limits->lease_ms;
    if (!ret->count)
        return 0;
    ret->lease = PQgetvalue(result, 0, COLUMN_LEASE);
    ret->events = calloc(ret->count, sizeof *ret->events);
    if (!ret->events) {
        batch_release(ret);
        return fail(f, "Runtime.OutOfMemory", "no memory for a batch of %ld events", limits->batch_size);
    }
    for (size_t i = 0; i < ret->count; i++)
        read_event(ret, i);
    return 0;
}

static void append_outcome(struct buffer *out, const struct event *event)
{
    buffer_printf(out,
        "%s{\"id\":%s,\"attempt\":%ld,\"outcome\":\"%s\",\"error\":", out->length > 1 ? "," : "", event->id,
        event->attempt, outcome_names[event->outcome]);
    json_quote(out, event->error, strlen(event->error));
    buffer_puts(out, "}");
}

int outbox_settle(
    struct database *db, const struct outbox_limits *limits, struct batch *batch, struct failure *f)
{
    char base[24], cap[24];
    BUFFER outcomes = { 0 };
    snprintf(base, sizeof base, "%ld", limits->backoff_base_ms);
    snprintf(cap, sizeof cap, "%ld", limits->backoff_cap_ms);
    buffer_puts(&outcomes, "[");
    for (size_t i = 0; i < batch->count; i++) {
        struct event *event = &batch->events[i];
        if (event->outcome == OUTCOME_RETRY && event->attempt >= limits->max_attempts)
            event->outcome = OUTCOME_FAILED;
        append_outcome(&outcomes, event);
    }
    buffer_puts(&outcomes, "]");
    const char *const parameters[] = { buffer_text(&outcomes), batch->lease, base, cap };
    PGresult *result = database_query(db, settle_sql, 4, parameters, f);
    if (!result)
        return -1;
    PQclear(result);
    return 0;
}

void batch_release(struct batch *batch)
{
    PQclear(batch->result);
    free(batch->events);
    *batch = (struct batch){ 0 };
}

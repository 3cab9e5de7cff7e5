// SPDX-License-Identifier: MIT
#include "outbox.h"

#include "../runtime/clock.h"
#include "../runtime/database.h"
#include "../runtime/failure.h"
#include "../runtime/json.h"
#include "util/strbuf.h"

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
// would break the order, so it is dropped whole: its rows come back when their lease ends.
//
// Payloads have to fit in the function's memory. One that is too long for the bus stays in the database, and
// of the others as many are taken, by ascending id, as fit: at least one. $1: batch size; $2: lease in
// milliseconds; $3: the longest payload, $4: all payloads of a batch together, in bytes.
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
    "ORDER BY f.id LIMIT (SELECT events FROM room)), choice AS MATERIALIZED ( SELECT o.id, "
    "octet_length(o.payload::text) AS bytes FROM (SELECT id FROM head UNION ALL SELECT id FROM follower) c "
    "JOIN events_outboxevent o ON o.id = c.id), target AS MATERIALIZED ( SELECT id, bytes FROM (SELECT id, "
    "bytes,  sum(CASE WHEN bytes <= $3::bigint THEN bytes ELSE 0 END)   OVER (ORDER BY id ROWS BETWEEN "
    "UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM choice) c WHERE before IS NULL OR before < "
    "$4::bigint), claimed AS ( UPDATE events_outboxevent o SET attempts = o.attempts + 1,  next_attempt_at = "
    "now() + $2::bigint * interval '1 millisecond' FROM target WHERE o.id = target.id AND o.status = "
    "'pending' RETURNING o.id, o.event_id, o.event_type, o.aggregate_type, o.aggregate_id, o.attempts,  CASE "
    "WHEN target.bytes <= $3::bigint THEN o.payload::text ELSE '' END AS payload, target.bytes,  "
    "o.next_attempt_at) SELECT id, event_id, event_type, attempts, payload, bytes, next_attempt_at, "
    "aggregate_type, aggregate_id FROM claimed WHERE (SELECT count(*) FROM claimed) = (SELECT count(*) FROM "
    "target) ORDER BY aggregate_type, aggregate_id, id";

enum {
    COLUMN_ID,
    COLUMN_EVENT_ID,
    COLUMN_TYPE,
    COLUMN_ATTEMPTS,
    COLUMN_PAYLOAD,
    COLUMN_BYTES,
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

static const char backlog_sql[] =
    "SELECT count(*), coalesce(greatest(extract(epoch FROM now() - min(created_at)), 0), 0)::bigint FROM "
    "events_outboxevent WHERE status = 'pending'";

// What one claim may bring into memory, unless a single payload is longer.
#define MAX_BATCH_BYTES 8388608L

// Numbers as parameters of a statement.
struct numbers {
    char strings[4][24];
    const char *parameters[4];
};

static void set_number(struct numbers *numbers, size_t i, long value)
{
    snprintf(numbers->strings[i], sizeof(numbers->strings[i]), "%ld", value);
    numbers->parameters[i] = numbers->strings[i];
}

static long long_at(const PGresult *result, int row, int column)
{
    return strtol(PQgetvalue(result, row, column), NULL, 10);
}

static void read_event(const struct batch *batch, int row)
{
    const PGresult *result = batch->result;
    struct event *event = &batch->events[row];

    event->id = PQgetvalue(result, row, COLUMN_ID);
    event->event_id = PQgetvalue(result, row, COLUMN_EVENT_ID);
    event->event_type = PQgetvalue(result, row, COLUMN_TYPE);
    event->aggregate_type = PQgetvalue(result, row, COLUMN_AGGREGATE_TYPE);
    event->aggregate_id = PQgetvalue(result, row, COLUMN_AGGREGATE_ID);
    event->payload = PQgetvalue(result, row, COLUMN_PAYLOAD);
    event->payload_bytes = (size_t)long_at(result, row, COLUMN_BYTES);
    event->attempt = long_at(result, row, COLUMN_ATTEMPTS);
    if (row && strcmp(event->aggregate_type, event[-1].aggregate_type) == 0 &&
        strcmp(event->aggregate_id, event[-1].aggregate_id) == 0)
        event[-1].next = event;
}

int outbox_claim(
    struct database *db, const struct outbox_limits *limits, struct batch *ret, struct failure *f)
{
    const int64_t asked_ms = now_ms();
    struct numbers numbers;
    PGresult *result;

    set_number(&numbers, 0, limits->batch_size);
    set_number(&numbers, 1, limits->lease_ms);
    set_number(&numbers, 2, limits->max_event_bytes);
    set_number(&numbers, 3, MAX_BATCH_BYTES);
    result = database_query(db, claim_sql, 4, numbers.parameters, f);
    if (!result)
        return -1;
    *ret = (struct batch){ .result = result, .count = (size_t)PQntuples(result) };
    ret->lease_end_ms = asked_ms + limits->lease_ms;
    if (!ret->count)
        return 0;
    ret->lease = PQgetvalue(result, 0, COLUMN_LEASE);
    ret->events = calloc(ret->count, sizeof(*ret->events));
    if (!ret->events) {
        batch_release(ret);
        return fail(f, "Runtime.OutOfMemory", "no memory for a batch of %ld events", limits->batch_size);
    }
    for (size_t i = 0; i < ret->count; i++)
        read_event(ret, (int)i);
    return 0;
}

static void append_outcome(struct strbuf *out, const struct event *event)
{
    strbuf_addf(out, "%s{\"id\":%s,\"attempt\":%ld,\"outcome\":\"%s\",\"error\":", out->length > 1 ? "," : "",
        event->id, event->attempt, outcome_names[event->outcome]);
    json_quote(out, event->error, strlen(event->error));
    strbuf_add_string(out, "}");
}

int outbox_settle(
    struct database *db, const struct outbox_limits *limits, const struct batch *batch, struct failure *f)
{
    STRBUF_AUTO outcomes = STRBUF_INIT;
    struct numbers numbers;
    PGresult *result;

    strbuf_add_string(&outcomes, "[");
    for (size_t i = 0; i < batch->count; i++)
        append_outcome(&outcomes, &batch->events[i]);
    strbuf_add_string(&outcomes, "]");
    numbers.parameters[0] = outcomes.data;
    numbers.parameters[1] = batch->lease;
    set_number(&numbers, 2, limits->backoff_base_ms);
    set_number(&numbers, 3, limits->backoff_cap_ms);
    result = database_query(db, settle_sql, 4, numbers.parameters, f);
    if (!result)
        return -1;
    PQclear(result);
    return 0;
}

int outbox_measure(struct database *db, struct backlog *ret, struct failure *f)
{
    PGresult *result = database_query(db, backlog_sql, 0, NULL, f);

    if (!result)
        return -1;
    ret->events = long_at(result, 0, 0);
    ret->oldest_s = long_at(result, 0, 1);
    PQclear(result);
    return 0;
}

void batch_release(struct batch *batch)
{
    PQclear(batch->result);
    free(batch->events);
    *batch = (struct batch){ 0 };
}

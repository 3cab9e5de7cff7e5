// SPDX-License-Identifier: MIT
// audit-consumer: writes one row to the audit log for each audit-worthy event, however often EventBridge
// delivers it.
#include "../runtime/buffer.h"
#include "../runtime/database.h"
#include "../runtime/failure.h"
#include "../runtime/log.h"
#include "../runtime/runtime.h"
#include "../runtime/settings.h"
#include "audit_event.h"

#include <string.h>

#define FIELD(name) offsetof(struct database, name)

static const struct setting settings[] = {
    { "AWS_REGION", SETTING_REGION, FIELD(region), NULL, 0, 0 },
    { "DATABASE_SECRET_ARN", SETTING_SECRET, FIELD(secret_arn), NULL, 0, 0 },
    { "RDS_PROXY_HOST", SETTING_HOST, FIELD(host), NULL, 0, 0 },
};

static int init(void *context, struct failure *f)
{
    struct database *db = context;
    db->application_name = "audit-consumer";
    return settings_read(settings, sizeof settings / sizeof *settings, db, f);
}

// Data that passed our checks and that the database still refuses is the event's fault too.
static int insert(
    struct database *db, const struct audit_event *event, const char **ret_result, struct failure *f)
{
    PGresult *result = database_query(
        db, audit_insert_sql, (int)audit_parameter_count, (const char *const *)event->values, f);
    if (!result) {
        if (strcmp(f->type, "Database.Data") == 0)
            memcpy(f->type, "Event.Malformed", sizeof "Event.Malformed");
        return -1;
    }
    *ret_result = strcmp(PQcmdTuples(result), "1") == 0 ? "inserted" : "duplicate";
    PQclear(result);
    return 0;
}

static int handle(
    void *context, const struct invocation *invocation, struct buffer *response, struct failure *f)
{
    struct audit_event event;
    const char *result = "skipped";
    int status = audit_event_read(&event, invocation->event, invocation->event_length, f);
    if (status == 0 && event.worthy)
        status = insert(context, &event, &result, f);
    audit_event_release(&event);
    if (status < 0)
        return -1;
    buffer_printf(response, "{\"result\":\"%s\"}", result);
    log_write(LOG_INFO, "%s", result);
    return 0;
}

int main(void)
{
    static struct database db;
    int status = runtime_run(&(struct function){ init, handle, &db });
    database_close(&db);
    return status;
}

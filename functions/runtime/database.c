// SPDX-License-Identifier: MIT
#include "database.h"

#include "aws.h"
#include "clock.h"
#include "failure.h"
#include "log.h"
#include "secret.h"

#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_TIMEOUT_MS 8000

enum connect_result { CONNECTED, REFUSED_CREDENTIALS, UNREACHABLE };

static const char *ca_file(void)
{
    const char *file = getenv("PGSSLROOTCERT");

    return file && *file ? file : aws_ca_file();
}

static PGconn *start_connection(const struct database *db)
{
    const char *const keywords[] = { "host", "port", "dbname", "user", "password", "sslmode", "sslrootcert",
        "gssencmode", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "application_name", "client_encoding", NULL };
    const char *const values[] = { db->host, db->secret->port, db->secret->name, db->secret->username,
        db->secret->password, "verify-full", ca_file(), "disable", "10", "5", "3", "15000",
        db->application_name, "UTF8", NULL };
    PGconn *connection = PQconnectStartParams(keywords, values, 0);

    if (connection)
        PQsetErrorVerbosity(
            connection, PQERRORS_VERBOSE); // the only way to the SQLSTATE of a refused connection
    return connection;
}

static bool await_connection(PGconn *connection)
{
    int64_t end = now_ms() + CONNECT_TIMEOUT_MS;
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;

    while (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING) {
        struct pollfd fd = { PQsocket(connection), status == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0 };
        int64_t left = end - now_ms();

        if (left <= 0 || PQstatus(connection) == CONNECTION_BAD || poll(&fd, 1, (int)left) == 0)
            return false;
        status = PQconnectPoll(connection);
    }
    return status == PGRES_POLLING_OK;
}

// 28P01: wrong password; 28000: wrong user, and RDS Proxy's answer to credentials that it does not know.
static bool credentials_refused(const PGconn *connection)
{
    const char *message = PQerrorMessage(connection);

    return strstr(message, " 28P01:") || strstr(message, " 28000:");
}

// The first line of libpq's message, as the failure's.
static void fail_connection(const PGconn *connection, const char *host, struct failure *f)
{
    const char *message = connection ? PQerrorMessage(connection) : "out of memory";
    size_t length = strcspn(message, "\n");

    fail(f, "Database.Unavailable", "cannot connect to the database at \"%s\": %.*s", host,
        length ? (int)length : 19, length ? message : "no answer in time  ");
}

static enum connect_result connect_once(struct database *db, struct failure *f)
{
    PGconn *connection = start_connection(db);
    enum connect_result result;

    if (connection && await_connection(connection)) {
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
        db->connection = connection;
        return CONNECTED;
    }
    result = connection && credentials_refused(connection) ? REFUSED_CREDENTIALS : UNREACHABLE;
    fail_connection(connection, db->host, f);
    PQfinish(connection);
    return result;
}

static int refresh_secret(struct database *db, struct failure *f)
{
    struct database_secret *secret = secret_fetch(db->secret_arn, db->region, f);

    if (!secret)
        return -1;
    secret_release(db->secret);
    db->secret = secret;
    return 0;
}

// A secret in the cache may have been rotated since: fetched again once when the server refuses it.
static int database_open(struct database *db, struct failure *f)
{
    bool cached = db->secret;
    enum connect_result result;

    if (!cached && refresh_secret(db, f) < 0)
        return -1;
    result = connect_once(db, f);
    if (result == REFUSED_CREDENTIALS && cached) {
        log_write(LOG_INFO, "the database refused the cached credentials: fetching the secret again");
        if (refresh_secret(db, f) < 0)
            return -1;
        result = connect_once(db, f);
    }
    return result == CONNECTED ? 0 : -1;
}

static void disconnect(struct database *db)
{
    PQfinish(db->connection);
    db->connection = NULL;
}

static bool succeeded(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

static const char *sqlstate(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    return state ? state : "";
}

// Serialization failure, deadlock, and the server's classes 08 (connection) and 57P (shutdown, crash of a
// neighbour).
static bool worth_another_try(const struct database *db, const PGresult *result)
{
    const char *state = sqlstate(result);

    return PQstatus(db->connection) != CONNECTION_OK || strcmp(state, "40001") == 0 ||
        strcmp(state, "40P01") == 0 || strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0;
}

// The primary message only: detail and context quote values.
static void fail_query(const struct database *db, const PGresult *result, struct failure *f)
{
    const char *state = sqlstate(result);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *type = "Database.Query";

    if (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0)
        type = "Database.Data";
    else if (strcmp(state, "42P01") == 0)
        type = "Database.NoTable";
    else if (PQstatus(db->connection) != CONNECTION_OK)
        type = "Database.Unavailable";
    fail(f, type, "the database refused: %s (%s)", message ? message : "the connection was lost",
        *state ? state : "no SQLSTATE");
}

PGresult *database_query(
    struct database *db, const char *sql, int count, const char *const *parameters, struct failure *f)
{
    for (int attempt = 0;; attempt++) {
        PGresult *result;
        bool again;

        if (!db->connection && database_open(db, f) < 0)
            return NULL;
        result = PQexecParams(db->connection, sql, count, NULL, parameters, NULL, NULL, 0);
        if (succeeded(result))
            return result;
        again = attempt == 0 && worth_another_try(db, result);
        fail_query(db, result, f);
        PQclear(result);
        if (PQstatus(db->connection) != CONNECTION_OK || again)
            disconnect(db);
        if (!again)
            return NULL;
        log_write(LOG_WARN, "%s: trying once more", f->message);
    }
}

void database_close(struct database *db)
{
    disconnect(db);
    secret_release(db->secret);
    db->secret = NULL;
}

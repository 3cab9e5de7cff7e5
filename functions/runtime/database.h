// SPDX-License-Identifier: MIT
#ifndef RUNTIME_DATABASE_H
#define RUNTIME_DATABASE_H

// The function's connection to PostgreSQL through RDS Proxy: opened at the first query with the credentials
// of a Secrets Manager secret, kept across invocations, opened again when it was lost. TLS always, with the
// server's name and authority verified. Only unnamed statements are used: anything else pins a proxy
// connection (Amazon RDS User Guide: "Avoiding pinning an RDS Proxy").

#include <libpq-fe.h>

struct failure;

struct database {
    const char *host;       // RDS Proxy's endpoint
    const char *secret_arn; // {"username", "password", "port", "dbname"}
    const char *region;
    const char *application_name;
    PGconn *connection;             // NULL: not open
    struct database_secret *secret; // NULL: not fetched yet
};

// Runs one statement with text parameters (NULL is SQL's NULL). A lost connection, a deadlock or a
// serialization failure is tried again once, so the statement must bear being run twice. The result is the
// caller's (PQclear). NULL with a failure: "Database.Unavailable", "Database.Data" when the server refused
// the values (SQLSTATE class 22 or 23), "Database.NoTable" (42P01), or "Database.Query".
PGresult *database_query(
    struct database *db, const char *sql, int count, const char *const *parameters, struct failure *f);

// Closes the connection and forgets the secret.
void database_close(struct database *db);

#endif

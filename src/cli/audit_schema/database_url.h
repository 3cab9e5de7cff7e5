// SPDX-License-Identifier: MIT
#ifndef CLI_AUDIT_SCHEMA_DATABASE_URL_H
#define CLI_AUDIT_SCHEMA_DATABASE_URL_H

// A PostgreSQL connection URL as environment variables of libpq's programs: what stands in an argument list
// can be read by every user of the machine. (PostgreSQL documentation: "Connection URIs", "Environment
// Variables".)

#include "cli/core/options.h"
#include "util/error.h"

// Appends "PGHOST=...", "PGPASSWORD=..." and so on to `variables`, in the arena. A parameter that has no
// variable is an error; no message repeats the URL.
int database_url_read(const char *url, struct arena *arena, struct string_list *variables, struct error *err);

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_AUDIT_SCHEMA_AUDIT_H
#define CLI_AUDIT_SCHEMA_AUDIT_H

// The parts of the command audit-schema. Each comparison appends one line a difference to `out` and returns
// their number, or -1 with an error when it could not be made.

#include "audit/audit_schema.h"
#include "util/display.h"

struct cli;

// The directory of the generated sources in the build that the program is from; may not exist.
const char *audit_generated_directory(const struct cli *cli);
// Writes what the build generates from the schema; files that are the same already are left alone.
int audit_write_generated(const struct audit_schema *schema, const char *directory, struct error *err);

// The generated sources, where there are any, with what the schema gives now.
int audit_check_generated(const struct cli *cli, const struct audit_schema *schema, struct display *out);
// The pattern of the rule that feeds the consumer, as synth makes it; the errors of the app are printed.
int audit_check_rule(
    struct cli *cli, const struct audit_schema *schema, struct display *out, struct error *err);
// The consumer in its package.
int audit_check_package(
    const struct cli *cli, const struct audit_schema *schema, struct display *out, struct error *err);

// The columns of the table in the database at this URL ("-": it stands on standard input), through psql.
int audit_check_database(struct cli *cli, const struct audit_schema *schema, const char *url,
    struct display *out, struct error *err);

// Brings the event types of the schema's file up to date with the backend's generated_schema.py; *ret_changed
// says whether they were not.
int audit_update(const char *schema_path, const char *python_path, bool *ret_changed, struct error *err);

#endif

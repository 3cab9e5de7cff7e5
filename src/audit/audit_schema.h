// SPDX-License-Identifier: MIT
#ifndef AUDIT_AUDIT_SCHEMA_H
#define AUDIT_AUDIT_SCHEMA_H

// The audit schema: which event types belong in the audit log, and how an event becomes a row. Read from the
// YAML file beside the audit consumer, which explains its format; compared with what the Django backend says
// of it and with the columns of a live database. A schema owns its memory.

#include "util/arena.h"
#include "util/display.h"
#include "util/error.h"
#include "util/strbuf.h"

#include <stdbool.h>

struct audit_text_list {
    const char **items;
    size_t length, capacity;
};

struct audit_column {
    const char *name;
    const char *type;     // as PostgreSQL writes it, abbreviated: "varchar(100)", "timestamptz"
    const char *from;     // path in the event's detail
    const char *sql;      // or an expression
    bool remarks;         // or what the consumer has to say of the event
    const char *fallback; // NULL: null
    bool required, nullable;
    struct audit_text_list without; // members of a jsonb value that are left out
    unsigned line;                  // in the file
};

struct audit_schema {
    struct arena arena;
    const char *table, *conflict;
    struct audit_column *columns;
    size_t column_count, column_capacity;
    struct audit_text_list event_types; // sorted
};

// Reads and checks the file. The caller releases the schema in any case.
int audit_schema_read(struct audit_schema *schema, const char *path, struct error *err);
int audit_schema_parse(
    struct audit_schema *schema, const char *name, const char *text, size_t length, struct error *err);
void audit_schema_release(struct audit_schema *schema);

// The column of this name, or NULL.
const struct audit_column *audit_schema_column(const struct audit_schema *schema, const char *name);

// The longest text that a type takes ("varchar(100)": 100), or 0.
size_t audit_type_length(const char *type);

// C for the build: the consumer's statement and checks; the list of event types for the Events stack.
void audit_generate_consumer(const struct audit_schema *schema, struct strbuf *out);
void audit_generate_event_types(const struct audit_schema *schema, struct strbuf *out);

// What tells one generated consumer from another, in its program too: "audit-schema:" and a hash. Comments in
// the file, and the order of the event types, do not matter.
#define AUDIT_FINGERPRINT "audit-schema:"
void audit_fingerprint(const struct audit_schema *schema, struct strbuf *out);

// Comparisons append one line a difference and return their number.

// With generated_schema.py, as the backend's `manage.py generate_audit_schema` writes it; -1 when it cannot
// be read.
int audit_compare_django(const struct audit_schema *schema, const char *name, const char *python,
    struct display *out, struct error *err);

// The YAML text with the event types of generated_schema.py in place of its own; -1 when either cannot be
// read. Comments and the order of what stays are kept, new types come last. Columns stay as they are: where a
// new one takes its value from is for a person to say.
int audit_update_from_django(const char *name, const char *python, const char *yaml_name, const char *yaml,
    struct strbuf *out, struct error *err);
int audit_replace_event_types(const char *name, const char *yaml, const struct audit_text_list *types,
    struct strbuf *out, struct error *err);

// With a database's columns: the answer to audit_columns_sql, one "NAME|TYPE|NULLABLE|DEFAULT|UNIQUE" a line
// (t or f).
int audit_compare_database(const struct audit_schema *schema, const char *answer, struct display *out);
// The query for the table's columns.
void audit_columns_sql(const struct audit_schema *schema, struct strbuf *out);

void audit_list_add(struct audit_schema *schema, struct audit_text_list *list, const char *text);
bool audit_list_contains(const struct audit_text_list *list, const char *text);
// A letter, then letters, digits, '.', '_' and '-'.
bool audit_is_plain(const char *text);

#endif

// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"

#include "util/die.h"
#include "util/display.h"

#include <stdlib.h>
#include <string.h>

// A column as the database has it; the texts lie in the answer.
struct live_column {
    char *name, *type;
    bool nullable, has_default, unique;
};

void audit_columns_sql(const struct audit_schema *schema, struct strbuf *out)
{
    strbuf_addf(out,
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, a.atthasdef, EXISTS "
        "(SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indpred IS NULL AND "
        "i.indnatts = 1 AND i.indkey[0] = a.attnum) FROM pg_attribute a WHERE a.attrelid = to_regclass('%s') "
        "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        schema->table);
}

// The types that PostgreSQL writes out.
static void add_type(struct strbuf *out, const char *type)
{
    static const char varying[] = "character varying";

    if (strncmp(type, varying, sizeof(varying) - 1) == 0)
        strbuf_addf(out, "varchar%s", type + sizeof(varying) - 1);
    else if (strcmp(type, "timestamp with time zone") == 0)
        strbuf_add_string(out, "timestamptz");
    else
        strbuf_add_string(out, type);
}

static bool parse_line(char *line, struct live_column *ret)
{
    char *parts[5] = { line };

    for (size_t i = 1; i < 5; i++) {
        char *bar = strchr(parts[i - 1], '|');

        if (!bar)
            return false;
        *bar = '\0';
        parts[i] = bar + 1;
    }
    *ret = (struct live_column){ parts[0], parts[1], *parts[2] == 't', *parts[3] == 't', *parts[4] == 't' };
    return true;
}

static int compare_column(const struct audit_schema *schema, const struct audit_column *ours,
    const struct live_column *live, struct display *out)
{
    STRBUF_AUTO type = STRBUF_INIT;
    int differences = 0;

    add_type(&type, live->type);
    if (strcmp(type.data, ours->type) != 0) {
        display_addf(out, "column '%s' is %s in the database and %s in the schema\n", ours->name, type.data,
            ours->type);
        differences++;
    }
    if (ours->nullable && !live->nullable) {
        display_addf(out, "column '%s' may not be null in the database, but may in the schema\n", ours->name);
        differences++;
    }
    if (strcmp(ours->name, schema->conflict) == 0 && !live->unique) {
        display_addf(
            out, "column '%s' is not unique in the database: duplicates would go unnoticed\n", ours->name);
        differences++;
    }
    return differences;
}

// A column of the database that the schema does not know matters when an insert must give it.
static int compare_unknown(const struct live_column *live, struct display *out)
{
    if (live->nullable || live->has_default)
        return 0;
    display_addf(out, "column '%s' is in the database and not in the schema, and an insert must give it\n",
        live->name);
    return 1;
}

static int report_absent(const struct audit_schema *schema, const bool *found, struct display *out)
{
    int differences = 0;

    for (size_t i = 0; i < schema->column_count; i++)
        if (!found[i]) {
            display_addf(
                out, "column '%s' is in the schema and not in the database\n", schema->columns[i].name);
            differences++;
        }
    return differences;
}

int audit_compare_database(const struct audit_schema *schema, const char *answer, struct display *out)
{
    STRBUF_AUTO text = STRBUF_INIT;
    bool *found = xcalloc(schema->column_count, sizeof(*found));
    struct live_column live;
    int differences = 0;

    strbuf_add_string(&text, answer);
    for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
        const struct audit_column *ours;

        if (!parse_line(line, &live))
            continue;
        ours = audit_schema_column(schema, live.name);
        if (ours)
            found[ours - schema->columns] = true;
        differences += ours ? compare_column(schema, ours, &live, out) : compare_unknown(&live, out);
    }
    differences += report_absent(schema, found, out);
    free(found);
    return differences;
}

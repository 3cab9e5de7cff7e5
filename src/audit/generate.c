// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"

#include "util/array.h"
#include "util/digest.h"
#include "util/text/c_literal.h"

#include <string.h>

static const char heading[] = "// Generated from audit-schema.yaml: do not edit.\n";

// The enumerators of functions/audit-consumer/audit_schema.h.
static const struct {
    const char *type, *enumerator;
} kinds[] = {
    { "uuid", "AUDIT_UUID" },
    { "inet", "AUDIT_INET" },
    { "jsonb", "AUDIT_JSON" },
    { "timestamptz", "AUDIT_TIME" },
};

static const char *kind_of(const struct audit_column *column)
{
    if (column->remarks)
        return "AUDIT_REMARKS";
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strcmp(kinds[i].type, column->type) == 0)
            return kinds[i].enumerator;
    return "AUDIT_TEXT";
}

static void add_c_string(struct strbuf *out, const char *text)
{
    if (!text) {
        strbuf_add_string(out, "NULL");
        return;
    }
    strbuf_add_char(out, '"');
    c_literal_add(out, text);
    strbuf_add_char(out, '"');
}

// One value of the insert: "$2::uuid", "($11::jsonb - 'ip_address')", or the column's own expression.
static void add_sql_value(struct strbuf *out, const struct audit_column *column, size_t *parameter)
{
    if (column->sql) {
        strbuf_add_string(out, column->sql);
        return;
    }
    strbuf_addf(out, "$%zu::%s", ++*parameter, audit_type_length(column->type) ? "text" : column->type);
    for (size_t i = 0; i < column->without.length; i++)
        strbuf_addf(out, " - '%s'", column->without.items[i]);
}

static void add_insert(struct strbuf *sql, const struct audit_schema *schema)
{
    size_t parameter = 0;

    strbuf_addf(sql, "INSERT INTO \"%s\" (", schema->table);
    for (size_t i = 0; i < schema->column_count; i++)
        strbuf_addf(sql, "%s\"%s\"", i ? ", " : "", schema->columns[i].name);
    strbuf_add_string(sql, ") VALUES (");
    for (size_t i = 0; i < schema->column_count; i++) {
        strbuf_add_string(sql, i ? ", " : "");
        add_sql_value(sql, &schema->columns[i], &parameter);
    }
    strbuf_addf(sql, ") ON CONFLICT (\"%s\") DO NOTHING", schema->conflict);
}

static void add_parameter(struct strbuf *out, const struct audit_column *column)
{
    strbuf_add_string(out, "    { ");
    add_c_string(out, column->name);
    strbuf_add_string(out, ", ");
    add_c_string(out, column->from);
    strbuf_addf(out, ", %s, %zu, %s, ", kind_of(column), audit_type_length(column->type),
        column->required ? "true" : "false");
    add_c_string(out, column->fallback);
    strbuf_add_string(out, " },\n");
}

static void add_strings(struct strbuf *out, const struct audit_text_list *list)
{
    for (size_t i = 0; i < list->length; i++) {
        strbuf_add_string(out, "    ");
        add_c_string(out, list->items[i]);
        strbuf_add_string(out, ",\n");
    }
}

// Everything that decides what the consumer does.
static void add_definitions(const struct audit_schema *schema, struct strbuf *out)
{
    STRBUF_AUTO sql = STRBUF_INIT;

    add_insert(&sql, schema);
    strbuf_add_string(out, "const char audit_insert_sql[] =\n    ");
    add_c_string(out, sql.data);
    strbuf_add_string(out, ";\n\nconst struct audit_parameter audit_parameters[] = {\n");
    for (size_t i = 0; i < schema->column_count; i++)
        if (!schema->columns[i].sql)
            add_parameter(out, &schema->columns[i]);
    strbuf_add_string(out,
        "};\nconst size_t audit_parameter_count = sizeof(audit_parameters) / sizeof(*audit_parameters);\n"
        "_Static_assert(sizeof(audit_parameters) / sizeof(*audit_parameters) <= AUDIT_MAX_PARAMETERS, \"\");\n"
        "\nconst char *const audit_types[] = {\n");
    add_strings(out, &schema->event_types);
    strbuf_add_string(
        out, "};\nconst size_t audit_type_count = sizeof(audit_types) / sizeof(*audit_types);\n");
}

void audit_fingerprint(const struct audit_schema *schema, struct strbuf *out)
{
    STRBUF_AUTO definitions = STRBUF_INIT;
    char hex[SHA256_HEX_SIZE];

    add_definitions(schema, &definitions);
    sha256_hex(definitions.data, definitions.length, hex);
    strbuf_addf(out, "%s%s", AUDIT_FINGERPRINT, hex);
}

void audit_generate_consumer(const struct audit_schema *schema, struct strbuf *out)
{
    STRBUF_AUTO fingerprint = STRBUF_INIT;

    audit_fingerprint(schema, &fingerprint);
    strbuf_addf(out, "%s#include \"audit_schema.h\"\n\n", heading);
    add_definitions(schema, out);
    strbuf_addf(out,
        "\n// Nobody reads it at run time: it tells what the program was made from.\n"
        "extern const char audit_schema_fingerprint[];\n"
        "const char audit_schema_fingerprint[] = \"%s\";\n",
        fingerprint.data);
}

void audit_generate_event_types(const struct audit_schema *schema, struct strbuf *out)
{
    strbuf_addf(out,
        "%s#ifndef AUDIT_EVENT_TYPES_H\n#define AUDIT_EVENT_TYPES_H\n\n"
        "// The event types that belong in the audit log, sorted.\n"
        "enum { AUDIT_EVENT_TYPE_COUNT = %zu };\n\nstatic const char *const audit_event_types[] = {\n",
        heading, schema->event_types.length);
    add_strings(out, &schema->event_types);
    strbuf_add_string(out, "};\n\n#endif\n");
}

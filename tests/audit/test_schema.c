// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"
#include "util/display.h"
#include "util/file/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit_event_types.h"
#include "util/array.h"

#define YAML_FILE TEST_DIRECTORY "/../functions/audit-consumer/audit-schema.yaml"

static const char small[] = "table: t\n"
                            "conflict: event_id\n"
                            "columns:\n"
                            "  - { name: event_id, type: uuid, from: event_id, required: true }\n"
                            "  - { name: diff, type: jsonb, from: data, without: [a, b], default: \"{}\" }\n"
                            "  - { name: note, type: varchar(5), from: note, nullable: true }\n"
                            "  - { name: made, type: timestamptz, sql: now() }\n"
                            "event_types:\n"
                            "  - b.second\n"
                            "  - a.first\n";

// As the backend's generate_audit_schema command writes it: the names, the order of the assignments, the
// indent of four.
static const char django[] =
    "\"\"\"\nAuto-generated audit schema from Django model.\n\"\"\"\n\n"
    "TABLE_NAME = \"events_auditlog\"\n\n"
    "FIELDS = [\n    \"event_id\",\n    \"action\",\n    \"aggregate_type\",\n    \"aggregate_id\",\n"
    "    \"organization_id\",\n    \"actor_id\",\n    \"actor_email\",\n    \"correlation_id\",\n    "
    "\"ip_address\",\n"
    "    \"user_agent\",\n    \"diff\",\n    \"metadata\",\n    \"created_at\"\n]\n\n"
    "INSERT_SQL = \"\"\"INSERT INTO events_auditlog (id, event_id)\nVALUES (gen_random_uuid(), %s)\n"
    "ON CONFLICT (event_id) DO NOTHING\"\"\"\n\n"
    "# Audit-worthy event types (single source of truth)\n"
    "AUDIT_EVENT_TYPES = [\n    \"member.bulk_invited\",\n    \"member.invited\",\n    \"member.joined\",\n"
    "    \"member.removed\",\n    \"member.role_changed\",\n    \"organization.billing_updated\",\n"
    "    \"organization.created\",\n    \"organization.updated\",\n    \"user.phone_changed\",\n"
    "    \"user.profile_updated\"\n]\n";

static void parse(struct audit_schema *schema, const char *text)
{
    ERROR_AUTO err = ERROR_INIT;

    if (audit_schema_parse(schema, "schema", text, strlen(text), &err) < 0)
        fail_msg("%s", err.message);
}

static void replace(struct strbuf *out, const char *text, const char *old, const char *new)
{
    const char *place = strstr(text, old);

    assert_non_null(place);
    strbuf_add(out, text, (size_t)(place - text));
    strbuf_add_string(out, new);
    strbuf_add_string(out, place + strlen(old));
}

static void test_reads(void **state)
{
    struct audit_schema schema;

    (void)state;
    parse(&schema, small);
    assert_string_equal(schema.table, "t");
    assert_int_equal(schema.column_count, 4);
    assert_string_equal(schema.columns[1].without.items[1], "b");
    assert_int_equal(schema.columns[2].line, 6);
    assert_int_equal(audit_type_length(schema.columns[2].type), 5);
    assert_string_equal(schema.event_types.items[0], "a.first"); // sorted
    assert_null(audit_schema_column(&schema, "x"));
    audit_schema_release(&schema);
}

static void test_mistakes(void **state)
{
    static const struct {
        const char *old, *new, *message;
    } cases[] = {
        { "table: t", "table: T-1", "names no (valid) table" },
        { "table: t", "tables: t", "schema:1:1: this key is not known" },
        { "conflict: event_id", "conflict: other", "'conflict' is not one of the columns" },
        { "type: uuid", "type: guid", "schema:4:5: the column's type is none of" },
        { "varchar(5)", "varchar(0)", "schema:6:5: the column's type is none of" },
        { "varchar(5)", "varchar(5", "schema:6:5: " },
        { "sql: now()", "sql: now(), from: x", "schema:7:5: the column needs either 'from' or 'sql' or" },
        { ", sql: now()", "", "schema:7:5: the column needs either 'from' or 'sql' or" },
        { "sql: now()", "sql: now(), remarks: true",
            "schema:7:5: the column needs either 'from' or 'sql' or" },
        { "sql: now()", "remarks: true", "schema:7:5: 'remarks' is for jsonb columns" },
        { "sql: now()", "sql: \"a\\0b\"", "schema:7:43: a string is expected" },
        { "varchar(5)", "varchar( 5)", "schema:6:5: the column's type is none of" },
        { "varchar(5)", "varchar(-5)", "schema:6:5: the column's type is none of" },
        { ", nullable: true", "", "schema:6:5: the column needs one of" },
        { "nullable: true", "nullable: maybe", "schema:6:59: true or false is expected" },
        { "name: note", "name: diff", "schema:6:5: the column appears twice" },
        { "type: jsonb", "type: text", "schema:5:5: 'without' is for jsonb columns" },
        { "  - b.second\n  - a.first\n", "  - a.first\n  - a.first\n", "schema:10:5: this appears twice" },
        { "  - b.second\n  - a.first\n", "  []\n", "lists no event types" },
        { "  - b.second\n", "  - [b]\n", "schema:9:5: a list of strings is expected" },
        { "columns:\n", "columns: [\n", "schema:" },
        { small, "", "schema is empty" },
        { small, "- 1\n", "schema:1:1: a mapping is expected" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct audit_schema schema;
        ERROR_AUTO err = ERROR_INIT;
        STRBUF_AUTO text = STRBUF_INIT;

        replace(&text, small, cases[i].old, cases[i].new);
        assert_int_equal(audit_schema_parse(&schema, "schema", text.data, text.length, &err), -1);
        if (!strstr(err.message, cases[i].message))
            fail_msg("\"%s\" says: %s", cases[i].new, err.message);
        audit_schema_release(&schema);
    }
}

static void test_generates(void **state)
{
    struct audit_schema schema;
    STRBUF_AUTO c = STRBUF_INIT;

    (void)state;
    parse(&schema, small);
    audit_generate_consumer(&schema, &c);
    assert_non_null(strstr(c.data,
        "\"INSERT INTO \\\"t\\\" (\\\"event_id\\\", \\\"diff\\\", \\\"note\\\", \\\"made\\\") VALUES "
        "($1::uuid, $2::jsonb - 'a' - 'b', $3::text, now()) ON CONFLICT (\\\"event_id\\\") DO NOTHING\""));
    assert_non_null(strstr(c.data, "{ \"note\", \"note\", AUDIT_TEXT, 5, false, NULL },"));
    assert_non_null(strstr(c.data, "{ \"diff\", \"data\", AUDIT_JSON, 0, false, \"{}\" },"));
    audit_schema_release(&schema);
}

// The list that the build put into the program, the YAML file, and the Events stack of the reference app.
static void test_the_lists_agree(void **state)
{
    static const char *const reference[] = { "member.bulk_invited", "member.invited", "member.joined",
        "member.removed", "member.role_changed", "organization.billing_updated", "organization.created",
        "organization.updated", "user.phone_changed", "user.profile_updated" };
    struct audit_schema schema;
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_int_equal(audit_schema_read(&schema, YAML_FILE, &err), 0);
    assert_int_equal(schema.event_types.length, ARRAY_SIZE(reference));
    assert_int_equal(AUDIT_EVENT_TYPE_COUNT, ARRAY_SIZE(reference));
    for (size_t i = 0; i < schema.event_types.length; i++) {
        assert_string_equal(schema.event_types.items[i], reference[i]);
        assert_string_equal(audit_event_types[i], reference[i]);
    }
    audit_schema_release(&schema);
}

static int compare_django(const char *python, struct display *out, struct error *err)
{
    struct audit_schema schema;
    int differences;

    assert_int_equal(audit_schema_read(&schema, YAML_FILE, err), 0);
    differences = audit_compare_django(&schema, "generated_schema.py", python, out, err);
    audit_schema_release(&schema);
    return differences;
}

static void test_agrees_with_django(void **state)
{
    DISPLAY_AUTO out = DISPLAY_INIT;
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    if (compare_django(django, &out, &err) != 0)
        fail_msg("%s%s", out.shown.data, err.message ? err.message : "");
}

static void test_differs_from_django(void **state)
{
    static const struct {
        const char *old, *new;
        int differences;
        const char *message;
    } cases[] = {
        { "\"events_auditlog\"", "'audit'", 1, "the table is 'audit' in the backend" },
        { "    \"diff\",\n", "", 1, "column 'diff' is in the schema and not in the backend's model" },
        { "\"diff\"", "\"changes\"", 2, "column 'changes' is in the backend's model and not in the schema" },
        { "\"member.joined\"", "\"member.left\"", 2, "event type 'member.left' is in the backend's list" },
        { "    \"member.removed\",\n", "", 1, "event type 'member.removed' is in the schema and not" },
        { "FIELDS = [", "FIELDS: list[str] = [", 0, "" },
        { "AUDIT_EVENT_TYPES = [", "AUDIT_EVENT_TYPES = [  # all of them\n", 0, "" },
        { "TABLE_NAME", "TABLE", -1, "assigns no TABLE_NAME" },
        { "FIELDS = [", "FIELDS = list_fields([", -1,
            "generated_schema.py:7: FIELDS must be a list of strings" },
        { "AUDIT_EVENT_TYPES = [", "AUDIT_EVENT_TYPES = OTHER + [", -1, "AUDIT_EVENT_TYPES must be" },
        { "\"user.profile_updated\"\n]\n", "\"user.profile_upd", -1, "AUDIT_EVENT_TYPES must be" },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        STRBUF_AUTO python = STRBUF_INIT;
        DISPLAY_AUTO out = DISPLAY_INIT;
        ERROR_AUTO err = ERROR_INIT;
        const char *said;
        int differences;

        replace(&python, django, cases[i].old, cases[i].new);
        differences = compare_django(python.data, &out, &err);
        said = differences < 0 ? err.message : out.shown.data;
        if (differences != cases[i].differences || !strstr(said, cases[i].message))
            fail_msg("%s: %d %s", cases[i].new, differences, said);
    }
}

static void test_updates_from_django(void **state)
{
    STRBUF_AUTO yaml = STRBUF_INIT;
    STRBUF_AUTO python = STRBUF_INIT;
    STRBUF_AUTO updated = STRBUF_INIT;
    DISPLAY_AUTO out = DISPLAY_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct audit_schema schema;

    (void)state;
    assert_int_equal(file_read(YAML_FILE, &yaml, &err), 0);
    replace(&python, django, "\"member.joined\"", "\"member.left\"");
    assert_int_equal(audit_update_from_django("x.py", python.data, "y", yaml.data, &updated, &err), 0);
    parse(&schema, updated.data);
    assert_int_equal(audit_compare_django(&schema, "x.py", python.data, &out, &err), 0);
    assert_int_equal(strncmp(updated.data, yaml.data, 200), 0); // comments and columns stay
    audit_schema_release(&schema);
    strbuf_reset(&updated);
    assert_int_equal(audit_update_from_django("x.py", python.data, "y", "table: t\n", &updated, &err), -1);
}

static const char answer[] = "event_id|uuid|f|f|t\n"
                             "diff|jsonb|f|f|f\n"
                             "note|character varying(5)|t|f|f\n"
                             "made|timestamp with time zone|f|f|f\n";

static void test_compares_with_a_database(void **state)
{
    static const struct {
        const char *old, *new;
        int differences;
        const char *message;
    } cases[] = {
        { answer, answer, 0, "" },
        { "uuid|f|f|t", "uuid|f|f|f", 1, "column 'event_id' is not unique in the database" },
        { "varying(5)|t", "varying(9)|t", 1,
            "column 'note' is varchar(9) in the database and varchar(5) in the schema" },
        { "varying(5)|t", "varying(5)|f", 1, "column 'note' may not be null in the database" },
        { "diff|jsonb|f|f|f\n", "", 1, "column 'diff' is in the schema and not in the database" },
        { "diff|", "extra|integer|t|f|f\ndiff|", 0, "" },
        { "diff|", "extra|integer|f|t|f\ndiff|", 0, "" },
        { "diff|", "extra|integer|f|f|f\ndiff|", 1,
            "column 'extra' is in the database and not in the schema" },
        { "timestamp with time zone", "timestamp without time zone", 1,
            "column 'made' is timestamp without" },
        { answer, "", 4, "column 'event_id' is in the schema and not in the database" },
    };
    struct audit_schema schema;

    (void)state;
    parse(&schema, small);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        STRBUF_AUTO text = STRBUF_INIT;
        DISPLAY_AUTO out = DISPLAY_INIT;
        int differences;

        replace(&text, answer, cases[i].old, cases[i].new);
        differences = audit_compare_database(&schema, text.data, &out);
        if (differences != cases[i].differences || !strstr(out.shown.data, cases[i].message))
            fail_msg("%s: %d %s", cases[i].new, differences, out.shown.data);
    }
    audit_schema_release(&schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_generates),
        cmocka_unit_test(test_the_lists_agree),
        cmocka_unit_test(test_agrees_with_django),
        cmocka_unit_test(test_differs_from_django),
        cmocka_unit_test(test_updates_from_django),
        cmocka_unit_test(test_compares_with_a_database),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

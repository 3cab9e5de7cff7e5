// SPDX-License-Identifier: MIT
#include "cli/audit_schema/audit.h"

#include "cli/audit_schema/database_url.h"
#include "cli/core/cli.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/process/process.h"

#include <stdlib.h>
#include <string.h>

enum { QUERY_TIMEOUT_MS = 60 * 1000 };

// A server that does not answer would be waited for as long as TCP does.
static const char default_timeout[] = "PGCONNECT_TIMEOUT=10";

static bool is_set(const struct string_list *variables, const char *assignment)
{
    size_t length = strcspn(assignment, "=") + 1;

    for (size_t i = 0; i < variables->count; i++)
        if (strncmp(variables->items[i], assignment, length) == 0)
            return true;
    return false;
}

static int read_url(struct cli *cli, const char **url, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (strcmp(*url, "-") != 0)
        return 0;
    if (file_read("/dev/stdin", &text, err) < 0)
        return -1;
    *url = arena_strndup(&cli->arena, text.data, strcspn(text.data, "\r\n"));
    return 0;
}

static int fail_query(const struct process *process, struct error *err)
{
    static const char prefix[] = "psql: error: ";
    const char *text = process->error_output.data;

    if (process->timed_out)
        return error_set(err, "the database did not answer within %d s", QUERY_TIMEOUT_MS / 1000);
    if (strncmp(text, prefix, sizeof(prefix) - 1) == 0)
        text += sizeof(prefix) - 1;
    if (!*text)
        return error_set(err, "psql failed with exit status %d", process->exit_status);
    return error_set(err, "cannot ask the database: %.*s", (int)strcspn(text, "\n"), text);
}

// -X: no start-up file; -w: never asks for a password.
static int query(
    const struct string_list *variables, const struct strbuf *sql, struct strbuf *answer, struct error *err)
{
    static const char *const argv[] = { "psql", "-XqAtw", "-F", "|", "-v", "ON_ERROR_STOP=1", "-f", "-",
        NULL };
    const struct process_options options = {
        .argv = argv,
        .debian_package = "postgresql-client",
        .environment = variables->items,
        .input = sql->data,
        .input_length = sql->length,
        .timeout_ms = QUERY_TIMEOUT_MS,
    };
    PROCESS_AUTO *process = process_run(&options, err);

    if (!process)
        return -1;
    if (process->exit_status != 0)
        return fail_query(process, err);
    strbuf_add(answer, process->output.data, process->output.length);
    return 0;
}

int audit_check_database(struct cli *cli, const struct audit_schema *schema, const char *url,
    struct display *out, struct error *err)
{
    struct string_list variables = { 0 };
    STRBUF_AUTO sql = STRBUF_INIT;
    STRBUF_AUTO answer = STRBUF_INIT;

    if (read_url(cli, &url, err) < 0 || database_url_read(url, &cli->arena, &variables, err) < 0)
        return -1;
    if (!getenv("PGCONNECT_TIMEOUT") && !is_set(&variables, default_timeout))
        string_list_add(&variables, &cli->arena, default_timeout);
    string_list_add(&variables, &cli->arena, NULL);
    audit_columns_sql(schema, &sql);
    if (query(&variables, &sql, &answer, err) < 0)
        return -1;
    if (answer.length)
        return audit_compare_database(schema, answer.data, out);
    display_addf(out, "the database has no table '%s'\n", schema->table);
    return 1;
}

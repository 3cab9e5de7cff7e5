// SPDX-License-Identifier: MIT
// The table in docs/first-deployment.md is the one of stacks/prerequisites.c, and every kind in it is one
// that is looked for. With UPDATE_DOCS=1 it is rewritten.
#include "stacks/prerequisites.h"
#include "util/error.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "docs/made_table.h"

#define HEADER TEST_DIRECTORY "/../src/deploy/preflight/preflight.h"

static void read_file(const char *path, struct strbuf *text)
{
    ERROR_AUTO err = ERROR_INIT;

    assert_int_equal(file_read(path, text, &err), 0);
}

static void add_table(struct strbuf *out)
{
    strbuf_add_string(out, "| what | where it is missing |\n| --- | --- |\n");
    for (const struct prerequisite *row = tango_prerequisites; row->kind; row++)
        strbuf_addf(out, "| %s | `%s` |\n", row->description, row->fix);
}

static void the_document_has_the_table(void **state)
{
    STRBUF_AUTO table = STRBUF_INIT;

    (void)state;
    add_table(&table);
    expect_made_table(
        "first-deployment.md", "prerequisites", "test_prerequisites.c", "stacks/prerequisites.c", &table);
}

// preflight.h names the kinds, each at the beginning of a line of its comment.
static void every_kind_is_looked_for(void **state)
{
    STRBUF_AUTO header = STRBUF_INIT;

    (void)state;
    read_file(HEADER, &header);
    for (const struct prerequisite *row = tango_prerequisites; row->kind; row++) {
        STRBUF_AUTO line = STRBUF_INIT;

        strbuf_addf(&line, "\n//     %s ", row->kind);
        if (!strstr(header.data, line.data))
            fail_msg("nobody looks for '%s'", row->kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_has_the_table),
        cmocka_unit_test(every_kind_is_looked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

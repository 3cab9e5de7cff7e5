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

#define DOCUMENT TEST_DIRECTORY "/../docs/first-deployment.md"
#define HEADER TEST_DIRECTORY "/../src/deploy/preflight/preflight.h"

static const char begin_mark[] = "<!-- prerequisites: made by tests/docs/test_prerequisites.c -->\n";
static const char end_mark[] = "<!-- prerequisites end -->\n";

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
    STRBUF_AUTO document = STRBUF_INIT;
    STRBUF_AUTO table = STRBUF_INIT;
    const char *begin, *end;

    (void)state;
    read_file(DOCUMENT, &document);
    begin = strstr(document.data, begin_mark);
    end = strstr(document.data, end_mark);
    assert_non_null(begin);
    assert_non_null(end);
    begin += strlen(begin_mark);
    add_table(&table);
    if (getenv("UPDATE_DOCS")) {
        STRBUF_AUTO updated = STRBUF_INIT;
        ERROR_AUTO err = ERROR_INIT;

        strbuf_add(&updated, document.data, (size_t)(begin - document.data));
        strbuf_add(&updated, table.data, table.length);
        strbuf_add_string(&updated, end);
        assert_int_equal(file_write(DOCUMENT, updated.data, updated.length, 0666, &err), 0);
        return;
    }
    if ((size_t)(end - begin) != table.length || memcmp(begin, table.data, table.length) != 0)
        fail_msg(
            "the table in docs/first-deployment.md is not that of stacks/prerequisites.c; it should be:\n%s",
            table.data);
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

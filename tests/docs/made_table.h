// SPDX-License-Identifier: MIT
#ifndef TESTS_DOCS_MADE_TABLE_H
#define TESTS_DOCS_MADE_TABLE_H

// A table in a document that is made of a table in the sources. It stands between two lines:
//
//     <!-- NAME: made by tests/docs/TEST.c -->
//     <!-- NAME end -->
//
// With UPDATE_DOCS=1 it is rewritten. To be included behind cmocka.h.

#include "util/error.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

// `document`: below docs; `source`: where the table is made of.
static void expect_made_table(
    const char *document, const char *name, const char *test, const char *source, const struct strbuf *table)
{
    STRBUF_AUTO path = STRBUF_INIT;
    STRBUF_AUTO text = STRBUF_INIT;
    STRBUF_AUTO begin_mark = STRBUF_INIT;
    STRBUF_AUTO end_mark = STRBUF_INIT;
    STRBUF_AUTO updated = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    const char *begin, *end;

    strbuf_addf(&path, "%s/../docs/%s", TEST_DIRECTORY, document);
    strbuf_addf(&begin_mark, "<!-- %s: made by tests/docs/%s -->\n", name, test);
    strbuf_addf(&end_mark, "<!-- %s end -->\n", name);
    assert_int_equal(file_read(path.data, &text, &err), 0);
    begin = strstr(text.data, begin_mark.data);
    end = strstr(text.data, end_mark.data);
    assert_non_null(begin);
    assert_non_null(end);
    begin += begin_mark.length;
    if (!getenv("UPDATE_DOCS")) {
        if ((size_t)(end - begin) != table->length || memcmp(begin, table->data, table->length) != 0)
            fail_msg(
                "the table in docs/%s is not that of %s; it should be:\n%s", document, source, table->data);
        return;
    }
    strbuf_add(&updated, text.data, (size_t)(begin - text.data));
    strbuf_add(&updated, table->data, table->length);
    strbuf_add_string(&updated, end);
    assert_int_equal(file_write(path.data, updated.data, updated.length, 0666, &err), 0);
}

#endif

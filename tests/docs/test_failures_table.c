// SPDX-License-Identifier: MIT
// The table of kinds of failure in docs/failures.md is the one of src/deploy/explain/failure_kinds.def. With
// UPDATE_DOCS=1 it is rewritten.
#include "deploy/explain/failure_kind.h"
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

// A cell: names in braces are what AWS says there, '|' would end it.
static void add_cell(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '{')
            strbuf_add_string(out, "…");
        else if (strchr("*_<|", *text))
            strbuf_addf(out, "\\%c", *text);
        else
            strbuf_add_char(out, *text);
        if (*text == '{')
            text += strcspn(text, "}");
    }
    strbuf_add_string(out, " | ");
}

static void add_table(struct strbuf *out)
{
    strbuf_add_string(out, "| code | what it means | what to do | see |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; failure_kind_at(i); i++) {
        const struct failure_kind *kind = failure_kind_at(i);

        strbuf_addf(out, "| `%s` | ", kind->code);
        add_cell(out, kind->meaning);
        add_cell(out, kind->advice);
        add_cell(out, kind->source);
        strbuf_truncate(out, out->length - 1);
        strbuf_add_char(out, '\n');
    }
}

static void docs_have_the_table(void **state)
{
    STRBUF_AUTO table = STRBUF_INIT;

    (void)state;
    add_table(&table);
    expect_made_table(
        "failures.md", "failures", "test_failures_table.c", "src/deploy/explain/failure_kinds.def", &table);
}

// Codes are told apart, and each kind is recognized by something and says what it means and what to do.
static void kinds_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; failure_kind_at(i); i++) {
        const struct failure_kind *kind = failure_kind_at(i);

        assert_ptr_equal(failure_kind_find(kind->code), kind);
        assert_true(*kind->patterns && *kind->meaning && *kind->advice && *kind->source);
    }
    assert_null(failure_kind_find("UNKNOWN"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(docs_have_the_table),
        cmocka_unit_test(kinds_are_complete),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

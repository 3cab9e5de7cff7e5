// SPDX-License-Identifier: MIT
// The table of context keys in docs/context.md is the one of stacks/settings.c. With UPDATE_DOCS=1 it is
// rewritten.
#include "stacks/settings.h"
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

#define DOCUMENT TEST_DIRECTORY "/../docs/context.md"

static const char begin_mark[] = "<!-- settings: made by tests/docs/test_settings_table.c -->\n";
static const char end_mark[] = "<!-- settings end -->\n";

static void add_default(struct strbuf *out, const char *text)
{
    if (text)
        strbuf_addf(out, " `%s` |", text);
    else
        strbuf_add_string(out, " none |");
}

// One column of defaults a profile.
static void add_table(struct strbuf *out)
{
    const char *const *profiles = settings_profile(tango_settings)->choices;

    strbuf_add_string(out, "| key | type |");
    for (size_t i = 0; profiles[i]; i++)
        strbuf_addf(out, " %s |", profiles[i]);
    strbuf_add_string(out, " what it is |\n| --- | --- |");
    for (size_t i = 0; profiles[i]; i++)
        strbuf_add_string(out, " --- |");
    strbuf_add_string(out, " --- |\n");
    for (const struct setting *setting = tango_settings; setting->key; setting++) {
        strbuf_addf(out, "| `%s` | %s |", setting->key, setting_type_name(setting->type));
        for (size_t i = 0; profiles[i]; i++)
            add_default(out, setting_default(setting, i));
        strbuf_addf(out, " %s |\n", setting->description);
    }
}

static void docs_have_the_table(void **state)
{
    STRBUF_AUTO document = STRBUF_INIT;
    STRBUF_AUTO table = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    const char *begin, *end;

    (void)state;
    assert_int_equal(file_read(DOCUMENT, &document, &err), 0);
    begin = strstr(document.data, begin_mark);
    end = strstr(document.data, end_mark);
    assert_non_null(begin);
    assert_non_null(end);
    begin += strlen(begin_mark);
    add_table(&table);
    if (getenv("UPDATE_DOCS")) {
        STRBUF_AUTO updated = STRBUF_INIT;

        strbuf_add(&updated, document.data, (size_t)(begin - document.data));
        strbuf_add(&updated, table.data, table.length);
        strbuf_add_string(&updated, end);
        assert_int_equal(file_write(DOCUMENT, updated.data, updated.length, 0666, &err), 0);
        return;
    }
    if ((size_t)(end - begin) != table.length || memcmp(begin, table.data, table.length) != 0)
        fail_msg(
            "the table of context keys in docs/context.md is not that of stacks/settings.c; it should be:\n%s",
            table.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(docs_have_the_table) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

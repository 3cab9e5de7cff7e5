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

#include "docs/made_table.h"

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
    STRBUF_AUTO table = STRBUF_INIT;

    (void)state;
    add_table(&table);
    expect_made_table("context.md", "settings", "test_settings_table.c", "stacks/settings.c", &table);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(docs_have_the_table) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

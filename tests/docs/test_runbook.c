// SPDX-License-Identifier: MIT
// The table of alarms in docs/runbook.md is what the stacks' alarms say of themselves. With UPDATE_DOCS=1 it
// is rewritten.
#include "cdk/app.h"
#include "cdk/synth.h"
#include "data/json.h"
#include "data/value.h"
#include "stacks/stacks.h"
#include "util/arena.h"
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

#define CERTIFICATE "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"

// Every alarm that there can be.
static const char context_text[] =
    "{\"alarms\":\"full\",\"domain_name\":\"api.example.com\",\"certificate_arn\":\"" CERTIFICATE
    "\",\"frontend_domain\":\"app.example.com\",\"frontend_certificate_arn\":\"" CERTIFICATE "\"}";

static void add_row(struct strbuf *out, const struct value *resource)
{
    const struct value *properties = object_get(resource, "Properties");
    const char *name = value_string(object_get(properties, "AlarmName"));
    const char *type = value_string(object_get(resource, "Type"));

    if (strncmp(type, "AWS::CloudWatch::", strlen("AWS::CloudWatch::")) == 0 && name)
        strbuf_addf(out, "| `%s` | %s |\n", name, value_string(object_get(properties, "AlarmDescription")));
}

static void add_rows(const struct stack *stack, const struct value *template, void *data)
{
    const struct value *resources = object_get(template, "Resources");

    (void)stack;
    for (size_t i = 0; i < value_length(resources); i++)
        add_row(data, object_at(resources, i)->value);
}

static void add_table(struct strbuf *out)
{
    struct arena arena = ARENA_INIT;
    struct arena *previous = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    struct app *app = tango_new(json_parse(context_text, strlen(context_text), "context", &err));
    struct assembly assembly;

    strbuf_add_string(out, "| alarm | what it means, and what to do |\n| --- | --- |\n");
    assert_true(app_synth_visiting(app, add_rows, out, &assembly));
    app_free(app);
    value_arena_use(previous);
    arena_release(&arena);
}

static void the_runbook_has_every_alarm(void **state)
{
    STRBUF_AUTO table = STRBUF_INIT;

    (void)state;
    add_table(&table);
    expect_made_table("runbook.md", "alarms", "test_runbook.c", "stacks/alarms.def", &table);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_runbook_has_every_alarm) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

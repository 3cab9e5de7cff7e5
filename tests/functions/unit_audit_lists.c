// SPDX-License-Identifier: MIT
// The types of audit events stand in one file. What is made from it says the same: the list compiled into the
// consumer, and the pattern of the rule in the synthesized template of the Events stack.
#include "audit/audit_schema.h"
#include "cdk/app.h"
#include "cdk/synth.h"
#include "data/json.h"
#include "data/value.h"
#include "functions/audit-consumer/audit_schema.h"
#include "functions/runtime/event_source.h"
#include "stacks/stacks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct audit_schema schema;

static int read_schema(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    if (audit_schema_read(&schema, SOURCE_DIRECTORY "/functions/audit-consumer/audit-schema.yaml", &err) == 0)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int release_schema(void **state)
{
    (void)state;
    audit_schema_release(&schema);
    return 0;
}

static void test_the_consumer_has_the_types_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(audit_type_count, schema.event_types.length);
    for (size_t i = 0; i < audit_type_count; i++)
        assert_string_equal(audit_types[i], schema.event_types.items[i]);
}

// The only rule with a pattern for types.
static const struct value *find_pattern(const struct value *template)
{
    static const char *const path[] = { "Properties", "EventPattern", NULL };
    const struct value *resources = object_get(template, "Resources"), *found = NULL;

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *pattern = object_get_path(object_at(resources, i)->value, path);

        if (!object_get(pattern, "detail-type"))
            continue;
        assert_null(found);
        found = pattern;
    }
    return found;
}

static const struct value *synthesized_pattern(struct app *app)
{
    ERROR_AUTO err = ERROR_INIT;
    struct assembly assembly;
    const struct value *pattern = NULL;

    assert_true(app_synth(app, &assembly));
    for (size_t i = 0; i < assembly.stack_count && !pattern; i++) {
        const struct assembly_stack *stack = &assembly.stacks[i];

        pattern = find_pattern(
            json_parse(stack->template_text, stack->template_length, stack->template_file, &err));
    }
    return pattern;
}

static void test_the_rule_has_the_types_of_the_file_and_the_source_of_the_publisher(void **state)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    struct app *app = tango_new(object((struct field[]){ END }));
    const struct value *pattern = synthesized_pattern(app);
    const struct value *types = object_get(pattern, "detail-type"), *sources = object_get(pattern, "source");

    (void)state;
    assert_int_equal(value_length(types), schema.event_types.length);
    for (size_t i = 0; i < value_length(types); i++)
        assert_true(audit_list_contains(&schema.event_types, value_string(array_at(types, i))));
    assert_int_equal(value_length(sources), 1);
    assert_string_equal(value_string(array_at(sources, 0)), EVENT_SOURCE);
    app_free(app);
    value_arena_use(before);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_consumer_has_the_types_of_the_file),
        cmocka_unit_test(test_the_rule_has_the_types_of_the_file_and_the_source_of_the_publisher),
    };

    return cmocka_run_group_tests(tests, read_schema, release_schema);
}

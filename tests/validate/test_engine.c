// SPDX-License-Identifier: MIT
#include "validate/validate.h"

#include "data/value.h"
#include "util/array.h"
#include "validate/findings.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_every_rule_says_what_it_is(void **state)
{
    const struct rule **rules;
    size_t count = validate_rules(value_arena(), &rules);

    (void)state;
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = rules[i];

        if (i && strcmp(rules[i - 1]->id, rule->id) == 0)
            fail_msg("two rules are called %s", rule->id);
        if (!*rule->title || !*rule->why || !*rule->fix || !*rule->source)
            fail_msg("%s does not say what, why, how to fix it and where that is written", rule->id);
        if ((rule->scope == RULE_REPORTED || rule->scope == RULE_POLICY) != !rule->check ||
            (rule->scope == RULE_POLICY) != !!rule->policy)
            fail_msg("%s has a scope without a check, or a check without a scope", rule->id);
        assert_ptr_equal(validate_rule_find(rule->id), rule);
    }
    assert_null(validate_rule_find("E"));
}

static void test_documents(void **state)
{
    static const struct finding_case cases[] = {
        { "{'Resources': {}}", "" },
        { "{'Resources': {}", "E0000 " },
        { "Resources: {}\nResources: {}", "E0000 " },
        { "Resources: [", "E0000 " },
        { "[]", "E1001 " },
        { "AWSTemplateFormatVersion: 2010-09-10\nResources: {}", "E1001 /AWSTemplateFormatVersion" },
        { "Ressources: {}", "E1001 \nE1001 /Ressources" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E0,E1001");
}

static struct template_finding find_one(const char *text, const struct validate_options *options)
{
    struct template_findings findings = { 0 };

    validate_template(&(struct template_source){ .name = "a.yaml", .text = text, .length = strlen(text) },
        options, &findings);
    assert_int_equal(findings.count, 1);
    return findings.items[0];
}

static void test_places(void **state)
{
    const struct validate_options none = { 0 };
    struct template_finding finding;

    (void)state;
    finding = find_one("Resources: {}\nFoo: {}\n", &none);
    assert_string_equal(finding.file, "a.yaml");
    assert_string_equal(finding.pointer, "/Foo");
    assert_string_equal(finding.line, "Foo: {}");
    assert_int_equal(finding.range.line, 2);
    assert_int_equal(finding.range.column, 1);
    assert_int_equal(finding.range.end_column, 4);
    finding = find_one("Resources:\n  A: [\n", &none);
    assert_string_equal(finding.rule->id, "E0000");
    assert_int_equal(finding.range.line, 3);
}

static size_t count_findings(const char *text)
{
    const struct validate_options options = { 0 };
    struct template_findings findings = { 0 };

    validate_template(&(struct template_source){ .name = "a.yaml", .text = text, .length = strlen(text) },
        &options, &findings);
    return findings.count;
}

static void test_comments_suppress(void **state)
{
    (void)state;
    assert_int_equal(count_findings("Resources: {}\nFoo: {} # cfn-lint: ignore E1001\nBar: {}\n"), 1);
    assert_int_equal(count_findings("Resources: {}\n # cfn-lint: ignore E10\nFoo: {}\nBar: {}\n"), 1);
    assert_int_equal(count_findings("Resources: {}\nFoo: {} # cfn-lint: ignore E1001\nBar: {}\n"
                                    "# tango-infra: ignore E2, E1001 -- reason\nBaz: {}"),
        1);
    assert_int_equal(count_findings("Resources: {}\nFoo: {} # cfn-lint: ignore E2 -- E1001\n"), 1);
}

static void test_values_have_no_lines(void **state)
{
    const struct value *template = object((struct field[]){ { "Foo", string("x") }, END });
    struct template_findings findings = { 0 };

    (void)state;
    validate_template(&(struct template_source){ .name = "stack", .template = template },
        &(struct validate_options){ 0 }, &findings);
    assert_int_equal(findings.count, 2);
    assert_int_equal(findings.errors, 2);
    assert_int_equal(findings.items[0].range.line, 0);
    assert_null(findings.items[0].line);
}

static void test_ignored_rules(void **state)
{
    const struct template_source source = { .name = "a", .text = "Foo: 1", .length = 6 };
    const char *ignored[] = { "E1" };
    const struct validate_options options = { .ignore = { .items = ignored, .count = 1 } };
    struct template_findings findings = { 0 };

    (void)state;
    validate_template(&source, &options, &findings);
    assert_int_equal(findings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_every_rule_says_what_it_is, value_arena_setup, value_arena_teardown),
        cmocka_unit_test(test_documents),
        cmocka_unit_test_setup_teardown(test_places, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_comments_suppress, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_values_have_no_lines, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_ignored_rules, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

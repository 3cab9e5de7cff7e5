// SPDX-License-Identifier: MIT
#include "validate/engine/validator.h"

#include "data/value.h"
#include "template/template.h"
#include "util/error.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char template[] = "Transform: [AWS::LanguageExtensions, {Name: Mine}]\n"
                               "Parameters: {P: {Type: String}}\n"
                               "Mappings: {M: {a: {b: c}}}\n"
                               "Conditions: {C: !Equals [!Ref P, b]}\n"
                               "Resources:\n"
                               "  Q:\n"
                               "    Type: AWS::SQS::Queue\n"
                               "    Condition: C\n"
                               "    Properties:\n"
                               "      Tags: !If [C, [!If [C, one, two], !Ref AWS::NoValue, three], four]\n"
                               "  NotAnObject: 1\n"
                               "Outputs: {O: {Value: 1}}\n";

static struct validate_options no_options;

static void start(struct validator *validator)
{
    static const struct template_source source = { .name = "a.yaml" };
    ERROR_AUTO err = ERROR_INIT;

    validator_init(validator, &source, &no_options);
    validator->root.value = template_parse_any(template, strlen(template), "a.yaml", NULL, &err);
    assert_non_null(validator->root.value);
    validator_index(validator);
}

static void test_the_index(void **state)
{
    struct validator validator;
    const struct template_resource *queue;

    (void)state;
    start(&validator);
    assert_true(validator_has_transform(&validator, "AWS::LanguageExtensions"));
    assert_false(validator_has_transform(&validator, "AWS::Serverless-2016-10-31"));
    assert_true(validator_has_macro(&validator));
    assert_int_equal(validator_resource_count(&validator), 1);
    queue = validator_resource(&validator, "Q");
    assert_ptr_equal(validator_resource_at(&validator, 0), queue);
    assert_string_equal(queue->condition, "C");
    assert_non_null(queue->schema);
    assert_non_null(validator_parameter(&validator, "P"));
    assert_non_null(validator_mapping(&validator, "M"));
    assert_non_null(validator_condition(&validator, "C"));
    assert_null(validator_condition(&validator, "D"));
    assert_int_equal(validator_region_count(&validator), 1);
    assert_string_equal(validator_region(&validator, 0), "us-east-1");
    assert_non_null(validator_arena(&validator));
    assert_true(rule_is_on(&validator, "E1001"));
}

static void collect(struct validator *validator, const struct node *node, void *data)
{
    (void)validator;
    strbuf_addf(data, "%s ", node_string(node));
}

static void test_nodes(void **state)
{
    struct validator validator;
    struct node tags, argument;
    const struct node *root;
    STRBUF_AUTO items = STRBUF_INIT;
    STRBUF_AUTO options = STRBUF_INIT;

    (void)state;
    start(&validator);
    tags = node_get(&validator_resource(&validator, "Q")->properties, "Tags");
    assert_string_equal(node_function(&tags), "Fn::If");
    assert_true(node_is_function(&tags, "Fn::If"));
    assert_string_equal(node_section(&tags), "Resources");
    assert_ptr_equal(node_resource(&validator, &tags), validator_resource(&validator, "Q"));
    argument = node_argument(&tags);
    assert_true(node_is_array(&argument));
    assert_int_equal(node_length(&argument), 3);
    node_each_item(&validator, &tags, collect, &items);
    assert_string_equal(items.data, "one two three four ");
    tags = node_at(&argument, 2);
    node_each_option(&validator, &tags, collect, &options);
    assert_string_equal(options.data, "four ");
    root = validator_template(&validator);
    assert_string_equal(node_section(root), "");
    assert_null(node_resource(&validator, root));
    tags = node_get(root, "Nothing");
    assert_false(node_exists(&tags));
    assert_false(node_is_no_value(&tags));
}

static void test_branches_exclude_each_other(void **state)
{
    struct validator validator;
    struct node tags, branches, first, second;

    (void)state;
    start(&validator);
    tags = node_get(&validator_resource(&validator, "Q")->properties, "Tags");
    branches = node_argument(&tags);
    first = node_at(&branches, 1);
    second = node_at(&branches, 2);
    assert_int_equal(nodes_coexist(&validator, &first, &tags), POSSIBLE);
    assert_int_equal(nodes_coexist(&validator, &first, &second), IMPOSSIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_index, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_nodes, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            test_branches_exclude_each_other, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

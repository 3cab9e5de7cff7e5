// SPDX-License-Identifier: MIT
// What is compared with the provider schemas themselves is in test_providers.sh: here are the look-ups.
#include "schema/constraints.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct schema_node *node_at(const char *type, const char *path)
{
    return schema_node_at(schema_constraints_root(schema_constraints_find(type)), path);
}

static bool list_has(struct schema_list list, const char *string)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(schema_list_at(list, i), string) == 0)
            return true;
    return false;
}

static void test_types_are_in_order_and_found(void **state)
{
    (void)state;
    assert_true(schema_constraints_count() > 1500);
    for (size_t i = 0; i < schema_constraints_count(); i++) {
        const struct schema_constraints *constraints = schema_constraints_at(i);

        assert_ptr_equal(schema_constraints_find(schema_constraints_type(constraints)), constraints);
        assert_non_null(schema_constraints_from(constraints));
    }
    assert_null(schema_constraints_at(schema_constraints_count()));
    assert_null(schema_constraints_find("AWS::S3::Buckets"));
    assert_int_equal(schema_constraint_sources().count, 1);
    assert_true(list_has(schema_constraint_regions(), "us-east-1"));
}

// AWS's documentation of the properties: MemorySize of AWS::Lambda::Function, AWS::SQS::Queue,
// AWS::EC2::Subnet.
static void test_what_values_have_to_be(void **state)
{
    const struct schema_node *delay = node_at("AWS::SQS::Queue", "DelaySeconds");
    const struct schema_node *subnet = node_at("AWS::EC2::Subnet", "");
    const struct schema_node *name = node_at("AWS::S3::Bucket", "BucketName");
    struct schema_parts required = schema_node_lists(subnet, SCHEMA_KEYWORD_DEPENDENT_REQUIRED);

    (void)state;
    assert_true(schema_node_number(delay, SCHEMA_KEYWORD_MAXIMUM) == 900);
    assert_true(schema_node_has(delay, SCHEMA_KEYWORD_MINIMUM));
    assert_int_equal(schema_node_types(delay), SCHEMA_JSON_INTEGER);
    assert_true(schema_node_number(name, SCHEMA_KEYWORD_MAX_LENGTH) == 63);
    assert_non_null(strstr(schema_node_string(name, SCHEMA_KEYWORD_PATTERN), "[a-z0-9]"));
    assert_string_equal(schema_parts_name(required, 0), "Ipv4IpamPoolId");
    assert_string_equal(schema_list_at(schema_parts_list(required, 0), 0), "Ipv4NetmaskLength");
    assert_true(list_has(schema_node_strings(subnet, SCHEMA_KEYWORD_REQUIRED_OR), "CidrBlock"));
    assert_true(schema_node_has(
        schema_node_child(subnet, SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES), SCHEMA_KEYWORD_NEVER));
}

static void test_paths_go_through_lists_and_references(void **state)
{
    const struct schema_node *age = node_at("AWS::S3::Bucket", "CorsConfiguration.CorsRules.MaxAge");

    (void)state;
    assert_int_equal(schema_node_types(age), SCHEMA_JSON_INTEGER);
    assert_null(node_at("AWS::S3::Bucket", "CorsConfiguration.CorsRules.MaxAges"));
    assert_null(node_at("AWS::S3::Bucket", "CorsConfiguration.CorsRules.MaxAg"));
    assert_null(node_at("AWS::S3::Bucket", "CorsConfiguration.CorsRules.MaxAge.Deeper"));
    assert_null(node_at("AWS::Nowhere::Type", "Name"));
}

// A list of itself: AWS::WAFv2::WebACL's statements contain statements.
static void test_definitions_may_contain_themselves(void **state)
{
    const struct schema_node *statement = node_at("AWS::WAFv2::WebACL", "Rules.Statement");
    const struct schema_node *inner = node_at("AWS::WAFv2::WebACL", "Rules.Statement.NotStatement.Statement");

    (void)state;
    assert_non_null(statement);
    assert_ptr_equal(
        schema_node_child(inner, SCHEMA_KEYWORD_REF), schema_node_child(statement, SCHEMA_KEYWORD_REF));
}

static void test_facts_of_a_type(void **state)
{
    const struct schema_constraints *queue = schema_constraints_find("AWS::SQS::Queue");
    const struct schema_rule *rule = schema_constraints_rule_at(queue, 0);

    (void)state;
    assert_true(list_has(schema_constraints_paths(queue, SCHEMA_PATHS_READ_ONLY), "Arn"));
    assert_true(list_has(schema_constraints_paths(queue, SCHEMA_PATHS_CREATE_ONLY), "QueueName"));
    assert_int_equal(schema_constraints_paths(queue, SCHEMA_PATHS_DEPRECATED).count, 0);
    assert_true(schema_constraints_taggable(queue));
    assert_int_equal(schema_constraints_missing_regions(queue).count, 0);
    assert_null(schema_constraints_lifecycle(queue));
    assert_int_equal(schema_constraints_rule_count(queue), 2);
    assert_string_equal(schema_rule_id(rule), "E3501");
    assert_string_equal(schema_rule_place(rule), "Properties");
    assert_true(schema_rule_reports_all(rule));
    assert_int_equal(schema_rule_regions(rule).count, 0);
    assert_true(schema_node_count(schema_rule_node(rule)) > 0);
    assert_null(schema_constraints_rule_at(queue, 2));
    assert_string_equal(
        schema_constraints_lifecycle(schema_constraints_find("AWS::AppMesh::Mesh")), "sunset");
    assert_non_null(schema_constraints_lifecycle_date(schema_constraints_find("AWS::AppMesh::Mesh")));
}

// Every schema of every type: its keywords are in order, and those that name each other are found.
static void check_node(const struct schema_node *node, size_t depth)
{
    struct schema_parts parts = schema_node_parts(node, SCHEMA_KEYWORD_PROPERTIES);

    for (size_t i = 0; i + 1 < schema_node_count(node); i++)
        assert_true(schema_node_keyword(node, i) < schema_node_keyword(node, i + 1));
    for (size_t i = 0; i < parts.count && depth; i++) {
        const struct schema_node *part = schema_parts_node(parts, i);

        assert_ptr_equal(schema_parts_find(parts, schema_parts_name(parts, i)), part);
        check_node(part, depth - 1);
        check_node(schema_node_child(part, SCHEMA_KEYWORD_REF), depth - 1);
    }
}

static void test_everything_is_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_constraints_count(); i++)
        check_node(schema_constraints_root(schema_constraints_at(i)), 4);
}

static void test_tags_have_a_schema(void **state)
{
    const struct schema_node *key = schema_node_at(schema_named("tagging"), "Tags.Key");

    (void)state;
    assert_true(schema_node_number(key, SCHEMA_KEYWORD_MAX_LENGTH) == 128);
    assert_null(schema_named("tag"));
}

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: Node.js 12 was deprecated in March 2023.
static void test_runtimes(void **state)
{
    struct schema_runtime runtime;

    (void)state;
    assert_true(schema_runtime_find("nodejs12.x", &runtime));
    assert_int_equal(strncmp(runtime.deprecated, "2023-03", 7), 0);
    assert_non_null(runtime.successor);
    assert_false(schema_runtime_find("provided.al2099", &runtime));
    assert_false(schema_runtime_find(NULL, &runtime));
}

static void test_nothing_is_known_of_null(void **state)
{
    (void)state;
    assert_null(schema_constraints_root(NULL));
    assert_null(schema_rule_node(NULL));
    assert_int_equal(schema_node_count(NULL), 0);
    assert_int_equal(schema_node_types(NULL), 0);
    assert_null(schema_node_string(NULL, SCHEMA_KEYWORD_PATTERN));
    assert_null(schema_node_at(NULL, "A"));
    assert_null(schema_keyword_name(SCHEMA_KEYWORD_COUNT));
    // Of another form than is asked for.
    assert_null(schema_node_string(node_at("AWS::SQS::Queue", "DelaySeconds"), SCHEMA_KEYWORD_MAXIMUM));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types_are_in_order_and_found),
        cmocka_unit_test(test_what_values_have_to_be),
        cmocka_unit_test(test_paths_go_through_lists_and_references),
        cmocka_unit_test(test_definitions_may_contain_themselves),
        cmocka_unit_test(test_facts_of_a_type),
        cmocka_unit_test(test_everything_is_in_order),
        cmocka_unit_test(test_tags_have_a_schema),
        cmocka_unit_test(test_runtimes),
        cmocka_unit_test(test_nothing_is_known_of_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

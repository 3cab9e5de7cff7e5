// SPDX-License-Identifier: MIT
// What is compared with the packages' own content is in test_packages.sh: here are the look-ups themselves.
#include "schema/schema.h"

#include "util/array.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct schema_object *properties_of(const char *type)
{
    return schema_resource_properties(schema_resource_find(type));
}

static const struct schema_property *find(const char *type, const char *path)
{
    return schema_path_find(properties_of(type), path, NULL, NULL);
}

static bool list_has(struct schema_list list, const char *string)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(schema_list_at(list, i), string) == 0)
            return true;
    return false;
}

static void check_object(const struct schema_object *object)
{
    for (size_t i = 0; i < schema_object_count(object); i++) {
        const struct schema_property *property = schema_object_at(object, i);

        assert_ptr_equal(schema_object_find(object, schema_property_name(property)), property);
        assert_non_null(schema_property_type(property));
        if (i)
            assert_true(strcmp(schema_property_name(schema_object_at(object, i - 1)),
                            schema_property_name(property)) < 0);
    }
}

static void test_everything_is_found_by_its_name(void **state)
{
    (void)state;
    assert_true(schema_resource_count() > 1500);
    for (size_t i = 0; i < schema_resource_count(); i++) {
        const struct schema_resource *resource = schema_resource_at(i);

        assert_ptr_equal(schema_resource_find(schema_resource_type(resource)), resource);
        check_object(schema_resource_properties(resource));
        check_object(schema_resource_attributes(resource));
        for (size_t j = 0; j < schema_resource_nested_count(resource); j++)
            check_object(schema_resource_nested_at(resource, j));
    }
}

static void test_unknown_names_are_not_found(void **state)
{
    static const char *const types[] = { "", "AWS", "AWS::S3::Bucke", "AWS::S3::BucketX", "aws::s3::bucket",
        "ZZZ" };
    static const char *const names[] = { "", "Bucket", "BucketNam", "BucketNames", "bucketName", "~" };
    const struct schema_object *bucket = properties_of("AWS::S3::Bucket");

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        assert_null(schema_resource_find(types[i]));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_null(schema_object_find(bucket, names[i]));
    assert_null(schema_resource_at(schema_resource_count()));
    assert_null(schema_object_at(bucket, schema_object_count(bucket)));
}

static void test_resource_facts(void **state)
{
    const struct schema_resource *bucket = schema_resource_find("AWS::S3::Bucket");
    const struct schema_resource *group = schema_resource_find("AWS::AutoScaling::AutoScalingGroup");
    const struct schema_resource *authorizer = schema_resource_find("AWS::ApiGateway::Authorizer");
    const struct schema_resource *function = schema_resource_find("AWS::Serverless::Function");

    (void)state;
    assert_true(schema_resource_is_stateful(bucket));
    assert_false(schema_resource_is_stateful(group));
    assert_int_equal(schema_resource_tags(bucket), SCHEMA_TAGS_STANDARD);
    assert_string_equal(schema_resource_tag_property(bucket), "Tags");
    assert_int_equal(schema_resource_tags(group), SCHEMA_TAGS_AUTO_SCALING_GROUP);
    assert_string_equal(schema_resource_arn(bucket), "arn:${Partition}:s3:::${BucketName}");
    assert_int_equal(schema_resource_identifier(authorizer).count, 2);
    assert_int_equal(schema_resource_ref(authorizer).count, 1);
    assert_string_equal(schema_list_at(schema_resource_ref(authorizer), 0), "AuthorizerId");
    assert_null(schema_list_at(schema_resource_ref(authorizer), 1));
    assert_string_equal(schema_resource_transform(function), "AWS::Serverless-2016-10-31");
    assert_int_equal(schema_resource_scrutiny(schema_resource_find("AWS::S3::BucketPolicy")),
        SCHEMA_SCRUTINY_RESOURCE_POLICY_RESOURCE);
    assert_true(list_has(schema_resource_replacing_paths(schema_resource_find("AWS::EFS::AccessPoint")),
        "CreationInfo.OwnerUid"));
}

static void test_property_facts(void **state)
{
    const struct schema_property *role = find("AWS::Lambda::Function", "Role");
    const struct schema_property *subnet = find("AWS::EC2::Subnet", "CidrBlock");

    (void)state;
    assert_true(schema_property_is_required(role));
    assert_int_equal(schema_property_replacement(role), SCHEMA_REPLACEMENT_NO);
    assert_true(list_has(schema_property_refers(role), "AWS::IAM::Role.Arn"));
    assert_int_equal(schema_property_replacement(subnet), SCHEMA_REPLACEMENT_YES);
    assert_int_equal(schema_property_scrutiny(find("AWS::IAM::Role", "ManagedPolicyArns")),
        SCHEMA_SCRUTINY_MANAGED_POLICIES);
    assert_true(schema_property_is_deprecated(find("AWS::Events::EventBusPolicy", "Action")));
    assert_false(schema_property_is_deprecated(role));
    assert_null(schema_property_default(role));
}

static enum schema_replacement replacement(const char *type, const char *name)
{
    const struct schema_property *property =
        schema_object_find(schema_resource_properties(schema_resource_find(type)), name);

    if (!property)
        fail_msg("there is no %s.%s", type, name);
    return schema_property_replacement(property);
}

// What the transform makes of each property, and whether that replaces anything, as the documentation of
// SAM's generated resources and of those resources has it.
static void test_replacement_of_what_sam_makes(void **state)
{
    static const struct {
        const char *type, *replacing, *perhaps, *updated;
    } types[] = {
        { "Api", "", "Domain StageName", "Name Cors DefinitionBody Tags TracingEnabled" },
        { "Application", "", "", "Location Parameters Tags TimeoutInMinutes" },
        { "Function", "FunctionName PackageType TenancyConfig", "AutoPublishAlias RolePath",
            "Architectures CodeUri Events Handler Layers MemorySize Policies Role Runtime Tags Timeout" },
        { "HttpApi", "", "Domain StageName", "Auth CorsConfiguration DefinitionBody Tags" },
        { "LayerVersion", "CompatibleRuntimes ContentUri Description LayerName LicenseInfo RetentionPolicy",
            "", "" },
        { "SimpleTable", "PrimaryKey TableName", "", "ProvisionedThroughput SSESpecification Tags" },
        { "StateMachine", "Name Type", "RolePath", "Definition Events Policies Role Tags Tracing" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        const char *const lists[] = {
            [SCHEMA_REPLACEMENT_NO] = types[i].updated,
            [SCHEMA_REPLACEMENT_MAYBE] = types[i].perhaps,
            [SCHEMA_REPLACEMENT_YES] = types[i].replacing,
        };
        char type[64];

        snprintf(type, sizeof(type), "AWS::Serverless::%s", types[i].type);
        for (enum schema_replacement what = SCHEMA_REPLACEMENT_NO; what <= SCHEMA_REPLACEMENT_YES; what++) {
            char names[256], *rest = names, *name;

            snprintf(names, sizeof(names), "%s", lists[what]);
            while ((name = strtok_r(rest, " ", &rest)))
                if (replacement(type, name) != what)
                    fail_msg("%s.%s", type, name);
        }
    }
    assert_true(schema_resource_is_stateful(schema_resource_find("AWS::Serverless::SimpleTable")));
}

static void test_types(void **state)
{
    const struct schema_type *cors =
        schema_property_type(find("AWS::S3::Bucket", "CorsConfiguration.CorsRules"));
    const struct schema_type *policy = schema_property_type(find("AWS::SQS::Queue", "RedrivePolicy"));
    const struct schema_type *tags = schema_property_type(find("AWS::SQS::Queue", "Tags"));

    (void)state;
    assert_int_equal(schema_type_kind(cors), SCHEMA_ARRAY);
    assert_int_equal(schema_type_kind(schema_type_element(cors)), SCHEMA_OBJECT);
    assert_string_equal(schema_type_name(schema_type_element(cors)), "CorsRule");
    assert_ptr_equal(schema_type_inner_object(schema_type_element(cors)), schema_type_inner_object(cors));
    assert_int_equal(schema_type_kind(policy), SCHEMA_UNION);
    assert_int_equal(schema_type_member_count(policy), 2);
    assert_int_equal(schema_type_kind(schema_type_member_at(policy, 0)), SCHEMA_JSON);
    assert_int_equal(schema_type_kind(schema_type_member_at(policy, 1)), SCHEMA_STRING);
    assert_null(schema_type_member_at(policy, 2));
    assert_int_equal(schema_type_kind(schema_type_element(tags)), SCHEMA_TAG);
}

static void test_constraints(void **state)
{
    const struct schema_type *methods =
        schema_property_type(find("AWS::S3::Bucket", "CorsConfiguration.CorsRules.AllowedMethods"));
    const struct schema_type *id =
        schema_property_type(find("AWS::S3::Bucket", "CorsConfiguration.CorsRules.Id"));
    const struct schema_type *role = schema_property_type(find("AWS::Lambda::Function", "Role"));
    const struct schema_type *name = schema_property_type(find("AWS::S3::Bucket", "BucketName"));
    struct schema_range range;

    (void)state;
    assert_true(list_has(schema_type_allowed(schema_type_element(methods)), "GET"));
    assert_false(list_has(schema_type_allowed(schema_type_element(methods)), "get"));
    assert_int_equal(schema_type_allowed(methods).count, 0);
    assert_true(schema_type_range(id, &range));
    assert_true(isinf(range.minimum) && range.minimum < 0 && range.maximum == 255);
    assert_false(schema_type_range(name, &range));
    assert_true(isinf(range.minimum) && isinf(range.maximum));
    assert_string_equal(
        schema_type_pattern(role), "^arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+$");
    assert_null(schema_type_pattern(name));
}

static void test_empty_text_is_a_value(void **state)
{
    const struct schema_type *preset = schema_property_type(find("AWS::IVS::Channel", "Preset"));

    (void)state;
    assert_true(list_has(schema_type_allowed(preset), ""));
}

// A statement of a web ACL contains statements.
static void test_types_may_contain_themselves(void **state)
{
    static const char path[] =
        "Rules.Statement.NotStatement.Statement.NotStatement.Statement.AndStatement.Statements";
    const struct schema_type *statements = schema_property_type(find("AWS::WAFv2::WebACL", path));

    (void)state;
    assert_string_equal(schema_type_name(schema_type_element(statements)), "Statement");
    assert_ptr_equal(schema_type_inner_object(statements),
        schema_type_inner_object(schema_property_type(find("AWS::WAFv2::WebACL", "Rules.Statement"))));
}

static void test_paths_say_where_they_end(void **state)
{
    const struct schema_object *bucket = properties_of("AWS::S3::Bucket");
    const struct schema_object *object;
    const char *unknown;

    (void)state;
    assert_null(schema_path_find(bucket, "CorsConfiguration.CorsRule.Id", &object, &unknown));
    assert_ptr_equal(object,
        schema_type_inner_object(schema_property_type(schema_object_find(bucket, "CorsConfiguration"))));
    assert_string_equal(unknown, "CorsRule.Id");
    assert_null(schema_path_find(bucket, "BucketName.Id", &object, &unknown));
    assert_null(object);
    assert_string_equal(unknown, "Id");
    assert_null(schema_path_find(bucket, "", &object, &unknown));
    assert_ptr_equal(object, bucket);
    assert_null(schema_path_find(bucket, "CorsConfiguration.", &object, &unknown));
    assert_null(schema_path_find(bucket, ".CorsConfiguration", &object, &unknown));
}

static void test_null_is_passed_on(void **state)
{
    struct schema_range range;

    (void)state;
    assert_null(schema_resource_type(NULL));
    assert_null(schema_resource_properties(NULL));
    assert_null(schema_resource_attributes(NULL));
    assert_null(schema_resource_tag_property(NULL));
    assert_null(schema_resource_nested_at(NULL, 0));
    assert_false(schema_resource_is_stateful(NULL));
    assert_int_equal(schema_resource_identifier(NULL).count, 0);
    assert_int_equal(schema_object_count(NULL), 0);
    assert_null(schema_object_find(NULL, "Name"));
    assert_null(schema_property_type(NULL));
    assert_null(schema_property_default(NULL));
    assert_false(schema_property_is_required(NULL));
    assert_int_equal(schema_property_refers(NULL).count, 0);
    assert_null(schema_type_element(NULL));
    assert_null(schema_type_inner_object(NULL));
    assert_int_equal(schema_type_member_count(NULL), 0);
    assert_int_equal(schema_type_allowed(NULL).count, 0);
    assert_false(schema_type_range(NULL, &range));
    assert_null(schema_path_find(NULL, "Name", NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_found_by_its_name),
        cmocka_unit_test(test_unknown_names_are_not_found),
        cmocka_unit_test(test_resource_facts),
        cmocka_unit_test(test_property_facts),
        cmocka_unit_test(test_replacement_of_what_sam_makes),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_empty_text_is_a_value),
        cmocka_unit_test(test_types_may_contain_themselves),
        cmocka_unit_test(test_paths_say_where_they_end),
        cmocka_unit_test(test_null_is_passed_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

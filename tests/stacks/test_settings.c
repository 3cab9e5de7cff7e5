// SPDX-License-Identifier: MIT
// What the settings refuse (the rules of the reference app's settings.js, and ranges), and their defaults.
#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "data/json.h"
#include "stacks/settings.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CERTIFICATE "arn:aws:acm:us-east-1:123456789012:certificate/a"

static int make_app(void **state)
{
    *state = app_new(&(struct app_props){ 0 });
    return 0;
}

static int drop_app(void **state)
{
    app_free(*state);
    return 0;
}

static struct settings read(struct app *app, const char *json)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *context = json_parse(json, strlen(json), "context", &err);
    struct settings settings;

    if (!context)
        fail_msg("%s", err.message);
    tango_settings_read(&settings, context, app_node(app));
    return settings;
}

static bool says(const struct app *app, const char *text)
{
    for (size_t i = 0; i < app_diag_total(app); i++)
        if (strstr(app_diag_at(app, i)->message, text))
            return true;
    return false;
}

static void refuses_what_settings_js_refuses(void **state)
{
    static const struct {
        const char *context;
        const char *message;
    } rows[] = {
        { "{\"domain_name\":\"a.b\"}", "domain_name and certificate_arn go together" },
        { "{\"certificate_arn\":\"" CERTIFICATE "\"}", "domain_name and certificate_arn go together" },
        { "{\"require_https\":true}", "certificate_arn is required when require_https=true" },
        { "{\"require_https\":true}", "cors_origins must be set explicitly when require_https=true" },
        { "{\"frontend_domain\":\"a.b\"}", "frontend_domain and frontend_certificate_arn go together" },
        { "{\"frontend_certificate_arn\":\"" CERTIFICATE "\"}",
            "frontend_domain and frontend_certificate_arn" },
        { "{\"frontend_domain\":\"a.b\",\"frontend_certificate_arn\":\"arn:aws:acm:eu-west-1:1:certificate/a\"}",
            "must be a certificate of us-east-1" },
        { "{\"frontend_domain\":\"a.b\",\"frontend_certificate_arn\":\"nonsense\"}",
            "must be a certificate of us-east-1" },
        { "{\"security_headers\":false,\"content_security_policy\":\"default-src 'self'\"}",
            "content_security_policy needs security_headers=true" },
        { "{\"region\":\"eu-west-1\"}", "image transformation runs on Lambda@Edge" },
        { "{\"max_azs\":1}", "at least two availability zones" },
        { "{\"availability_zones\":[\"a\"]}", "at least two availability zones" },
        { "{\"availability_zones\":[]}", "at least two availability zones" },
        { "{\"nat_gateways\":3}", "nat_gateways must be between 1 and the number" },
        { "{\"nat_gateways\":0}", "'nat_gateways' must be from 1" },
        { "{\"min_capacity\":11}", "min_capacity must be between 1 and max_capacity" },
        { "{\"min_capacity\":0}", "'min_capacity' must be from 1" },
        { "{\"database_min_acu\":8}", "database_min_acu must not exceed database_max_acu" },
        { "{\"database_max_acu\":300}", "'database_max_acu' must be from" },
        { "{\"max_azs\":2.5}", "'max_azs' must be a whole number" },
        { "{\"max_azs\":\"two\"}", "'max_azs' must be a whole number" },
        { "{\"tags\":[1]}", "'tags' must be a map of strings" },
        { "{\"cors_origins\":\"*\"}", "'cors_origins' must be a list of strings" },
        { "{\"cors_origins\":[{}]}", "'cors_origins' must be a list of strings" },
        { "{\"require_https\":\"maybe\"}", "'require_https' must be true or false" },
        { "{\"region\":{}}", "'region' must be a string" },
        { "{\"domain_nam\":\"a.b\"}", "did you mean 'domain_name'?" },
        { "{\"Region\":\"us-east-1\"}", "did you mean 'region'?" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct app *app = app_new(&(struct app_props){ 0 });

        read(app, rows[i].context);
        if (!says(app, rows[i].message))
            fail_msg("%s does not give '%s'", rows[i].context, rows[i].message);
        app_free(app);
    }
}

// What AWS would refuse after ten minutes of a deployment. With each key, what the message says of it.
static const struct {
    const char *context;
    const char *message;
} refused_by_aws[] = {
    { "{\"account\":\"123\"}", "'account' cannot be '123': it must be 12 digits" },
    { "{\"account\":12345678901}", "in quotes where it begins with 0" },
    { "{\"region\":\"Frankfurt\"}", "'region' cannot be 'Frankfurt'" },
    { "{\"region\":\"\"}", "'region' cannot be ''" },
    { "{\"stack_prefix\":\"1Tango\"}", "'stack_prefix' cannot be '1Tango'" },
    { "{\"resource_prefix\":\"Acme\"}", "'resource_prefix' cannot be 'Acme'" },
    { "{\"stack_prefix\":\"Tango-\"}",
        "'resource_prefix' cannot be 'tango-', its default from stack_prefix" },
    { "{\"tags\":{\"aws:team\":\"x\"}}", "'tags' must not have the key 'aws:team'" },
    { "{\"tags\":{\"team\":\"x;y\"}}", "'tags' must not have the value 'x;y' for 'team'" },
    { "{\"ecr_repository_name\":\"Backend\"}", "'ecr_repository_name' cannot be 'Backend'" },
    { "{\"secrets_path\":\"app-secret\"}", "a hyphen and six characters" },
    { "{\"database_name\":\"1abc\"}", "'database_name' cannot be '1abc'" },
    { "{\"database_name\":\"user\"}", "no word that PostgreSQL reserves" },
    { "{\"event_bus_name\":\"default\"}", "not 'default'" },
    { "{\"alarm_topic_name\":\"a.fifo\"}", "'alarm_topic_name' cannot be 'a.fifo'" },
    { "{\"dashboard_name\":\"my board\"}", "'dashboard_name' cannot be 'my board'" },
    { "{\"log_stream_prefix\":\"a:b\"}", "'log_stream_prefix' cannot be 'a:b'" },
    { "{\"frontend_bucket_prefix\":\"Www\"}", "'frontend_bucket_prefix' must be 1 to 40 lower case" },
    { "{\"frontend_bucket_prefix\":\"Www\",\"account\":\"123456789012\"}",
        "'frontend_bucket_prefix' must be" },
    { "{\"resource_prefix\":\"a23456789012345678901234567890123\"}",
        "'a23456789012345678901234567890123-frontend', its default from resource_prefix" },
    { "{\"max_azs\":3}", "'max_azs' must be 2 without 'account', not 3" },
    { "{\"nat_gateways\":3}", "nat_gateways must be between 1 and the number" },
    { "{\"availability_zones\":[\"eu-west-1a\",\"eu-west-1b\"]}",
        "must name zones of us-east-1, such as 'us-east-1a', not 'eu-west-1a'" },
    { "{\"availability_zones\":[\"us-east-1a\",\"us-east-1a\"]}", "'us-east-1a' is twice" },
    { "{\"vpc_endpoints\":[\"s3\",\"logs\",\"s3\"]}", "must name each service once: 's3' is twice" },
    { "{\"vpc_endpoints\":[\"ecr\"]}", "'vpc_endpoints' must hold only 's3', 'dynamodb', 'ecr.api'" },
    { "{\"profile\":\"prodction\"}", "did you mean 'production'?" },
    { "{\"snapshot_identifier\":\"a b\"}", "'snapshot_identifier' cannot be 'a b'" },
    { "{\"image_tag\":\"a:b\"}", "'image_tag' cannot be 'a:b'" },
    { "{\"image_digest\":\"0123\"}", "'image_digest' cannot be '0123': it must be 'sha256:'" },
    { "{\"domain_name\":\"https://api.example.com\"}", "without 'https://'" },
    { "{\"certificate_arn\":\"arn:aws:iam::123456789012:role/x\"}", "the ARN of an ACM certificate" },
    { "{\"certificate_arn\":\"arn:aws:acm:eu-west-1:123456789012:certificate/a\"}",
        "must be a certificate of us-east-1, not of eu-west-1: the load balancer uses no other" },
    { "{\"certificate_arn\":\"" CERTIFICATE "\",\"account\":\"210987654321\"}",
        "must be a certificate of the account 210987654321, not of 123456789012" },
    { "{\"sentry_dsn\":\"sentry.example.com\"}", "'sentry_dsn' cannot be" },
    { "{\"frontend_domain\":\"example\"}", "'frontend_domain' cannot be 'example'" },
    { "{\"domain_name\":\"a.b\",\"frontend_domain\":\"a.b\"}", "must differ" },
    { "{\"cors_origins\":[]}", "'cors_origins' must not be empty" },
    { "{\"cors_origins\":[\"https://a.b/\"]}", "without path and slash at the end, not 'https://a.b/'" },
    { "{\"cors_origins\":[\"*\",\"https://a.b\"]}", "must hold '*' alone" },
    { "{\"image_sizes\":[]}", "'image_sizes' must have 1 to 200 sizes, not 0" },
    { "{\"image_sizes\":[0]}", "must hold whole numbers from 1 to 4096, or '*' alone, not '0'" },
    { "{\"image_sizes\":[64,4097]}", "not '4097'" },
    { "{\"image_sizes\":[64.5]}", "not '64.5'" },
    { "{\"image_sizes\":[\"064\"]}", "not '064'" },
    { "{\"image_sizes\":[\"64, 65\"]}", "not '64, 65'" },
    { "{\"image_sizes\":[64,\"*\"]}", "not '*'" },
    { "{\"content_security_policy\":\"a\\nb\"}", "on one line" },
    { "{\"bus_policy\":[\"arn:aws:iam::123456789012:root\"]}",
        "'bus_policy' must hold ARNs of roles and users" },
    { "{\"log_retention_days\":45}",
        "'log_retention_days' must be a period that CloudWatch Logs knows, such as 30 or 60, not 45" },
    { "{\"audit_log_retention_days\":366}", "such as 365 or 400, not 366" },
    { "{\"waf_rate_limit\":9}", "'waf_rate_limit' must be from 10" },
    { "{\"event_archive_days\":-1}", "'event_archive_days' must be from 0" },
    { "{\"alarm_email\":\"ops\"}", "'alarm_email' cannot be 'ops': it must be an e-mail address" },
    { "{\"database_min_acu\":0}", "the publisher looks into the outbox every minute and RDS Proxy keeps" },
    { "{\"database_min_acu\":0,\"rds_proxy\":false}", "the publisher looks into the outbox every minute" },
    { "{\"database_min_acu\":0.75}", "must be multiples of 0.5" },
    { "{\"publisher_reserved_concurrency\":0}", "'publisher_reserved_concurrency' must be from 1" },
    { "{\"event_max_bytes\":2000000}", "'event_max_bytes' must be from 1024 to 1048576, not 2000000" },
};

static void refuses_what_aws_would_refuse(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(refused_by_aws); i++) {
        struct app *app = app_new(&(struct app_props){ 0 });

        read(app, refused_by_aws[i].context);
        if (!says(app, refused_by_aws[i].message))
            fail_msg("%s does not give '%s'", refused_by_aws[i].context, refused_by_aws[i].message);
        app_free(app);
    }
}

static void defaults_of_a_wrong_key_are_not_reported(void **state)
{
    read(*state, "{\"resource_prefix\":\"My App\"}");
    assert_int_equal(app_diag_total(*state), 1);
}

static void reports_all_at_once(void **state)
{
    read(*state,
        "{\"max_azs\":\"x\",\"domain_name\":\"a.b\",\"require_https\":true,\"regoin\":\"x\",\"nat_gateways\":9}");
    assert_int_equal(app_diag_count(*state, DIAG_ERROR), 6);
}

static void takes_text_for_numbers_and_numbers_for_text(void **state)
{
    struct settings settings = read(*state,
        "{\"max_azs\":\"3\",\"account\":123456789012,\"require_https\":\"false\",\"availability_zones\":\"[\\\"us-east-1a\\\",\\\"us-east-1b\\\"]\"}");

    assert_int_equal(app_diag_total(*state), 0);
    assert_int_equal(settings.max_azs, 3);
    assert_string_equal(settings.account, "123456789012");
    assert_false(settings.require_https);
    assert_int_equal(value_length(settings.availability_zones), 2);
}

static void null_is_not_given(void **state)
{
    struct settings settings = read(*state, "{\"max_azs\":null,\"region\":null,\"domain_name\":null}");

    assert_int_equal(app_diag_total(*state), 0);
    assert_int_equal(settings.max_azs, 2);
    assert_string_equal(settings.region, "us-east-1");
    assert_null(settings.domain_name);
}

static void names_follow_the_prefix(void **state)
{
    struct settings settings = read(*state, "{\"resource_prefix\":\"my-app-x\"}");

    assert_string_equal(settings.event_bus_name, "my-app-x-events");
    assert_string_equal(settings.app_secret_name, "my-app-x/app-secrets");
    assert_string_equal(settings.database_name, "my_app_x");
    settings = read(*state, "{\"stack_prefix\":\"Staging\"}");
    assert_string_equal(settings.resource_prefix, "staging");
    assert_string_equal(settings.event_bus_name, "staging-events");
    settings = read(*state, "{\"stack_prefix\":\"Staging\",\"resource_prefix\":\"st\"}");
    assert_string_equal(settings.event_bus_name, "st-events");
    assert_int_equal(app_diag_total(*state), 0);
}

static void leaves_the_keys_of_others_alone(void **state)
{
    read(*state, "{\"@aws-cdk/core:x\":1,\"availability-zones:account=1:region=r\":[],\"mine:key\":{}}");
    assert_int_equal(app_diag_total(*state), 0);
}

static void warns_of_keys_that_nobody_reads(void **state)
{
    read(*state, "{\"unrelated_thing\":{},\"azs\":3}");
    assert_int_equal(app_diag_total(*state), 1);
    assert_int_equal(app_diag_at(*state, 0)->level, DIAG_WARNING);
    assert_non_null(strstr(app_diag_at(*state, 0)->message, "'unrelated_thing', 'azs'"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_app, drop_app)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refuses_what_settings_js_refuses),
        TEST(refuses_what_aws_would_refuse),
        TEST(defaults_of_a_wrong_key_are_not_reported),
        TEST(reports_all_at_once),
        TEST(takes_text_for_numbers_and_numbers_for_text),
        TEST(null_is_not_given),
        TEST(names_follow_the_prefix),
        TEST(leaves_the_keys_of_others_alone),
        TEST(warns_of_keys_that_nobody_reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

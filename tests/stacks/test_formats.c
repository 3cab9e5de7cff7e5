// SPDX-License-Identifier: MIT
// What AWS takes as names, addresses and ARNs, by the patterns and lengths of its API references.
#include "data/value.h"
#include "stacks/formats.h"
#include "util/arena.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEN "abcdefghij"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define HEX "0123456789abcdef"
#define ACM "arn:aws:acm:us-east-1:123456789012:certificate/"

typedef bool format(const char *text);

// Strings that are, and strings that are not; each list ends with NULL.
static const struct {
    format *is;
    const char *right[9];
    const char *wrong[14];
} rows[] = {
    { format_is_account, { "123456789012", "000000000000" },
        { "", "12345678901", "1234567890123", "12345678901a", "1234-5678-9012" } },
    { format_is_region,
        { "us-east-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1", "eu-isoe-west-1", "mx-central-1" },
        { "", "us-east", "us-east-1a", "useast1", "US-EAST-1", "us--east-1", "-us-east-1", "us-east-",
            "Europe", "us-1" } },
    { format_is_certificate,
        { ACM "11111111-2222-3333-4444-555555555555", ACM "a",
            "arn:aws-cn:acm:cn-north-1:123456789012:certificate/a" },
        { "", "arn", "nonsense", ACM, "arn:aws:acm:us-east-1:12:certificate/a", ACM "a b",
            "arn:aws:acm::123456789012:certificate/a", "arn:aws:iam:us-east-1:123456789012:certificate/a",
            "arn:aws:acm:us-east-1:123456789012:table/a", "arn:aws:acm:us-east-1:123456789012" } },
    { format_is_domain,
        { "example.com", "api.example.co.uk", "xn--bcher-kva.example", "A.b", "1a.example.com" },
        { "", "localhost", "https://a.b", "a.b/", "a.b:80", "*.a.b", "a..b", ".a.b", "a.b.", "-a.b", "a-.b",
            "a_b.c", "10.0.0.1" } },
    { format_is_email, { "ops@example.com", "a+b.c@example.org", "o'neil@x.example" },
        { "", "ops", "@example.com", "ops@", "ops@localhost", "a b@example.com", ".a@b.c", "a.@b.c",
            "a..b@c.d", "a@b@c.d" } },
    { format_is_origin,
        { "*", "https://a.example.com", "http://localhost:3000", "https://*.example.com",
            "http://127.0.0.1:80", "https://a.b:8443" },
        { "", "a.example.com", "https://", "https://a.b/", "https://a.b/c", "ftp://a.b", "https://a.*.b",
            "https://*", "https://a.b:", "https://a.b:x", "https://a b" } },
    { format_is_dsn,
        { "https://key@sentry.example.com/1", "https://k@o1.ingest.sentry.io/2", "http://k@h/p/3" },
        { "", "key@host/1", "https://host/1", "https://key@host", "https://key@host/", "https://@host/1",
            "https://k@/1", "https://k@h/x" } },
    { format_is_snapshot,
        { "daily", "before-the-move", "rds:tango-2026-11-28-03-00",
            "arn:aws:rds:us-east-1:123456789012:cluster-snapshot:daily" },
        { "", "rds:", "a b", "1daily", "a--b", "a-", "arn:aws:rds:us-east-1:123456789012:cluster:daily",
            "arn:aws:s3:::daily" } },
    { format_is_stack_prefix, { "T", "Tango", "X-1", HUNDRED TEN "abcde" },
        { "", "1Tango", "-T", "a_b", "a b", "Täng", HUNDRED TEN "abcdef" } },
    { format_is_resource_prefix, { "t", "tango", "acme-prod", "x1", TEN TEN TEN "abcdefghi" },
        { "", "1x", "Tango", "a_b", "a.b", "a-", "a--b", "-a", TEN TEN TEN TEN } },
    { format_is_repository,
        { "ab", "backend", "team/back-end", "a__b", "a--b", "a.b_c-d/e", HUNDRED HUNDRED },
        { "", "a", "Backend", "a/", "/a", "a//b", "a..b", "a___b", "a._b", "-a", "a-", "a_-b", "a b" } },
    { format_is_image_tag, { "latest", "v1.2.3", "_x", "A-b", HUNDRED TEN TEN "abcdefgh" },
        { "", ".a", "-a", "a:b", "a/b", "a b", HUNDRED TEN TEN "abcdefghi" } },
    { format_is_image_digest, { "sha256:" HEX HEX HEX HEX },
        { "", "sha256:", HEX HEX HEX HEX, "sha256:" HEX HEX HEX "0123456789abcde", "sha512:" HEX HEX HEX HEX,
            "sha256:" HEX HEX HEX "0123456789ABCDEF" } },
    { format_is_secret_name, { "tango/app-secrets", "a-b-cdefg", "keys", "a/b_c+d=e.f@g-h", "a-b.cdef" },
        { "", "app-abcdef", "a-123456", "a b", "a:b", "a#b" } },
    { format_is_database_name, { "tango", "Main", "db_1", "users", "a" },
        { "", "1abc", "_a", "a-b", "a.b", "user", "USER", "table", "db", "rdsadmin",
            TEN TEN TEN TEN TEN TEN TEN } },
    { format_is_event_bus, { "tango-events", "a.b_c", "Default" },
        { "", "default", "aws.partner-x", "a/b", "a b", HUNDRED HUNDRED HUNDRED } },
    { format_is_topic, { "ops", "a_b-C" }, { "", "a.b", "a.fifo", "a b", HUNDRED HUNDRED HUNDRED } },
    { format_is_dashboard, { "ops", "a_b-C" }, { "", "a.b", "a b", HUNDRED HUNDRED HUNDRED } },
    { format_is_bucket, { "abc", "a-1", "1-a" },
        { "", "ab", "Abc", "a_b", "a.b", "-ab", "ab-", "xn--a", "sthree-a", "amzn-s3-demo-a", HUNDRED } },
    { format_is_log_stream_prefix, { "api", "a/b c" },
        { "", "a:b", "a*", HUNDRED HUNDRED HUNDRED HUNDRED "a" } },
    { format_is_tag_key, { "Team", "aws-cdk:x", "Zoë", "a b_.:/=+-@1", "awsome" },
        { "", "aws:x", "AWS:x", "a#b", "a<b", "a\n", HUNDRED TEN TEN TEN } },
    { format_is_header_value, { "default-src 'self'; img-src https:", "x" },
        { "", " x", "x ", "a\nb", "\x7f", "ü" } },
    { format_is_principal,
        { "arn:aws:iam::123456789012:role/ops", "arn:aws-cn:iam::123456789012:user/a/b",
            "arn:aws:iam::123456789012:role/aws-reserved/*/Ops_?" },
        { "ops", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/",
            "arn:aws:sts::123456789012:assumed-role/a/b", "arn:aws:iam:eu-west-1:123456789012:role/ops",
            "arn:aws:iam::123456789012:role/a b" } },
    { format_is_tag_value, { "", "Center 7", "ünïcode" }, { "a#b", "a,b", HUNDRED HUNDRED HUNDRED } },
};

static void formats_are_told_apart(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    value_arena_use(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_false(rows[i].is(NULL));
        for (size_t j = 0; rows[i].right[j]; j++)
            if (!rows[i].is(rows[i].right[j]))
                fail_msg("row %zu does not take '%s'", i, rows[i].right[j]);
        for (size_t j = 0; rows[i].wrong[j]; j++)
            if (rows[i].is(rows[i].wrong[j]))
                fail_msg("row %zu takes '%s'", i, rows[i].wrong[j]);
    }
    value_arena_use(NULL);
    arena_release(&arena);
}

static void zones_are_of_a_region(void **state)
{
    (void)state;
    assert_true(format_is_zone("eu-west-1a", "eu-west-1"));
    assert_false(format_is_zone("eu-west-1", "eu-west-1"));
    assert_false(format_is_zone("eu-west-2a", "eu-west-1"));
    assert_false(format_is_zone("eu-west-1ab", "eu-west-1"));
    assert_false(format_is_zone("us-east-1-bos-1a", "us-east-1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_told_apart),
        cmocka_unit_test(zones_are_of_a_region),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

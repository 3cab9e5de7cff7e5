// SPDX-License-Identifier: MIT
// Assemblies of any shape: an error that says what is wrong, and nothing read from outside.
#include "template/cloud_assembly.h"

#include "data/value.h"
#include "util/array.h"
#include "util/file/file.h"
#include "util/file/file_tree.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char work[] = "/tmp/test_cloud_assembly.XXXXXX";

static const char *in_work(const char *name)
{
    return arena_printf(value_arena(), "%s/%s", work, name);
}

static void write_file(const char *name, const char *text)
{
    ERROR_AUTO err = ERROR_INIT;

    if (file_write(in_work(name), text, strlen(text), 0644, &err) < 0)
        fail_msg("%s", err.message);
}

static void make_directory(const char *name)
{
    ERROR_AUTO err = ERROR_INIT;

    if (directory_make(in_work(name), &err) < 0)
        fail_msg("%s", err.message);
}

static int setup(void **state)
{
    if (value_arena_setup(state) != 0)
        return -1;
    strcpy(work + strlen(work) - 6, "XXXXXX");
    if (!mkdtemp(work))
        return -1;
    make_directory("out/asset.code");
    write_file("out/asset.code/index.js", "1");
    write_file("out/A.json", "{\"Resources\":{}}");
    return 0;
}

static int teardown(void **state)
{
    tree_remove(work);
    return value_arena_teardown(state);
}

// What comes of an assembly with these artifacts: the message, or "".
static const char *outcome_of(const char *directory, const char *artifacts)
{
    const char *manifest = arena_printf(value_arena(), "%s/manifest.json", directory);
    struct cloud_assembly assembly;
    ERROR_AUTO err = ERROR_INIT;

    write_file(manifest, arena_printf(value_arena(), "{\"version\":\"36.0.0\",\"artifacts\":%s}", artifacts));
    if (cloud_assembly_read(in_work(directory), &assembly, &err) == 0)
        return "";
    assert_non_null(err.message);
    return arena_strdup(value_arena(), err.message);
}

static void expect(const char *artifacts, const char *part)
{
    const char *message = outcome_of("out", artifacts);

    if (!strstr(message, part) || !*part != !*message)
        fail_msg("%s: '%s', not '%s'", artifacts, message, part);
}

#define STACK(more)                                                                                          \
    "\"A\":{\"type\":\"aws:cloudformation:stack\",\"environment\":\"aws://1/r\",\"properties\":{"            \
    "\"templateFile\":\"A.json\"}" more "}"
#define ASSETS "\"A.assets\":{\"type\":\"cdk:asset-manifest\",\"properties\":{\"file\":\"A.assets.json\"}}"

static void any_shape_is_an_error(void **state)
{
    static const struct {
        const char *artifacts, *part;
    } cases[] = {
        { "{" STACK("") "}", "" },
        { "{" STACK(",\"dependencies\":[]") "}", "" },
        { "[1]", "'artifacts' is not an object" },
        { "\"a\"", "'artifacts' is not an object" },
        { "{\"A\":1}", "'artifacts' holds something that is not an object" },
        { "{\"A\":{\"type\":1}}", "artifact 'A': 'type' is not text" },
        { "{" STACK(",\"dependencies\":[1]") "}",
            "artifact 'A': 'dependencies' holds something that is not text" },
        { "{" STACK(",\"dependencies\":{\"a\":1}") "}", "'dependencies' is not a list" },
        { "{" STACK(",\"metadata\":[1]") "}", "'metadata' is not an object" },
        { "{\"A\":{\"type\":\"aws:cloudformation:stack\",\"properties\":[1]}}",
            "'properties' is not an object" },
        { "{\"A\":{\"type\":\"aws:cloudformation:stack\",\"properties\":{\"tags\":[1]}}}",
            "'tags' is not an object" },
        { "{\"A\":{\"type\":\"aws:cloudformation:stack\"}}", "has no environment" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        expect(cases[i].artifacts, cases[i].part);
}

static void templates_of_any_shape_are_errors(void **state)
{
    (void)state;
    write_file("out/A.json", "{\"Resources\":[1]}");
    expect("{" STACK("") "}", "'Resources' is not an object");
    write_file("out/A.json", "{\"Resources\":{\"B\":1}}");
    expect("{" STACK("") "}", "resource 'B' is not an object");
    write_file("out/A.json", "[1]");
    expect("{" STACK("") "}", "not an object");
    write_file("out/A.json", "{\"Resources\":{\"Fn::ForEach::T\":[\"x\",[\"a\"],{}]}}");
    expect("{" STACK("") "}", "");
}

static void expect_assets(const char *files, const char *part)
{
    write_file("out/A.assets.json", arena_printf(value_arena(), "{\"files\":%s}", files));
    expect("{" STACK(",\"dependencies\":[\"A.assets\"]") "," ASSETS "}", part);
}

#define ASSET(path)                                                                                          \
    "{\"x\":{\"source\":{\"path\":\"" path "\",\"packaging\":\"zip\"},\"destinations\":{\"d\":{"             \
    "\"bucketName\":\"b\",\"objectKey\":\"k\"}}}}"

static void asset_manifests_of_any_shape_are_errors(void **state)
{
    (void)state;
    expect_assets(ASSET("asset.code"), "");
    expect_assets("[1]", "'files' is not an object");
    expect_assets("{\"x\":1}", "'files' holds something that is not an object");
    expect_assets("{\"x\":{\"source\":[1]}}", "asset 'x': 'source' is not an object");
    expect_assets("{\"x\":{\"destinations\":[1]}}", "asset 'x': 'destinations' is not an object");
    expect_assets("{\"x\":{}}", "has no source or no destination");
}

static void assets_of_two_manifests_are_all_there(void **state)
{
    struct cloud_assembly assembly;
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    write_file("out/B.assets.json", "{\"files\":" ASSET("asset.code") "}");
    write_file("out/A.assets.json", "{\"files\":" ASSET("asset.code") "}");
    expect(
        "{" STACK(
            ",\"dependencies\":[\"A.assets\",\"B.assets\"]") "," ASSETS
                                                             ",\"B.assets\":{\"type\":\"cdk:asset-manifest\",\"properties\":{\"file\":\"B.assets.json\"}}}",
        "");
    assert_int_equal(cloud_assembly_read(in_work("out"), &assembly, &err), 0);
    assert_int_equal(assembly.stacks[0].asset_count, 2);
    assert_string_equal(assembly.stacks[0].assets[0].key, "k");
    assert_string_equal(assembly.stacks[0].assets[1].key, "k");
}

static void nothing_lies_outside(void **state)
{
    (void)state;
    write_file("secret", "{\"Resources\":{}}");
    assert_int_equal(symlink("../secret", in_work("out/link")), 0);
    expect_assets(ASSET("../secret"), "lies outside of the assembly");
    expect_assets(ASSET("/etc/passwd"), "lies outside of the assembly");
    expect_assets(ASSET("link"), "lies outside of the assembly");
    expect_assets(ASSET("asset.code/../asset.code"), "");
    expect("{\"A\":{\"type\":\"aws:cloudformation:stack\",\"environment\":\"aws://1/r\",\"properties\":{"
           "\"templateFile\":\"../secret\"}}}",
        "lies outside of the assembly");
    expect("{" STACK(",\"additionalMetadataFile\":\"link\"") "}", "lies outside of the assembly");
}

// The assets of a Stage lie in the assembly around it.
static void a_nested_assembly_may_use_the_outer_one(void **state)
{
    static const char artifacts[] = "{" STACK(",\"dependencies\":[\"A.assets\"]") "," ASSETS "}";
    static const char stage[] =
        "{\"s\":{\"type\":\"cdk:cloud-assembly\",\"properties\":{\"directoryName\":\"assembly-Stage\"}}}";

    (void)state;
    make_directory("out/assembly-Stage");
    write_file("out/assembly-Stage/A.json", "{\"Resources\":{}}");
    write_file("out/assembly-Stage/A.assets.json", "{\"files\":" ASSET("../asset.code") "}");
    assert_non_null(strstr(outcome_of("out/assembly-Stage", artifacts), "lies outside"));
    assert_string_equal(outcome_of("out", stage), "");
    assert_string_equal(outcome_of("out/assembly-Stage", artifacts), "");
    write_file("secret", "1");
    write_file("out/assembly-Stage/A.assets.json", "{\"files\":" ASSET("../../secret") "}");
    assert_non_null(strstr(outcome_of("out/assembly-Stage", artifacts), "lies outside"));
}

#define WAITS(id, on)                                                                                        \
    "\"" id "\":{\"type\":\"aws:cloudformation:stack\",\"environment\":\"aws://1/r\",\"properties\":{"       \
    "\"templateFile\":\"A.json\"},\"dependencies\":[\"" on "\"]}"

static void a_cycle_is_named(void **state)
{
    (void)state;
    expect("{" WAITS("A", "B") "," WAITS("B", "C") "," WAITS("C", "B") "}", "in a cycle: 'B' -> 'C' -> 'B'");
    expect("{" WAITS("A", "A") "}", "in a cycle: 'A' -> 'A'");
    expect("{" WAITS("A", "B") "," WAITS("B", "gone") "}", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_shape_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(templates_of_any_shape_are_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(asset_manifests_of_any_shape_are_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(assets_of_two_manifests_are_all_there, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_lies_outside, setup, teardown),
        cmocka_unit_test_setup_teardown(a_nested_assembly_may_use_the_outer_one, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cycle_is_named, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

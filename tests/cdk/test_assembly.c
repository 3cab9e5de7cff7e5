// SPDX-License-Identifier: MIT
// What is written into the directory of an assembly, and what is left alone there.
#include "cdk/app.h"
#include "cdk/asset.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "cdk/synth.h"
#include "data/json.h"
#include "util/array.h"
#include "util/file/file.h"
#include "util/file/file_tree.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int make_directory(void **state)
{
    char name[] = "/tmp/tango-assembly-XXXXXX";

    *state = strdup(mkdtemp(name));
    return chdir(*state);
}

static int drop_directory(void **state)
{
    tree_remove(*state);
    free(*state);
    return 0;
}

static void put(const char *path, const char *text)
{
    ERROR_AUTO err = ERROR_INIT;

    if (file_write(path, text, strlen(text), 0666, &err) < 0)
        fail_msg("%s", err.message);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// An app with these stacks, each with one topic named `name` and, with `asset`, that file or directory.
static int write_app(
    const char *directory, const char *const *stacks, const char *name, const char *asset, struct error *err)
{
    struct app *app = app_new(&(struct app_props){ 0 });
    struct assembly assembly;
    int result;

    for (; *stacks; stacks++) {
        struct stack *stack = stack_new(app_node(app), *stacks, &(struct stack_props){ 0 });

        resource_new(stack->node, "Topic", "AWS::SNS::Topic",
            object((struct field[]){ { "TopicName", string(name) }, END }));
        if (asset)
            asset_new(stack->node, "Asset", asset);
    }
    assert_true(app_synth(app, &assembly));
    result = assembly_write(&assembly, directory, err);
    app_free(app);
    return result;
}

static const char *const one[] = { "One", NULL }, *const both[] = { "One", "Two", NULL };

static void write_ok(const char *const *stacks, const char *name, const char *asset)
{
    ERROR_AUTO err = ERROR_INIT;

    if (write_app("out", stacks, name, asset, &err) < 0)
        fail_msg("%s", err.message);
}

static struct value *read_json(const char *path)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct value *value = NULL;

    if (file_read(path, &text, &err) < 0 || !(value = json_parse(text.data, text.length, path, &err)))
        fail_msg("%s", err.message);
    return value;
}

static void writes_every_file(void **state)
{
    static const char *const names[] = { "out/One.template.json", "out/One.assets.json",
        "out/Two.template.json", "out/Two.assets.json", "out/manifest.json", "out/tree.json", "out/cdk.out" };
    struct arena arena = ARENA_INIT;

    (void)state;
    write_ok(both, "a", NULL);
    value_arena_use(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_int_equal(value_type(read_json(names[i])), VALUE_OBJECT);
    value_arena_use(NULL);
    arena_release(&arena);
}

static void leaves_unchanged_files_alone(void **state)
{
    struct stat first, second;

    (void)state;
    write_ok(one, "a", NULL);
    stat("out/One.template.json", &first);
    write_ok(one, "a", NULL);
    stat("out/One.template.json", &second);
    assert_int_equal(first.st_ino, second.st_ino);
    write_ok(one, "b", NULL);
    stat("out/One.template.json", &second);
    assert_int_not_equal(first.st_ino, second.st_ino);
}

static void removes_only_stale_files_of_its_own(void **state)
{
    (void)state;
    put("package.txt", "code");
    write_ok(both, "a", "package.txt");
    put("out/notes.txt", "mine");
    put("victim", "mine");
    write_ok(one, "a", NULL);
    assert_true(exists("out/One.template.json"));
    assert_false(exists("out/Two.template.json"));
    assert_false(exists("out/Two.assets.json"));
    assert_true(exists("out/notes.txt"));
    put("out/tango-infra.files", "../victim\n.\nnotes.txt/../../victim\n");
    write_ok(one, "a", NULL);
    assert_true(exists("victim"));
    assert_true(exists("out/notes.txt"));
}

static size_t count_files(const char *directory)
{
    struct arena arena = ARENA_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct tree tree;
    size_t count;

    assert_int_equal(tree_read(directory, &arena, &tree, &err), 0);
    count = tree.count;
    arena_release(&arena);
    return count;
}

static void stages_assets_by_content(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_int_equal(directory_make("package/sub", &err), 0);
    put("package/sub/a.txt", "a");
    put("package/b.txt", "b");
    write_ok(both, "a", "package");
    assert_int_equal(count_files("out"), 8 + 2);
    put("package/b.txt", "changed");
    write_ok(both, "a", "package");
    assert_int_equal(count_files("out"), 8 + 2);
    assert_int_equal(directory_make("out/asset.1234.99.tmp/x", &err), 0);
    write_ok(both, "a", NULL);
    assert_int_equal(count_files("out"), 8);
    assert_false(exists("out/asset.1234.99.tmp"));
}

static void a_missing_asset_is_reported_only_when_asked_for(void **state)
{
    struct app *app = app_new(&(struct app_props){ 0 });
    struct stack *stack = stack_new(app_node(app), "One", &(struct stack_props){ 0 });
    struct assembly assembly;

    (void)state;
    asset_new(stack->node, "Asset", "no/such/directory");
    assert_true(app_synth(app, &assembly));
    assert_false(stack_check_assets(stack));
    assert_string_equal(construct_path(app_diag_at(app, 0)->construct), "One/Asset");
    assert_non_null(strstr(app_diag_at(app, 0)->message, "no/such/directory"));
    app_free(app);
}

static void refuses_an_output_that_is_a_file(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    put("out", "a file");
    assert_int_equal(write_app("out", one, "a", NULL, &err), -1);
    assert_non_null(strstr(err.message, "'out'"));
}

static void follows_an_output_that_is_a_link(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_int_equal(directory_make("real", &err), 0);
    assert_int_equal(symlink("real", "out"), 0);
    write_ok(one, "a", NULL);
    assert_true(exists("real/manifest.json"));
}

// In a child, so that the limit on file sizes ends with it.
static void a_full_disk_leaves_the_old_assembly(void **state)
{
    int status;

    (void)state;
    write_ok(one, "a", NULL);
    if (fork() == 0) {
        struct error err = ERROR_INIT;
        struct rlimit limit = { 700, 700 };

        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(write_app("out", both, "b", NULL, &err) == -1 && strstr(err.message, "out/") ? 0 : 1);
    }
    wait(&status);
    assert_int_equal(status, 0);
    assert_int_equal(count_files("out"), 6);
    assert_false(exists("out/Two.template.json"));
    write_ok(one, "a", NULL);
    assert_int_equal(count_files("out"), 6);
}

static void writers_do_not_mix(void **state)
{
    enum { WRITERS = 8 };
    struct arena arena = ARENA_INIT;
    struct value *manifest;
    int failed = 0;

    (void)state;
    for (int i = 0; i < WRITERS; i++)
        if (fork() == 0) {
            struct error err = ERROR_INIT;

            for (int round = 0; round < 10; round++)
                if (write_app("out", i % 2 ? one : both, i % 2 ? "odd" : "even", NULL, &err) < 0)
                    _exit(1);
            _exit(0);
        }
    for (int status; wait(&status) > 0;)
        failed += status != 0;
    assert_int_equal(failed, 0);
    value_arena_use(&arena);
    manifest = read_json("out/manifest.json");
    assert_int_equal(
        exists("out/Two.template.json"), object_get(object_get(manifest, "artifacts"), "Two") != NULL);
    assert_int_equal(count_files("out"), exists("out/Two.template.json") ? 8 : 6);
    value_arena_use(NULL);
    arena_release(&arena);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_directory, drop_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writes_every_file),
        TEST(leaves_unchanged_files_alone),
        TEST(removes_only_stale_files_of_its_own),
        TEST(stages_assets_by_content),
        TEST(a_missing_asset_is_reported_only_when_asked_for),
        TEST(refuses_an_output_that_is_a_file),
        TEST(follows_an_output_that_is_a_link),
        TEST(a_full_disk_leaves_the_old_assembly),
        TEST(writers_do_not_mix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

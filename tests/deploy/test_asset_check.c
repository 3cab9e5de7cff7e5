// SPDX-License-Identifier: MIT
// What is uploaded is what its name says, and lies in the assembly.
#include "deploy/engine/asset_check.h"

#include "data/value.h"
#include "util/digest.h"
#include "util/file/file.h"
#include "util/file/unzip.h"
#include "util/file/zip.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char work[] = "/tmp/test_asset_check.XXXXXX";

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

static int setup(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    if (value_arena_setup(state) != 0)
        return -1;
    strcpy(work + strlen(work) - 6, "XXXXXX");
    if (!mkdtemp(work) || directory_make(in_work("out/code/lib"), &err) < 0)
        return -1;
    write_file("out/code/index.js", "1");
    write_file("out/code/lib/a.js", "2");
    write_file("secret", "3");
    return 0;
}

static int teardown(void **state)
{
    tree_remove(work);
    return value_arena_teardown(state);
}

static struct cloud_asset asset_at(const char *path)
{
    return (struct cloud_asset){ .path = in_work(path), .root = in_work("out") };
}

static const char *problem_of(const struct cloud_asset *asset)
{
    ERROR_AUTO err = ERROR_INIT;
    struct tree tree;

    return asset_read(asset, value_arena(), &tree, &err) == 0 ? "" : arena_strdup(value_arena(), err.message);
}

static const char *tree_hash_of(const char *path)
{
    char hex[SHA256_HEX_SIZE];
    ERROR_AUTO err = ERROR_INIT;
    struct tree tree;

    assert_int_equal(tree_read(in_work(path), value_arena(), &tree, &err), 0);
    assert_int_equal(tree_hash(&tree, hex, &err), 0);
    return arena_strdup(value_arena(), hex);
}

static void a_directory_that_was_changed(void **state)
{
    struct cloud_asset asset = asset_at("out/code");

    (void)state;
    asset.hash = tree_hash_of("out/code");
    assert_string_equal(problem_of(&asset), "");
    write_file("out/code/lib/a.js", "4");
    assert_non_null(strstr(problem_of(&asset), "was changed after it was made"));
    write_file("out/code/lib/a.js", "2");
    write_file("out/code/lib/b.js", "2");
    assert_non_null(strstr(problem_of(&asset), "was changed after it was made"));
}

// Named by what is in it, however it is packed.
static void a_package_that_was_changed(void **state)
{
    const struct zip_entry entries[] = { { "lib/a.js", in_work("out/code/lib/a.js"), 0644 },
        { "index.js", in_work("out/code/index.js"), 0755 } };
    struct cloud_asset asset = asset_at("out/code.zip");
    char hash[SHA256_HEX_SIZE];
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_int_equal(zip_content_hash(entries, 2, hash, &err), 0);
    assert_int_equal(zip_write(in_work("out/code.zip"), entries, 2, &err), 0);
    asset.hash = hash;
    assert_string_equal(problem_of(&asset), "");
    assert_int_equal(zip_write(in_work("out/code.zip"), entries, 1, &err), 0);
    assert_non_null(strstr(problem_of(&asset), "was changed after it was made"));
    write_file("out/code.zip", "no archive");
    assert_non_null(strstr(problem_of(&asset), "was changed after it was made"));
}

static void a_template_is_named_by_its_bytes(void **state)
{
    struct cloud_asset asset = asset_at("out/code/index.js");
    char hash[SHA256_HEX_SIZE];

    (void)state;
    sha256_hex("1", 1, hash);
    asset.is_template = true;
    asset.hash = hash;
    assert_string_equal(problem_of(&asset), "");
    write_file("out/code/index.js", "2");
    assert_non_null(strstr(problem_of(&asset), "was changed after it was made"));
}

static void links_stay_inside(void **state)
{
    struct cloud_asset asset = asset_at("out/code");

    (void)state;
    assert_int_equal(symlink("index.js", in_work("out/code/inside")), 0);
    assert_string_equal(problem_of(&asset), "");
    assert_int_equal(symlink("../../secret", in_work("out/code/outside")), 0);
    assert_non_null(strstr(problem_of(&asset), "lies outside of the assembly"));
}

static void roles_of_other_accounts(void **state)
{
    (void)state;
    assert_null(role_of_other_account("arn:aws:iam::111111111111:role/r", "111111111111"));
    assert_string_equal(
        role_of_other_account("arn:aws:iam::222222222222:role/r", "111111111111"), "222222222222");
    assert_string_equal(role_of_other_account("arn:aws:iam::1111:role/r", "111111111111"), "1111");
    assert_string_equal(role_of_other_account("arn:aws:iam:::role/r", "111111111111"), "");
    assert_null(role_of_other_account("name", "111111111111"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_directory_that_was_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_package_that_was_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_template_is_named_by_its_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(links_stay_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(roles_of_other_accounts, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: MIT
#include "util/file/file.h"
#include "util/file/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

static char directory[] = "/tmp/test-zip-XXXXXX";
static char paths[4][64];

static int set_up(void **state)
{
    static const char *const contents[] = { "one", "two\n", "" };
    ERROR_AUTO err = ERROR_INIT;
    (void)state;
    if (!mkdtemp(directory))
        return -1;
    for (size_t i = 0; i < 4; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%zu", directory, i);
    for (size_t i = 0; i < 3; i++)
        if (file_write(paths[i], contents[i], strlen(contents[i]), 0600, &err) < 0)
            return -1;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        unlink(paths[i]);
    return rmdir(directory);
}

static void zip(const struct zip_entry *entries, size_t count, struct strbuf *ret)
{
    ERROR_AUTO err = ERROR_INIT;
    assert_int_equal(zip_write(paths[3], entries, count, &err), 0);
    strbuf_reset(ret);
    assert_int_equal(file_read(paths[3], ret, &err), 0);
}

static void test_same_content_same_bytes(void **state)
{
    const struct zip_entry a[] = { { "b", paths[0], 0644 }, { "a/c", paths[1], 0755 },
        { "a-b", paths[2], 0644 } };
    const struct zip_entry b[] = { a[2], a[0], a[1] };
    STRBUF_AUTO first = STRBUF_INIT;
    STRBUF_AUTO second = STRBUF_INIT;
    (void)state;
    zip(a, 3, &first);
    assert_int_equal(utime(paths[0], &(struct utimbuf){ 1, 1 }), 0);
    assert_int_equal(chmod(paths[0], 0755), 0);
    zip(b, 3, &second);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    assert_memory_equal(first.data + 30, "a-b", 3);        // the first name: sorted by bytes
    assert_memory_equal(first.data + 10, "\0\0\x21\0", 4); // 00:00, 1980-01-01
}

static void test_everything_counts(void **state)
{
    const struct zip_entry base[] = { { "a", paths[0], 0644 } };
    const struct zip_entry others[] = { { "b", paths[0], 0644 }, { "a", paths[1], 0644 },
        { "a", paths[0], 0755 } };
    char hash[SHA256_HEX_SIZE], other[SHA256_HEX_SIZE];
    ERROR_AUTO err = ERROR_INIT;
    (void)state;
    assert_int_equal(zip_content_hash(base, 1, hash, &err), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(zip_content_hash(&others[i], 1, other, &err), 0);
        assert_string_not_equal(hash, other);
    }
    assert_int_equal(zip_content_hash(base, 1, other, &err), 0);
    assert_string_equal(hash, other);
}

static void test_refuses(void **state)
{
    const struct zip_entry twice[] = { { "a", paths[0], 0644 }, { "a", paths[1], 0644 } };
    const struct zip_entry absolute[] = { { "/a", paths[0], 0644 } };
    const struct zip_entry missing[] = { { "a", "/nonexistent/file", 0644 } };
    ERROR_AUTO err = ERROR_INIT;
    (void)state;
    unlink(paths[3]);
    assert_int_equal(zip_write(paths[3], twice, 2, &err), -1);
    assert_string_equal(err.message, "'a' appears twice in the archive");
    assert_int_equal(zip_write(paths[3], absolute, 1, &err), -1);
    assert_int_equal(zip_write(paths[3], missing, 1, &err), -1);
    assert_int_equal(access(paths[3], F_OK), -1); // no half archive stays
    assert_int_equal(zip_write("/nonexistent/x.zip", NULL, 0, &err), -1);
}

static void test_empty(void **state)
{
    STRBUF_AUTO content = STRBUF_INIT;
    (void)state;
    zip(NULL, 0, &content);
    assert_int_equal(content.length, 22);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_content_same_bytes),
        cmocka_unit_test(test_everything_counts),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

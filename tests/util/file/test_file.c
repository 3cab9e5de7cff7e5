// SPDX-License-Identifier: MIT
#include "util/file/file.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/tango-file.XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink("file");
    unlink("link");
    unlink("pipe");
    return rmdir(folder);
}

static void write_file(const char *text, size_t length)
{
    ERROR_AUTO err = ERROR_INIT;

    assert_int_equal(file_write("file", text, length, 0666, &err), 0);
}

static void compares_content_of_every_size(void **state)
{
    static const size_t sizes[] = { 0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 100 * 1000 };
    static char text[100 * 1000 + 1];

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        size_t size = sizes[i];

        write_file(text, size);
        assert_true(file_has_content("file", text, size));
        assert_false(file_has_content("file", text, size + 1));
        if (size == 0)
            continue;
        assert_false(file_has_content("file", text, size - 1));
        text[size - 1] = 'y';
        assert_false(file_has_content("file", text, size));
        text[size - 1] = 'x';
    }
}

// What stands there is to be replaced by a file of ours, so what it leads to does not count.
static void only_a_file_has_content(void **state)
{
    (void)state;
    write_file("text", 4);
    assert_int_equal(symlink("file", "link"), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_false(file_has_content("link", "text", 4));
    assert_false(file_has_content("pipe", "", 0));
    assert_false(file_has_content(".", "", 0));
    assert_false(file_has_content("nothing", "", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_content_of_every_size),
        cmocka_unit_test(only_a_file_has_content),
    };

    return cmocka_run_group_tests(tests, enter_folder, remove_folder);
}

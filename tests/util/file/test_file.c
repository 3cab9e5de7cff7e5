// SPDX-License-Identifier: MIT
#include "util/array.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char directory[] = "/tmp/tango-file.XXXXXX";

static int enter_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) ? chdir(directory) : -1;
}

static int remove_directory(void **state)
{
    (void)state;
    return rmdir(directory);
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
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
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
    unlink("file");
    unlink("link");
    unlink("pipe");
}

static pid_t write_in_child(const char *path, const char *text, int delay_us)
{
    pid_t child = fork();

    if (child == 0) {
        int fd;

        usleep((useconds_t)delay_us);
        fd = open(path, O_WRONLY | O_CLOEXEC);
        usleep((useconds_t)delay_us);
        _exit(fd < 0 || write(fd, text, strlen(text)) < 0);
    }
    return child;
}

static void a_fifo_is_read_to_its_end(void **state)
{
    static const char *const texts[] = { "text", "" };
    static const int delays_us[] = { 0, 300 * 1000 }; // before it is opened, and before it is written to

    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    for (size_t i = 0; i < ARRAY_SIZE(texts) * ARRAY_SIZE(delays_us); i++) {
        const char *text = texts[i % 2];
        pid_t child = write_in_child("fifo", text, delays_us[i / 2]);
        STRBUF_AUTO content = STRBUF_INIT;
        ERROR_AUTO err = ERROR_INIT;

        assert_int_equal(file_read("fifo", &content, &err), 0);
        assert_int_equal(content.length, strlen(text));
        assert_memory_equal(content.length ? content.data : "", text, strlen(text));
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
    unlink("fifo");
}

// Neither waits for ever where nobody writes.
static void a_fifo_without_writer_is_an_error(void **state)
{
    STRBUF_AUTO content = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    ERROR_AUTO other = ERROR_INIT;

    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(file_read("fifo", &content, &err), -1);
    assert_string_equal(err.message, "cannot read 'fifo': nobody writes to this FIFO");
    assert_int_equal(file_copy("fifo", "file", 0600, &other), -1);
    assert_string_equal(other.message, "cannot read 'fifo': it is no regular file");
    unlink("fifo");
}

static void a_pipe_is_read_by_its_descriptor(void **state)
{
    STRBUF_AUTO content = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    char path[32];
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "text", 4), 4);
    close(ends[1]);
    snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
    assert_int_equal(file_read(path, &content, &err), 0);
    assert_string_equal(content.data, "text");
    assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
    close(ends[0]);
}

static void write_to(const char *path, const char *text)
{
    ERROR_AUTO err = ERROR_INIT;

    if (file_write(path, text, strlen(text), 0666, &err) < 0)
        fail_msg("%s", err.message);
}

static void expect_refused(const char *path, const char *message)
{
    ERROR_AUTO err = ERROR_INIT;

    assert_int_equal(file_write(path, "text", 4, 0666, &err), -1);
    assert_string_equal(err.message, message);
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode;
}

static void expect_content(const char *path, const char *text)
{
    STRBUF_AUTO content = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;

    assert_int_equal(file_read(path, &content, &err), 0);
    assert_string_equal(content.data, text);
}

static void a_file_keeps_its_mode(void **state)
{
    (void)state;
    write_to("file", "before");
    assert_int_equal(chmod("file", 0640), 0);
    write_to("file", "after");
    expect_content("file", "after");
    assert_int_equal(mode_of("file"), S_IFREG | 0640);
    // Wider than the umask lets a new file be.
    assert_int_equal(chmod("file", 0666), 0);
    write_to("file", "again");
    assert_int_equal(mode_of("file"), S_IFREG | 0666);
    unlink("file");
}

// What holds secrets is not left to those who could read the file that was there.
static void a_private_file_becomes_private(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    write_to("file", "before");
    assert_int_equal(chmod("file", 0644), 0);
    assert_int_equal(file_write("file", "secret", 6, 0600, &err), 0);
    expect_content("file", "secret");
    assert_int_equal(mode_of("file"), S_IFREG | 0600);
    unlink("file");
}

static void a_symbolic_link_leads_to_the_file_behind_it(void **state)
{
    (void)state;
    assert_int_equal(mkdir("directory", 0777), 0);
    assert_int_equal(symlink("directory/second", "first"), 0);
    assert_int_equal(symlink("../file", "directory/second"), 0);
    write_to("first", "new");
    expect_content("file", "new");
    assert_int_equal(chmod("file", 0604), 0);
    write_to("first", "newer");
    expect_content("file", "newer");
    assert_int_equal(mode_of("file"), S_IFREG | 0604);
    assert_true(S_ISLNK(mode_of("first")));
    assert_true(S_ISLNK(mode_of("directory/second")));
    unlink("file");
    unlink("first");
    unlink("directory/second");
    rmdir("directory");
}

static void what_cannot_be_written_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink("loop", "loop"), 0);
    expect_refused("loop", "cannot write 'loop': too many symbolic links");
    expect_refused(".", "cannot write '.': it is a directory");
    expect_refused("absent/file", "cannot write 'absent/file': No such file or directory");
    expect_refused("/dev/fd/987654", "cannot write '/dev/fd/987654': Bad file descriptor");
    unlink("loop");
}

// As the kernel has it where fs.protected_symlinks is set; there the message is the kernel's.
static void a_link_of_somebody_else_is_not_followed(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    if (geteuid() != 0)
        skip();
    write_to("file", "precious");
    assert_int_equal(mkdir("shared", 0777), 0);
    assert_int_equal(chmod("shared", 01777), 0);
    assert_int_equal(symlink("../file", "shared/out"), 0);
    write_to("shared/out", "mine");
    assert_int_equal(lchown("shared/out", 65534, 65534), 0);
    assert_int_equal(file_write("shared/out", "theirs", 6, 0666, &err), -1);
    expect_content("file", "mine");
    unlink("shared/out");
    rmdir("shared");
    unlink("file");
}

static void a_fifo_is_written_to(void **state)
{
    char text[16] = "";
    int fd;

    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(symlink("fifo", "link-to-fifo"), 0);
    fd = open("fifo", O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    write_to("fifo", "one");
    write_to("link-to-fifo", "two");
    assert_int_equal(read(fd, text, sizeof(text)), 6);
    assert_string_equal(text, "onetwo");
    assert_true(S_ISFIFO(mode_of("fifo")));
    assert_true(S_ISLNK(mode_of("link-to-fifo")));
    close(fd);
    unlink("fifo");
    unlink("link-to-fifo");
}

static void a_descriptor_is_written_to_where_it_is(void **state)
{
    char path[64], text[16] = "";
    int ends[2], fd;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    snprintf(path, sizeof(path), "/dev/fd/%d", ends[1]);
    write_to(path, "piped");
    assert_int_equal(read(ends[0], text, sizeof(text)), 5);
    assert_string_equal(text, "piped");
    close(ends[0]);
    close(ends[1]);

    fd = open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, "before ", 7), 7);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    assert_int_equal(symlink(path, "link"), 0);
    write_to("link", "inside ");
    assert_int_equal(write(fd, "after", 5), 5);
    expect_content("file", "before inside after");
    close(fd);
    unlink("file");
    unlink("link");
}

static void a_temporary_file_is_new_and_has_its_mode(void **state)
{
    struct temporary_file files[2];
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(temporary_file_open(&files[i], "file", 0600, &err), 0);
        assert_int_equal(mode_of(files[i].name), S_IFREG | 0600);
        assert_int_equal(strlen(files[i].name), strlen("file..tmp") + 16);
    }
    // Not counted: whoever sees one does not know the next.
    assert_memory_not_equal(files[0].name + 5, files[1].name + 5, 12);
    for (size_t i = 0; i < 2; i++)
        temporary_file_abandon(&files[i]);
    assert_int_equal(access("file", F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_content_of_every_size),
        cmocka_unit_test(only_a_file_has_content),
        cmocka_unit_test(a_file_keeps_its_mode),
        cmocka_unit_test(a_private_file_becomes_private),
        cmocka_unit_test(a_symbolic_link_leads_to_the_file_behind_it),
        cmocka_unit_test(what_cannot_be_written_is_refused),
        cmocka_unit_test(a_link_of_somebody_else_is_not_followed),
        cmocka_unit_test(a_fifo_is_read_to_its_end),
        cmocka_unit_test(a_fifo_without_writer_is_an_error),
        cmocka_unit_test(a_pipe_is_read_by_its_descriptor),
        cmocka_unit_test(a_fifo_is_written_to),
        cmocka_unit_test(a_descriptor_is_written_to_where_it_is),
        cmocka_unit_test(a_temporary_file_is_new_and_has_its_mode),
    };

    return cmocka_run_group_tests(tests, enter_directory, remove_directory);
}

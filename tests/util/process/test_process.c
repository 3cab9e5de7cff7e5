// SPDX-License-Identifier: MIT
#include "util/process/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHELL(script) ((const char *const[]){ "sh", "-c", (script), NULL })

static size_t open_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    size_t count = 0;

    assert_non_null(directory);
    while (readdir(directory))
        count++;
    closedir(directory);
    return count;
}

// Each test ends with no child left, not even a zombie, and with the descriptors that it began with.
static int remember(void **state)
{
    *state = malloc(sizeof(size_t));
    *(size_t *)*state = open_descriptors();
    return 0;
}

static int nothing_is_left(void **state)
{
    size_t before = *(size_t *)*state;

    free(*state);
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    return 0;
}

static struct process *run(const struct process_options *options)
{
    ERROR_AUTO err = ERROR_INIT;
    struct process *process = process_run(options, &err);

    assert_null(err.message);
    assert_non_null(process);
    return process;
}

static void takes_both_outputs_and_the_exit_status(void **state)
{
    PROCESS_AUTO *process =
        run(&(struct process_options){ .argv = SHELL("printf result; printf trouble >&2; exit 7") });

    (void)state;
    assert_string_equal(process->output.data, "result");
    assert_string_equal(process->error_output.data, "trouble");
    assert_int_equal(process->exit_status, 7);
    assert_false(process->timed_out);
}

static void passes_arguments_as_they_are(void **state)
{
    PROCESS_AUTO *process = run(&(struct process_options){
        .argv = (const char *const[]){ "printf", "%s|", "a b", "$HOME;*", "", NULL } });

    (void)state;
    assert_string_equal(process->output.data, "a b|$HOME;*||");
}

static void moves_more_than_a_pipe_holds_both_ways(void **state)
{
    enum { LENGTH = 5 * 1024 * 1024 };
    char *input = malloc(LENGTH);
    struct process *process;

    (void)state;
    memset(input, 'x', LENGTH);
    process = run(&(struct process_options){
        .argv = SHELL("tee /dev/stderr"), .input = input, .input_length = LENGTH });
    assert_int_equal(process->output.length, LENGTH);
    assert_memory_equal(process->output.data, input, LENGTH);
    assert_int_equal(process->error_output.length, LENGTH);
    process_free(process);
    free(input);
}

static void input_that_nobody_reads_is_no_trouble(void **state)
{
    PROCESS_AUTO *process =
        run(&(struct process_options){ .argv = SHELL("exit 0"), .input = "ignored", .input_length = 7 });

    (void)state;
    assert_int_equal(process->exit_status, 0);
}

static void without_input_there_is_nothing_to_read(void **state)
{
    PROCESS_AUTO *process = run(&(struct process_options){ .argv = SHELL("cat; echo end") });

    (void)state;
    assert_string_equal(process->output.data, "end\n");
}

static void changes_the_environment(void **state)
{
    struct process *process;

    (void)state;
    setenv("PROCESS_TEST_KEPT", "kept", 1);
    setenv("PROCESS_TEST_GONE", "gone", 1);
    setenv("PROCESS_TEST_CHANGED", "before", 1);
    process = run(&(struct process_options){
        .argv = SHELL(
            "echo \"$PROCESS_TEST_KEPT ${PROCESS_TEST_GONE-unset} $PROCESS_TEST_CHANGED $PROCESS_TEST_NEW\""),
        .environment = (const char *const[]){
            "PROCESS_TEST_GONE", "PROCESS_TEST_CHANGED=after", "PROCESS_TEST_NEW=a=b", NULL } });
    assert_string_equal(process->output.data, "kept unset after a=b\n");
    process_free(process);
    assert_string_equal(getenv("PROCESS_TEST_GONE"), "gone");
}

static void an_end_by_signal_is_128_and_its_number(void **state)
{
    PROCESS_AUTO *process = run(&(struct process_options){ .argv = SHELL("kill -KILL $$") });

    (void)state;
    assert_int_equal(process->exit_status, 128 + SIGKILL);
}

static void a_missing_program_is_an_error(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_null(process_run(
        &(struct process_options){ .argv = (const char *const[]){ "no-such-program-here", NULL } }, &err));
    assert_string_equal(err.message, "there is no program 'no-such-program-here' in PATH");
}

static void a_program_that_cannot_be_executed_is_an_error(void **state)
{
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_null(
        process_run(&(struct process_options){ .argv = (const char *const[]){ "/etc", NULL } }, &err));
    assert_string_equal(err.message, "cannot start '/etc': Permission denied");
}

// True also for a zombie: who adopted the process may take a moment to bury it.
static bool is_dead(pid_t pid)
{
    char path[64];
    char line[256] = "";
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    file = fopen(path, "r");
    if (!file)
        return true;
    if (!fgets(line, sizeof(line), file))
        line[0] = '\0';
    fclose(file);
    return !line[0] || strstr(line, ") Z");
}

static bool ends_soon(pid_t pid)
{
    for (int i = 0; i < 1000 && !is_dead(pid); i++)
        usleep(10000);
    return is_dead(pid);
}

static void what_writes_without_end_is_ended(void **state)
{
    static const char *const scripts[] = { "cat /dev/zero", "cat /dev/zero >&2",
        "cat /dev/zero & cat /dev/zero >&2" };

    (void)state;
    for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
        PROCESS_AUTO *process = run(&(struct process_options){ .argv = SHELL(scripts[i]) });

        assert_int_equal(process->exit_status, 128 + SIGKILL);
        assert_int_equal(process->output.length, 0);
        assert_string_equal(process->error_output.data, "more than 256 MiB were written\n");
    }
}

static void the_deadline_ends_the_whole_group(void **state)
{
    PROCESS_AUTO *process =
        run(&(struct process_options){ .argv = SHELL("sleep 1000 & echo $!; wait"), .timeout_ms = 200 });
    pid_t grandchild = (pid_t)atol(process->output.data);

    (void)state;
    assert_true(process->timed_out);
    assert_int_equal(process->exit_status, 128 + SIGTERM);
    assert_true(grandchild > 0);
    assert_true(ends_soon(grandchild));
}

static void who_ignores_the_deadline_is_killed(void **state)
{
    PROCESS_AUTO *process = run(&(struct process_options){
        .argv = SHELL("trap '' TERM; while :; do sleep 1000; done"), .timeout_ms = 50 });

    (void)state;
    assert_true(process->timed_out);
    assert_int_equal(process->exit_status, 128 + SIGKILL);
}

static void does_not_wait_for_background_children(void **state)
{
    PROCESS_AUTO *process = run(&(struct process_options){ .argv = SHELL("sleep 1000 & echo done") });

    (void)state;
    assert_string_equal(process->output.data, "done\n");
    assert_int_equal(process->exit_status, 0);
}

static void runs_many_side_by_side(void **state)
{
    enum { MANY = 40 };
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;
    ERROR_AUTO err = ERROR_INIT;
    bool seen[MANY] = { false };
    int numbers[MANY];
    struct process *process;
    char script[64];

    (void)state;
    // They end only when all of them run: each waits for a file that the last one makes.
    char name[] = "/tmp/process-test-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    close(fd);
    for (int i = 0; i < MANY; i++) {
        numbers[i] = i;
        snprintf(
            script, sizeof(script), i == MANY - 1 ? "rm %s" : "while [ -e %s ]; do sleep 0.01; done", name);
        assert_int_equal(process_start(&loop,
                             &(struct process_options){ .argv = SHELL(script), .data = &numbers[i] }, &err),
            0);
    }
    while ((process = process_loop_next(&loop, PROCESS_NO_TIMEOUT))) {
        int number = *(int *)process->data;

        assert_int_equal(process->exit_status, 0);
        assert_false(seen[number]);
        seen[number] = true;
        process_free(process);
    }
    for (int i = 0; i < MANY; i++)
        assert_true(seen[i]);
}

static void looks_without_waiting(void **state)
{
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_null(process_loop_next(&loop, 0));
    assert_int_equal(process_start(&loop, &(struct process_options){ .argv = SHELL("sleep 1000") }, &err), 0);
    assert_null(process_loop_next(&loop, 0));
    assert_null(process_loop_next(&loop, 20));
    assert_non_null(loop.running);
}

static void releasing_the_loop_kills_what_runs(void **state)
{
    struct process_loop loop = PROCESS_LOOP_INIT;
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(process_start(&loop,
                             &(struct process_options){ .argv = SHELL("trap '' TERM; sleep 1000") }, &err),
            0);
    process_loop_release(&loop);
    assert_null(loop.running);
}

static void a_signal_reaches_every_group(void **state)
{
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct process *process;
    int count = 0;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            process_start(&loop, &(struct process_options){ .argv = SHELL("sleep 1000 | sleep 1000") }, &err),
            0);
    processes_signal(SIGTERM);
    for (; (process = process_loop_next(&loop, PROCESS_NO_TIMEOUT)); count++) {
        assert_int_equal(process->exit_status, 128 + SIGTERM);
        process_free(process);
    }
    assert_int_equal(count, 3);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, remember, nothing_is_left)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_both_outputs_and_the_exit_status),
        TEST(passes_arguments_as_they_are),
        TEST(moves_more_than_a_pipe_holds_both_ways),
        TEST(input_that_nobody_reads_is_no_trouble),
        TEST(without_input_there_is_nothing_to_read),
        TEST(changes_the_environment),
        TEST(an_end_by_signal_is_128_and_its_number),
        TEST(a_missing_program_is_an_error),
        TEST(a_program_that_cannot_be_executed_is_an_error),
        TEST(what_writes_without_end_is_ended),
        TEST(the_deadline_ends_the_whole_group),
        TEST(who_ignores_the_deadline_is_killed),
        TEST(does_not_wait_for_background_children),
        TEST(runs_many_side_by_side),
        TEST(looks_without_waiting),
        TEST(releasing_the_loop_kills_what_runs),
        TEST(a_signal_reaches_every_group),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

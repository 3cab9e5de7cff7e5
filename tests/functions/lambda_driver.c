// SPDX-License-Identifier: MIT
// Drives the runtime emulator for the tests that are not written in C.
//
//   lambda_driver [-t TIMEOUT_MS] [-f] [-r TASK_ROOT] [-n NAME] [-e NAME=VALUE]... -- BOOTSTRAP [ARGUMENT]...
//
// Commands on standard input: "invoke LENGTH" and that many bytes of event, "drop" (cut the connections),
// "quit". Answers on standard output, one JSON object a line: {"started": PID}, {"log": LINE}, and {"status":
// ..., ...} for an invocation.
#include "invoke/emulator.h"
#include "util/array.h"
#include "util/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_string(const char *text, size_t length)
{
    putchar('"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c < 0x20 || c == '"' || c == '\\')
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void end_line(void)
{
    puts("}");
    fflush(stdout);
}

static void on_log(void *user, const char *line, size_t length)
{
    (void)user;
    fputs("{\"log\":", stdout);
    print_string(line, length);
    end_line();
}

static void on_start(void *user, pid_t pid)
{
    (void)user;
    printf("{\"started\":%d", (int)pid);
    end_line();
}

static void print_result(const struct invoke_result *result)
{
    printf(
        "{\"status\":\"%s\",\"request_id\":\"%s\",\"init_ms\":%.3f,\"duration_ms\":%.3f,\"max_rss_kb\":%ld,\"wait_status\":%d,\"body\":",
        invoke_status_name(result->status), result->request_id, result->init_ms, result->duration_ms,
        result->max_rss_kb, result->wait_status);
    print_string(result->body.data, result->body.length);
    end_line();
}

static void invoke(struct emulator *emulator, size_t length)
{
    ERROR_AUTO err = ERROR_INIT;
    struct invoke_result result = INVOKE_RESULT_INIT;
    char *event = xmalloc(length + 1);

    if (fread(event, 1, length, stdin) != length)
        die("the event is cut off");
    if (emulator_invoke(emulator, event, length, &result, &err) < 0)
        die("%s", err.message);
    print_result(&result);
    invoke_result_release(&result);
    free(event);
}

static void serve(struct emulator *emulator)
{
    char line[64];

    while (fgets(line, sizeof(line), stdin)) {
        if (strncmp(line, "invoke ", 7) == 0)
            invoke(emulator, strtoul(line + 7, NULL, 10));
        else if (strcmp(line, "drop\n") == 0)
            emulator_drop_connections(emulator);
        else
            return;
    }
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;
    const char *environment[64] = { NULL };
    size_t count = 0;
    struct emulator *emulator;
    struct emulator_options options = { .environment = environment, .on_log = on_log, .on_start = on_start };

    for (int c; (c = getopt(argc, argv, "t:fr:n:e:")) != -1;) {
        switch (c) {
        case 't':
            options.timeout_ms = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'f':
            options.freeze = true;
            break;
        case 'r':
            options.task_root = optarg;
            break;
        case 'n':
            options.function_name = optarg;
            break;
        case 'e':
            if (count + 1 < ARRAY_SIZE(environment))
                environment[count++] = optarg;
            break;
        default:
            return EXIT_STATUS_USAGE;
        }
    }
    options.command = (const char *const *)argv + optind;
    emulator = emulator_new(&options, &err);
    if (!emulator)
        die("%s", err.message);
    serve(emulator);
    emulator_free(emulator);
    return EXIT_STATUS_OK;
}

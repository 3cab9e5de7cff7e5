// SPDX-License-Identifier: MIT
// Drives the runtime emulator for the tests that are not written in C.
//
//   lambda_driver [-t TIMEOUT_MS] [-f] [-r TASK_ROOT] [-n NAME] [-e NAME=VALUE]... -- BOOTSTRAP [ARGUMENT]...
//
// Commands on standard input: "invoke LENGTH" and that many bytes of event, "drop" (cut the connections),
// "quit". Answers on standard output, one JSON object a line: {"started": PID}, {"log": LINE}, and {"status":
// ..., ...} for an invocation.
#include "invoke/emulator.h"
#include "util/usage.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_and_delete(cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    puts(text);
    fflush(stdout);
    free(text);
    cJSON_Delete(object);
}

static void on_log(void *user, const char *line, size_t length)
{
    char *text = xstrndup(line, length);
    cJSON *object = cJSON_CreateObject();
    (void)user;
    cJSON_AddStringToObject(object, "log", text);
    print_and_delete(object);
    free(text);
}

static void on_start(void *user, pid_t pid)
{
    cJSON *object = cJSON_CreateObject();
    (void)user;
    cJSON_AddNumberToObject(object, "started", pid);
    print_and_delete(object);
}

static void print_result(const struct invoke_result *result)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "status", invoke_status_name(result->status));
    cJSON_AddStringToObject(object, "body", result->body.data);
    cJSON_AddStringToObject(object, "request_id", result->request_id);
    cJSON_AddNumberToObject(object, "init_ms", result->init_ms);
    cJSON_AddNumberToObject(object, "duration_ms", result->duration_ms);
    cJSON_AddNumberToObject(object, "max_rss_kb", (double)result->max_rss_kb);
    cJSON_AddNumberToObject(object, "wait_status", result->wait_status);
    print_and_delete(object);
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
    while (fgets(line, sizeof line, stdin)) {
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
            if (count + 1 < sizeof environment / sizeof *environment)
                environment[count++] = optarg;
            break;
        default:
            return EXIT_STATUS_USAGE;
        }
    }
    options.command = (const char *const *)argv + optind;
    struct emulator *emulator = emulator_new(&options, &err);
    if (!emulator)
        die("%s", err.message);
    serve(emulator);
    emulator_free(emulator);
    return EXIT_STATUS_OK;
}

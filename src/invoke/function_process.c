// SPDX-License-Identifier: MIT
#include "invoke/function_process.h"

#include "util/die.h"
#include "util/process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct process_environment {
    char **entries;
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(
    struct process_environment *env, const char *format, ...)
{
    STRBUF_AUTO text = STRBUF_INIT;
    va_list arguments;

    va_start(arguments, format);
    strbuf_vaddf(&text, format, arguments);
    va_end(arguments);
    env->entries = xrealloc(env->entries, (env->length + 2) * sizeof(*env->entries));
    env->entries[env->length++] = strbuf_detach(&text);
    env->entries[env->length] = NULL;
}

static void environment_release(struct process_environment *env)
{
    for (size_t i = 0; i < env->length; i++)
        free(env->entries[i]);
    free(env->entries);
}

static const char *or_else(const char *text, const char *fallback)
{
    return text ? text : fallback;
}

static void inherit(struct process_environment *env, const char *name)
{
    const char *value = getenv(name);

    if (value)
        add(env, "%s=%s", name, value);
}

// AWS documentation: "Using Lambda environment variables", the defined runtime environment variables. The
// function's own come first: of two equal names getenv() finds the first.
static void add_lambda_environment(
    struct process_environment *env, const struct emulator_options *o, unsigned port)
{
    const char *name = or_else(o->function_name, "function"), *root = or_else(o->task_root, ".");

    for (const char *const *own = o->environment; own && *own; own++)
        add(env, "%s", *own);
    add(env, "AWS_LAMBDA_RUNTIME_API=127.0.0.1:%u", port);
    add(env, "_HANDLER=bootstrap");
    add(env, "AWS_REGION=%s", or_else(o->region, "us-east-1"));
    add(env, "AWS_DEFAULT_REGION=%s", or_else(o->region, "us-east-1"));
    add(env, "AWS_LAMBDA_FUNCTION_NAME=%s", name);
    add(env, "AWS_LAMBDA_FUNCTION_VERSION=$LATEST");
    add(env, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=%u", o->memory_mb);
    add(env, "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand");
    add(env, "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/%s", name);
    add(env, "AWS_LAMBDA_LOG_STREAM_NAME=local");
    add(env, "AWS_LAMBDA_LOG_FORMAT=JSON");
    add(env, "AWS_LAMBDA_LOG_LEVEL=INFO");
    add(env, "LAMBDA_TASK_ROOT=%s", root);
    add(env, "LAMBDA_RUNTIME_DIR=/var/runtime");
    add(env, "LD_LIBRARY_PATH=/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:%s:%s/lib:/opt/lib", root,
        root);
    add(env, "PATH=/usr/local/bin:/usr/bin:/bin:/opt/bin");
    add(env, "LANG=en_US.UTF-8");
    add(env, "TZ=:UTC");
    inherit(env, "AWS_ACCESS_KEY_ID");
    inherit(env, "AWS_SECRET_ACCESS_KEY");
    inherit(env, "AWS_SESSION_TOKEN");
}

// In the child: only calls that are safe after fork.
static _Noreturn void become_function(
    const struct emulator_options *options, char *const *environment, int output, pid_t parent)
{
    static const char message[] = "cannot execute the bootstrap\n";
    ssize_t written;
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    if (null >= 0 && getppid() == parent) {
        dup2(null, STDIN_FILENO);
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
        execve(options->command[0], (char *const *)options->command, environment);
    }
    written = write(output, message, sizeof(message) - 1);
    (void)written;
    _exit(127);
}

int function_process_start(struct function_process *process, const struct emulator_options *options,
    unsigned port, struct error *err)
{
    struct process_environment env = { NULL, 0 };
    pid_t parent = getpid(), pid;
    int ends[2];

    if (access(options->command[0], X_OK) < 0)
        return error_set_errno(err, "cannot run '%s'", options->command[0]);
    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(err, "cannot open a pipe");
    add_lambda_environment(&env, options, port);
    pid = fork();
    if (pid == 0)
        become_function(options, env.entries, ends[1], parent);
    environment_release(&env);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set_errno(err, "cannot start '%s'", options->command[0]);
    }
    setpgid(pid, pid); // here too: whoever runs first
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    process->pid = pid;
    process->slot = process_group_add(pid);
    process->pidfd = pidfd_open(pid, 0);
    process->output = ends[0];
    return 0;
}

void function_process_signal(const struct function_process *process, int signal)
{
    if (process->pid)
        kill(-process->pid, signal);
}

static void log_lines(struct function_process *process, const struct emulator_options *options)
{
    char *end;

    while ((end = memchr(process->line.data, '\n', process->line.length))) {
        size_t length = (size_t)(end - process->line.data);

        if (options->on_log)
            options->on_log(options->user, process->line.data, length);
        process->line.length -= length + 1;
        memmove(process->line.data, end + 1, process->line.length + 1);
    }
}

void function_process_read_output(struct function_process *process, const struct emulator_options *options)
{
    char bytes[16384];
    ssize_t length;

    while ((length = read(process->output, bytes, sizeof(bytes))) > 0) {
        strbuf_add(&process->line, bytes, (size_t)length);
        log_lines(process, options);
    }
}

int function_process_finish(struct function_process *process, const struct emulator_options *options)
{
    int status = 0;

    process_group_forget(process->slot);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    function_process_read_output(process, options);
    if (process->line.length && options->on_log)
        options->on_log(options->user, process->line.data, process->line.length);
    strbuf_release(&process->line);
    close(process->output);
    close(process->pidfd);
    *process = (struct function_process)FUNCTION_PROCESS_INIT;
    return status;
}

long function_process_max_rss(const struct function_process *process)
{
    char path[64], line[256];
    long kb = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)process->pid);
    file = fopen(path, "re");
    if (!file)
        return 0;
    while (fgets(line, sizeof(line), file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = strtol(line + 6, NULL, 10);
    fclose(file);
    return kb;
}

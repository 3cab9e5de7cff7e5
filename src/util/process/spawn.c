// SPDX-License-Identifier: MIT
#include "util/process/spawn.h"

#include "util/array.h"
#include "util/die.h"
#include "util/process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_END, WRITE_END };

// Every descriptor that the start needs, so that one function can close what is open.
struct descriptors {
    int input;
    int pipes[2][2]; // of standard output and standard error
};

static void descriptors_close(struct descriptors *fds)
{
    int *all[] = { &fds->input, &fds->pipes[0][READ_END], &fds->pipes[0][WRITE_END], &fds->pipes[1][READ_END],
        &fds->pipes[1][WRITE_END] };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        if (*all[i] >= 0)
            close(*all[i]);
}

// A file in memory rather than a pipe: the child may read it late, twice or not at all, and nobody blocks.
static int open_input(const struct process_options *options)
{
    size_t written = 0;
    int fd;

    if (!options->input)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    fd = memfd_create("input", MFD_CLOEXEC);
    while (fd >= 0 && written < options->input_length) {
        ssize_t count = write(fd, options->input + written, options->input_length - written);

        if (count < 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        written += count > 0 ? (size_t)count : 0;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static int descriptors_open(struct descriptors *fds, const struct process_options *options)
{
    *fds = (struct descriptors){ -1, { { -1, -1 }, { -1, -1 } } };
    fds->input = open_input(options);
    if (fds->input < 0)
        return -1;
    for (int i = 0; i < 2; i++) {
        if (pipe2(fds->pipes[i], O_CLOEXEC) < 0)
            return -1;
        if (fcntl(fds->pipes[i][READ_END], F_SETFL, O_NONBLOCK) < 0)
            return -1;
    }
    return 0;
}

static size_t name_length(const char *assignment)
{
    return strcspn(assignment, "=");
}

static bool is_changed(const char *assignment, const char *const *changes)
{
    size_t length = name_length(assignment);

    for (; *changes; changes++)
        if (name_length(*changes) == length && strncmp(*changes, assignment, length) == 0)
            return true;
    return false;
}

static size_t string_count(const char *const *strings)
{
    size_t count = 0;

    while (strings[count])
        count++;
    return count;
}

// The array is the caller's to free, its strings are not.
static char **changed_environment(const char *const *changes)
{
    size_t count = string_count((const char *const *)environ) + string_count(changes);
    char **environment = xcalloc(count + 1, sizeof(*environment));
    size_t length = 0;

    for (char **variable = environ; *variable; variable++)
        if (!is_changed(*variable, changes))
            environment[length++] = *variable;
    for (; *changes; changes++)
        if (strchr(*changes, '='))
            environment[length++] = (char *)*changes;
    return environment;
}

// Signals that this program ignores or blocks would stay so in the child.
static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int start(const struct process_options *options, const struct descriptors *fds, pid_t *ret_pid)
{
    char **environment = options->environment ? changed_environment(options->environment) : NULL;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failure;

    posix_spawnattr_init(&attributes);
    set_attributes(&attributes);
    posix_spawn_file_actions_init(&actions);
    failure = posix_spawn_file_actions_adddup2(&actions, fds->input, STDIN_FILENO);
    for (int i = 0; i < 2 && !failure; i++)
        failure = posix_spawn_file_actions_adddup2(
            &actions, fds->pipes[i][WRITE_END], i ? STDERR_FILENO : STDOUT_FILENO);
    if (!failure)
        failure = posix_spawnp(ret_pid, options->argv[0], &actions, &attributes, (char *const *)options->argv,
            environment ? environment : environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(environment);
    return failure;
}

int spawn(const struct process_options *options, struct spawned *ret_spawned, struct error *err)
{
    __attribute__((cleanup(descriptors_close))) struct descriptors fds;
    int failure = descriptors_open(&fds, options) < 0 ? errno : 0;
    pid_t pid;
    int pid_fd;

    if (!failure)
        failure = start(options, &fds, &pid);
    if (failure == ENOENT && options->debian_package)
        return error_set(err, "there is no program '%s' in PATH; 'sudo apt-get install %s' installs it",
            options->argv[0], options->debian_package);
    if (failure == ENOENT)
        return error_set(err, "there is no program '%s' in PATH", options->argv[0]);
    if (failure) {
        errno = failure;
        return error_set_errno(err, "cannot start '%s'", options->argv[0]);
    }
    pid_fd = pidfd_open(pid, 0);
    if (pid_fd < 0) {
        error_set_errno(err, "cannot watch '%s'", options->argv[0]);
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return -1;
    }
    *ret_spawned = (struct spawned){ pid, pid_fd, { fds.pipes[0][READ_END], fds.pipes[1][READ_END] } };
    fds.pipes[0][READ_END] = -1;
    fds.pipes[1][READ_END] = -1;
    return 0;
}

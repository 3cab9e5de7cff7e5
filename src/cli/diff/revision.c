// SPDX-License-Identifier: MIT
#include "cli/diff/source.h"

#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "data/json.h"
#include "data/value.h"
#include "util/file/file_tree.h"
#include "util/process/process.h"
#include "util/process/signals.h"
#include "util/strbuf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A revision in a worktree of its own.
struct revision {
    const struct cli *cli;
    const char *name;
    const char *directory; // temporary: "tree" is the worktree in it, "assembly" what the app writes
    const char *project;   // what the working directory is in the worktree
};

// Runs a command; its own last words on failure.
static int run_to_end(
    const char *const *argv, const char *const *environment, const char **ret_output, struct error *err)
{
    PROCESS_AUTO *process =
        process_run(&(struct process_options){ .argv = argv, .environment = environment }, err);
    const char *words;

    if (!process)
        return -1;
    if (ret_output)
        *ret_output = arena_strndup(value_arena(), process->output.data, strcspn(process->output.data, "\n"));
    if (process->exit_status == 0)
        return 0;
    words = process->error_output.length ? process->error_output.data : process->output.data;
    return error_set(err, "'%s' ended with exit status %d\n%-s", argv[0], process->exit_status, words);
}

static int check_out(struct revision *revision, struct error *err)
{
    const char *tree = arena_printf(value_arena(), "%s/tree", revision->directory);
    const char *prefix = "";

    if (run_to_end((const char *const[]){ "git", "worktree", "add", "--quiet", "--detach", "--end-of-options",
                       tree, revision->name, NULL },
            NULL, NULL, err) < 0 ||
        run_to_end((const char *const[]){ "git", "rev-parse", "--show-prefix", NULL }, NULL, &prefix, err) <
            0)
        return -1;
    revision->project = arena_printf(value_arena(), "%s/%s", tree, prefix);
    return 0;
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

// With the files of the revision and the command line of this program.
static int load_context(const struct revision *revision, struct context *context, struct error *err)
{
    __attribute__((cleanup(close_fd))) int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int status;

    if (here < 0 || chdir(revision->project) < 0)
        return error_set_errno(err, "cannot enter '%s'", revision->project);
    status = context_load(revision->cli, context, err);
    if (fchdir(here) < 0)
        return error_set_errno(err, "cannot come back from '%s'", revision->project);
    return status;
}

// What cdk.json says is the app; else this program.
static int app_of(const struct context *context, const char **ret_app, struct error *err)
{
    char program[4096];
    ssize_t length;

    if (context_setting_text(context, "app", ret_app, err) < 0)
        return -1;
    if (*ret_app)
        return 0;
    length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (length < 0)
        return error_set(err, "cdk.json does not say what the app is: \"app\"");
    program[length] = '\0';
    *ret_app = arena_printf(value_arena(), "'%s' synth --quiet", program);
    return 0;
}

// As the CDK CLI runs an app.
static int synthesize(const struct revision *revision, const char **ret_assembly, struct error *err)
{
    const char *assembly = arena_printf(value_arena(), "%s/assembly", revision->directory);
    STRBUF_AUTO json = STRBUF_INIT;
    struct context context;
    const char *app;

    if (load_context(revision, &context, err) < 0 || app_of(&context, &app, err) < 0)
        return -1;
    json_stringify(&json, context.values);
    cli_info(revision->cli, "Synthesizing '%s' in a temporary worktree: %s", revision->name, app);
    *ret_assembly = assembly;
    return run_to_end(
        (const char *const[]){ "sh", "-c", "cd \"$0\" && eval \"$1\"", revision->project, app, NULL },
        (const char *const[]){ arena_printf(value_arena(), "CDK_OUTDIR=%s", assembly),
            arena_printf(value_arena(), "CDK_CONTEXT_JSON=%s", json.data), "CONTEXT_OVERFLOW_LOCATION_ENV",
            NULL },
        NULL, err);
}

static void remove_revision(const struct revision *revision)
{
    const char *tree = arena_printf(value_arena(), "%s/tree", revision->directory);
    ERROR_AUTO ignored = ERROR_INIT;

    run_to_end((const char *const[]){ "git", "worktree", "remove", "--force", "--force", tree, NULL }, NULL,
        NULL, &ignored);
    tree_remove(revision->directory);
}

int diff_read_revision(
    const struct cli *cli, const char *name, struct diff_templates *templates, struct error *err)
{
    const char *temporary = getenv("TMPDIR");
    char *directory =
        arena_printf(value_arena(), "%s/tango-infra.XXXXXX", temporary && *temporary ? temporary : "/tmp");
    struct revision revision = { .cli = cli, .name = name, .directory = directory };
    const char *assembly;
    int status;

    if (!mkdtemp(directory))
        return error_set_errno(err, "cannot make a directory in '%s'", temporary ? temporary : "/tmp");
    signals_defer();
    status = check_out(&revision, err);
    if (status == 0)
        status = synthesize(&revision, &assembly, err);
    if (status == 0)
        status = diff_read_path(assembly, templates, err);
    remove_revision(&revision);
    return status;
}

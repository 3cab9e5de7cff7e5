// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_SOURCE_H
#define CLI_DIFF_SOURCE_H

// Where the templates of `diff` come from. Everything lives in the current value arena.

#include "diff/diff.h"
#include "util/error.h"
#include "util/string_list.h"

#include <stdbool.h>
#include <stddef.h>

struct cli;
struct strbuf;
struct target_stacks;
struct value;

// A template and the name of its stack.
struct diff_template {
    const char *name;
    const char *owner;            // of a nested stack: the stack that it belongs to; NULL: it is none
    const struct value *template; // NULL: there is no such stack
    const struct value *paths;    // construct paths by logical id; NULL: not known
    // Of what is deployed:
    const struct value *settings, *wanted_settings; // see diff_input; NULL: not known
    const struct value *importers;                  // of exports that vanish; NULL: not known
    const struct value *changes;                    // of a change set; NULL: there is none
    const struct value *drifts;                     // of resources; NULL: not known
    const char *note;                               // what could not be found out; NULL: nothing
};

// A file of a directory that cannot be read: its stack is not compared.
struct diff_left_out {
    const char *name, *owner; // as of a diff_template
    const char *message;
};

struct diff_templates {
    struct diff_template *items;
    size_t count, capacity;
    struct diff_left_out *left_out;
    size_t left_out_count, left_out_capacity;
    struct string_list duplicates; // see template_parse_noting()
    bool is_single_file;           // then its name matters only where there is no other
};

void diff_templates_add(struct diff_templates *templates, const char *name, const struct value *template,
    const struct value *paths);
// Construct paths by logical id from a stack's metadata in the manifest (or an assembly_stack_metadata).
struct value *diff_paths_of_metadata(const struct value *metadata);

// A template file, or a directory: a cloud assembly, or else every file that looks like a template.
int diff_read_path(const char *path, struct diff_templates *templates, struct error *err);
// "REF" or "REF:PATH" of the git repository around the working directory; `directory` is the PATH if there is
// none.
int diff_read_git(
    const char *revision, const char *directory, struct diff_templates *templates, struct error *err);
// A revision of that repository as its own app makes it: checked out into a temporary worktree, which is
// removed in any case, and synthesized there by what its cdk.json names as the app, with its context files
// and the context of this command line. From here on a signal only ends that (signals_pending).
int diff_read_revision(
    const struct cli *cli, const char *name, struct diff_templates *templates, struct error *err);
// The chosen stacks as the app makes them.
int diff_read_app(const struct target_stacks *target, struct diff_templates *templates, struct error *err);

// What CloudFormation is asked.
struct diff_questions {
    bool drift;
    bool change_sets;
    bool imports_existing; // resources, in change sets
};

// What it has of the chosen stacks now; `app` is the same as the app makes them. Returns 0, or the exit
// status after saying what is wrong; sets *ret_refused when it would not make a change.
int diff_read_deployed(struct cli *cli, struct target_stacks *target, const struct diff_questions *questions,
    const struct diff_templates *app, struct diff_templates *templates, bool *ret_refused);

// Leaves out of `templates` what `wanted` does not name, unless it is a single file.
void diff_templates_copy(struct diff_templates *templates, const struct diff_templates *wanted);
// Pairs by name, in the order of `after`; what only `before` has comes last. What is left out on one side is
// left out on both.
struct diff_input *diff_pair(
    const struct diff_templates *before, const struct diff_templates *after, size_t *ret_count);

// Files that are not on disk, or are: what a directory of templates is read from.
struct diff_directory {
    const char *name;   // for messages
    const char **files; // relative names
    size_t count;
    // Appends the content of each of `count` files, given by their place in `files`. One that cannot be read
    // has its message in `failures`.
    int (*read)(const struct diff_directory *directory, const size_t *places, size_t count,
        struct strbuf *contents, struct error *failures, struct error *err);
    const void *data;
};

int diff_read_directory(
    const struct diff_directory *directory, struct diff_templates *templates, struct error *err);

#endif

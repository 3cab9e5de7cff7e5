// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_CLI_H
#define CLI_CORE_CLI_H

// The command line program around an app that it knows nothing about: main.c hands over a definition, and
// cli_main parses the arguments, finds the command and runs it. Every command gets the struct cli, which owns
// what lives as long as the program runs.

#include "cdk/diag.h"
#include "cli/core/options.h"

#include <stdbool.h>
#include <stddef.h>

struct app;
struct dead_letters;
struct display;
struct prerequisite;
struct setting;
struct value;

// The app's Lambda functions, for those who try them on their own machine.
struct app_functions {
    const char *const *names;                 // ends with NULL
    const char *(*package)(const char *name); // its zip archive, or a directory; need not exist
    // What the names of files in it begin with, without which it cannot work; ends with NULL.
    const char *const *(*needs)(const char *name);
    // The Node.js program that runs a handler of the function once; need not exist.
    const char *(*runner)(const char *name);
    // The one that writes the audit log, and where its schema is in the sources.
    const char *audit_consumer;
    const char *audit_schema;
};

struct app_definition {
    const char *name;    // of the program
    const char *summary; // one line, as in help
    // Makes the app; its mistakes are in the app's diags. `context` is an object.
    struct app *(*build)(const struct value *context);
    const struct setting *settings;        // what `context --describe` shows; ends with SETTING_END
    const struct app_functions *functions; // NULL: none
    // What must be in an account before; ends with PREREQUISITE_END. NULL: nothing is looked for.
    const struct prerequisite *prerequisites;
    // Whether templates are checked before they are used (cli/validate/gate.h): not for an app whose
    // resources are none of CloudFormation's.
    bool checks_templates;
    const struct dead_letters *dead_letters; // what 'redrive' knows; ends with DEAD_LETTERS_END. NULL: none
};

struct global_options {
    struct string_list context;
    struct string_list environments;
    const char *profile;
    const char *region;
    enum toggle lookups;
    enum toggle path_metadata;
    enum toggle asset_metadata;
    enum toggle color;
    enum toggle ci;
    int verbose;
    bool help;
    bool version;
};

extern const struct option global_options[];

struct cli {
    const struct app_definition *definition;
    struct global_options globals;
    struct arena arena;
    bool color;      // in messages
    bool ci;         // progress is shown as lines
    const char *app; // of the command's --app; NULL: it synthesizes
    // What --env names; several only for a command that has them side by side.
    struct string_list environments;
    const char *environment; // the one that is at work (cli/app/environment_file.h); NULL: none
};

// The whole program; returns its exit status.
int cli_main(const struct app_definition *definition, int argc, char *const *argv);

// Whether the CDK runs this program as its app: then nothing may appear on standard output.
bool cli_is_cdk_app(void);

// How this program was called, for the commands in hints: its name and the global options that decide which
// stacks are meant and where they are. In the current value arena.
const char *cli_invocation(const struct cli *cli);
// A stack as the commands in hints name it, with the assembly that it is of.
const char *cli_stack_operand(const struct cli *cli, const char *name);

// Messages for people, one line each, on standard error. An error returns EXIT_STATUS_FAILURE, so that a
// command can end with it.
int cli_error(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The command line cannot be understood; returns EXIT_STATUS_USAGE.
int cli_usage_error(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_warning(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_info(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_debug(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3))); // -v
// Lines that are no message.
void cli_show(const struct cli *cli, const struct display *text);

// What the app has to say about one of its constructs.
void cli_diag(const struct cli *cli, enum diag_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_OPTIONS_H
#define CLI_CORE_OPTIONS_H

// Command line options from tables. A row says what an option is called, which field of a struct it fills,
// and what help shows; parsing, help, manual page and completion all read the same rows:
//
//     static const struct option options[] = {
//         { "output", 'o', OPTION_STRING(struct synth_options, output), .argument = "DIR", .help = "..." },
//         OPTION_END,
//     };
//
// Understood: --name value, --name=value, -n value, -nvalue, -abc for flags, --no-name for flags and counts,
// --flag=true|false, repeated lists, and "--" before operands that begin with a dash. Values are borrowed
// from the arguments.

#include "util/error.h"
#include "util/string_list.h"
#include "util/toggle.h"

#include <stdbool.h>
#include <stddef.h>

enum option_type {
    OPTION_TYPE_FLAG,
    OPTION_TYPE_TOGGLE, // a flag that knows whether it was given
    OPTION_TYPE_COUNT,  // how often it was given
    OPTION_TYPE_STRING,
    OPTION_TYPE_LIST, // of texts: may be given again
    OPTION_TYPE_INTEGER,
    OPTION_TYPE_CHOICE,
};

// What completion offers for a value.
enum option_completion {
    COMPLETES_BY_ARGUMENT, // "DIR" and "FILE" as such, else the choices
    COMPLETES_CONTEXT,     // KEY=VALUE
    COMPLETES_CACHED_CONTEXT,
    COMPLETES_PROFILE,
    COMPLETES_CONTEXT_PROFILE, // of the app
    COMPLETES_ENVIRONMENT,
    COMPLETES_OUTPUT_KEY,
    COMPLETES_BASELINE,        // a directory or git:REVISION
    COMPLETES_FORMAT_AND_FILE, // the choices, with or without "=FILE"
};

struct option {
    const char *name; // without dashes
    char letter;      // 0: none
    enum option_type type;
    size_t offset;     // of the field
    const char *alias; // a second long name. Default: none
    // What stands for the value in help: "DIR" and "FILE" complete as such and are not empty; what ends with
    // "KEY=VALUE" has that form.
    const char *argument;
    const char *help;           // lower case, no full stop
    const char *const *choices; // ends with NULL
    enum option_completion completes;
    int minimum; // of an integer, both inclusive
    int maximum;
    bool shown_negated; // help shows --no-NAME, because yes is the default
};

#define OPTION_END                                                                                           \
    {                                                                                                        \
        .name = NULL                                                                                         \
    }

// The second macro argument has to be a field of the type that the option fills: anything else does not
// compile.
#define OPTION_FIELD(type, field, wanted)                                                                    \
    .offset = offsetof(type, field) + 0 * sizeof(char[_Generic(((type *)0)->field, wanted : 1)])
#define OPTION_FLAG(type, field) OPTION_TYPE_FLAG, OPTION_FIELD(type, field, bool)
#define OPTION_TOGGLE(type, field) OPTION_TYPE_TOGGLE, OPTION_FIELD(type, field, enum toggle)
#define OPTION_COUNT(type, field) OPTION_TYPE_COUNT, OPTION_FIELD(type, field, int)
#define OPTION_STRING(type, field) OPTION_TYPE_STRING, OPTION_FIELD(type, field, const char *)
#define OPTION_LIST(type, field) OPTION_TYPE_LIST, OPTION_FIELD(type, field, struct string_list)
#define OPTION_INTEGER(type, field) OPTION_TYPE_INTEGER, OPTION_FIELD(type, field, int)
#define OPTION_CHOICE(type, field) OPTION_TYPE_CHOICE, OPTION_FIELD(type, field, const char *)

// A table and the struct that its rows fill.
struct option_set {
    const struct option *options;
    void *values;
};

struct option_parser {
    struct arena *arena; // holds lists
    // Where an option is looked for, in this order.
    const struct option_set *sets;
    size_t set_count;
    const char *const *arguments; // the next one; ends with NULL
    struct string_list operands;  // what is not an option
    const char *command;          // whose options these are, for advice; NULL: none
};

// Goes through the arguments; with `until_operand` it stops in front of the first operand.
int options_parse(struct option_parser *parser, bool until_operand, struct error *err);

bool option_takes_value(const struct option *option);

#endif

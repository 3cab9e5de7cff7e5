// SPDX-License-Identifier: MIT
#ifndef CDK_SETTING_H
#define CDK_SETTING_H

// Context keys that an app reads, as a table: one row a key fills one field of the app's settings struct.
//
//     static const struct setting table[] = {
//         { "max_azs", SETTING_INTEGER(struct settings, max_azs), "2", "availability zones", .minimum = 1,
//             .maximum = 6 },
//         SETTING_END,
//     };
//
// One row may be the profile: what its value is decides which default the rows below it have.
//
// Mistakes are reported as errors on the construct, all of them at once. As the CDK's tryGetContext users do,
// null counts as not given. The CDK CLI passes every -c value as text, so "3", "true" and "[\"a\"]" are taken
// where a number, a boolean or a list is wanted, and numbers and booleans where text is.

#include "cdk/token.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;

enum setting_type {
    SETTING_TYPE_STRING,
    SETTING_TYPE_BOOLEAN,
    SETTING_TYPE_INTEGER,
    SETTING_TYPE_NUMBER,
    SETTING_TYPE_STRINGS,    // an array of strings
    SETTING_TYPE_STRING_MAP, // an object of strings
};

// How many profiles there can be.
enum { SETTING_PROFILES = 3 };

struct setting {
    const char *key;
    enum setting_type type;
    size_t offset; // of the field
    // As it would be given with -c; "${key}" stands for the value of an earlier text setting. Default: none,
    // and the field stays as it is.
    const char *default_text;
    const char *description;
    double minimum; // of a number, both inclusive; equal: any number
    double maximum;
    // Where the default's text only describes it: makes the default, as it would be given with -c, from the
    // settings of earlier rows. NULL, or what returns NULL: the text is the default.
    const char *(*make_default)(const void *settings);
    // What a text, or each text of a list, may be; ends with NULL. Default: anything.
    const char *const *choices;
    // The default under the profile of that number; NULL: default_text.
    const char *under[SETTING_PROFILES];
    // This row, above all that have such defaults, is the profile, and its choices are numbered from 0.
    bool is_profile;
};

#define SETTING_END                                                                                          \
    {                                                                                                        \
        .key = NULL                                                                                          \
    }

// A field of another type than the setting fills does not compile.
#define SETTING_FIELD(type, field, wanted)                                                                   \
    offsetof(type, field) + 0 * sizeof(char[_Generic(((type *)0)->field, wanted : 1)])
#define SETTING_STRING(type, field) SETTING_TYPE_STRING, SETTING_FIELD(type, field, const char *)
#define SETTING_BOOLEAN(type, field) SETTING_TYPE_BOOLEAN, SETTING_FIELD(type, field, bool)
#define SETTING_INTEGER(type, field) SETTING_TYPE_INTEGER, SETTING_FIELD(type, field, int)
#define SETTING_NUMBER(type, field) SETTING_TYPE_NUMBER, SETTING_FIELD(type, field, double)
#define SETTING_STRINGS(type, field) SETTING_TYPE_STRINGS, SETTING_FIELD(type, field, struct value *)
#define SETTING_STRING_MAP(type, field) SETTING_TYPE_STRING_MAP, SETTING_FIELD(type, field, struct value *)

// Reads every row's key from `context` (an object, or NULL) into the struct at `settings`; errors are
// reported on `construct`. A key of the context that no row has, but that looks like a mistyped one, is an
// error too, and any other one a warning; the CDK's own keys (those with a ':' and those that begin with '@')
// never are.
void settings_read(
    const struct setting *table, const struct value *context, struct construct *construct, void *settings);

// What settings_read makes of each row: an object of key and value, in the order of the table; null where a
// key without a default is not given. Mistakes are reported likewise, but not those of unknown keys.
struct value *settings_values(
    const struct setting *table, const struct value *context, struct construct *construct);

// The row that is the profile; NULL: there is none.
const struct setting *settings_profile(const struct setting *table);
// The text of a row's default under the profile of that number; NULL: it has none.
const char *setting_default(const struct setting *setting, size_t profile);

// "text", "boolean", ...: what a value of the type is called in messages and documentation.
const char *setting_type_name(enum setting_type type);

#endif

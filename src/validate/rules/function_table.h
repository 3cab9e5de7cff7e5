// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_FUNCTION_TABLE_H
#define VALIDATE_RULES_FUNCTION_TABLE_H

// What intrinsic functions take and give ("Intrinsic function reference", and cfn-lint's
// data/schemas/other/functions where that is silent).

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum function_index {
    FN_REF,
    FN_GET_ATT,
    FN_SUB,
    FN_JOIN,
    FN_SELECT,
    FN_SPLIT,
    FN_IF,
    FN_FIND_IN_MAP,
    FN_IMPORT_VALUE,
    FN_BASE64,
    FN_CIDR,
    FN_GET_AZS,
    FN_LENGTH,
    FN_TO_JSON_STRING,
    FN_GET_STACK_OUTPUT,
    FN_TRANSFORM,
    FN_EQUALS,
    FN_AND,
    FN_OR,
    FN_NOT,
    FN_CONDITION,
    FN_CONTAINS,
    FN_EACH_MEMBER_EQUALS,
    FN_EACH_MEMBER_IN,
    FN_REF_ALL,
    FN_VALUE_OF,
    FN_VALUE_OF_ALL,
    FN_COUNT,
};

// A set of them.
typedef uint32_t function_set;
#define FN(index) ((function_set)1 << (index))

// One of the values that a function is given.
struct function_argument {
    unsigned kinds;                        // enum value_kind
    function_set functions;                // that may stand there
    function_set extended;                 // those with AWS::LanguageExtensions; 0: the same ones
    const struct function_argument *items; // of a list; NULL: anything
    double minimum, maximum;               // of a number; both 0: any
    bool is_block;                         // a range of addresses
};

struct function_spec {
    const char *name;
    const char *id;                            // of the rule that its faults are reported under
    unsigned kinds;                            // of what it is given: KIND_ARRAY, and what it may be instead
    size_t min_count, max_count, max_extended; // of the list
    struct function_argument arguments[4];     // of the list; of a list of any number, of each
    struct function_argument single;           // what is given instead of a list
    unsigned results;                          // what it gives
    bool needs_extensions;                     // it only works with AWS::LanguageExtensions
};

// The function of an object with one key; NULL: it is none.
const struct function_spec *function_spec_of(const char *key);
const struct function_spec *function_spec_at(enum function_index index);
enum function_index function_spec_index(const struct function_spec *spec);

#endif

// SPDX-License-Identifier: MIT
#include "validate/rules/function_table.h"

#include "util/array.h"
#include "validate/rules/shape.h"

#include <string.h>

enum { KIND_ANY = KIND_SCALAR | KIND_ARRAY | KIND_OBJECT };

#define STRINGS                                                                                              \
    (FN(FN_BASE64) | FN(FN_FIND_IN_MAP) | FN(FN_GET_ATT) | FN(FN_IF) | FN(FN_IMPORT_VALUE) | FN(FN_JOIN) |   \
        FN(FN_SELECT) | FN(FN_SUB) | FN(FN_REF) | FN(FN_TO_JSON_STRING))
#define LISTS (FN(FN_CIDR) | FN(FN_FIND_IN_MAP) | FN(FN_GET_ATT) | FN(FN_IF) | FN(FN_SPLIT) | FN(FN_REF))
#define LOGIC (FN(FN_CONDITION) | FN(FN_EQUALS) | FN(FN_NOT) | FN(FN_AND) | FN(FN_OR))
#define RULE_LOGIC                                                                                           \
    (LOGIC | FN(FN_CONTAINS) | FN(FN_EACH_MEMBER_EQUALS) | FN(FN_EACH_MEMBER_IN) | FN(FN_REF_ALL) |          \
        FN(FN_VALUE_OF) | FN(FN_VALUE_OF_ALL))
#define EXTENDED                                                                                             \
    (FN(FN_REF) | FN(FN_BASE64) | FN(FN_FIND_IN_MAP) | FN(FN_SUB) | FN(FN_IF) | FN(FN_JOIN) |                \
        FN(FN_TO_JSON_STRING))
#define MAP_KEYS                                                                                             \
    (FN(FN_FIND_IN_MAP) | FN(FN_JOIN) | FN(FN_SUB) | FN(FN_IF) | FN(FN_SELECT) | FN(FN_LENGTH) |             \
        FN(FN_TO_JSON_STRING) | FN(FN_REF))

#define COMPARED_FUNCTIONS                                                                                   \
    (FN(FN_REF) | FN(FN_FIND_IN_MAP) | FN(FN_SUB) | FN(FN_JOIN) | FN(FN_SELECT) | FN(FN_SPLIT) |             \
        FN(FN_LENGTH) | FN(FN_TO_JSON_STRING))

// An argument: a value of these kinds, or one of the functions; with AWS::LanguageExtensions more of them.
#define VALUE(k)                                                                                             \
    {                                                                                                        \
        .kinds = (k)                                                                                         \
    }
#define OR_FUNCTION(k, f)                                                                                    \
    {                                                                                                        \
        .kinds = (k), .functions = (f)                                                                       \
    }
#define OR_EXTENDED(k, f, e)                                                                                 \
    {                                                                                                        \
        .kinds = (k), .functions = (f), .extended = (e)                                                      \
    }
#define MAP_KEY OR_EXTENDED(KIND_STRING, FN(FN_FIND_IN_MAP) | FN(FN_REF), MAP_KEYS)
#define COMPARED OR_FUNCTION(KIND_STRING, COMPARED_FUNCTIONS)

static const struct function_argument joined_item = { .kinds = KIND_STRING,
    .functions = STRINGS | FN(FN_GET_STACK_OUTPUT) | FN(FN_TRANSFORM) };
static const struct function_argument selected_item = { .kinds = KIND_ANY,
    .functions = STRINGS | LISTS | FN(FN_GET_STACK_OUTPUT) };
static const struct function_argument logic_item = { .kinds = KIND_BOOLEAN, .functions = RULE_LOGIC };
static const struct function_spec specs[] = {
    [FN_REF] = { "Ref", "E1020", KIND_STRING, .single = OR_EXTENDED(KIND_STRING, 0, EXTENDED),
        .results = KIND_ANY },
    [FN_GET_ATT] = { "Fn::GetAtt", "E1010", KIND_ARRAY | KIND_STRING, 2, 2,
        .arguments = { OR_EXTENDED(KIND_STRING, 0, EXTENDED),
            OR_EXTENDED(KIND_STRING, FN(FN_REF), EXTENDED) },
        .single = VALUE(KIND_STRING), .results = KIND_ANY },
    [FN_SUB] = { "Fn::Sub", "E1019", KIND_ARRAY | KIND_STRING, 2, 2,
        .arguments = { VALUE(KIND_STRING), VALUE(KIND_OBJECT) }, .single = VALUE(KIND_STRING),
        .results = KIND_SCALAR },
    [FN_JOIN] = { "Fn::Join", "E1022", KIND_ARRAY, 2, 2,
        .arguments = { VALUE(KIND_STRING),
            { .kinds = KIND_ARRAY, .functions = LISTS, .items = &joined_item } },
        .results = KIND_SCALAR },
    [FN_SELECT] = { "Fn::Select", "E1017", KIND_ARRAY, 2, 2,
        .arguments = { OR_EXTENDED(KIND_INTEGER, FN(FN_REF) | FN(FN_FIND_IN_MAP), FN(FN_LENGTH)),
            { .kinds = KIND_ARRAY, .functions = LISTS | FN(FN_GET_AZS), .items = &selected_item } },
        .results = KIND_ANY },
    [FN_SPLIT] = { "Fn::Split", "E1018", KIND_ARRAY, 2, 2,
        .arguments = { VALUE(KIND_STRING), OR_FUNCTION(KIND_STRING, STRINGS | FN(FN_GET_AZS)) },
        .results = KIND_ARRAY },
    [FN_IF] = { "Fn::If", "E1028", KIND_ARRAY, 3, 3, .arguments = { VALUE(KIND_STRING) },
        .results = KIND_ANY },
    [FN_FIND_IN_MAP] = { "Fn::FindInMap", "E1011", KIND_ARRAY, 3, 3, 4,
        .arguments = { MAP_KEY, MAP_KEY, MAP_KEY, VALUE(KIND_OBJECT) }, .results = KIND_SCALAR | KIND_ARRAY },
    [FN_IMPORT_VALUE] = { "Fn::ImportValue", "E1016", KIND_STRING,
        .single = OR_FUNCTION(KIND_STRING,
            FN(FN_BASE64) | FN(FN_FIND_IN_MAP) | FN(FN_IF) | FN(FN_JOIN) | FN(FN_SELECT) | FN(FN_SUB) |
                FN(FN_REF)),
        .results = KIND_SCALAR },
    [FN_BASE64] = { "Fn::Base64", "E1021", KIND_STRING,
        .single = OR_FUNCTION(KIND_STRING, STRINGS | FN(FN_CIDR) | FN(FN_LENGTH) | FN(FN_TRANSFORM)),
        .results = KIND_STRING },
    [FN_CIDR] = { "Fn::Cidr", "E1024", KIND_ARRAY, 2, 3,
        .arguments = { { .kinds = KIND_STRING, .functions = STRINGS, .is_block = true },
            { .kinds = KIND_INTEGER, .functions = STRINGS, .minimum = 1, .maximum = 256 },
            { .kinds = KIND_INTEGER, .functions = STRINGS, .minimum = 1, .maximum = 128 } },
        .results = KIND_ARRAY },
    [FN_GET_AZS] = { "Fn::GetAZs", "E1015", KIND_STRING, .single = OR_FUNCTION(KIND_STRING, FN(FN_REF)),
        .results = KIND_ARRAY },
    [FN_LENGTH] = { "Fn::Length", "E1030", KIND_ARRAY, .max_count = SIZE_MAX,
        .single = OR_FUNCTION(KIND_ARRAY, LISTS | FN(FN_GET_AZS)), .results = KIND_INTEGER,
        .needs_extensions = true },
    [FN_TO_JSON_STRING] = { "Fn::ToJsonString", "E1031", KIND_ARRAY | KIND_OBJECT, .max_count = SIZE_MAX,
        .single = OR_FUNCTION(KIND_OBJECT | KIND_ARRAY, LISTS | STRINGS | FN(FN_GET_AZS)),
        .results = KIND_STRING, .needs_extensions = true },
    [FN_GET_STACK_OUTPUT] = { "Fn::GetStackOutput", "E1033", KIND_OBJECT, .single = VALUE(KIND_OBJECT),
        .results = KIND_SCALAR },
    [FN_TRANSFORM] = { "Fn::Transform", "E1005", KIND_OBJECT, .single = VALUE(KIND_OBJECT),
        .results = KIND_ANY },
    [FN_EQUALS] = { "Fn::Equals", "E8003", KIND_ARRAY, 2, 2, .arguments = { COMPARED, COMPARED },
        .results = KIND_BOOLEAN },
    [FN_AND] = { "Fn::And", "E8004", KIND_ARRAY, 2, 10, .single = { .items = &logic_item },
        .results = KIND_BOOLEAN },
    [FN_OR] = { "Fn::Or", "E8006", KIND_ARRAY, 2, 10, .single = { .items = &logic_item },
        .results = KIND_BOOLEAN },
    [FN_NOT] = { "Fn::Not", "E8005", KIND_ARRAY, 1, 1, .single = { .items = &logic_item },
        .results = KIND_BOOLEAN },
    [FN_CONDITION] = { "Condition", "E8007", KIND_STRING, .single = VALUE(KIND_STRING),
        .results = KIND_BOOLEAN },
    [FN_CONTAINS] = { "Fn::Contains", "E1701", .results = KIND_BOOLEAN },
    [FN_EACH_MEMBER_EQUALS] = { "Fn::EachMemberEquals", "E1701", .results = KIND_BOOLEAN },
    [FN_EACH_MEMBER_IN] = { "Fn::EachMemberIn", "E1701", .results = KIND_BOOLEAN },
    [FN_REF_ALL] = { "Fn::RefAll", "E1701", .results = KIND_ARRAY },
    [FN_VALUE_OF] = { "Fn::ValueOf", "E1701", .results = KIND_STRING },
    [FN_VALUE_OF_ALL] = { "Fn::ValueOfAll", "E1701", .results = KIND_ARRAY },
};

const struct function_spec *function_spec_of(const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(specs); i++)
        if (strcmp(specs[i].name, key) == 0)
            return &specs[i];
    return NULL;
}

const struct function_spec *function_spec_at(enum function_index index)
{
    return &specs[index];
}

enum function_index function_spec_index(const struct function_spec *spec)
{
    return (enum function_index)(spec - specs);
}

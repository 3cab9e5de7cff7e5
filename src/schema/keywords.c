// SPDX-License-Identifier: MIT
// Names, apart from the tables, which the program that makes them does without.
#include "schema/constraints.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

const char *schema_keyword_name(enum schema_keyword keyword)
{
    static const char *const names[] = {
#define NAME(id, name, form) [SCHEMA_KEYWORD_##id] = (name),
        SCHEMA_KEYWORDS(NAME)
#undef NAME
    };

    return keyword < LENGTH(names) ? names[keyword] : NULL;
}

enum schema_form schema_keyword_form(enum schema_keyword keyword)
{
    static const enum schema_form forms[] = {
#define FORM(id, name, form) [SCHEMA_KEYWORD_##id] = SCHEMA_FORM_##form,
        SCHEMA_KEYWORDS(FORM)
#undef FORM
    };

    return keyword < LENGTH(forms) ? forms[keyword] : SCHEMA_FORM_NOTHING;
}

const char *schema_json_type_name(enum schema_json_type type)
{
    switch (type) {
    case SCHEMA_JSON_ARRAY:
        return "array";
    case SCHEMA_JSON_BOOLEAN:
        return "boolean";
    case SCHEMA_JSON_INTEGER:
        return "integer";
    case SCHEMA_JSON_NULL:
        return "null";
    case SCHEMA_JSON_NUMBER:
        return "number";
    case SCHEMA_JSON_OBJECT:
        return "object";
    case SCHEMA_JSON_STRING:
        return "string";
    }
    return NULL;
}

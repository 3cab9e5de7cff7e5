// SPDX-License-Identifier: MIT
#ifndef VALIDATE_VOCABULARY_H
#define VALIDATE_VOCABULARY_H

// The words that templates are made of besides the schema of resource types, for those who help to write
// them. They are what the rules check against.

#include <stddef.h>

enum vocabulary {
    VOCABULARY_SECTIONS,
    VOCABULARY_RESOURCE, // attributes: "DependsOn"
    VOCABULARY_PARAMETER,
    VOCABULARY_NUMBER_PARAMETER,
    VOCABULARY_PARAMETER_TYPES,
    VOCABULARY_OUTPUT,
    VOCABULARY_EXPORT,
    VOCABULARY_RULE,
    VOCABULARY_DELETION_POLICIES,
    VOCABULARY_UPDATE_REPLACE_POLICIES,
    VOCABULARY_PSEUDO_PARAMETERS,
    VOCABULARY_FUNCTIONS,           // of values: "Ref", "Fn::Sub"
    VOCABULARY_CONDITION_FUNCTIONS, // "Fn::Equals"
    VOCABULARY_COUNT,
};

// NULL behind the last one.
const char *vocabulary_word(enum vocabulary vocabulary, size_t index);

#endif

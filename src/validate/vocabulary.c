// SPDX-License-Identifier: MIT
#include "validate/vocabulary.h"

#include "validate/rules/declarations.h"
#include "validate/rules/function_table.h"

#include <string.h>

bool words_have(const char *const *words, const char *name)
{
    for (; *words; words++)
        if (strcmp(*words, name) == 0)
            return true;
    return false;
}

// Where the words come from: keys, words, or functions from one to another.
static const struct word_source {
    const struct shape_key *keys;
    const char *const *words;
    enum function_index first, last;
} sources[] = {
    [VOCABULARY_SECTIONS] = { .keys = template_keys },
    [VOCABULARY_RESOURCE] = { .keys = resource_keys },
    [VOCABULARY_PARAMETER] = { .keys = string_parameter_keys },
    [VOCABULARY_NUMBER_PARAMETER] = { .keys = number_parameter_keys },
    [VOCABULARY_PARAMETER_TYPES] = { .words = parameter_types },
    [VOCABULARY_OUTPUT] = { .keys = output_keys },
    [VOCABULARY_EXPORT] = { .keys = export_keys },
    [VOCABULARY_RULE] = { .keys = rule_keys },
    [VOCABULARY_DELETION_POLICIES] = { .words = deletion_policies },
    [VOCABULARY_UPDATE_REPLACE_POLICIES] = { .words = update_replace_policies },
    [VOCABULARY_PSEUDO_PARAMETERS] = { .words = pseudo_parameters },
    [VOCABULARY_FUNCTIONS] = { .first = FN_REF, .last = FN_TRANSFORM },
    [VOCABULARY_CONDITION_FUNCTIONS] = { .first = FN_EQUALS, .last = FN_CONDITION },
};

const char *vocabulary_word(enum vocabulary vocabulary, size_t index)
{
    const struct word_source *source = &sources[vocabulary];

    if (source->keys)
        return source->keys[index].name;
    if (source->words)
        return source->words[index];
    return index <= (size_t)(source->last - source->first)
        ? function_spec_at((enum function_index)(source->first + index))->name
        : NULL;
}

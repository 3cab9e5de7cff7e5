// SPDX-License-Identifier: MIT
#ifndef LSP_ANSWERS_CANDIDATES_H
#define LSP_ANSWERS_CANDIDATES_H

// What may stand at a place, before it is known how it is written there.

#include "lsp/answers/inquiry.h"

// Of the protocol.
enum candidate_kind {
    CANDIDATE_FUNCTION = 3,
    CANDIDATE_VARIABLE = 6,
    CANDIDATE_CLASS = 7,
    CANDIDATE_MODULE = 9,
    CANDIDATE_PROPERTY = 10,
    CANDIDATE_KEYWORD = 14,
    CANDIDATE_REFERENCE = 18,
    CANDIDATE_VALUE = 20, // one of a list
};

// How it is written.
enum candidate_form {
    FORM_KEY,       // of an object
    FORM_CONTAINER, // a key with something of several lines behind it
    FORM_WORD,      // a string
    FORM_LITERAL,   // a number or boolean
    FORM_FUNCTION,  // with an argument to come
    FORM_REFERENCE, // "Ref" or "Fn::GetAtt" of `name`
};

struct candidate {
    const char *name;
    enum candidate_kind kind;
    enum candidate_form form;
    const char *detail;    // NULL: none
    const char *attribute; // FORM_REFERENCE: of Fn::GetAtt; NULL: Ref
    bool comes_first;      // before others: it is required
};

struct candidate_list {
    struct candidate *items;
    size_t count, capacity;
    bool is_incomplete; // there are more than those that begin like what is written
};

// `written` is what is at the place up to the cursor, `at_line_start` whether nothing else is on its line:
// the first key of an object may stand there.
struct candidate_list candidates_of(const struct inquiry *inquiry, const struct template_place *place,
    const char *written, bool at_line_start);

#endif

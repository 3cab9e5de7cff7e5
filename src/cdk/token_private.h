// SPDX-License-Identifier: MIT
#ifndef CDK_TOKEN_PRIVATE_H
#define CDK_TOKEN_PRIVATE_H

// The inside of tokens, for the core only.

#include "cdk/token.h"
#include "data/value_private.h"

struct element;

enum token_kind {
    TOKEN_NONE,      // not a token
    TOKEN_REFERENCE, // Ref or Fn::GetAtt of a resource
    TOKEN_JOIN,      // Fn::Join, in the shortest form that says the same
    TOKEN_JSON,      // the JSON text of a value
    TOKEN_LAZY,      // made at synthesis
};

struct reference {
    const struct element *target; // a resource or a parameter
    const char *attribute;        // NULL: Ref
    struct value *elsewhere;      // in stacks of another account or region; NULL: cannot be used there
    bool is_list;                 // to a list of strings
};

struct join {
    const char *delimiter;
    struct value *list; // an array, or a value that is a list at deployment
};

enum token_kind token_kind(const struct value *value);

// What a token of the kind in the name holds.
const struct reference *token_reference(const struct value *token);
const struct join *token_join(const struct value *token);
struct value *token_json(const struct value *token);
// What a lazy value makes, made once.
struct value *token_force(struct value *lazy);

// Ref of any element of a template.
struct value *element_reference(const struct element *element);

#endif

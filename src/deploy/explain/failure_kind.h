// SPDX-License-Identifier: MIT
#ifndef DEPLOY_EXPLAIN_FAILURE_KIND_H
#define DEPLOY_EXPLAIN_FAILURE_KIND_H

// The kinds of failure that are known (failure_kinds.def): by what AWS says they are recognized, what they
// mean, and what to do.

#include <stddef.h>

struct value;

// What is asked of AWS to know more (look.def).
enum failure_look {
#define LOOK(name, function) LOOK_##name,
#include "deploy/explain/look.def"
#undef LOOK
};

struct failure_kind {
    const char *code; // stable: "IAM_ACCESS_DENIED"
    const char *type; // glob of resource types; "": any
    enum failure_look look;
    const char *patterns; // a line each; {name} keeps what stands there
    const char *meaning;  // with {name}s, as `advice`
    const char *advice;
    const char *source; // the document that it is taken from
};

const struct failure_kind *failure_kind_at(size_t index);       // NULL behind the last one
const struct failure_kind *failure_kind_find(const char *code); // NULL: there is none

// The first kind that the words of AWS about a resource of this type ("": none) match; NULL: none is known.
// What stands in place of names is added to `captures`, an object.
const struct failure_kind *failure_kind_of(const char *type, const char *reason, struct value *captures);

// The text with its {name}s filled in; one that is not known becomes "...". In the current value arena.
const char *failure_text(const char *text, const struct value *captures);

#endif

// SPDX-License-Identifier: MIT
#ifndef INVOKE_EVENT_H
#define INVOKE_EVENT_H

// The event of an invocation: any JSON text that Lambda would hand to a function.

#include "util/error.h"
#include "util/strbuf.h"

struct value;

// The event as a value, to look into; NULL with an error that says where the text is not JSON. U+0000 and
// halves of surrogate pairs, which JSON can spell and values cannot hold, read as U+FFFD.
struct value *event_parse(const struct strbuf *text, const char *name, struct error *err);

#endif

// SPDX-License-Identifier: MIT
#ifndef AUDIT_CONSUMER_STORABLE_H
#define AUDIT_CONSUMER_STORABLE_H

// What JSON can spell and PostgreSQL cannot store, in text or jsonb: U+0000 and half a surrogate pair.

#include "../runtime/json.h"

#include <stdbool.h>

// Appends the value's JSON with each such character replaced by the text of its escape: "\u0000" becomes
// "\\u0000". Returns whether there was any.
bool storable_json(struct json value, struct strbuf *out);

// Appends a string's characters, replaced likewise. Returns whether there was any.
bool storable_string(struct json string, struct strbuf *out);

#endif

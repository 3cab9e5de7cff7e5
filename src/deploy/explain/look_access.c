// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/json.h"
#include "data/value.h"

#include <string.h>

static void take(struct failure_inquiry *inquiry, const char *name, const struct value *value)
{
    if (value_string(value) && *value_string(value))
        object_set(inquiry->captures, name, string(value_string(value)));
}

// STS API reference, "DecodeAuthorizationMessage": whether an explicit Deny or a missing Allow refused it,
// the principal, the action, the resource, and the values of condition keys.
void look_authorization(struct failure_inquiry *inquiry)
{
    const char *encoded = object_string(inquiry->captures, "encoded");
    const struct value *answer = NULL, *decoded = NULL, *context;
    const char *text;
    ERROR_AUTO err = ERROR_INIT;

    if (encoded)
        answer = inquiry_ask(inquiry, (const char *const[]){ "sts", "decode-authorization-message", NULL },
            object((struct field[]){ { "EncodedMessage", string(encoded) }, END }),
            "what the encoded message says");
    text = object_string(answer, "DecodedMessage");
    if (text)
        decoded = json_parse(text, strlen(text), "the decoded message", &err);
    if (!decoded)
        return;
    context = object_get(decoded, "context");
    take(inquiry, "principal", object_get(object_get(context, "principal"), "arn"));
    take(inquiry, "action", object_get(context, "action"));
    take(inquiry, "on", object_get(context, "resource"));
    detail_addf(inquiry_detail(inquiry, "decoded message"), "%s: %s %s on %s",
        value_boolean(object_get(decoded, "explicitDeny")) ? "an explicit Deny refuses" : "nothing allows",
        object_string_or_empty(object_get(context, "principal"), "arn"),
        object_string_or_empty(context, "action"), object_string_or_empty(context, "resource"));
}

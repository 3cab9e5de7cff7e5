// SPDX-License-Identifier: MIT
// The runtime's reading of the Runtime API's answers: header lines, one after another.
#include "harness.h"

#include "runtime/runtime.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// What becomes part of a URL or of the environment is text of a harmless form.
static void check(const struct invocation *invocation)
{
    static const char id[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    if (strspn(invocation->request_id, id) != strlen(invocation->request_id))
        abort();
    for (const char *c = invocation->trace_id; *c; c++)
        if (iscntrl((unsigned char)*c))
            abort();
    if (invocation->deadline_ms < 0 || (invocation_complete(invocation) && !*invocation->request_id))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *end = text + size;
    struct invocation *invocation = calloc(1, sizeof(*invocation));

    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = newline ? (size_t)(newline - text) + 1 : (size_t)(end - text);
        char *line = malloc(length); // by itself, so that reading beyond it is found
        memcpy(line, text, length);
        invocation_header(invocation, line, length);
        free(line);
        text += length;
    }
    check(invocation);
    free(invocation);
    return 0;
}

// SPDX-License-Identifier: MIT
#include "util/error.h"

#include "util/display_format.h"
#include "util/strbuf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void error_release(struct error *error)
{
    free(error->message);
    error->message = NULL;
}

static int replace(struct error *error, struct strbuf *text)
{
    error_release(error);
    error->message = strbuf_detach(text);
    return -1;
}

int error_set(struct error *error, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list arguments;

    va_start(arguments, format);
    display_format(&text, format, arguments);
    va_end(arguments);
    return replace(error, &text);
}

int error_set_errno(struct error *error, const char *format, ...)
{
    const char *reason = strerror(errno);
    struct strbuf text = STRBUF_INIT;
    va_list arguments;

    va_start(arguments, format);
    display_format(&text, format, arguments);
    va_end(arguments);
    strbuf_addf(&text, ": %s", reason);
    return replace(error, &text);
}

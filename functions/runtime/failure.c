// SPDX-License-Identifier: MIT
#include "failure.h"

#include "util/text/utf8.h"

#include <stdarg.h>
#include <stdio.h>

int fail(struct failure *f, const char *type, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(f->message, sizeof(f->message), format, arguments);
    va_end(arguments);
    utf8_trim(f->message);
    snprintf(f->type, sizeof(f->type), "%s", type);
    return -1;
}

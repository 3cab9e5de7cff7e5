// SPDX-License-Identifier: MIT
#include "util/die.h"

#include "util/display.h"
#include "util/file/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Without any memory, since that may be what is missing.
__attribute__((format(printf, 2, 0))) static void say_last_words(
    const char *place, const char *format, va_list arguments)
{
    char text[1000];

    vsnprintf(text, sizeof(text), format, arguments);
    print_plainly(stderr, "tango-infra: ");
    print_plainly(stderr, place);
    print_plainly(stderr, text);
    print_plainly(stderr, NULL);
}

void die(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say_last_words("", format, arguments);
    va_end(arguments);
    temporary_files_remove();
    _Exit(EXIT_STATUS_FAILURE);
}

void bug_at(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    char place[200];

    snprintf(place, sizeof(place), "bug at %s:%d: ", file, line);
    va_start(arguments, format);
    say_last_words(place, format, arguments);
    va_end(arguments);
    temporary_files_remove();
    abort();
}

static void *checked(void *memory)
{
    if (!memory)
        die("out of memory");
    return memory;
}

void *xmalloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *memory, size_t size)
{
    return checked(realloc(memory, size ? size : 1));
}

char *xstrdup(const char *text)
{
    return checked(strdup(text));
}

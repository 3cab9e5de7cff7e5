// SPDX-License-Identifier: MIT
#include "cli/core/prompt.h"

#include "data/value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

bool prompt_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool prompt_yes(const char *format, ...)
{
    char answer[64];
    va_list arguments;

    for (;;) {
        ssize_t length;

        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputs(" (y/n) ", stderr);
        fflush(stderr);
        length = read(STDIN_FILENO, answer, sizeof(answer) - 1);
        if (length <= 0) {
            fputc('\n', stderr);
            return false;
        }
        answer[length] = '\0';
        answer[strcspn(answer, "\r\n")] = '\0';
        if (strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0)
            return true;
        if (strcasecmp(answer, "n") == 0 || strcasecmp(answer, "no") == 0)
            return false;
    }
}

const char *prompt_text(const char *format, ...)
{
    char answer[1024];
    const char *start = answer;
    va_list arguments;
    ssize_t length;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs(": ", stderr);
    fflush(stderr);
    length = read(STDIN_FILENO, answer, sizeof(answer) - 1);
    if (length <= 0) {
        fputc('\n', stderr);
        return "";
    }
    answer[length] = '\0';
    start += strspn(answer, " \t\r\n");
    length = (ssize_t)strlen(start);
    while (length && strchr(" \t\r\n", start[length - 1]))
        length--;
    return arena_strndup(value_arena(), start, (size_t)length);
}

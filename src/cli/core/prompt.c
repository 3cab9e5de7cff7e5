// SPDX-License-Identifier: MIT
#include "cli/core/prompt.h"

#include "data/value.h"
#include "util/display.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

bool prompt_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

// False at the end of the input.
__attribute__((format(printf, 1, 0))) static bool read_answer(
    const char *format, va_list arguments, const char *end, char *answer, size_t size)
{
    ssize_t length;

    vprint_to(stderr, format, arguments);
    print_to(stderr, "%s", end);
    fflush(stderr);
    length = read(STDIN_FILENO, answer, size - 1);
    if (length <= 0) {
        print_to(stderr, "\n");
        return false;
    }
    answer[length] = '\0';
    return true;
}

bool prompt_yes(const char *format, ...)
{
    char answer[64];
    va_list arguments;

    for (;;) {
        bool answered;

        va_start(arguments, format);
        answered = read_answer(format, arguments, " (y/n) ", answer, sizeof(answer));
        va_end(arguments);
        if (!answered)
            return false;
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
    size_t length;
    bool answered;

    va_start(arguments, format);
    answered = read_answer(format, arguments, ": ", answer, sizeof(answer));
    va_end(arguments);
    if (!answered)
        return "";
    start += strspn(answer, " \t\r\n");
    length = strlen(start);
    while (length && strchr(" \t\r\n", start[length - 1]))
        length--;
    return arena_strndup(value_arena(), start, length);
}

// SPDX-License-Identifier: MIT
#ifndef UTIL_DIE_H
#define UTIL_DIE_H

// What cannot be reported to a caller: memory that ran out, and bugs of ours.

#include <stddef.h>

// Exit statuses of the program; a process ended by signal n exits with 128 + n.
enum exit_status {
    EXIT_STATUS_OK = 0,
    EXIT_STATUS_FAILURE = 1, // or differences, where asked to fail on them
    EXIT_STATUS_USAGE = 2,
};

// Prints "tango-infra: MESSAGE", removes temporary files, and exits with EXIT_STATUS_FAILURE.
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A condition that only a mistake in this program can bring about.
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void bug_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Allocation that dies instead of returning NULL.
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *memory, size_t size);
char *xstrdup(const char *text);

#endif

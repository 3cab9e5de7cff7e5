// SPDX-License-Identifier: MIT
#ifndef UTIL_ERROR_H
#define UTIL_ERROR_H

// What went wrong, for functions that return 0 on success and -1 on failure. Messages are lower case, without
// a full stop, with the subject in quotes. They are text for people: what a format inserts shows itself, and
// a message inside of another one is inserted with %-s (util/display.h). The holder releases it; ERROR_AUTO
// does so at the end of the block.

struct error {
    char *message; // NULL: no error
};

#define ERROR_INIT                                                                                           \
    {                                                                                                        \
        NULL                                                                                                 \
    }
#define ERROR_AUTO __attribute__((cleanup(error_release))) struct error

void error_release(struct error *error);

// Both return -1, so that a failing function can end with `return error_set(...)`. A message that is there
// already is replaced.
int error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Appends ": " and the text of errno.
int error_set_errno(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

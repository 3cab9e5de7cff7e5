// SPDX-License-Identifier: MIT
#ifndef RUNTIME_FAILURE_H
#define RUNTIME_FAILURE_H

// Why an invocation or the start of a function failed: what the Runtime API takes as errorType and
// errorMessage. The caller owns it; functions that can fail return -1 and fill it, or 0 and leave it alone. A
// message never holds a payload, a password or another secret.

struct failure {
    char type[64]; // "Category.Reason", for example "Configuration.Missing"
    char message[512];
};

// Fills the failure (cut to fit) and returns -1, so that a caller can return its value.
__attribute__((format(printf, 3, 4))) int fail(struct failure *f, const char *type, const char *format, ...);

#endif

// SPDX-License-Identifier: MIT
#ifndef CDK_DIAG_H
#define CDK_DIAG_H

// Messages on constructs. Errors keep synthesis from writing anything; all of them are shown at once, each
// with its construct path, and they end up in the manifest as the CDK's annotations do. Messages: lower case,
// no full stop, subject in quotes, what to do next if that is known.

#include <stddef.h>

struct app;
struct construct;

enum diag_level { DIAG_INFO, DIAG_WARNING, DIAG_ERROR };

struct diag {
    enum diag_level level;
    const struct construct *construct;
    const char *message;
};

void diag_error(struct construct *construct, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_warning(struct construct *construct, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_info(struct construct *construct, const char *format, ...) __attribute__((format(printf, 2, 3)));

size_t app_diag_count(const struct app *app, enum diag_level level);
size_t app_diag_total(const struct app *app);
const struct diag *app_diag_at(const struct app *app, size_t index); // in the order they were reported

#endif

// SPDX-License-Identifier: MIT
#ifndef AWS_FINDINGS_H
#define AWS_FINDINGS_H

// What is wrong with a thing that belongs to no construct (a metric, a widget, an origin): kept with it, and
// reported on the construct that uses it. Findings live in the current arena.

struct construct;
struct aws_finding;

// {0}: none. A copy has the findings that there were, and may be added to on its own.
struct findings {
    struct aws_finding *newest;
};

void findings_add_error(struct findings *findings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void findings_add_warning(struct findings *findings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void findings_add_all(struct findings *findings, const struct findings *others);
// Oldest first. Each is reported once, on the first construct that asks.
void findings_report(const struct findings *findings, struct construct *construct);

#endif

// SPDX-License-Identifier: MIT
#ifndef RUNTIME_METRICS_H
#define RUNTIME_METRICS_H

// CloudWatch metrics without a call: a line on standard output in the embedded metric format, from which
// CloudWatch Logs makes them. Namespace "Tango/Events", dimensions Environment and Service. (Amazon
// CloudWatch User Guide: "Specification: Embedded metric format".)

#include <stddef.h>

struct metric {
    const char *name;
    const char *unit; // "Count", "Seconds"
    long value;
};

// One line, whatever the log's level is. Nothing where `environment` is NULL.
void metrics_write(const char *environment, const char *service, const struct metric *metrics, size_t count);

#endif

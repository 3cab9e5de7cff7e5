// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_STATISTIC_H
#define AWS_CLOUDWATCH_STATISTIC_H

// Names of statistics as people write them, and as CloudWatch wants them (CloudWatch's "Statistics
// definitions").

enum statistic_kind {
    STATISTIC_SIMPLE,   // "Average"; a property of its own in an alarm
    STATISTIC_EXTENDED, // "p99"
    STATISTIC_UNKNOWN,  // passed on as it is, as an extended one
};

struct statistic {
    enum statistic_kind kind;
    const char *name; // as CloudWatch spells it
};

// The name is `text` itself or in the current arena.
struct statistic statistic_parse(const char *text);

#endif

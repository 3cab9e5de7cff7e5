// SPDX-License-Identifier: MIT
#ifndef RUNTIME_SETTINGS_H
#define RUNTIME_SETTINGS_H

// A function's configuration: a table of environment variables, read once at the start into a struct. What is
// missing or wrong is a failure that names the variable. String fields point into the environment.

#include <stddef.h>

struct failure;

enum setting_type {
    SETTING_NUMBER, // long, from minimum to maximum
    SETTING_SECRET, // const char *, the ARN of a Secrets Manager secret
    SETTING_HOST,   // const char *, a host name or address
    SETTING_BUS,    // const char *, the name or ARN of an event bus
    SETTING_REGION, // const char *, an AWS region
    SETTING_QUEUE,  // const char *, the URL of an SQS queue
    SETTING_NAME,   // const char *, up to 255 characters that CloudWatch and EventBridge take in a name
};

struct setting {
    const char *name;
    enum setting_type type;
    size_t offset;         // of the field in the struct
    const char *fallback;  // NULL: the variable must be set; "": the field is NULL without it
    long minimum, maximum; // of a number
};

// Reads `count` settings into `target`. Returns -1 with a "Configuration.Missing" or "Configuration.Invalid"
// failure.
int settings_read(const struct setting *settings, size_t count, void *target, struct failure *f);

#endif

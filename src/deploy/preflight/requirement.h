// SPDX-License-Identifier: MIT
#ifndef DEPLOY_PREFLIGHT_REQUIREMENT_H
#define DEPLOY_PREFLIGHT_REQUIREMENT_H

// What a template needs and does not create, found in the template alone. Everything lives in the current
// value arena.

#include "template/cloud_assembly.h"

#include <stdbool.h>
#include <stddef.h>

struct environment;
struct value;

enum requirement_type {
    REQUIREMENT_IMAGE,       // account, region, repository, tag or digest, image, platform
    REQUIREMENT_SECRET,      // arn, secret (its name), region, keys (an array)
    REQUIREMENT_CERTIFICATE, // certificate, region, domains (an array), used_in (a region)
    REQUIREMENT_ENGINE,      // engine, version, region
    REQUIREMENT_CONCURRENCY, // reserved (a number), region
    REQUIREMENT_TYPES,
};

struct requirement {
    enum requirement_type type;
    const struct value *fields; // an object: strings, but for those that say something else above
};

// An array of them, of the template of one of the assembly's stacks, as it will be or as it is deployed.
// Where several resources need the same, it is there once.
struct requirement *requirements_of(const struct cloud_assembly *assembly, const struct value *template,
    const struct environment *environment, size_t *ret_count);

// The text that a value of a template stands for, as far as that is known before deployment: literal text,
// the account, region, partition and URL suffix, and what Fn::Join and Fn::Sub make of these. NULL when it is
// something else.
const char *literal_text(const struct value *value, const struct environment *environment);

// Whether a name of a certificate, which may begin with "*.", is good for a domain (RFC 6125, 6.4.3: a
// wildcard stands for one label).
bool certificate_name_covers(const char *name, const char *domain);

#endif

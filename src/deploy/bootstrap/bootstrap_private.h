// SPDX-License-Identifier: MIT
#ifndef DEPLOY_BOOTSTRAP_BOOTSTRAP_PRIVATE_H
#define DEPLOY_BOOTSTRAP_BOOTSTRAP_PRIVATE_H

// The parts of the bootstrap stack's template: bootstrap_template.c (parameters, conditions, outputs),
// bootstrap_storage.c (where assets lie), bootstrap_roles.c (who may do what); and what these write values
// with.

#include "data/value.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

// Resources by logical id.
struct value *bootstrap_storage(void);
struct value *bootstrap_roles(void);

// What whoever reads and writes encrypted assets does with their key; ends with NULL.
extern const char *const bootstrap_key_use[];

static inline struct value *one(const char *key, struct value *value)
{
    return object((struct field[]){ { key, value }, END });
}

static inline struct value *named(const char *name)
{
    return one("Ref", string(name));
}

static inline struct value *when(const char *condition, struct value *then, struct value *otherwise)
{
    return one("Fn::If", array_of((struct value *[]){ string(condition), then, otherwise, NULL }));
}

static inline struct value *substituted(const char *template)
{
    return one("Fn::Sub", string(template));
}

static inline struct value *no_value(void)
{
    return named("AWS::NoValue");
}

// Of a policy.
struct statement {
    const char *sid;
    const char *effect; // default: "Allow"
    const char *action; // or:
    const char *const *actions;
    struct value *principal;
    struct value *resource;
    struct value *condition;
};

struct value *bootstrap_statement(const struct statement *statement);
struct value *bootstrap_document(struct value *const *statements); // ends with NULL
struct value *bootstrap_bucket_and_objects(void);

#endif

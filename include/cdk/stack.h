// SPDX-License-Identifier: MIT
#ifndef CDK_STACK_H
#define CDK_STACK_H

// A stack: a construct whose resources become one CloudFormation template.

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct stack_data;
struct value;

struct stack {
    struct construct *node;
    const char *name;        // of the CloudFormation stack
    const char *artifact_id; // in the manifest; template file "<artifact_id>.template.json"
    struct value *account;   // a string when known, else {"Ref": "AWS::AccountId"}
    struct value *region;    // likewise
    struct value *partition; // {"Ref": "AWS::Partition"}
    struct stack_data *state;
};

struct stack_props {
    const char *account;             // default: known at deployment only
    const char *region;              // likewise
    const char *stack_name;          // default: from the construct path
    const char *description;         // default: none; at most 1024 bytes
    bool termination_protection;     // default: no
    const struct value *tags;        // object of strings; default: none
    struct value *notification_arns; // array; default: none
};

// Fills a stack that its caller embeds; it must live as long as the app (construct_arena gives the memory for
// it).
void stack_init(
    struct stack *stack, struct construct *scope, const char *id, const struct stack_props *props);
struct stack *stack_new(struct construct *scope, const char *id, const struct stack_props *props);

// `stack` is deployed after `target`. A cycle is an error that names every stack in it.
void stack_add_dependency(struct stack *stack, struct stack *target);
size_t stack_dependency_count(const struct stack *stack);
struct stack *stack_dependency_at(const struct stack *stack, size_t index);

// The zones of the stack's environment: an array. From context when account and region are known (noted as
// missing when it is not there, and dummies returned), else two that CloudFormation selects (CDK's
// Stack.availabilityZones).
struct value *stack_availability_zones(struct stack *stack);
// The same as far as context knows them, for checks: NULL when it does not, and nothing is noted as missing.
struct value *stack_known_availability_zones(struct stack *stack);

// An ARN in the stack's partition; an account or region of NULL is the stack's own, "" is left out.
enum arn_format {
    ARN_SLASH_RESOURCE_NAME,       // arn:partition:service:region:account:resource/name
    ARN_COLON_RESOURCE_NAME,       // ...:resource:name
    ARN_NO_RESOURCE_NAME,          // ...:resource
    ARN_SLASH_RESOURCE_SLASH_NAME, // ...:/resource/name
};
struct arn_parts {
    const char *service;
    struct value *region;
    struct value *account;
    const char *resource;
    struct value *resource_name;
    enum arn_format format;
};
struct value *stack_format_arn(struct stack *stack, const struct arn_parts *parts);

// The value of `reference` (from ref or get_att) exported under a name of the CDK's making; what another
// stack uses for it.
struct value *stack_export_value(struct stack *stack, struct value *reference);

// What `value` becomes in this stack's template, with nothing symbolic left; for tests and for hashes.
struct value *stack_resolve(struct stack *stack, struct value *value);

#endif

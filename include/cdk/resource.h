// SPDX-License-Identifier: MIT
#ifndef CDK_RESOURCE_H
#define CDK_RESOURCE_H

// Elements of a template: resources (CDK's L1, one type for all of them), outputs, parameters.

#include "cdk/token.h"

struct construct;

enum removal_policy {
    REMOVAL_POLICY_DEFAULT, // none: CloudFormation's default
    REMOVAL_POLICY_DESTROY,
    REMOVAL_POLICY_RETAIN,
    REMOVAL_POLICY_SNAPSHOT,
    REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE,
};

struct resource;

// `type` as in "AWS::S3::Bucket". `properties` is an object (or a lazy one); rows are in alphabetical order,
// as in the CDK's own templates. "Tags" among them are initial tags, which Tags of scopes add to.
struct resource *resource_new(
    struct construct *scope, const char *id, const char *type, struct value *properties);

struct construct *resource_node(const struct resource *resource);
const char *resource_type(const struct resource *resource);
struct value *resource_properties(const struct resource *resource);
const char *resource_logical_id(const struct resource *resource);
// A logical id of the caller's choice instead of the one made from the path.
void resource_override_logical_id(struct resource *resource, const char *logical_id);
// The id made at synthesis by `make`, from the one that the path gives, once everything else is settled (for
// ids that hash other resources' properties).
typedef const char *resource_make_id(const char *path_id, void *data);
void resource_late_logical_id(struct resource *resource, resource_make_id *make, void *data);

// REMOVAL_POLICY_DEFAULT changes nothing.
void resource_apply_removal_policy(struct resource *resource, enum removal_policy policy);
// Only the policy for updates that replace the resource.
void resource_set_update_replace_policy(struct resource *resource, enum removal_policy policy);
void resource_add_metadata(struct resource *resource, const char *key, struct value *value);
void resource_add_dependency(struct resource *resource, struct resource *target);
// Sets a property after the resource was made; `value` of NULL removes it.
void resource_set_property(struct resource *resource, const char *name, struct value *value);
// When `wanted` returns false at synthesis, the resource is left out, and so are dependencies on it.
void resource_set_condition_to_synthesize(struct resource *resource, bool (*wanted)(void *data), void *data);

struct output_props {
    struct value *value;             // required
    const char *description;         // default: none
    const char *export_name;         // default: not exported
    struct value *export_name_value; // an export name that is not a literal; default: export_name
};
void output_new(struct construct *scope, const char *id, const struct output_props *props);

struct parameter_props {
    const char *type;            // default "String"
    struct value *default_value; // default: none
    const char *description;     // default: none
};
// Returns a reference to the parameter, which other stacks may use, too.
struct value *parameter_new(struct construct *scope, const char *id, const struct parameter_props *props);

#endif

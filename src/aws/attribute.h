// SPDX-License-Identifier: MIT
#ifndef AWS_ATTRIBUTE_H
#define AWS_ATTRIBUTE_H

// What a resource returns, in a form that stacks of other accounts and regions can use as well: those get
// what the resource's given name tells, and an error when it has none.

struct arn_parts;
struct resource;
struct value;

// `parts` name the resource; a resource_name of NULL, or one that is known only at deployment: it has none.
struct value *attribute_arn(struct resource *resource, const char *attribute, const struct arn_parts *parts);
// The Ref of a resource that returns its name. `given_name` may be NULL.
struct value *attribute_name(struct resource *resource, struct value *given_name);

#endif

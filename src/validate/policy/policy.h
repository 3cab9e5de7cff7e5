// SPDX-License-Identifier: MIT
#ifndef VALIDATE_POLICY_POLICY_H
#define VALIDATE_POLICY_POLICY_H

// The rules of good practice: those of cdk-nag's pack AwsSolutions (3.0.2), under its ids, judged as it
// judges.
//
// cdk-nag looks at constructs, in JavaScript. What it sees of a property is what the template has, so rules
// here read the template in the same way: what is not there is NULL; an intrinsic function is an object like
// any other; and where cdk-nag throws an exception (a value has to be known, a member of nothing is asked
// for), the case is undecided. That is sticky: functions go on with NULL then, and what the rule says in the
// end does not count. Functions that can leave a case undecided take it as their first parameter.

#include "util/strbuf.h"
#include "validate/rule.h"

enum verdict { NOT_APPLICABLE, COMPLIANT, NON_COMPLIANT };

enum undecided {
    DECIDED,
    UNDECIDED_UNTIL_DEPLOYED, // a function gives the value
    UNDECIDED_WITHOUT,        // a value is not there
    UNDECIDED_MALFORMED,      // it is nothing that the rule could read
};

// A resource that a rule judges.
struct policy_case {
    struct validator *validator;
    const struct rule *rule;
    const struct template_resource *resource;
    enum undecided undecided;
    const char *name;           // of the property that was looked at last
    const char *undecided_name; // the same, when the case became undecided
    const char **findings;      // of a rule that has several
    size_t finding_count, finding_capacity;
};

// What most rules ask of one property. What is on the way to it and not there counts as it itself not there.
enum policy_demand {
    DEMAND_NONE,
    MUST_EXIST,
    MUST_BE_ON,        // true; not there is off
    MUST_BE_TEXT,      // `text`
    MUST_NOT_BE_ON,    // not true; not there is well
    MUST_NOT_BE_OFF,   // not false; not there is well
    MUST_BE_WEEK,      // a number of at least 7
    MUST_NOT_BE_EMPTY, // there, and no empty text or list
};

struct policy_rule {
    const char *types;                                 // of resources, separated by blanks
    enum verdict (*judge)(struct policy_case *policy); // NULL: the demand
    enum policy_demand demand;
    const char *path; // of the property, with "/"
    const char *text;
};

// id, severity, types, title, why, fix, and what is in struct policy_rule.
#define POLICY(suffix, level, resource_types, what, reason, remedy, ...)                                     \
    {                                                                                                        \
        .id = "AwsSolutions-" suffix, .severity = SEVERITY_##level, .title = (what), .why = (reason),        \
        .fix = (remedy), .source = "AwsSolutions in RULES.md of cdk-nag", .scope = RULE_POLICY,              \
        .policy = &(const struct policy_rule)                                                                \
        {                                                                                                    \
            .types = (resource_types), __VA_ARGS__                                                           \
        }                                                                                                    \
    }

// Judges all resources.
void policy_run(struct validator *validator);

// Whether cdk-nag's metadata of the resource or the template says that the finding is not to be reported.
bool policy_is_suppressed(const struct policy_case *policy, const char *finding);
// Reports suppressions that give no reason.
void policy_check_suppressions(struct validator *validator);

// Properties. Fn::Select and Fn::Split of literals are what they give, as in the CDK; JSON's null is NULL.
const struct value *policy_property(struct policy_case *policy, const char *name);
// Of another resource.
const struct value *policy_property_of(
    struct policy_case *policy, const struct template_resource *resource, const char *name);
// object.name; undecided when there is no object.
const struct value *policy_member(struct policy_case *policy, const struct value *object, const char *name);
// object?.name, for a path with "/".
const struct value *policy_optional(const struct value *object, const char *path);
const struct value *policy_item(const struct value *array, size_t index);
// How many items a loop goes through; undecided unless it is an array.
size_t policy_items(struct policy_case *policy, const struct value *array);
// The value, which must not be an object or array.
const struct value *policy_primitive(struct policy_case *policy, const struct value *value);
// What must be a text (a number or boolean counts, where the schema says text); else undecided and "".
const char *policy_text(struct policy_case *policy, const struct value *value);
// policy_text(policy_primitive(...))
const char *policy_primitive_text(struct policy_case *policy, const struct value *value);
void policy_set_undecided(struct policy_case *policy, const struct value *value);

// What the CDK makes of an intrinsic function where cdk-nag looks at the property itself, and not at what it
// resolves to: a text, a list of one, or an object.
enum policy_token { TOKEN_NONE, TOKEN_TEXT, TOKEN_LIST, TOKEN_OBJECT };
enum policy_token policy_token_kind(const struct value *value);
bool policy_is_pseudo(const struct value *value); // a reference to a pseudo parameter
// Of such a property; also when there is none.
bool policy_has_less_than_two(const struct value *list);

bool policy_is(const struct value *value, const char *text);
bool policy_is_true(const struct value *value);  // also "true", as templates write it
bool policy_is_false(const struct value *value); // also "false"
// A number, or a text that is one; else `otherwise`.
double policy_number(const struct value *value, double otherwise);
// JavaScript's ===: two that are not there are the same, two objects are not.
bool policy_same(const struct value *a, const struct value *b);
// The logical id that Ref or Fn::GetAtt names; of anything else the value itself.
const struct value *policy_target(const struct value *value);
bool policy_contains_ignoring_case(const char *text, const char *part);

// Texts, in the arena of values.
const char *policy_json(const struct value *value);
// As in a template literal: "[object Object]", "undefined".
const char *policy_interpolated(const struct value *value);
// cdk-nag's flattenCfnReference: "arn:<AWS::Partition>:s3:::<Bucket.Arn>/*"
const char *policy_flattened(struct policy_case *policy, const struct value *value);
bool policy_matches(struct policy_case *policy, const char *text, const char *pattern_format, ...)
    __attribute__((format(printf, 3, 4)));

// The next resource of the type behind `*index`, which begins with 0; NULL at the end.
const struct template_resource *policy_next(struct policy_case *policy, const char *type, size_t *index);
bool policy_is_type(const struct policy_case *policy, const char *type);

// A finding of a rule that has several. The same is remembered once.
void policy_found(struct policy_case *policy, const char *format, ...) __attribute__((format(printf, 2, 3)));
enum verdict policy_findings_verdict(const struct policy_case *policy);

// Statements of resource policies.

// Whether a statement denies `actions` (in lower case; NULL-terminated) to everybody without TLS.
bool policy_denies_insecure(
    struct policy_case *policy, const struct value *statement, const char *const *actions);
// "*", or "AWS" with it.
bool policy_is_everybody(struct policy_case *policy, const struct value *principal);
// "*" anywhere in the text of an allowed principal, in a list of statements.
bool policy_allows_star(struct policy_case *policy, const struct value *statements);

#endif

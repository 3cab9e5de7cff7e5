// SPDX-License-Identifier: MIT
// What CloudFormation's change set says about a change, beside what the templates say (AWS CloudFormation API
// Reference: ResourceChange).
#include "data/value.h"
#include "diff/render/format.h"
#include "template/template.h"
#include "util/array.h"
#include "util/display.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct change_set_case {
    const char *name;
    const char *before, *after; // resources
    const char *changes;        // ResourceChange objects
    const char *text;           // without the last lines
};

#define MODIFY(id, type, replacement, details)                                                               \
    "{Action: Modify, LogicalResourceId: " id ", ResourceType: '" type "', Replacement: " replacement        \
    ", Scope: [Properties], Details: [" details "]}"
#define PROPERTY(name, recreation)                                                                           \
    "{Target: {Attribute: Properties, Name: " name ", RequiresRecreation: " recreation "}}"
#define POLICY                                                                                               \
    "P: {Type: 'AWS::IAM::Policy', Condition: C, Properties: {Roles: [r], PolicyDocument: {Statement: "      \
    "[{Effect: Allow, "                                                                                      \
    "Action: 'a:b', Resource: '*'}]}}}"
#define NETWORK(cidr)                                                                                        \
    "V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: " cidr "}},"                                         \
    "N: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: {Ref: V}}}"

static const struct change_set_case cases[] = {
    {
        "it agrees",
        "A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: a}}",
        "A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: b}}",
        MODIFY("A", "AWS::SNS::Topic", "'True'", PROPERTY("TopicName", "Always")),
        "S: 1 replaced\n\nStack S\nResources\n"
        "[~] AWS::SNS::Topic A replace\n"
        " └─ [~] TopicName (requires replacement)\n"
        "     ├─ [-] a\n"
        "     └─ [+] b\n\n",
    },
    {
        "it knows that nothing is replaced, and that one property stays as it is",
        "A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: a, DisplayName: x}}",
        "A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: {Ref: Name}, DisplayName: y}}",
        MODIFY("A", "AWS::SNS::Topic", "'False'", PROPERTY("DisplayName", "Never")),
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] AWS::SNS::Topic A (by CloudFormation's change set)\n"
        " ├─ [~] TopicName\n"
        " │   ├─ [-] a\n"
        " │   └─ [+] {\"Ref\":\"Name\"}\n"
        " └─ [~] DisplayName\n"
        "     ├─ [-] x\n"
        "     └─ [+] y\n\n",
    },
    {
        "what the templates' references make change does not",
        NETWORK("a"),
        NETWORK("b"),
        MODIFY("V", "AWS::EC2::VPC", "'False'", PROPERTY("CidrBlock", "Never")),
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] AWS::EC2::VPC V (by CloudFormation's change set)\n"
        " └─ [~] CidrBlock\n"
        "     ├─ [-] a\n"
        "     └─ [+] b\n\n",
    },
    {
        "a condition begins to hold: permissions come",
        POLICY,
        POLICY,
        "{Action: Add, LogicalResourceId: P, ResourceType: 'AWS::IAM::Policy'}",
        "S: 1 added; broadens permissions\n\nStack S\nIAM Statement Changes\n"
        "┌───┬──────────┬────────┬────────┬───────────┬───────────┐\n"
        "│   │ Resource │ Effect │ Action │ Principal │ Condition │\n"
        "├───┼──────────┼────────┼────────┼───────────┼───────────┤\n"
        "│ + │ *        │ Allow  │ a:b    │ AWS:r     │           │\n"
        "└───┴──────────┴────────┴────────┴───────────┴───────────┘\n\n"
        "Resources\n"
        "[+] AWS::IAM::Policy P (only CloudFormation's change set knows)\n"
        " ├─ [+] Roles: [\"r\"]\n"
        " └─ [+] PolicyDocument: "
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\"}]}\n\n",
    },
    {
        "a condition does not hold: permissions do not come",
        "",
        POLICY,
        "",
        "S: 1 left alone\n\nStack S\nResources\n"
        "[+] AWS::IAM::Policy P (CloudFormation's change set leaves it alone)\n"
        " ├─ [+] Roles: [\"r\"]\n"
        " └─ [+] PolicyDocument: "
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\"}]}\n\n",
    },
    {
        "a condition ends: data goes, or stays",
        "A: {Type: 'AWS::DynamoDB::Table'}, B: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain}",
        "A: {Type: 'AWS::DynamoDB::Table'}, B: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain}",
        "{Action: Remove, LogicalResourceId: A, ResourceType: 'AWS::DynamoDB::Table', PolicyAction: "
        "Delete},{Action: Remove, LogicalResourceId: B, ResourceType: 'AWS::DynamoDB::Table', PolicyAction: "
        "Retain}",
        "S: 1 destroyed, 1 orphaned; data at stake in 2\n\nStack S\nResources\n"
        "[-] AWS::DynamoDB::Table A destroy (data at stake: it is deleted) (only CloudFormation's change set "
        "knows)\n"
        "[-] AWS::DynamoDB::Table B orphan (data is retained) (only CloudFormation's change set knows)\n\n",
    },
    {
        "a resource is imported, another one's fate is open",
        "B: {Type: 'AWS::CloudFormation::CustomResource'}",
        "A: {Type: 'AWS::SQS::Queue'}, B: {Type: 'AWS::CloudFormation::CustomResource'}",
        "{Action: Import, LogicalResourceId: A, ResourceType: 'AWS::SQS::Queue'},{Action: Dynamic, "
        "LogicalResourceId: B, ResourceType: 'AWS::CloudFormation::CustomResource'}",
        "S: 1 may be replaced, 1 imported\n\nStack S\nResources\n"
        "[+] AWS::SQS::Queue A import (by CloudFormation's change set)\n"
        "[~] AWS::CloudFormation::CustomResource B may be replaced (only CloudFormation's change set "
        "knows)\n\n",
    },
};

static const struct value *read(const char *key, const char *open, const char *text, const char *close)
{
    const char *yaml = arena_printf(value_arena(), "{%s: %s%s%s}", key, open, text, close);
    ERROR_AUTO err = ERROR_INIT;
    const struct value *value = template_parse_yaml(yaml, strlen(yaml), "case", NULL, &err);

    if (!value)
        fail_msg("%s", err.message);
    return value;
}

static const struct value *read_changes(const char *text)
{
    const struct value *list = object_get(read("Changes", "[", text, "]"), "Changes");
    struct value *changes = array();

    for (size_t i = 0; i < value_length(list); i++)
        array_append(changes, object((struct field[]){ { "ResourceChange", array_at(list, i) }, END }));
    return changes;
}

static void assert_text(const struct change_set_case *test)
{
    const struct diff_options how = { 0 };
    const struct diff_format_options look = { .context = 1 };
    const struct diff_input input = { .name = "S",
        .before = read("Resources", "{", test->before, "}"),
        .after = read("Resources", "{", test->after, "}"),
        .changes = read_changes(test->changes) };
    DISPLAY_AUTO text = DISPLAY_INIT;
    struct diff diff;
    char *end;

    diff_compare(&input, 1, &how, &diff);
    diff_write_text(&text, &diff, &look);
    end = strstr(text.shown.data, "Number of stacks with ");
    assert_non_null(end);
    *end = '\0';
    if (strcmp(text.shown.data, test->text) != 0)
        fail_msg("%s:\n%s\ninstead of\n%s", test->name, text.shown.data, test->text);
}

static void its_word_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_text(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_word_counts, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("diff/change_set", tests, NULL, NULL);
}

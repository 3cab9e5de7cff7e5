// SPDX-License-Identifier: MIT
// What the text format says of small templates. Decisions as such are compared with the CDK's in test_cdk.sh;
// here is what the CDK lacks, and how all of it reads.
#include "data/value.h"
#include "diff/render/format.h"
#include "template/template.h"
#include "util/array.h"
#include "util/display.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { STRICT = 1, DEPLOYED = 2, SECURITY_ONLY = 4, SUMMARY = 8, COLOR = 16 };

enum { MOST_STACKS = 3 };

struct text_case {
    const char *name;
    struct {
        const char *name, *before, *after; // YAML
    } stacks[MOST_STACKS];
    int how;
    const char *text; // without the last lines that count
};

#define Q(id, more) "  " id ": {Type: AWS::SQS::Queue, Properties: {" more "}}\n"
#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define POLICY(statements)                                                                                   \
    "Resources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [r], PolicyDocument: "     \
    "{Statement: [" statements "]}}}\n"
#define FUNCTION(code, metadata)                                                                             \
    "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Code: {S3Key: " code ".zip}}, Metadata: {"  \
    "aws:asset:path: asset." code ", aws:cdk:path: S/Worker/Resource, note: " metadata "}}\n"

#define SAM(function, api)                                                                                   \
    "Transform: AWS::Serverless-2016-10-31\nResources:\n"                                                    \
    "  F: {Type: AWS::Serverless::Function, Properties: {" function                                          \
    ", Environment: {Variables: {API: {Ref: A}}}}}\n"                                                        \
    "  A: {Type: AWS::Serverless::Api, Properties: {" api                                                    \
    ", DefinitionBody: {uri: {'Fn::Sub': '${F.Arn}'}}}}\n"
#define LOOP(collection, properties, more)                                                                   \
    "Transform: AWS::LanguageExtensions\nResources:\n  'Fn::ForEach::Queues': [Name, " collection            \
    ", {'Queue${Name}': {Type: AWS::SQS::Queue, " more "Properties: {" properties "}}}]\n"
#define CIRCLE(type, prefix)                                                                                 \
    "Transform: AWS::Serverless-2016-10-31\nResources:\n"                                                    \
    "  F: {Type: AWS::Serverless::Function, Properties: {FunctionName: {'Fn::Sub': '" prefix "-${M}'}}}\n"   \
    "  M: {Type: AWS::Serverless::StateMachine, Properties: {Type: " type                                    \
    ", Name: {'Fn::Sub': '${F}-m'}}}\n"

static const struct text_case cases[] = {
    {
        "nothing",
        { { "S", "Resources:\n" Q("A", ""), "Resources:\n" Q("A", "") } },
        0,
        "S: no differences\n\n",
    },
    {
        "a property of each kind of impact",
        { { "S", "Resources:\n" Q("A", "QueueName: a, DelaySeconds: 1, Tags: []"),
            "Resources:\n" Q("A", "QueueName: b, DelaySeconds: 2, KmsMasterKeyId: k") } },
        0,
        "S: 1 replaced; data at stake in 1\n\nStack S\nResources\n"
        "[~] AWS::SQS::Queue A replace (data at stake: it is deleted)\n"
        " ├─ [~] QueueName (requires replacement)\n"
        " │   ├─ [-] a\n"
        " │   └─ [+] b\n"
        " ├─ [~] DelaySeconds\n"
        " │   ├─ [-] 1\n"
        " │   └─ [+] 2\n"
        " ├─ [-] Tags: []\n"
        " └─ [+] KmsMasterKeyId: k\n\n",
    },
    {
        "another type",
        { { "S", "Resources: {A: {Type: AWS::DynamoDB::Table}}",
            "Resources: {A: {Type: AWS::SNS::Topic}}" } },
        0,
        "S: 1 replaced; data at stake in 1\n\nStack S\nResources\n"
        "[~] AWS::SNS::Topic A replace (was AWS::DynamoDB::Table) (data at stake: it is deleted)\n\n",
    },
    {
        "an added resource shows what is in it",
        { { "S", "{}", "Resources:\n" Q("A", "QueueName: a, Tags: [{Key: k, Value: v}]") } },
        0,
        "S: 1 added\n\nStack S\nResources\n"
        "[+] AWS::SQS::Queue A\n"
        " ├─ [+] QueueName: a\n"
        " └─ [+] Tags: [{\"Key\":\"k\",\"Value\":\"v\"}]\n\n",
    },
    {
        "what refers to a replaced resource changes, down to the last one",
        { { "S",
            "Resources:\n"
            "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
            "  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V}}\n"
            "  F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref N]}}}\n",
            "Resources:\n"
            "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
            "  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V}}\n"
            "  F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref N]}}}\n" } },
        0,
        "S: 2 replaced, 1 updated\n\nStack S\nResources\n"
        "[~] AWS::EC2::VPC V replace\n"
        " └─ [~] CidrBlock (requires replacement)\n"
        "     ├─ [-] 10.0.0.0/16\n"
        "     └─ [+] 10.1.0.0/16\n"
        "[~] AWS::EC2::Subnet N replace\n"
        " └─ [~] VpcId (changes because V is replaced) (requires replacement)\n"
        "[~] AWS::Lambda::Function F\n"
        " └─ [~] VpcConfig (changes because N is replaced)\n\n",
    },
    {
        "data at stake by deletion policy",
        { { "S",
            "Resources:\n"
            "  A: {Type: AWS::DynamoDB::Table}\n"
            "  B: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain}\n"
            "  C: {Type: AWS::RDS::DBCluster}\n"
            "  D: {Type: AWS::RDS::DBCluster, DeletionPolicy: Delete}\n"
            "  E: {Type: AWS::DynamoDB::Table, UpdateReplacePolicy: Retain, Properties: {TableName: a}}\n",
            "Resources:\n"
            "  E: {Type: AWS::DynamoDB::Table, UpdateReplacePolicy: Retain, Properties: {TableName: "
            "b}}\n" } },
        0,
        "S: 3 destroyed, 1 replaced, 1 orphaned; data at stake in 5\n\nStack S\nResources\n"
        "[-] AWS::DynamoDB::Table A destroy (data at stake: it is deleted)\n"
        "[-] AWS::DynamoDB::Table B orphan (data is retained)\n"
        "[-] AWS::RDS::DBCluster C destroy (data at stake: only a snapshot stays)\n"
        "[-] AWS::RDS::DBCluster D destroy (data at stake: it is deleted)\n"
        "[~] AWS::DynamoDB::Table E replace (data is retained)\n"
        " └─ [~] TableName (requires replacement)\n"
        "     ├─ [-] a\n"
        "     └─ [+] b\n\n",
    },
    {
        "renamed resources that refer to each other",
        { { "S",
            "Resources:\n" Q("A", "QueueName: q") "  B: {Type: AWS::SQS::QueuePolicy, DependsOn: A, "
                                                  "Properties: {Queues: [!Ref A]}}\n",
            "Resources:\n" Q("C", "QueueName: q") "  D: {Type: AWS::SQS::QueuePolicy, DependsOn: C, "
                                                  "Properties: {Queues: [!Ref C]}}\n" } },
        0,
        "S: 2 destroyed, 2 added; data at stake in 1\n\nStack S\nResources\n"
        "[-] AWS::SQS::Queue A destroy (data at stake: it is deleted) (renamed to C: a stack refactor would "
        "keep it)\n"
        "[-] AWS::SQS::QueuePolicy B destroy (renamed to D: a stack refactor would keep it)\n"
        "[+] AWS::SQS::Queue C (renamed from A: a stack refactor would keep it)\n"
        " └─ [+] QueueName: q\n"
        "[+] AWS::SQS::QueuePolicy D (renamed from B: a stack refactor would keep it)\n"
        " └─ [+] Queues: [{\"Ref\":\"C\"}]\n\n",
    },
    {
        "two of the same content may be either",
        { { "S", "Resources:\n" Q("A", "DelaySeconds: 1"),
            "Resources:\n" Q("B", "DelaySeconds: 1") Q("C", "DelaySeconds: 1") } },
        SUMMARY,
        "S: 1 destroyed, 2 added; data at stake in 1\n\n",
    },
    {
        "a resource moves to another stack",
        { { "S", "Resources:\n" Q("A", "QueueName: q"), "{}" },
            { "T", "{}", "Resources:\n" Q("B", "QueueName: q") } },
        0,
        "S: 1 destroyed; data at stake in 1\nT: 1 added\n\nStack S\nResources\n"
        "[-] AWS::SQS::Queue A destroy (data at stake: it is deleted) (moved to B in T: a stack refactor "
        "would keep it)\n"
        "\nStack T\nResources\n"
        "[+] AWS::SQS::Queue B (moved from A in S: a stack refactor would keep it)\n"
        " └─ [+] QueueName: q\n\n",
    },
    {
        "exports that are imported",
        { { "S",
              "Resources:\n" Q("A", "QueueName: a") "Outputs:\n"
                                                    "  O: {Value: !Ref A, Export: {Name: changes}}\n"
                                                    "  P: {Value: x, Export: {Name: !Sub 'vanishes'}}\n"
                                                    "  Q: {Value: x, Export: {Name: stays}}\n"
                                                    "  R: {Value: x, Export: {Name: unused}}\n",
              "Resources:\n" Q("A", "QueueName: b") "Outputs:\n"
                                                    "  O: {Value: !Ref A, Export: {Name: changes}}\n"
                                                    "  Q: {Value: x, Export: {Name: stays}}\n"
                                                    "  R: {Value: y, Export: {Name: unused}}\n" },
            { "T",
                "Resources:\n" Q("B", "QueueName: !ImportValue changes, KmsMasterKeyId: !ImportValue stays"),
                "{}" },
            { "U", "Resources:\n" Q("B", "Tags: [!ImportValue {'Fn::Sub': vanishes}, !ImportValue changes]"),
                NULL } },
        SUMMARY,
        "S: 1 replaced, 2 outside of resources; data at stake in 1; exports in use: 2\n"
        "T: 1 destroyed; data at stake in 1\nU (gone): 1 destroyed; data at stake in 1\n\n",
    },
    {
        "an export vanishes while it is imported",
        { { "S",
              "Resources: {}\nOutputs: {O: {Value: x, Export: {Name: e}}, P: {Value: x, Export: {Name: f}}}",
              "{}" },
            { "T", "Resources:\n" Q("B", "QueueName: !ImportValue e"),
                "Resources:\n" Q("B", "QueueName: !ImportValue e") } },
        0,
        "S: 2 outside of resources; exports in use: 1\nT: no differences\n\nStack S\nOutputs\n"
        "[-] Output O: {\"Value\":\"x\",\"Export\":{\"Name\":\"e\"}}\n"
        "[-] Output P: {\"Value\":\"x\",\"Export\":{\"Name\":\"f\"}}\n\n"
        "Exports\n"
        "[-] Export e (output O) is removed while imported by T: CloudFormation refuses that\n"
        "[-] Export f (output P)\n\n",
    },
    {
        "the order of statements and of their parts means nothing",
        { { "S",
            POLICY("{Effect: Allow, Action: [a:b, c:d], Resource: x}, {Effect: Deny, Action: e:f, Resource: "
                   "['*']}"),
            POLICY("{Effect: Deny, Action: [e:f], Resource: '*', Sid: N}, {Resource: [x], Effect: Allow, "
                   "Action: [c:d, a:b]}") } },
        0,
        "S: no differences\n\n",
    },
    {
        "only the statements that change",
        { { "S",
            POLICY("{Effect: Allow, Action: a:b, Resource: x}, {Effect: Deny, Action: e:f, Resource: y}"),
            POLICY("{Effect: Deny, Action: e:f, Resource: y}, {Effect: Allow, Action: a:c, Resource: x}") } },
        0,
        "S: 1 updated; broadens permissions\n\nStack S\nIAM Statement Changes\n"
        "┌───┬──────────┬────────┬────────┬───────────┬───────────┐\n"
        "│   │ Resource │ Effect │ Action │ Principal │ Condition │\n"
        "├───┼──────────┼────────┼────────┼───────────┼───────────┤\n"
        "│ - │ x        │ Allow  │ a:b    │ AWS:r     │           │\n"
        "├───┼──────────┼────────┼────────┼───────────┼───────────┤\n"
        "│ + │ x        │ Allow  │ a:c    │ AWS:r     │           │\n"
        "└───┴──────────┴────────┴────────┴───────────┴───────────┘\n"
        "\nResources\n"
        "[~] AWS::IAM::Policy P\n"
        " └─ [~] PolicyDocument\n"
        "     └─ [~] .Statement:\n"
        "         ├─ [-] {\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"x\"}\n"
        "         └─ [+] {\"Effect\":\"Allow\",\"Action\":\"a:c\",\"Resource\":\"x\"}\n\n",
    },
    {
        "only permissions",
        { { "S",
            "Parameters: {P: {Type: String}}\nResources: {G: {Type: AWS::EC2::SecurityGroup, Metadata: "
            "{'aws:cdk:path': S/Web/Group/Resource}}}",
            "Resources: {G: {Type: AWS::EC2::SecurityGroup, Metadata: {'aws:cdk:path': "
            "S/Web/Group/Resource}, Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, "
            "ToPort: '80', CidrIp: 0.0.0.0/0}, {IpProtocol: -1, CidrIpv6: '::/0'}]}}}" } },
        SECURITY_ONLY,
        "S: 1 updated, 1 outside of resources; broadens permissions\n\nStack S\nSecurity Group Changes\n"
        "┌───┬──────────────────────┬─────┬────────────┬─────────────────┐\n"
        "│   │ Group                │ Dir │ Protocol   │ Peer            │\n"
        "├───┼──────────────────────┼─────┼────────────┼─────────────────┤\n"
        "│ + │ ${Web/Group.GroupId} │ In  │ Everything │ Everyone (IPv6) │\n"
        "├───┼──────────────────────┼─────┼────────────┼─────────────────┤\n"
        "│ + │ ${Web/Group.GroupId} │ In  │ TCP 80     │ Everyone (IPv4) │\n"
        "└───┴──────────────────────┴─────┴────────────┴─────────────────┘\n\n",
    },
    {
        "text that is JSON",
        { { "S",
            "Resources: {D: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: !Join ['', "
            "['{\"widgets\": [{\"region\": \"', !Ref AWS::Region, '\", \"title\": \"A\"}]}']]}}}",
            "Resources: {D: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: !Join ['', "
            "['{\"widgets\":[{\"title\":\"B\",\"region\":\"', !Ref AWS::Region, '\"}]}']]}}}" } },
        0,
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] AWS::CloudWatch::Dashboard D\n"
        " └─ [~] DashboardBody\n"
        "     └─ [~] .widgets:\n"
        "         └─ [~] [0]:\n"
        "             └─ [~] .title:\n"
        "                 ├─ [-] A\n"
        "                 └─ [+] B\n\n",
    },
    {
        "text with lines",
        { { "S", "Resources: {F: {Type: T, Properties: {Code: \"a\\nb\\nc\\nd\\ne\\n\"}}}",
            "Resources: {F: {Type: T, Properties: {Code: \"a\\nb\\nx\\nd\\ne\\n\"}}}" } },
        0,
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] T F\n"
        " └─ [~] Code\n"
        "        @@ -2,3 +2,3 @@\n"
        "        [ ] b\n"
        "        [-] c\n"
        "        [+] x\n"
        "        [ ] d\n\n",
    },
    {
        "hashes of assets and metadata",
        { { "S", FUNCTION(HASH_A, "a"), FUNCTION(HASH_B, "b") } },
        0,
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] AWS::Lambda::Function Worker F\n"
        " └─ [~] Code (only the hash of an asset)\n\n",
    },
    {
        "hashes of assets and metadata, strict",
        { { "S", FUNCTION(HASH_A, "a"), FUNCTION(HASH_B, "b") } },
        STRICT,
        "S: 1 updated\n\nStack S\nResources\n"
        "[~] AWS::Lambda::Function Worker F\n"
        " ├─ [~] Code\n"
        " │   └─ [~] .S3Key:\n"
        " │       ├─ [-] " HASH_A ".zip\n"
        " │       └─ [+] " HASH_B ".zip\n"
        " └─ [~] Metadata\n"
        "     ├─ [~] .aws:asset:path:\n"
        "     │   ├─ [-] asset." HASH_A "\n"
        "     │   └─ [+] asset." HASH_B "\n"
        "     └─ [~] .note:\n"
        "         ├─ [-] a\n"
        "         └─ [+] b\n\n",
    },
    {
        "what SAM makes is updated",
        { { "S", SAM("FunctionName: f, Timeout: 3", "StageName: p"),
            SAM("FunctionName: f, Timeout: 5", "StageName: p") } },
        0,
        "S: 1 updated\n\nStack S\nResources\n[~] AWS::Serverless::Function F\n └─ [~] Timeout\n     ├─ [-] 3\n"
        "     └─ [+] 5\n\n",
    },
    {
        "names replace what SAM makes",
        { { "S", SAM("FunctionName: f", "StageName: p"), SAM("FunctionName: g", "StageName: q") } },
        0,
        "S: 1 replaced, 1 may be replaced\n\nStack S\nResources\n"
        "[~] AWS::Serverless::Function F replace\n"
        " └─ [~] FunctionName (requires replacement)\n"
        "     ├─ [-] f\n"
        "     └─ [+] g\n"
        "[~] AWS::Serverless::Api A may be replaced\n"
        " ├─ [~] StageName (may cause replacement)\n"
        " │   ├─ [-] p\n"
        " │   └─ [+] q\n"
        " └─ [~] DefinitionBody (changes because F is replaced)\n\n",
    },
    {
        "a loop is what it repeats",
        { { "S", LOOP("[A, B]", "QueueName: a", ""), LOOP("[A, B]", "QueueName: b", "") },
            { "T", LOOP("[A, B]", "DelaySeconds: 1", ""), LOOP("[A, B, C]", "DelaySeconds: 2", "") },
            { "U", LOOP("[A, B]", "DelaySeconds: 1", ""), LOOP("[A]", "DelaySeconds: 1", "") } },
        SUMMARY,
        "S: 1 replaced; data at stake in 1\nT: 1 updated\nU: 1 may be replaced; data at stake in 1\n\n",
    },
    {
        "loops come and go",
        { { "S", "Resources: {}", LOOP("[A, B]", "", "") }, { "T", LOOP("[A, B]", "", ""), "Resources: {}" },
            { "U", LOOP("[A, B]", "", "DeletionPolicy: Retain, "), "Resources: {}" } },
        SUMMARY,
        "S: 1 added, 1 outside of resources\nT: 1 destroyed, 1 outside of resources; data at stake in 1\n"
        "U: 1 orphaned, 1 outside of resources; data at stake in 1\n\n",
    },
    {
        "what a macro makes may be anything",
        { { "S", "Resources: {'Fn::Transform': {Name: a}}", "Resources: {'Fn::Transform': {Name: b}}" },
            { "T", "Resources:\n" Q("A", "'Fn::Transform': {Name: a}"),
                "Resources:\n" Q("A", "'Fn::Transform': {Name: b}") },
            { "U", "Resources: {A: {Type: My::Own::Type, Properties: {a: 1}}}",
                "Resources: {A: {Type: My::Own::Type, Properties: {a: 2}}}" } },
        SUMMARY,
        "S: 1 may be replaced; broadens permissions\n"
        "T: 1 may be replaced; broadens permissions; data at stake in 1\nU: 1 updated\n\n",
    },
    {
        "reasons do not run in a circle",
        { { "S", CIRCLE("a", "x"), CIRCLE("b", "x") } },
        0,
        "S: 2 replaced\n\nStack S\nResources\n"
        "[~] AWS::Serverless::Function F replace\n"
        " └─ [~] FunctionName (changes because M is replaced) (requires replacement)\n"
        "[~] AWS::Serverless::StateMachine M replace\n"
        " └─ [~] Type (requires replacement)\n"
        "     ├─ [-] a\n"
        "     └─ [+] b\n\n",
    },
    {
        "what changed by itself needs no reason",
        { { "S", CIRCLE("a", "x"), CIRCLE("b", "y") } },
        0,
        "S: 2 replaced\n\nStack S\nResources\n"
        "[~] AWS::Serverless::Function F replace\n"
        " └─ [~] FunctionName (requires replacement)\n"
        "     ├─ [-] {\"Fn::Sub\":\"x-${M}\"}\n"
        "     └─ [+] {\"Fn::Sub\":\"y-${M}\"}\n"
        "[~] AWS::Serverless::StateMachine M replace\n"
        " ├─ [~] Type (requires replacement)\n"
        " │   ├─ [-] a\n"
        " │   └─ [+] b\n"
        " └─ [~] Name (changes because F is replaced) (requires replacement)\n\n",
    },
    {
        "what the CDK keeps in templates for itself",
        { { "S", "Resources: {}",
            "Resources: {CDKMetadata: {Type: AWS::CDK::Metadata}}\nConditions: {CDKMetadataAvailable: {}}\n"
            "Rules: {CheckBootstrapVersion: {}, Mine: {}}\nMetadata: {x: y}" } },
        0,
        "S: 1 outside of resources\n\nStack S\nRules\n[+] Rule Mine: {}\n\n",
    },
    {
        "what CloudFormation makes of characters beyond ASCII",
        { { "S", "Description: 'caf? ? ok?'\nResources:\n" Q("A", "QueueName: '?'"),
            "Description: \"caf\\u00e9 \\U0001f600 ok?\"\nResources:\n" Q("A", "QueueName: \"\\u00fc\"") } },
        DEPLOYED,
        "S: no differences\n\n",
    },
    {
        "a question mark is one where nothing was lost",
        { { "S", "Description: 'caf?'\nResources: {}", "Description: \"caf\\u00e9\"\nResources: {}" } },
        0,
        "S: 1 outside of resources\n\nStack S\nTemplate\n[~] Template Description: caf? to caf\u00e9\n\n",
    },
    {
        "new and gone stacks",
        { { "S", NULL, "Resources:\n" Q("A", "") }, { "T", "Resources:\n" Q("A", ""), NULL } },
        SUMMARY,
        "S (new): 1 added\nT (gone): 1 destroyed; data at stake in 1\n\n",
    },
    {
        "colors",
        { { "S", "Resources: {}", "Resources: {A: {Type: T}}" } },
        COLOR,
        "\033[1mS\033[0m: \033[33m1 added\033[0m\n\nStack \033[1mS\033[0m\n\033[1;4mResources\033[0m\n"
        "\033[32m[+]\033[0m \033[36mT\033[0m A\n\n",
    },
};

static const struct value *read(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = text ? template_parse(text, strlen(text), "case", &err) : NULL;

    if (text && !template)
        fail_msg("%s", err.message);
    return template;
}

static void assert_text(const struct text_case *test)
{
    const struct diff_options how = { .strict = test->how & STRICT, .deployed = test->how & DEPLOYED };
    const struct diff_format_options look = { .color = test->how & COLOR,
        .security_only = test->how & SECURITY_ONLY,
        .summary = test->how & SUMMARY,
        .strict = test->how & STRICT,
        .context = 1 };
    struct diff_input inputs[MOST_STACKS];
    DISPLAY_AUTO text = DISPLAY_INIT;
    struct diff diff;
    size_t count = 0;
    char *end;

    for (; count < MOST_STACKS && test->stacks[count].name; count++)
        inputs[count] = (struct diff_input){ .name = test->stacks[count].name,
            .before = read(test->stacks[count].before),
            .after = read(test->stacks[count].after) };
    diff_compare(inputs, count, &how, &diff);
    diff_write_text(&text, &diff, &look);
    end = strstr(text.shown.data, "Number of stacks with ");
    assert_non_null(end);
    *end = '\0';
    if (strcmp(text.shown.data, test->text) != 0)
        fail_msg("%s:\n%s\ninstead of\n%s", test->name, text.shown.data, test->text);
}

static void says(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_text(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(says, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("diff/text", tests, NULL, NULL);
}

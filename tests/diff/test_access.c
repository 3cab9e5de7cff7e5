// SPDX-License-Identifier: MIT
// Every way to gain rights is asked about: each case broadens, and its twin (the way back, unless it says
// otherwise) does not.
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

struct access_case {
    const char *name;
    const char *before, *after;
    const char *twin_before, *twin_after; // NULL: `after` and `before`
};

#define R(id, type, properties) "  " id ": {Type: 'AWS::" type "', Properties: {" properties "}}\n"
#define RS "Resources:\n"
#define DOC(effect, action)                                                                                  \
    "{Statement: [{Effect: " effect ", Action: '" action "', Resource: '*', Principal: '*'}]}"
#define ALLOW DOC("Allow", "a:*")
#define DENY DOC("Deny", "a:*")
#define EMPTY RS "  Q: {Type: 'AWS::SQS::Queue'}\n"
#define TRUST "AssumeRolePolicyDocument: " DOC("Allow", "sts:AssumeRole")
#define CONDITION "Conditions: {C: {'Fn::Equals': [{Ref: 'AWS::Region'}, x]}}\n"
#define PARAMETER(value) "Parameters: {P: {Type: String, Default: '" value "'}}\n"
#define OUT(port) "{IpProtocol: tcp, FromPort: " #port ", ToPort: " #port ", CidrIp: 10.0.0.0/8}"
#define ROLE(more) R("A", "IAM::Role", TRUST ", " more)
// A property that comes in a resource that is there.
#define PROPERTY(name_, type, property)                                                                      \
    {                                                                                                        \
        .name = name_, .before = RS R("A", type, "X: 1"), .after = RS R("A", type, "X: 1, " property)        \
    }
#define BUS_DENIAL                                                                                           \
    "StatementId: s, Statement: {Effect: Deny, Principal: '*', Action: 'events:PutEvents', Resource: b}"
// One that goes.
#define LIMIT(name_, type, property)                                                                         \
    {                                                                                                        \
        .name = name_, .before = RS R("A", type, "X: 1, " property), .after = RS R("A", type, "X: 1")        \
    }
#define RESOURCE(type, properties)                                                                           \
    {                                                                                                        \
        .name = type, .before = EMPTY, .after = EMPTY R("A", type, properties)                               \
    }

static const struct access_case cases[] = {
    { "a managed policy that a role has by Ref",
        RS ROLE("ManagedPolicyArns: [{Ref: M}]")
            R("M", "IAM::ManagedPolicy", "PolicyDocument: " DOC("Deny", "b")),
        RS ROLE("ManagedPolicyArns: [{Ref: M}]") R("M", "IAM::ManagedPolicy",
            "PolicyDocument: {Statement: [{Effect: Deny, Action: b, Resource: '*', "
            "Principal: '*'}, {Effect: Allow, Action: '*', Resource: '*'}]}"),
        NULL, NULL },
    { "a boundary of a role goes", RS ROLE("PermissionsBoundary: b"), RS ROLE("Path: /"), NULL, NULL },
    { "a boundary changes", RS ROLE("PermissionsBoundary: b"), RS ROLE("PermissionsBoundary: c"),
        RS ROLE("Path: /"), RS ROLE("Path: /, PermissionsBoundary: b") },
    { "a boundary goes under a condition", CONDITION RS ROLE("PermissionsBoundary: b"),
        CONDITION RS ROLE("PermissionsBoundary: {'Fn::If': [C, b, {Ref: 'AWS::NoValue'}]}"), NULL, NULL },
    LIMIT("a user's boundary", "IAM::User", "PermissionsBoundary: b"),
    { "a permission set's boundary",
        RS R("A", "SSO::PermissionSet", "Name: n, PermissionsBoundary: {ManagedPolicyArn: a}"),
        RS R("A", "SSO::PermissionSet", "Name: n"),
        RS R("A", "SSO::PermissionSet", "Name: n, PermissionsBoundary: {ManagedPolicyArn: a}"),
        RS R("A", "SSO::PermissionSet", "PermissionsBoundary: {ManagedPolicyArn: a}, Name: n") },
    { "inline policies under Fn::If", CONDITION RS ROLE("Path: /"),
        CONDITION RS ROLE("Path: /, Policies: {'Fn::If': [C, [{PolicyName: p, PolicyDocument: " ALLOW
                          "}], {Ref: 'AWS::NoValue'}]}"),
        NULL, NULL },
    { "one inline policy under Fn::If", CONDITION RS ROLE("Path: /"),
        CONDITION RS ROLE("Path: /, Policies: [{'Fn::If': [C, {PolicyName: p, PolicyDocument: " ALLOW
                          "}, {Ref: 'AWS::NoValue'}]}]"),
        NULL, NULL },
    { "a policy document under Fn::If", CONDITION RS R("A", "SQS::QueuePolicy", "PolicyDocument: " DENY),
        CONDITION RS R("A", "SQS::QueuePolicy", "PolicyDocument: {'Fn::If': [C, " DENY ", " ALLOW "]}"),
        CONDITION RS R("A", "SQS::QueuePolicy", "PolicyDocument: {'Fn::If': [C, " DENY ", " ALLOW "]}"),
        CONDITION RS R(
            "A", "SQS::QueuePolicy", "PolicyDocument: {'Fn::If': [C, " DENY ", " DENY "]}, X: 1") },
    { "a policy document under Fn::Transform", RS R("A", "SQS::QueuePolicy", "PolicyDocument: " DENY),
        RS R("A", "SQS::QueuePolicy", "PolicyDocument: {'Fn::Transform': {Name: M}}"),
        RS R("A", "SQS::Queue", "DelaySeconds: 1"),
        RS R("A", "SQS::Queue", "DelaySeconds: {'Fn::Transform': {Name: M}}") },
    { "a trust policy under Fn::If", CONDITION RS R("A", "IAM::Role", "AssumeRolePolicyDocument: " DENY),
        CONDITION RS R("A", "IAM::Role", "AssumeRolePolicyDocument: {'Fn::If': [C, " ALLOW ", " DENY "]}"),
        CONDITION RS R("A", "IAM::Role", "AssumeRolePolicyDocument: {'Fn::If': [C, " ALLOW ", " DENY "]}"),
        CONDITION RS R(
            "A", "IAM::Role", "Path: /, AssumeRolePolicyDocument: {'Fn::If': [C, " ALLOW ", " DENY "]}") },
    { "ingress under Fn::If", CONDITION RS R("A", "EC2::SecurityGroup", "GroupDescription: d"),
        CONDITION RS R("A", "EC2::SecurityGroup",
            "GroupDescription: d, SecurityGroupIngress: {'Fn::If': [C, [{CidrIp: 0.0.0.0/0, IpProtocol: '-1'}], "
            "[]]}"),
        NULL, NULL },
    { "managed policies under Fn::If", CONDITION RS ROLE("ManagedPolicyArns: [a]"),
        CONDITION RS ROLE("ManagedPolicyArns: {'Fn::If': [C, [a, b], [a]]}"),
        CONDITION RS ROLE("ManagedPolicyArns: [a, b]"), CONDITION RS ROLE("ManagedPolicyArns: [b, a]") },
    { "a branch of an old Fn::If",
        CONDITION RS R("A", "SQS::QueuePolicy",
            "PolicyDocument: {Statement: "
            "{'Fn::If': [C, [], []]}}"),
        CONDITION RS R("A", "KMS::Key", "KeyPolicy: {'Fn::If': [C, " ALLOW ", " DENY "]}"),
        CONDITION RS R("A", "KMS::Key", "KeyPolicy: {'Fn::If': [C, " DENY ", " DENY "]}"),
        CONDITION RS R("A", "KMS::Key", "KeyPolicy: " DENY) },
    { "a parameter's default", PARAMETER("b") RS ROLE("PermissionsBoundary: {Ref: P}"),
        PARAMETER("c") RS ROLE("PermissionsBoundary: {Ref: P}"),
        PARAMETER("b") RS ROLE("Description: {Ref: P}"), PARAMETER("c") RS ROLE("Description: {Ref: P}") },
    { "a parameter's default in a statement",
        PARAMETER("b") RS R("A", "SQS::QueuePolicy",
            "PolicyDocument: {Statement: [{Effect: Allow, Action: {Ref: "
            "P}, Resource: r}]}"),
        PARAMETER("*") RS R("A", "SQS::QueuePolicy",
            "PolicyDocument: {Statement: [{Effect: Allow, Action: {Ref: "
            "P}, Resource: r}]}"),
        PARAMETER("b") RS R("A", "SQS::QueuePolicy",
            "PolicyDocument: {Statement: [{Effect: Allow, Action: a, "
            "Resource: r}]}"),
        PARAMETER("*") RS R("A", "SQS::QueuePolicy",
            "PolicyDocument: {Statement: [{Effect: Allow, Action: a, "
            "Resource: r}]}") },
    { "a parameter's default in Fn::Sub",
        PARAMETER("b") RS ROLE("ManagedPolicyArns: [{'Fn::Sub': 'arn:${P}'}]"),
        PARAMETER("c") RS ROLE("ManagedPolicyArns: [{'Fn::Sub': 'arn:${P}'}]"),
        PARAMETER("b") RS ROLE("ManagedPolicyArns: [{'Fn::Sub': 'arn:${!P}'}]"),
        PARAMETER("c") RS ROLE("ManagedPolicyArns: [{'Fn::Sub': 'arn:${!P}'}]") },
    { "a parameter that decides a condition",
        PARAMETER("no") "Conditions: {C: {'Fn::Equals': [{Ref: P}, yes]}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        PARAMETER("yes") "Conditions: {C: {'Fn::Equals': [{Ref: P}, 'yes']}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        PARAMETER("no") "Conditions: {C: {'Fn::Equals': [{Ref: P}, 'yes']}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], [a]]}"),
        PARAMETER("yes") "Conditions: {C: {'Fn::Equals': [{Ref: P}, 'yes']}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], [a]]}") },
    { "a mapping's value",
        "Mappings: {M: {k: {l: a}}}\n" RS ROLE("ManagedPolicyArns: [{'Fn::FindInMap': [M, k, l]}]"),
        "Mappings: {M: {k: {l: b}}}\n" RS ROLE("ManagedPolicyArns: [{'Fn::FindInMap': [M, k, l]}]"),
        "Mappings: {M: {k: {l: a, n: b}}}\n" RS ROLE("ManagedPolicyArns: [{'Fn::FindInMap': [M, k, l]}]"),
        "Mappings: {M: {k: {l: a, n: c}}}\n" RS ROLE("ManagedPolicyArns: [{'Fn::FindInMap': [M, k, l]}]") },
    { "a mapping by region",
        "Mappings: {M: {k: {l: a}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: 'AWS::Region'}, l]}]"),
        "Mappings: {M: {k: {l: b}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: 'AWS::Region'}, l]}]"),
        "Mappings: {M: {k: {l: a}}}\n" RS ROLE(
            "Description: {'Fn::FindInMap': [M, {Ref: 'AWS::Region'}, l]}"),
        "Mappings: {M: {k: {l: b}}}\n" RS ROLE(
            "Description: {'Fn::FindInMap': [M, {Ref: 'AWS::Region'}, l]}") },
    { "a condition that decides about a policy",
        "Conditions: {C: {'Fn::Equals': [{Ref: 'AWS::Region'}, x]}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        "Conditions: {C: {'Fn::Equals': [{Ref: 'AWS::Region'}, y]}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        "Conditions: {C: {'Fn::Equals': [{Ref: 'AWS::Region'}, x]}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        "Conditions: {C: {'Fn::And': [{'Fn::Equals': [x, {Ref: 'AWS::Region'}]}, {'Fn::Equals': [{Ref: "
        "'AWS::Partition'}, aws]}]}}\n" RS ROLE("ManagedPolicyArns: {'Fn::If': [C, [a], []]}") },
    { "a key of a mapping",
        PARAMETER("a") "Mappings: {M: {a: {l: x}, b: {l: y}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: P}, l]}]"),
        PARAMETER("b") "Mappings: {M: {a: {l: x}, b: {l: y}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: P}, l]}]"),
        PARAMETER("a") "Mappings: {M: {a: {l: x}, b: {l: x}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: P}, l]}]"),
        PARAMETER("b") "Mappings: {M: {a: {l: x}, b: {l: x}}}\n" RS ROLE(
            "ManagedPolicyArns: [{'Fn::FindInMap': [M, {Ref: P}, l]}]") },
    { "a condition that decides who has a policy",
        "Conditions: {C: {'Fn::Equals': [a, b]}}\n" RS R("A", "IAM::Policy",
            "PolicyDocument: " ALLOW ", Roles: [r, {'Fn::If': [C, admin, {Ref: "
            "'AWS::NoValue'}]}]"),
        "Conditions: {C: {'Fn::Equals': [a, a]}}\n" RS R("A", "IAM::Policy",
            "PolicyDocument: " ALLOW ", Roles: [r, {'Fn::If': [C, admin, {Ref: "
            "'AWS::NoValue'}]}]"),
        NULL, NULL },
    { "a policy out of strings", RS "  A: {Type: 'Some::New::Type', Properties: {Access: x}}\n",
        RS "  A: {Type: 'Some::New::Type', Properties: {Access: {'Fn::Sub': '{\"Statement\": {\"Effect\": "
           "\"Allow\", \"Action\": \"${X}\"}}'}}}\n",
        RS "  A: {Type: 'Some::New::Type', Properties: {Access: x}}\n",
        RS "  A: {Type: 'Some::New::Type', Properties: {Access: {'Fn::Sub': '{\"State\": \"${X}\"}'}}}\n" },
    { "a loop in properties", RS ROLE("Path: /"),
        RS ROLE("Path: /, 'Fn::ForEach::L': [N, [a], {'Managed${N}': [x]}]"),
        RS ROLE("Path: /, 'Fn::ForEach::L': [N, [a], {'Managed${N}': [x]}]"),
        "Description: d\n" RS ROLE("Path: /, 'Fn::ForEach::L': [N, [a], {'Managed${N}': [x]}]") },
    { "parameters of a nested stack",
        RS R("A", "CloudFormation::Stack", "TemplateURL: a, Parameters: {Admin: no}"),
        RS R("A", "CloudFormation::Stack", "TemplateURL: a, Parameters: {Admin: yes}"),
        RS R("A", "CloudFormation::Stack", "TemplateURL: a, Parameters: {Admin: no}"),
        RS R("A", "CloudFormation::Stack", "Parameters: {Admin: no}, TemplateURL: a") },
    { "more conditions than are compared",
        RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [A, {'Fn::If': [B, {'Fn::If': [C, {'Fn::If': [D, {'Fn::If': [E, "
            "{'Fn::If': [F, {'Fn::If': [G, {'Fn::If': [H, {'Fn::If': [I, [a], []]}, []]}, []]}, []]}, []]}, "
            "[]]}, []]}, []]}, []]}"),
        RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [A, {'Fn::If': [B, {'Fn::If': [C, {'Fn::If': [D, {'Fn::If': [E, "
            "{'Fn::If': [F, {'Fn::If': [G, {'Fn::If': [H, {'Fn::If': [I, [b], []]}, []]}, []]}, []]}, []]}, "
            "[]]}, []]}, []]}, []]}"),
        RS ROLE("ManagedPolicyArns: {'Fn::If': [A, [a], []]}"),
        RS ROLE("ManagedPolicyArns: {'Fn::If': [A, [], []]}") },
    { "conditions in a circle",
        "Conditions: {C: {'Fn::Equals': [{'Fn::If': [C, a, b]}, a]}, D: {'Fn::And': [{Condition: D}, {Condition: "
        "D}]}}\n" RS ROLE("ManagedPolicyArns: {'Fn::If': [C, [a], {'Fn::If': [D, [b], []]}]}"),
        "Conditions: {C: {'Fn::Equals': [{'Fn::If': [C, a, b]}, a]}, D: {'Fn::And': [{Condition: D}, {Condition: "
        "D}]}}\n" RS ROLE("ManagedPolicyArns: {'Fn::If': [C, [c], {'Fn::If': [D, [d], []]}]}"),
        "Conditions: {C: {'Fn::Equals': [{'Fn::If': [C, a, b]}, a]}}\n" EMPTY,
        "Conditions: {C: {'Fn::Equals': [{'Fn::If': [C, a, b]}, b]}}\n" EMPTY },
    { "a condition of a resource",
        "Conditions: {C: {'Fn::Equals': [a, b]}}\n" RS
        "  A: {Type: 'AWS::SQS::QueuePolicy', Condition: C, Properties: {PolicyDocument: " ALLOW "}}\n",
        "Conditions: {C: {'Fn::Equals': [a, a]}}\n" RS
        "  A: {Type: 'AWS::SQS::QueuePolicy', Condition: C, Properties: {PolicyDocument: " ALLOW "}}\n",
        NULL, NULL },
    { "a condition by another",
        "Conditions: {D: {'Fn::Equals': [a, b]}, C: {Condition: D}}\n" RS ROLE(
            "ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        "Conditions: {D: {'Fn::Or': [{'Fn::Equals': [a, b]}, {'Fn::Not': [{'Fn::Equals': [a, c]}]}]}, C: "
        "{Condition: D}}\n" RS ROLE("ManagedPolicyArns: {'Fn::If': [C, [a], []]}"),
        NULL, NULL },
    { "a macro of the template", EMPTY, "Transform: Mine\n" EMPTY, EMPTY,
        "Transform: AWS::LanguageExtensions\n" EMPTY },
    { "a macro that may have set limits goes", "Transform: Mine\n" EMPTY, EMPTY,
        "Transform: AWS::LanguageExtensions\n" EMPTY, EMPTY },
    { "an include", EMPTY, "Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n" EMPTY, EMPTY,
        "Description: d\n" EMPTY },
    { "a change below a macro", "Transform: Mine\n" EMPTY,
        "Transform: Mine\n" RS "  Q: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 1}}\n",
        "Transform: Mine\n" EMPTY, "Transform: Mine\n" EMPTY },
    { "Fn::Transform below Resources", EMPTY,
        EMPTY "  'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n",
        EMPTY "  'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n",
        "Description: d\n" EMPTY
        "  'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n" },
    { "Fn::Transform in a resource", EMPTY,
        RS "  Q: {Type: 'AWS::SQS::Queue', Properties: {'Fn::Transform': {Name: M}}}\n",
        RS "  Q: {Type: 'AWS::SQS::Queue', Properties: {'Fn::Transform': {Name: M}}}\n",
        "Description: d\n" RS "  Q: {Type: 'AWS::SQS::Queue', Properties: {'Fn::Transform': {Name: M}}}\n" },
    { "a loop that makes policies", EMPTY,
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, [a, b], {'P${N}': {Type: 'AWS::SQS::QueuePolicy', Properties: "
        "{PolicyDocument: " ALLOW "}}}]\n",
        EMPTY,
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, [a, b], {'P${N}': {Type: 'AWS::SQS::Queue'}}]\n" },
    { "a loop that makes more policies",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, [a], {'P${N}': {Type: 'AWS::SQS::QueuePolicy', Properties: "
        "{PolicyDocument: " ALLOW "}}}]\n",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, [a, b], {'P${N}': {Type: 'AWS::SQS::QueuePolicy', Properties: "
        "{PolicyDocument: " ALLOW "}}}]\n",
        NULL, NULL },
    { "a loop over what is not known",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, {Ref: X}, {'P${N}': {Type: 'AWS::SQS::QueuePolicy', Properties: "
        "{PolicyDocument: " ALLOW "}}}]\n",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, {Ref: Y}, {'P${N}': {Type: 'AWS::SQS::QueuePolicy', Properties: "
        "{PolicyDocument: " ALLOW "}}}]\n",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, {Ref: X}, {'P${N}': {Type: 'AWS::SQS::Queue'}}]\n",
        "Transform: AWS::LanguageExtensions\n" EMPTY
        "  'Fn::ForEach::L': [N, {Ref: Y}, {'P${N}': {Type: 'AWS::SQS::Queue'}}]\n" },
    RESOURCE("Events::EventBusPolicy", "StatementId: s, Action: 'events:PutEvents', Principal: '*'"),
    { "a denial of an event bus goes", EMPTY R("A", "Events::EventBusPolicy", BUS_DENIAL), EMPTY, EMPTY,
        EMPTY R("A", "Events::EventBusPolicy", BUS_DENIAL) },
    { "rules for outgoing traffic go", RS R("A", "EC2::SecurityGroup", "SecurityGroupEgress: [" OUT(1) "]"),
        RS R("A", "EC2::SecurityGroup", "X: 1"),
        RS R("A", "EC2::SecurityGroup", "SecurityGroupEgress: [" OUT(1) ", " OUT(2) "]"),
        RS R("A", "EC2::SecurityGroup", "SecurityGroupEgress: [" OUT(1) "]") },
    LIMIT("only administrators make users", "Cognito::UserPool",
        "AdminCreateUserConfig: {AllowAdminCreateUserOnly: true}"),
    LIMIT("signed URLs", "CloudFront::Distribution",
        "DistributionConfig: {DefaultCacheBehavior: {TrustedKeyGroups: [k]}}"),
    LIMIT("signed URLs of a path", "CloudFront::Distribution",
        "DistributionConfig: {CacheBehaviors: [{PathPattern: /a, TrustedKeyGroups: [k]}]}"),
    LIMIT("a listener that asks who it is", "ElasticLoadBalancingV2::Listener",
        "DefaultActions: [{Type: authenticate-oidc, AuthenticateOidcConfig: {Issuer: i}}]"),
    LIMIT("a rule that asks who it is", "ElasticLoadBalancingV2::ListenerRule",
        "Actions: [{Type: authenticate-cognito, AuthenticateCognitoConfig: {UserPoolArn: i}}]"),
    LIMIT("client certificates", "ElasticLoadBalancingV2::Listener", "MutualAuthentication: {Mode: verify}"),
    { "a module of the registry", EMPTY, EMPTY "  M: {Type: 'My::Own::Thing::MODULE'}\n", NULL, NULL },
    { "properties of a module", RS "  M: {Type: 'My::Own::Thing::MODULE', Properties: {A: 1}}\n",
        RS "  M: {Type: 'My::Own::Thing::MODULE', Properties: {A: 2}}\n",
        RS "  M: {Type: 'My::Own::Thing', Properties: {A: 1}}\n",
        RS "  M: {Type: 'My::Own::Thing', Properties: {A: 2}}\n" },
    RESOURCE("QuickSight::DataSet", "Permissions: [{Principal: p, Actions: [a]}]"),
    RESOURCE("Lightsail::Bucket", "ReadOnlyAccessAccounts: ['1']"),
    RESOURCE("VerifiedPermissions::Policy", "PolicyStoreId: s"),
    RESOURCE("IdentityStore::GroupMembership", "GroupId: g"),
    RESOURCE("Lambda::Url", "AuthType: NONE, TargetFunctionArn: f"),
    { "a function's URL opens", RS R("A", "Lambda::Url", "AuthType: AWS_IAM"),
        RS R("A", "Lambda::Url", "AuthType: NONE"), NULL, NULL },
    RESOURCE("Lambda::LayerVersionPermission",
        "Action: 'lambda:GetLayerVersion', LayerVersionArn: l, Principal: '*'"),
    PROPERTY("a table", "DynamoDB::Table", "ResourcePolicy: {PolicyDocument: " ALLOW "}"),
    PROPERTY(
        "a stream", "DynamoDB::Table", "StreamSpecification: {ResourcePolicy: {PolicyDocument: " ALLOW "}}"),
    PROPERTY("a global table", "DynamoDB::GlobalTable",
        "Replicas: [{Region: r, ResourcePolicy: {PolicyDocument: " ALLOW "}}]"),
    PROPERTY("a search domain", "OpenSearchService::Domain", "AccessPolicies: " ALLOW),
    PROPERTY("an old search domain", "Elasticsearch::Domain", "AccessPolicies: " ALLOW),
    PROPERTY("a repository", "ECR::Repository", "RepositoryPolicyText: " ALLOW),
    RESOURCE("ECR::RegistryPolicy", "PolicyText: " ALLOW),
    PROPERTY("a key", "KMS::Key", "KeyPolicy: " ALLOW),
    RESOURCE("SecretsManager::ResourcePolicy", "SecretId: s, ResourcePolicy: " ALLOW),
    LIMIT("a secret's public block", "SecretsManager::ResourcePolicy", "BlockPublicPolicy: true"),
    PROPERTY("a backup vault", "Backup::BackupVault", "AccessPolicy: " ALLOW),
    RESOURCE("Logs::ResourcePolicy",
        "PolicyName: p, PolicyDocument: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
        "\"Resource\":\"*\"}]}'"),
    PROPERTY("a destination", "Logs::Destination",
        "DestinationPolicy: '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}'"),
    { "an ACL opens", RS R("A", "S3::Bucket", "AccessControl: Private"),
        RS R("A", "S3::Bucket", "AccessControl: PublicRead"), NULL, NULL },
    LIMIT("a public access block", "S3::Bucket", "PublicAccessBlockConfiguration: {BlockPublicAcls: true}"),
    { "part of a public access block",
        RS R("A", "S3::Bucket",
            "PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true}"),
        RS R("A", "S3::Bucket",
            "PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false}"),
        NULL, NULL },
    LIMIT("an access point's block", "S3::AccessPoint",
        "PublicAccessBlockConfiguration: {BlockPublicAcls: true}"),
    LIMIT("ownership controls", "S3::Bucket",
        "OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}"),
    RESOURCE("EKS::AccessEntry", "ClusterName: c, PrincipalArn: p"),
    PROPERTY("an EKS endpoint", "EKS::Cluster", "ResourcesVpcConfig: {PublicAccessCidrs: [0.0.0.0/0]}"),
    RESOURCE("IAM::UserToGroupAddition", "GroupName: admins, Users: [u]"),
    PROPERTY("a user's groups", "IAM::User", "Groups: [admins]"),
    RESOURCE("IAM::OIDCProvider", "Url: https://a"),
    RESOURCE("IAM::SAMLProvider", "SamlMetadataDocument: m"),
    RESOURCE("IAM::AccessKey", "UserName: u"),
    RESOURCE("RAM::ResourceShare", "Name: n, Principals: ['*']"),
    PROPERTY("policies of a SAM function", "Serverless::Function", "Policies: [AdministratorAccess]"),
    PROPERTY("a policy of a SAM machine", "Serverless::StateMachine", "Policies: " ALLOW),
    { "a nested stack's template", RS R("A", "CloudFormation::Stack", "TemplateURL: a"),
        RS R("A", "CloudFormation::Stack", "TemplateURL: b"),
        RS R("A", "CloudFormation::Stack", "TemplateURL: a"),
        RS R("A", "CloudFormation::Stack", "TemplateURL: a, TimeoutInMinutes: 1") },
    LIMIT("an API's policy", "ApiGateway::RestApi", "Policy: " DENY),
    { "an endpoint's policy", RS R("A", "EC2::VPCEndpoint", "PolicyDocument: " DOC("Allow", "a")),
        RS R("A", "EC2::VPCEndpoint", "VpcId: v"),
        RS R("A", "EC2::VPCEndpoint", "PolicyDocument: " DOC("Allow", "a")),
        RS R("A", "EC2::VPCEndpoint", "PolicyDocument: " DOC("Allow", "a") ", VpcId: v") },
    { "a method needs no authorization", RS R("A", "ApiGateway::Method", "AuthorizationType: AWS_IAM"),
        RS R("A", "ApiGateway::Method", "HttpMethod: GET"), NULL, NULL },
    { "a route needs no authorization", RS R("A", "ApiGatewayV2::Route", "AuthorizationType: JWT"),
        RS R("A", "ApiGatewayV2::Route", "AuthorizationType: NONE"), NULL, NULL },
    { "a database is public", RS R("A", "RDS::DBInstance", "PubliclyAccessible: false"),
        RS R("A", "RDS::DBInstance", "PubliclyAccessible: true"), NULL, NULL },
    { "an identity pool lets anybody in",
        RS R("A", "Cognito::IdentityPool", "AllowUnauthenticatedIdentities: false"),
        RS R("A", "Cognito::IdentityPool", "AllowUnauthenticatedIdentities: true"), NULL, NULL },
    { "a setting that is not known", RS R("A", "Lambda::Url", "AuthType: NONE"),
        RS R("A", "Lambda::Url", "AuthType: {Ref: P}"), RS R("A", "Lambda::Url", "AuthType: {Ref: P}"),
        RS R("A", "Lambda::Url", "InvokeMode: BUFFERED, AuthType: {Ref: P}") },
    { "another role", RS R("A", "Lambda::Function", "Role: a"), RS R("A", "Lambda::Function", "Role: b"),
        RS R("A", "Lambda::Function", "Role: {'Fn::GetAtt': [B, Arn]}"),
        RS R("A", "Lambda::Function", "Role: {'Fn::GetAtt': B.Arn}") },
    { "another profile", RS R("A", "EC2::Instance", "IamInstanceProfile: a"),
        RS R("A", "EC2::Instance", "IamInstanceProfile: b"), RS R("A", "EC2::Instance", "ImageId: a"),
        RS R("A", "EC2::Instance", "ImageId: b") },
    { "a policy in a type that nobody knows", RS "  A: {Type: 'Some::New::Type'}\n",
        RS "  A: {Type: 'Some::New::Type', Properties: {Deep: [{Access: " ALLOW "}]}}\n", NULL, NULL },
    { "a Deny goes", RS R("A", "MSK::ClusterPolicy", "Policy: " DENY),
        RS R("A", "MSK::ClusterPolicy", "Policy: {Statement: []}"), NULL, NULL },
    { "statements in another order", RS R("A", "MSK::ClusterPolicy", "Policy: " ALLOW),
        RS R("A", "MSK::ClusterPolicy", "Policy: " DOC("Allow", "*")),
        RS R("A", "MSK::ClusterPolicy",
            "Policy: {Statement: [{Effect: Allow, Action: [a, b]}, {Effect: Deny, "
            "Action: c}]}"),
        RS R("A", "MSK::ClusterPolicy",
            "Policy: {Statement: [{Action: c, Effect: Deny}, {Effect: Allow, "
            "Action: [b, a], Sid: s}]}") },
};

static const struct value *read(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = template_parse(text, strlen(text), "case", &err);

    if (!template)
        fail_msg("%s\n%s", err.message, text);
    return template;
}

static struct diff compare(const char *before, const char *after)
{
    const struct diff_input input = { .name = "S", .before = read(before), .after = read(after) };
    const struct diff_options how = { 0 };
    struct diff diff;

    diff_compare(&input, 1, &how, &diff);
    return diff;
}

static void assert_rows_say_something(const char *name, const struct diff_stack *stack)
{
    for (enum diff_table table = 0; table < DIFF_TABLES; table++)
        for (size_t i = 0; i < stack->tables[table].count; i++) {
            const struct diff_row *row = &stack->tables[table].items[i];

            if (!*row->cells[0] && !*row->cells[1])
                fail_msg("%s: a blank row", name);
            if (table == DIFF_ACCESS && (!*row->cells[1] || !*row->cells[2] || !*row->cells[3]))
                fail_msg("%s: a row without property, value or reason", name);
        }
}

static const char *text_of(const struct diff *diff)
{
    const struct diff_format_options look = { .context = 1 };
    DISPLAY_AUTO text = DISPLAY_INIT;

    diff_write_text(&text, diff, &look);
    return arena_strdup(value_arena(), text.shown.data);
}

static void broadens(void **state)
{
    size_t wrong = 0;

    (void)state;
    assert_true(ARRAY_SIZE(cases) >= 60);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct access_case *test = &cases[i];
        struct diff diff = compare(test->before, test->after);
        bool is_reverse = !test->twin_before;

        assert_rows_say_something(test->name, &diff.stacks[0]);
        if (!diff.summary.broadening && ++wrong)
            print_message("%s: is not reported\n", test->name);
        diff = is_reverse ? compare(test->after, test->before) : compare(test->twin_before, test->twin_after);
        assert_rows_say_something(test->name, &diff.stacks[0]);
        if (diff.summary.broadening && ++wrong)
            print_message("twin of %s: is reported:\n%s\n", test->name, text_of(&diff));
    }
    assert_int_equal(wrong, 0);
}

// A nested stack that is compared itself speaks for itself.
static void leaves_compared_stacks_out(void **state)
{
    const struct value *inner = read(EMPTY);
    struct diff_input inputs[] = {
        { .name = "S",
            .before = read(RS R("A", "CloudFormation::Stack", "TemplateURL: a")),
            .after = read(RS R("A", "CloudFormation::Stack", "TemplateURL: b")) },
        { .name = "S/A", .before = inner, .after = inner },
    };
    const struct diff_options how = { 0 };
    struct diff diff;

    (void)state;
    diff_compare(inputs, ARRAY_SIZE(inputs), &how, &diff);
    assert_false(diff.summary.broadening);
    diff_compare(inputs, 1, &how, &diff);
    assert_true(diff.summary.broadening);
}

static void says_so_in_every_format(void **state)
{
    struct diff diff = compare(RS ROLE("PermissionsBoundary: b"), RS ROLE("Path: /"));
    const struct diff_format_options look = { .security_only = true };
    DISPLAY_AUTO text = DISPLAY_INIT;
    STRBUF_AUTO json = STRBUF_INIT;
    STRBUF_AUTO markdown = STRBUF_INIT;
    STRBUF_AUTO html = STRBUF_INIT;

    (void)state;
    diff_write_text(&text, &diff, &look);
    diff_write_json(&json, &diff, &look);
    diff_write_markdown(&markdown, &diff, &look);
    diff_write_html(&html, &diff, &look);
    assert_non_null(strstr(text.shown.data, "a limit goes"));
    assert_non_null(strstr(json.data, "a limit goes"));
    assert_non_null(strstr(markdown.data, "a limit goes"));
    assert_non_null(strstr(html.data, "a limit goes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(broadens, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(leaves_compared_stacks_out, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(says_so_in_every_format, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("diff/access", tests, NULL, NULL);
}

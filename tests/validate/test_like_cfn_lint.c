// SPDX-License-Identifier: MIT
#include "util/array.h"
#include "validate/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// What is found is what cfn-lint 1.51 finds.
static const struct finding_case
    cases[] = {
        { // join number
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Join [\"\", [a, 1]]}}}\n",
            "" },
        { // join sep function
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Join [!Ref AWS::Region, [a, b]]}}}\n",
            "E1022 /Resources/A/Properties/DisplayName/Fn::Join/0" },
        { // join not list
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Join [\"\", abc]}}}\n",
            "E1022 /Resources/A/Properties/DisplayName/Fn::Join/1" },
        { // join one arg
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Join [\"\"]}}}\n",
            "E1022 /Resources/A/Properties/DisplayName/Fn::Join" },
        { // unknown function
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: {\"Fn::Foo\": x}}}}\n", "" },
        { // getatt unknown res
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt X.Y}}}\n",
            "E1010 /Resources/A/Properties/DisplayName/Fn::GetAtt/0" },
        { // getatt unknown attr
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt B.Foo}}, B: {Type: AWS::SNS::Topic}}\n",
            "E1010 /Resources/A/Properties/DisplayName/Fn::GetAtt/1" },
        { // ref unknown
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref X}}}\n",
            "E1020 /Resources/A/Properties/DisplayName/Ref" },
        { // sub unknown
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub \"${X} ${Y.Z} ${B.Foo}\"}}, B: {Type: AWS::SNS::Topic}}\n",
            "E1019 /Resources/A/Properties/DisplayName/Fn::Sub\n"
            "E1019 /Resources/A/Properties/DisplayName/Fn::Sub\n"
            "E1019 /Resources/A/Properties/DisplayName/Fn::Sub" },
        { // sub list unused, unknown
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub [\"${X}\", {Y: 1}]}}}\n",
            "E1019 /Resources/A/Properties/DisplayName/Fn::Sub" },
        { // if unknown condition
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [X, a, b]}}}\n",
            "E1028 /Resources/A/Properties/DisplayName/Fn::If/0" },
        { // if two
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [X, a]}}}\n",
            "E1028 /Resources/A/Properties/DisplayName/Fn::If\n"
            "E1028 /Resources/A/Properties/DisplayName/Fn::If/0" },
        { // select
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Select [a, [b]], TopicName: !Select [3, [a,b]]}}}\n",
            "E1017 /Resources/A/Properties/DisplayName/Fn::Select/0" },
        { // getatt in sep/keys
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt [B, 1]}}, B: {Type: AWS::SNS::Topic}}\n",
            "" },
        { // cond on res
            "Resources: {A: {Type: AWS::SNS::Topic, Condition: X, DependsOn: [Y, A], DeletionPolicy: Foo, UpdateReplacePolicy: Snapshot, Foo: 1}}\n",
            "E3004 /Resources/A\n"
            "E3015 /Resources/A/Condition\n"
            "E3005 /Resources/A/DependsOn/0\n"
            "E3005 /Resources/A/DependsOn/1\n"
            "E3035 /Resources/A/DeletionPolicy\n"
            "E3036 /Resources/A/UpdateReplacePolicy\n"
            "E3001 /Resources/A/Foo" },
        { // outputs
            "Resources: {A: {Type: AWS::SNS::Topic}}\n"
            "Outputs: {A: {Valu: 1}, B-: {Value: a}, C: {Value: [a]}, D: {Value: !Ref X, Condition: No, Foo: 1, Export: {Nam: x}}, E: x, F: {Value: !Split [a, b]}, G: {Value: !GetAtt A.TopicArn, Export: {Name: !Ref A}}, H: {Value: a, Description: !Ref A}}\n",
            "E6002 /Outputs/A\n"
            "E6001 /Outputs/A/Valu\n"
            "E6001 /Outputs/B-\n"
            "E6101 /Outputs/C/Value\n"
            "E6101 /Outputs/D/Value/Ref\n"
            "E6001 /Outputs/D/Foo\n"
            "E6002 /Outputs/D/Export\n"
            "E6001 /Outputs/D/Export/Nam\n"
            "E6003 /Outputs/E\n"
            "E6101 /Outputs/F/Value\n"
            "E1020 /Outputs/G/Export/Name/Ref\n"
            "E6003 /Outputs/H/Description" },
        { // parameters
            "Parameters: {A: {Type: Strin}, B-: {Type: String}, C: {Type: Number, MinLength: 1}, D: {Default: 1}, E: {Type: String, Default: x, AllowedValues: [a]}, F: {Type: String, Foo: 1}, G: {Type: Number, Default: 5, MaxValue: 4, MinValue: 1}, H: {Type: String, MinLength: 3, MaxLength: 2, Default: abcd, AllowedPattern: \"^a$\"}, I: x, J: {Type: String, NoEcho: maybe}, K: {Type: String, Default: !Ref A}}\n"
            "Resources: {A: {Type: AWS::SNS::Topic}}\n",
            "E2002 /Parameters/A/Type\n"
            "E2001 /Parameters/B-\n"
            "E2001 /Parameters/C/MinLength\n"
            "E2001 /Parameters/D\n"
            "E2015 /Parameters/E/Default\n"
            "E2001 /Parameters/F/Foo\n"
            "E2015 /Parameters/G/Default\n"
            "E2015 /Parameters/H/Default\n"
            "E2001 /Parameters/I\n"
            "E2001 /Parameters/J/NoEcho\n"
            "E2001 /Parameters/K/Default\n"
            "E3007 /Resources/A" },
        { // mappings
            "Mappings: {M: {a: {b: !Ref AWS::Region}}, N: {a: b}, O: x, P-: {a: {b: c}}, Q: {a: {}}, R: {}, S: {a: {b-: c}}, T: {a: {b: {c: d}}}}\n"
            "Resources: {A: {Type: AWS::SNS::Topic}}\n",
            "E7001 /Mappings/M/a/b\n"
            "E7001 /Mappings/N/a\n"
            "E7001 /Mappings/O\n"
            "E7001 /Mappings/P-\n"
            "E7001 /Mappings/Q/a\n"
            "E7001 /Mappings/R\n"
            "E7001 /Mappings/S/a/b-\n"
            "E7001 /Mappings/T/a/b" },
        { // resources
            "Resources: {A-: {Type: AWS::SNS::Topic}, B: x, C: {}, D: {Type: AWS::Foo::Bar}, E: {Type: 1}, F: {Type: AWS::SNS::Topic, Properties: x}, G: {Type: AWS::Serverless::Function}}\n",
            "E3001 /Resources/A-\n"
            "E3001 /Resources/B\n"
            "E3001 /Resources/C\n"
            "E3006 /Resources/D/Type\n"
            "E3001 /Resources/E/Type\n"
            "E3006 /Resources/G/Type\n"
            "E3038 /Resources/G/Type" },
        { // cycle
            "Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref C}}, C: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.TopicArn}}, S: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref S}}, T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref A}}}\n",
            "E3004 /Resources/A\n"
            "E3004 /Resources/B\n"
            "E3004 /Resources/C\n"
            "E3004 /Resources/S" },
        { // template
            "AWSTemplateFormatVersion: 2010-09-10\n"
            "Description: [a]\n"
            "Foo: 1\n"
            "Transform: [1, {Nam: x}]\n"
            "Resources: {}\n",
            "E1001 /AWSTemplateFormatVersion\n"
            "E1004 /Description\n"
            "E1001 /Foo\n"
            "E1005 /Transform/0\n"
            "E1005 /Transform/1\n"
            "E1005 /Transform/1/Nam" },
        { // resources missing
            "Description: a\n", "E1001 " },
        { // null, which CloudFormation refuses and cfn-lint takes for nothing
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: }}}\n",
            "E0000 /Resources/A/Properties/DisplayName" },
        { // cidr
            "Resources: {A: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-12345678, CidrBlock: !Select [0, !Cidr [10.0.0.0/33, 300, 8]]}}}\n",
            "E1017 /Resources/A/Properties/CidrBlock/Fn::Select/1/Fn::Cidr/0\n"
            "E1017 /Resources/A/Properties/CidrBlock/Fn::Select/1/Fn::Cidr/1" },
        { // base64
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Base64 [a], TopicName: !ImportValue [a]}}}\n",
            "E1021 /Resources/A/Properties/DisplayName/Fn::Base64\n"
            "E1016 /Resources/A/Properties/TopicName/Fn::ImportValue" },
        { // importvalue bad; getazs bad
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue {a: b}, TopicName: !Select [0, !GetAZs foo]}}}\n",
            "E1016 /Resources/A/Properties/DisplayName/Fn::ImportValue\n"
            "E1017 /Resources/A/Properties/TopicName/Fn::Select/1/Fn::GetAZs" },
        { // length, tojson w/o transform
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ToJsonString {a: b}, TopicName: !Length [a]}}}\n",
            "E1031 /Resources/A/Properties/DisplayName\n"
            "E1030 /Resources/A/Properties/TopicName" },
        { // dyn refs
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: '{{resolve:ssm-secure:a:1}}', TopicName: '{{resolve:foo:bar}}'}}}\n"
            "Outputs: {O: {Value: '{{resolve:secretsmanager:a}}'}}\n",
            "E1027 /Resources/A/Properties/DisplayName\n"
            "E1050 /Resources/A/Properties/TopicName\n"
            "E1051 /Outputs/O/Value" },
        { // sub needed
            "Parameters: {P: {Type: String}}\n"
            "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: 'a ${P} ${A} ${AWS::Region} ${X}'}}}\n",
            "E1029 /Resources/A/Properties/DisplayName" },
        { // foreach without
            "Resources: {\"Fn::ForEach::L\": [I, [a], {\"A${I}\": {Type: AWS::SNS::Topic}}]}\n",
            "E1032 /Resources/Fn::ForEach::L\n"
            "E3001 /Resources/Fn::ForEach::L\n"
            "E3001 /Resources/Fn::ForEach::L" },
        { // rules
            "Rules: {R: {Assertions: [{Assert: x, AssertDescription: [a]}], RuleCondition: [a]}, S: {}, T: {Assertions: a, Foo: b}}\n"
            "Resources: {A: {Type: AWS::SNS::Topic}}\n",
            "E1701 /Rules/R/Assertions/0/Assert\n"
            "E1700 /Rules/R/Assertions/0/AssertDescription\n"
            "E1702 /Rules/R/RuleCondition\n"
            "E1700 /Rules/S\n"
            "E1700 /Rules/T/Assertions" },
        { // update policy
            "Resources: {A: {Type: AWS::SNS::Topic, UpdatePolicy: {AutoScalingRollingUpdate: {}}}, B: {Type: AWS::Lambda::Alias, UpdatePolicy: {Foo: 1}, Properties: {FunctionName: a, FunctionVersion: '1', Name: a}}, C: {Type: AWS::SNS::Topic, CreationPolicy: {ResourceSignal: {}}}, D: {Type: AWS::SNS::Topic, Version: 1}}\n",
            "E3016 /Resources/A/UpdatePolicy\n"
            "E3001 /Resources/D" },
        { // metadata
            "Metadata: {AWS::CloudFormation::Interface: {ParameterGroups: [{Parameters: [X], Foo: 1}], ParameterLabels: {Y: {default: [a]}}, Bar: 1}, cfn-lint: {config: {foo: 1}}}\n"
            "Resources: {A: {Type: AWS::SNS::Topic, Metadata: x}}\n",
            "" },
        { // outputs nested
            "Resources: {A: {Type: AWS::SNS::Topic}}\n"
            "Outputs: {A: {Value: !Join [\"\", [!Ref X, !GetAtt A.Foo]]}, B: {Value: !GetAtt A.Foo}, C: {Value: !Sub \"${X}\"}, D: {Value: !If [N, a, !Ref X]}, E: {Value: !Join [1]}, F: {Value: a, Export: {Name: !Sub \"${A}\"}}, G: {Value: a, Export: {Name: !Join [\"\", [!Ref Y]]}}, H: {Value: {a: b}}, I: {Value: {Fn::Foo: b}}, J: {Value: 1}, K: {Value: true}, L: {Value: !Ref AWS::NoValue}, M: {Value: !Ref AWS::NotificationARNs}, N: {Value: !GetAtt [A, Foo]}, O: {Value: a, Export: {Name: [a]}}, P: {Value: a, Condition: [x]}, Q: {Value: a, Condition: Zed}}\n",
            "E6101 /Outputs/A/Value/Fn::Join/1/0/Ref\n"
            "E6101 /Outputs/A/Value/Fn::Join/1/1/Fn::GetAtt/1\n"
            "E6101 /Outputs/B/Value/Fn::GetAtt/1\n"
            "E6101 /Outputs/C/Value/Fn::Sub\n"
            "E6101 /Outputs/D/Value/Fn::If/0\n"
            "E6101 /Outputs/E/Value/Fn::Join\n"
            "E1019 /Outputs/F/Export/Name/Fn::Sub\n"
            "E1020 /Outputs/G/Export/Name/Fn::Join/1/0/Ref\n"
            "E6101 /Outputs/H/Value\n"
            "E6101 /Outputs/I/Value\n"
            "E6101 /Outputs/N/Value/Fn::GetAtt/1\n"
            "E6102 /Outputs/O/Export/Name\n"
            "E6003 /Outputs/P/Condition\n"
            "E6005 /Outputs/Q/Condition" },
        { // cond as function where value; condition in property
            "Conditions: {C: !Equals [a, b]}\n"
            "Resources:\n"
            "  A1: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Equals [a, b], TopicName: !Condition C}}\n"
            "  A2: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !If [C, Enabled]}}}\n"
            "  A3: {Type: AWS::SNS::Topic, Properties: !If [C, {DisplayName: a}, {DisplayName: b}]}\n"
            "  A4: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::GetAtt: A1.TopicArn}}}\n"
            "  A5: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::GetAtt: [A1, TopicArn, x]}}}\n"
            "  A6: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::Sub: \"${A1.Foo}\"}}}\n"
            "  A7: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::Transform: {Nam: x}}}}\n"
            "  A8: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: x}}}}}\n",
            "E1028 /Resources/A2/Properties/VersioningConfiguration/Status/Fn::If\n"
            "E1010 /Resources/A5/Properties/DisplayName/Fn::GetAtt\n"
            "E1019 /Resources/A6/Properties/DisplayName/Fn::Sub" },
        { // globals sections names and lengths
            "Parameters: {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {Type: String}}\n"
            "Mappings: {baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {a: {b: c}}}\n"
            "Resources: {caaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {Type: AWS::SNS::Topic}}\n"
            "Outputs: {daaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {Value: a}}\n",
            "E2011 /Parameters/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "E7002 /Mappings/baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "E3001 /Resources/caaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "E6011 /Outputs/daaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
        { // wrong section types
            "Parameters: [a]\n"
            "Mappings: [a]\n"
            "Conditions: [a]\n"
            "Outputs: [a]\n"
            "Rules: [a]\n"
            "Resources: {A1: {Type: AWS::SNS::Topic}}\n",
            "E2001 /Parameters\n"
            "E7001 /Mappings\n"
            "E1001 /Conditions\n"
            "E8001 /Conditions\n"
            "E6003 /Outputs\n"
            "E1001 /Rules\n"
            "E1700 /Rules" },
        { // resources is list
            "Resources: [a]\n", "E3001 /Resources" },
        { // dup name outputs in params; sam-type transform with bad
            "Transform: AWS::Serverless-2016-10-31\n"
            "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.12, InlineCode: \"x\", Role: !Ref Nope}}}\n",
            "E1020 /Resources/F/Properties/Role/Ref" },
        { // policies
            "Resources:\n"
            "  A: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: '1', MaxSize: '1', AvailabilityZones: [us-east-1a], LaunchConfigurationName: x}, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: x, Foo: 1}}, CreationPolicy: {ResourceSignal: {Count: x, Foo: 1}, Bar: 1}}\n"
            "  B: {Type: AWS::SQS::Queue, DeletionPolicy: [a], UpdateReplacePolicy: RetainExceptOnCreate}\n"
            "  C: {Type: AWS::SQS::Queue, DeletionPolicy: Snapshot}\n"
            "  D: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot, Properties: {Engine: aurora-mysql}}\n",
            "E3016 /Resources/A/UpdatePolicy/AutoScalingRollingUpdate/MinInstancesInService\n"
            "E3016 /Resources/A/UpdatePolicy/AutoScalingRollingUpdate/Foo\n"
            "E3055 /Resources/A/CreationPolicy/ResourceSignal/Count\n"
            "E3055 /Resources/A/CreationPolicy/ResourceSignal/Foo\n"
            "E3055 /Resources/A/CreationPolicy/Bar\n"
            "E3035 /Resources/B/DeletionPolicy\n"
            "E3036 /Resources/B/UpdateReplacePolicy\n"
            "E3035 /Resources/C/DeletionPolicy" },
    };

static const struct finding_case warnings[] = {
    { // unused
        "Parameters: {P: {Type: String}, Q: {Type: String}, R: {Type: String}, S: {Type: String, NoEcho: true}}\n"
        "Mappings: {M: {a: {b: c}}, N: {a: {b: c}}}\n"
        "Conditions: {C: !Equals [!Ref P, a], D: !Equals [a, b], E: !Equals [!Ref P, !Ref P], F: !Condition C}\n"
        "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub \"${Q}\", TopicName: !FindInMap [M, a, b]}}}\n"
        "Outputs: {O: {Value: !Ref S}, X: {Value: !ImportValue a}}\n",
        "W2001 /Parameters/R\n"
        "W7001 /Mappings/N\n"
        "W8001 /Conditions/D\n"
        "W8003 /Conditions/D\n"
        "W8001 /Conditions/E\n"
        "W8003 /Conditions/E\n"
        "W8001 /Conditions/F\n"
        "W2010 /Outputs/O/Value/Ref\n"
        "W6001 /Outputs/X/Value/Fn::ImportValue" },
    { // sub
        "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub \"abc\", TopicName: !Sub [\"${x}\", {x: a, y: b}]}}}\n",
        "W1020 /Resources/A/Properties/DisplayName/Fn::Sub" },
    { // ref conditional
        "Parameters: {P: {Type: String}}\n"
        "Conditions: {C: !Equals [!Ref P, a], D: !Not [!Condition C]}\n"
        "Resources:\n"
        "  A: {Type: AWS::SNS::Topic, Condition: C}\n"
        "  B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref A, TopicName: !If [C, !Ref A, x]}}\n"
        "  B2: {Type: AWS::SNS::Topic, Condition: D, Properties: {DisplayName: !Sub \"${A}\", TopicName: !GetAtt A.TopicName}}\n"
        "  B3: {Type: AWS::SNS::Topic, DependsOn: A}\n"
        "Outputs: {O: {Value: !Ref A}, Q: {Value: !Ref A, Condition: C}}\n",
        "W1001 /Resources/B/Properties/DisplayName\n"
        "W1001 /Resources/B2/Properties/DisplayName\n"
        "W1001 /Resources/B2/Properties/TopicName\n"
        "E3005 /Resources/B3/DependsOn\n"
        "W1001 /Outputs/O/Value" },
    { // both policies
        "Resources:\n"
        "  A: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}\n"
        "  B: {Type: AWS::SQS::Queue, UpdateReplacePolicy: Delete}\n"
        "  C: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Delete}\n",
        "W3011 /Resources/A" },
    { // dep obsolete
        "Resources:\n"
        "  A: {Type: AWS::SQS::Queue}\n"
        "  B: {Type: AWS::SQS::Queue, DependsOn: [A], Properties: {QueueName: !Ref A}}\n",
        "W3005 /Resources/B/DependsOn/0" },
    { // long tail
        "Parameters: {P: {Type: \"List<Number>\", Default: \"1,2,x\"}, Q: {Type: \"AWS::SSM::Parameter::Value<Foo>\"}, R: {Type: CommaDelimitedList, Default: \"a, b\", AllowedValues: [a, b]}, S: {Type: CommaDelimitedList, Default: \"a,z\", AllowedValues: [a, b]}, T: {Type: Number, Default: abc}, U: {Type: String, AllowedPattern: \"[a-z]+\", Default: \"1\"}}\n"
        "Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Q}}}\n",
        "W2001 /Parameters/P\n"
        "W2001 /Parameters/R\n"
        "W2001 /Parameters/S\n"
        "W2001 /Parameters/T\n"
        "W2001 /Parameters/U" },
    { // if with branch types
        "Conditions: {C: !Equals [!Ref AWS::Region, us-east-1]}\n"
        "Resources: \n"
        "  A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [C, [a], x], Subscription: !If [C, x, !Ref AWS::NoValue]}}\n"
        "  B: {Type: AWS::EC2::Instance, Condition: C, Properties: {ImageId: ami-12345678, SecurityGroupIds: !If [C, [sg-12345678, !Ref AWS::NoValue], !Ref AWS::NoValue]}}\n"
        "  \"Fn::If\": [C, {}, {}]\n",
        "W1028 /Resources/B/Properties/SecurityGroupIds/Fn::If/2" },
};

static void test_warnings(void **state)
{
    (void)state;
    check_findings(
        warnings, ARRAY_SIZE(warnings), "W1001,W1020,W1028,W2001,W2010,W3005,W3011,W6001,W7001,W8,E3005");
}

// Those of properties are in test_properties.c.
#define RULES                                                                                                \
    "E0,E1,E2,E3001,E3004,E3005,E3006,E3007,E3009,E3010,E3011,E3015,E3016,E3035,E3036,E3038,E3055,E6,E7,E8"

static void test_like_cfn_lint(void **state)
{
    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), RULES);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_like_cfn_lint),
        cmocka_unit_test(test_warnings) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

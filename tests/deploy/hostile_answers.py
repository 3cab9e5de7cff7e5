#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program against an `aws` whose answers have every shape: hostile_answers.py PROGRAM DIRECTORY

Each answer is a good one with one member replaced by something else. Whatever it is, the program must end with an exit
status of its own. DIRECTORY holds an assembly with a stack 'A' in 'app'.
"""
import json
import os
import subprocess
import sys

ID = "arn:aws:cloudformation:eu-west-1:111111111111:stack/A/1"
STACK = {
    "StackName": "A", "StackId": ID, "StackStatus": "UPDATE_COMPLETE", "CreationTime": "2024-01-01T00:00:00Z",
    "Outputs": [{"OutputKey": "K", "OutputValue": "v", "ExportName": "e"}, {"OutputKey": "L", "OutputValue": "w"}],
    "Parameters": [{"ParameterKey": "P", "ParameterValue": "****"}], "Tags": [{"Key": "a", "Value": "b"}],
}
SUMMARY = {"LogicalResourceId": "Topic", "PhysicalResourceId": "p", "ResourceType": "AWS::SNS::Topic", "ResourceStatus": "UPDATE_COMPLETE"}
EVENT = {
    "StackId": ID, "EventId": "1", "StackName": "A", "LogicalResourceId": "A", "PhysicalResourceId": ID, "ResourceType": "AWS::CloudFormation::Stack",
    "Timestamp": "2024-01-01T00:00:00Z", "ResourceStatus": "UPDATE_COMPLETE",
}
GOOD = {
    "sts-get-caller-identity": {"Account": "111111111111", "Arn": "arn:aws:iam::111111111111:user/u"},
    "sts-assume-role": {"Credentials": {"AccessKeyId": "a", "SecretAccessKey": "b", "SessionToken": "c"}},
    "ssm-get-parameter": {"Parameter": {"Value": "30"}},
    "cloudformation-describe-stacks": {"Stacks": [STACK, dict(STACK, StackName="CDKToolkit")]},
    "cloudformation-get-template": {"TemplateBody": {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}, "Bucket": {"Type": "AWS::S3::Bucket"}}}},
    "cloudformation-list-stack-resources": {"StackResourceSummaries": [SUMMARY, dict(SUMMARY, LogicalResourceId="Bucket", ResourceType="AWS::S3::Bucket")]},
    "cloudformation-describe-stack-events": {"StackEvents": [EVENT, dict(EVENT, LogicalResourceId="Topic", ResourceType="AWS::SNS::Topic")]},
    "cloudformation-list-imports": {"Imports": ["B"]},
    "cloudformation-list-change-sets": {"Summaries": [{"ChangeSetId": "c", "Status": "CREATE_COMPLETE"}]},
    "cloudformation-detect-stack-drift": {"StackDriftDetectionId": "d"},
    "cloudformation-describe-stack-drift-detection-status": {"DetectionStatus": "DETECTION_COMPLETE", "StackDriftStatus": "DRIFTED"},
    "cloudformation-describe-stack-resource-drifts": {"StackResourceDrifts": [{
        "LogicalResourceId": "Topic", "ResourceType": "AWS::SNS::Topic", "StackResourceDriftStatus": "MODIFIED",
        "PropertyDifferences": [{"PropertyPath": "/a", "ExpectedValue": "1", "ActualValue": "2", "DifferenceType": "NOT_EQUAL"}]}]},
    "s3api-list-objects-v2": {"Contents": [{"Key": "k", "Size": 1, "LastModified": "2024-01-01T00:00:00Z"}]},
    "s3api-list-object-versions": {"Versions": [{"Key": "k", "VersionId": "1"}]},
}
# The commands, and the questions of each.
COMMANDS = {
    ("outputs", "--app", "app"): ["sts-get-caller-identity", "sts-assume-role", "cloudformation-describe-stacks", "cloudformation-get-template"],
    ("outputs", "--app", "app", "--format", "env"): ["cloudformation-describe-stacks"],
    ("status", "--app", "app"): ["ssm-get-parameter", "cloudformation-describe-stacks", "cloudformation-list-stack-resources"],
    ("logs", "--app", "app", "A"): ["cloudformation-describe-stack-events"],
    ("drift", "--app", "app", "A"): [
        "cloudformation-detect-stack-drift", "cloudformation-describe-stack-drift-detection-status", "cloudformation-describe-stack-resource-drifts"],
    ("diff", "--app", "app"): ["cloudformation-get-template", "cloudformation-describe-stacks"],
    ("destroy", "--app", "app", "--all", "--dry-run"): [
        "cloudformation-get-template", "cloudformation-list-stack-resources", "cloudformation-list-imports", "s3api-list-object-versions"],
    ("deploy", "--app", "app", "--all", "--dry-run"): ["cloudformation-describe-stacks", "cloudformation-get-template", "s3api-list-objects-v2"],
    ("publish-assets", "--app", "app", "--all"): ["s3api-list-objects-v2"],
    ("gc", "--app", "app", "--dry-run"): ["cloudformation-describe-stacks", "cloudformation-list-change-sets", "cloudformation-get-template", "s3api-list-objects-v2"],
}
ODD = [None, 1, "", [1], {"a": [1]}]


def mutants(value):
    """All that differ in one place."""
    for odd in ODD:
        if odd != value:
            yield odd
    if isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            for other in mutants(value[key]):
                yield dict(value, **{key: other})
    elif isinstance(value, list) and value:
        for other in mutants(value[0]):
            yield [other] + value[1:]


def main():
    program, directory = sys.argv[1:]
    os.chdir(directory)
    os.makedirs("bin", exist_ok=True)
    os.makedirs("answers", exist_ok=True)
    with open("bin/aws", "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nif [ -e "answers/$1-$2" ]; then exec cat "answers/$1-$2"; fi\necho \'{}\'\n')
    os.chmod("bin/aws", 0o755)
    environment = dict(os.environ, PATH=os.getcwd() + "/bin:" + os.environ["PATH"])
    for name, answer in GOOD.items():
        with open("answers/" + name, "w", encoding="utf-8") as file:
            json.dump(answer, file)
    runs = failures = 0
    for command, questions in COMMANDS.items():
        for question in questions:
            for mutant in mutants(GOOD[question]):
                with open("answers/" + question, "w", encoding="utf-8") as file:
                    json.dump(mutant, file)
                try:
                    done = subprocess.run([program, *command], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
                    problem = f"status {done.returncode}" if not 0 <= done.returncode < 126 else "(null)" if b"(null)" in done.stdout + done.stderr else None
                except subprocess.TimeoutExpired:
                    problem = "no end"
                runs += 1
                if problem:
                    failures += 1
                    print(f"{' '.join(command)}: {question} is {json.dumps(mutant)}: {problem}")
            with open("answers/" + question, "w", encoding="utf-8") as file:
                json.dump(GOOD[question], file)
    print(f"{runs} runs, {failures} failures")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()

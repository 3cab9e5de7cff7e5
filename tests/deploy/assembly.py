#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a cloud assembly: assembly.py DIR < description

The description is JSON: { STACK: { "resources": {id: type or resource}, "outputs": {key: value or output}, "exports": {name: value},
"needs": [STACK...], "assets": [folder or file...], "parameters": {...}, "tags": {...}, "protected": bool, "account": id,
"region": name, "constructs": {path: logical id} beyond the usual ones, "traces": {logical id: [frame]}, "padding": bytes of the template, "bootstrap": false,
"lookup": true (it has a lookup role) } }
"""
import hashlib
import json
import os
import shutil
import sys

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
ROLE = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-%s-role-${AWS::AccountId}-${AWS::Region}"


def write(path, value):
    text = json.dumps(value, indent=1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return text


def template_of(stack):
    resources = {
        name: body if isinstance(body, dict) else {"Type": body} for name, body in stack.get("resources", {}).items()
    }
    outputs = {
        key: value if isinstance(value, dict) and "Value" in value else {"Value": value}
        for key, value in stack.get("outputs", {}).items()
    }
    for name, value in stack.get("exports", {}).items():
        outputs["Export" + "".join(c for c in name if c.isalnum())] = {"Value": value, "Export": {"Name": name}}
    template = {"Resources": resources}
    if outputs:
        template["Outputs"] = outputs
    if "parameters" in stack:
        template["Parameters"] = stack["parameters"]
    if "padding" in stack:
        template["Metadata"] = {"padding": "x" * stack["padding"]}
    return template


def place(key):
    return {"current_account-current_region": {"bucketName": BUCKET, "objectKey": key, "assumeRoleArn": ROLE % "file-publishing"}}


def add_asset(directory, path, files):
    is_folder = os.path.isdir(path)
    digest = hashlib.sha256()
    for folder, _, names in os.walk(path) if is_folder else [(os.path.dirname(path), [], [os.path.basename(path)])]:
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb") as file:
                digest.update(name.encode() + b"\0" + file.read())
    key = digest.hexdigest()
    target = os.path.join(directory, "asset." + key)
    if is_folder:
        shutil.copytree(path, target, dirs_exist_ok=True)
    else:
        shutil.copy(path, target)
    files[key] = {
        "displayName": os.path.basename(path), "source": {"path": "asset." + key, "packaging": "zip" if is_folder else "file"},
        "destinations": place(key + (".zip" if is_folder else "")),
    }
    return key


def constructs(paths, traces):
    """As aws-cdk-lib writes them, with stack traces when it is debugged."""
    return {path: [{"type": "aws:cdk:logicalId", "data": logical, **({"trace": traces[logical]} if logical in traces else {})}]
            for path, logical in paths.items()}


def add_stack(directory, name, stack, artifacts):
    files = {}
    keys = [add_asset(directory, path, files) for path in stack.get("assets", [])]
    template = template_of(stack)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function" and "Code" not in resource.get("Properties", {}):
            resource["Properties"]["Code"] = {"S3Bucket": {"Fn::Sub": BUCKET}, "S3Key": keys[0] + ".zip"}
    text = write(os.path.join(directory, name + ".template.json"), template)
    key = hashlib.sha256(text.encode()).hexdigest() + ".json"
    files["template"] = {"displayName": name + " Template", "source": {"path": name + ".template.json", "packaging": "file"},
                         "destinations": place(key)}
    write(os.path.join(directory, name + ".assets.json"), {"version": "15.0.0", "files": files, "dockerImages": {}})
    properties = {
        "templateFile": name + ".template.json", "terminationProtection": stack.get("protected", False),
        "tags": stack.get("tags", {}), "assumeRoleArn": ROLE % "deploy",
        "cloudFormationExecutionRoleArn": ROLE % "cfn-exec", "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{key}",
    }
    if stack.get("bootstrap", True):
        properties["requiresBootstrapStackVersion"] = 6
        properties["bootstrapStackVersionSsmParameter"] = "/cdk-bootstrap/hnb659fds/version"
    if stack.get("lookup"):
        properties["lookupRole"] = {"arn": ROLE % "lookup"}
    artifacts[name + ".assets"] = {"type": "cdk:asset-manifest", "properties": {"file": name + ".assets.json"}}
    artifacts[name] = {
        "type": "aws:cloudformation:stack",
        "environment": f"aws://{stack.get('account', 'unknown-account')}/{stack.get('region', 'unknown-region')}",
        "properties": properties,
        "dependencies": [*stack.get("needs", []), name + ".assets"],
        "metadata": constructs({**stack.get("constructs", {}), **{f"/{name}/{logical}/Resource": logical for logical in template["Resources"]}},
                               stack.get("traces", {})),
        "displayName": name,
    }


def main():
    directory = sys.argv[1]
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    artifacts = {}
    for name, stack in json.load(sys.stdin).items():
        add_stack(directory, name, stack, artifacts)
    write(os.path.join(directory, "manifest.json"), {"version": "36.0.0", "artifacts": artifacts})


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""validate_growth.py PROGRAM: how the processor time of `validate` grows with a template, each size twice the one before.
Prints times and exponents: 1 is in proportion."""
import json
import math
import os
import resource
import subprocess
import sys
import tempfile


def queue(properties, **attributes):
    return {"Type": "AWS::SQS::Queue", "Properties": properties, **attributes}


def template(resources, **sections):
    return json.dumps({"Resources": resources, **sections})


PARAMETER = {"P": {"Type": "String"}}
SHAPES = {
    "findings in one line": (2500, lambda n: template({f"R{i}": queue({"Nope": 1}) for i in range(n)})),
    "findings in one list": (5000, lambda n: template({"R": {"Type": "AWS::SNS::Topic", "Properties": {
        "Tags": [{"Key": f"k{i}", "Value": "v", "X": 1} for i in range(n)]}}})),
    "names that nobody knows": (1000, lambda n: template({f"R{i:06}": queue({"QueueName": {"Ref": f"X{i:06}"}}) for i in range(n)})),
    "references": (1000, lambda n: template({f"R{i}": queue({"QueueName": {"Fn::Join": ["", [
        {"Ref": f"R{(i + j + 1) % n}"} for j in range(20)]]}}) for i in range(n)})),
    "a circle": (250, lambda n: template({f"R{i}": queue({}, DependsOn=f"R{(i + 1) % n}") for i in range(n)})),
    "conditions": (1000, lambda n: template({f"R{i}": queue({}, Condition=f"C{i}") for i in range(n)}, Parameters=PARAMETER,
                   Conditions={f"C{i}": {"Fn::Equals": [{"Ref": "P"}, f"v{i}"]} for i in range(n)})),
    "conditions of conditions": (1000, lambda n: template(
        {f"R{i}": queue({"QueueName": {"Ref": f"R{(i + 1) % n}"}}, Condition=f"C{i}") for i in range(n)}, Parameters=PARAMETER,
        Conditions={f"C{n}": {"Fn::Equals": [{"Ref": "P"}, "a"]}, **{f"C{i}": {"Fn::And": [
            {"Condition": f"C{i + 1}"}, {"Fn::Equals": [{"Ref": "P"}, "a"]}]} for i in range(n)}})),
    "allowed values": (1000, lambda n: template({f"R{i}": queue({}, Condition=f"C{i}") for i in range(n)},
                       Parameters={"P": {"Type": "String", "Default": "v0", "AllowedValues": [f"v{i}" for i in range(n)]}},
                       Conditions={f"C{i}": {"Fn::Equals": [{"Ref": "P"}, f"v{i}"]} for i in range(n)})),
    "statements": (1000, lambda n: template({"R": {"Type": "AWS::IAM::Policy", "Properties": {
        "PolicyName": "p", "Roles": ["r"], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
            {"Sid": f"s{i}", "Effect": "Allow", "Action": ["s3:GetObject", "s3:Put*"], "Resource": "*"} for i in range(n)]}}}})),
    "a long string": (500000, lambda n: template({"R": queue({"QueueName": "a" * n})})),
    "a long Fn::Sub": (50000, lambda n: template({"R": queue({"QueueName": {"Fn::Sub": "${R}${X}" * n}})})),
}


def processor_time(program, text):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(text)
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "validate", file.name, "--format", f"json={os.devnull}"], stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


for name, (size, make) in SHAPES.items():
    times = []
    for factor in (1, 2, 4, 8):
        text = make(size * factor)
        times.append(min(processor_time(sys.argv[1], text) for _ in range(3)))
    exponents = [math.log2(max(later, 1e-3) / max(earlier, 1e-3)) for earlier, later in zip(times, times[1:])]
    print(f"validate {name}, {size} to {size * 8}:", ", ".join(f"{1000 * time:.0f} ms" for time in times) + "; exponents",
          ", ".join(f"{exponent:.2f}" for exponent in exponents))

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Tables fit the terminal they are shown on, and say there what they say where there is no limit.
. "$(dirname "$0")/lib.sh"

# A role with much to say, a security group, and what is written in other scripts.
templates() {
    cat >before.json <<'END'
{ "Resources": { "Bucket": { "Type": "AWS::S3::Bucket" } } }
END
    cat >after.json <<'END'
{ "Resources": {
    "Bucket": { "Type": "AWS::S3::Bucket" },
    "ServiceTaskDefinitionTaskRoleC72AFE65": { "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:ecs:eu-central-1:123456789012:*" },
                "StringEquals": { "aws:PrincipalTag/部署": "基盤チームと運用チームと開発チームと品質保証チーム" } } }] },
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
        "Policies": [{ "PolicyName": "P", "PolicyDocument": { "Statement": [{ "Effect": "Allow",
            "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:PutObjectVersionTagging"],
            "Resource": [{ "Fn::GetAtt": ["Bucket", "Arn"] },
                "arn:aws:s3:::a-bucket-with-a-very-long-name-that-somebody-chose/and/a/prefix/of/its/own/*"] }] } }] } },
    "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": "g", "SecurityGroupIngress": [
        { "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0" }] } } } }
END
}

# fits WIDTH: no line takes more columns, as Python's tables of Unicode have it.
fits() {
    python3 - "$1" "$work/out" <<'END' || fail "something is wider than $1 columns"
import sys, unicodedata
def columns(line):
    return sum(0 if unicodedata.category(c) == "Mn" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
lines = open(sys.argv[2], encoding="utf-8").read().splitlines()
wide = [line for line in lines if columns(line) > int(sys.argv[1])]
print(*wide, sep="\n")
sys.exit(bool(wide) or not lines)
END
}

# Everything between the frames, without white space: cell by cell of tables, so that it does not matter where
# they are broken.
contents() {
    python3 - "$work/out" <<'END'
import sys
cells, rows = [], []
def flush():
    if rows:
        cells.extend("".join(column) for column in zip(*rows))
        rows.clear()
for line in open(sys.argv[1], encoding="utf-8").read().splitlines():
    if line.startswith("│"):
        rows.append(["".join(cell.split()) for cell in line.strip("│").split("│")])
    else:
        flush()
        if not line.startswith(("┌", "├", "└")):
            cells.append("".join(line.split()))
print("".join(cells))
END
}

at_width() { run env LC_ALL=C.UTF-8 COLUMNS="$1" "$DEMO" "${@:2}"; }

# What is in cells that a person has to see in order to decide.
facts='sts:AssumeRole Service:ecs-tasks.amazonaws.com "aws:SourceArn":"arn:aws:ecs:eu-central-1:123456789012:*"
    "aws:PrincipalTag/部署":"基盤チームと運用チームと開発チームと品質保証チーム" s3:PutObjectVersionTagging ${Bucket.Arn}
    arn:aws:s3:::a-bucket-with-a-very-long-name-that-somebody-chose/and/a/prefix/of/its/own/*
    arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy Everyone(IPv4) TCP443'

test_security_tables() {
    local width fact
    templates
    for width in 60 80 100 120 200; do
        at_width "$width" diff before.json after.json --security-only
        expect_status 0
        fits "$width"
        for fact in $facts; do
            contents | grep -qF -- "$fact" || fail "$width columns lack $fact"
        done
    done
}

# No name is broken but behind what joins its parts.
test_no_broken_names() {
    local width
    templates
    for width in 60 80 100; do
        at_width "$width" diff before.json after.json --security-only
        expect_out_has 'AmazonECSTaskExecutionRolePolicy'
        expect_out_has 's3:PutObjectVersionTagging'
        expect_out_has 'ServiceTaskDefinitionTaskRoleC72AFE65'
    done
}

test_a_frame_where_there_is_room() {
    templates
    at_width 200 diff before.json after.json --security-only
    grep -q '^┌─' "$work/out" || fail 'there is no frame at 200 columns'
    at_width 60 diff before.json after.json --security-only
    grep -qx '  Effect     Allow' "$work/out" || fail 'the cells of a row are not below each other at 60 columns'
}

# What is no terminal gets the same whatever the terminal is around it.
test_pipes_and_files() {
    templates
    run env -u COLUMNS "$DEMO" diff before.json after.json
    cp "$work/out" plain
    at_width 60 diff before.json after.json --format text=file
    cmp plain file || fail 'a file depends on COLUMNS'
    run env -u COLUMNS "$DEMO" context --describe
    grep -qE '^Key +Type +Default +Description$' "$work/out" || fail 'a pipe does not get one line a row'
    expect_equal "$(grep -c . "$work/out")" 11 lines
}

test_at_a_terminal() {
    need_terminal
    run script -qec "stty cols 60 && '$DEMO' context --describe" /dev/null
    sed -i 's/\r$//' "$work/out"
    fits 60
    expect_out_has 'zones to use'
}

test_words_are_wrapped() {
    at_width 70 context --describe
    fits 70
    expect_out_has 'Key'
    contents | grep -qF "whetherthereareanytopics" || contents | grep -qF 'thereareany' || fail 'a description is cut off'
    at_width 30 context --describe
    fits 30
    expect_out_has 'Key:          zones'
    expect_out_has 'Description:  zones to use'
}

# Lines break between words; a path is a line of its own rather than two.
test_lines_of_doctor() {
    at_width 60 doctor
    python3 - "$work/out" <<'END' || fail 'a line that is wider than 60 columns has a blank to break at'
import sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
sys.exit(not lines or any(len(line) > 60 and " " in line.strip() for line in lines))
END
    grep -q '^missing  ' "$work/out" || fail 'nothing is missing'
    expect_equal "$(grep -vcE '^(ok       |missing  |note     |         )' "$work/out")" 0 'lines that are not indented'
}

test_wide_characters_in_columns() {
    printf '{ "context": { "title": "日本語の題名", "prefix": "X" } }' >cdk.json
    at_width 80 context
    expect_status 0
    expect_equal "$(grep -cE '^[0-9] +(title|prefix) +"' "$work/out")" 2 rows
}

run_tests "$@"

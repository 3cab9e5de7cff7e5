#!/usr/bin/env bash
# The page of --format html, in a browser without a network.
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/../cli/browser.sh"

two_assemblies() {
    demo synth -q -o one
    demo synth -q -o two -c count=3 -c title='<img src=x onerror=alert(1)>'
}

test_the_page_is_complete() {
    two_assemblies
    demo diff one two --format html=diff.html
    browse diff.html
    expect_out_has '<title>Infrastructure differences</title>'
    expect_equal "$(elements details stack)" 3 stacks
    expect_equal "$(elements details resource)" 3 resources
    expect_equal "$(elements table summary)" 1 summaries
    expect_out_has 'AWS::SNS::Topic'
}

test_text_is_text() {
    two_assemblies
    demo diff one two --format html=diff.html
    browse diff.html
    expect_out_has '&lt;img src=x onerror=alert(1)&gt;'
    expect_equal "$(elements img)" 0 images
    expect_equal "$(elements script)" 0 scripts
}

test_nothing_is_fetched() {
    two_assemblies
    demo diff one two --format html=diff.html
    ! grep -qE '(src|href|url|@import)[ =(:]' diff.html || [ "$(grep -cE '<[^>]*(src|href)=' diff.html)" = 0 ] || fail 'the page refers to something'
}

# At the width of a phone nothing has to be scrolled sideways, whatever is in the tables; values scroll on their own.
test_it_fits_a_phone() {
    cat >before.json <<'END'
{ "Resources": {} }
END
    cat >after.json <<'END'
{ "Resources": {
    "ServiceTaskDefinitionTaskRoleWithAVeryLongNameC72AFE65": { "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:ecs:eu-central-1:123456789012:*" } } }] },
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
        "Description": "A description that is so long that no phone has room for it in one line, whatever its user does about it" } } } }
END
    demo diff before.json after.json --format html=diff.html
    expect_fits diff.html 400
    expect_fits diff.html 1400
}

test_removed_resources_have_paths() {
    two_assemblies
    demo diff two one --format html=diff.html
    browse diff.html
    expect_out_has '[-]</span> <code class="type">AWS::SNS::Topic</code> Topic2 '
    demo diff two one
    expect_out_has '[-] AWS::SNS::Topic Topic2 Topic2 destroy'
}

# What is folded in is drawn.
test_it_can_be_seen() {
    two_assemblies
    demo diff one two --format html=diff.html
    expect_seen diff.html
}

run_tests "$@"

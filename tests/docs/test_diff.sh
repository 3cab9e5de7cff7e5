#!/usr/bin/env bash
# The commands in docs/diff.md work as they stand there.
. "$(dirname "$0")/../deploy/lib.sh"

# What the commands name: the assembly of another working tree, of git, and templates; some stacks are deployed.
prepare_project() {
    mkdir -p main project/templates
    "$TANGO_INFRA" synth -q --no-bundling -o main/cdk.out
    cp -r main/cdk.out project/cdk.out
    cp main/cdk.out/TangoApp.template.json project/templates/TangoApp.json
    cd project || fail 'no directory'
    git init -q && git add -A && git -c user.name=n -c user.email=e@example.com commit -qm all
    git tag v1.2 && git update-ref refs/remotes/origin/main HEAD
    cp cdk.out/TangoApp.template.json old.yaml
    cp cdk.out/TangoMedia.template.json old.json
    printf 'Resources: {A: {Type: AWS::SQS::Queue}}\n' >new.yaml
    run "$DEMO" deploy --app cdk.out TangoNetwork --require-approval never
    expect_status 0
}

test_commands() {
    prepare_project
    mkdir bin && ln -s "$TANGO_INFRA" bin/tango-infra
    PATH=$PWD/bin:$PATH
    sed -n 's/^    \(tango-infra diff[^#]*\).*/\1/p' "$SOURCE_DIRECTORY/docs/diff.md" >commands
    [ "$(wc -l <commands)" -ge 9 ] || fail 'commands are missing'
    while read -r command; do
        run bash -c "$command"
        [ "$status" = 0 ] || fail "$command"
        [ -s "$work/out" ] || [[ $command == *--format* ]] || fail "$command: nothing is shown"
    done <commands
    grep -q '<details>' comment.md || fail 'no comment'
    expect_equal "$(json diff.json 'j["version"]')" 1
    expect_clean
}

run_tests "$@"

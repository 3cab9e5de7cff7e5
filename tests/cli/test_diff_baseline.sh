#!/usr/bin/env bash
# tango-infra diff --baseline: assemblies of directories and of git revisions, and revisions that are synthesized.
. "$(dirname "$0")/lib.sh"

test_baseline_directory() {
    demo synth -q -o base
    demo diff --baseline base -c count=1
    expect_status 0
    expect_summary 'DemoNetwork: 1 destroyed' 'DemoData: 1 destroyed' 'DemoWeb: 1 destroyed'
    demo diff DemoWeb -e --baseline base -c count=1
    expect_summary 'DemoWeb: 1 destroyed' ''
    demo diff DemoData --baseline base
    expect_summary 'DemoNetwork: no differences' 'DemoData: no differences' ''
    demo diff --baseline base -c prefix=Other
    expect_out_has 'OtherWeb (new): '
    expect_out_has 'DemoWeb (gone): '
    demo diff --baseline nothing
    expect_failure "cannot read 'nothing': there is no such file"
}

in_git() {
    git init -q .
    git config user.email test@example.com
    git config user.name test
}

test_baseline_of_git() {
    in_git
    demo synth -q
    git add -A && git commit -qm 'two topics'
    demo diff --baseline git:HEAD
    expect_status 0
    expect_summary 'DemoNetwork: no differences'
    demo synth -q -o other -c count=1
    git add -A && git commit -qm 'one topic'
    demo diff --baseline git:HEAD~1:cdk.out -c count=1
    expect_summary 'DemoNetwork: 1 destroyed'
    demo diff --baseline git:HEAD:other -c count=1
    expect_summary 'DemoNetwork: no differences'
    mkdir below && cd below || exit 1
    demo diff --baseline git:HEAD:../other -c count=1
    expect_summary 'DemoNetwork: no differences'
    demo diff --baseline git:HEAD:/other -c count=1
    expect_summary 'DemoNetwork: no differences'
    demo diff DemoWeb -e --baseline git:HEAD:/other/DemoWeb.template.json
    expect_summary 'DemoWeb: 1 added'
}

# A submodule is not looked into, whatever it is called.
test_baseline_of_git_with_a_submodule() {
    git init -q .
    git config user.email test@example.com
    git config user.name test
    mkdir templates
    echo '{ "Resources": { "A": { "Type": "AWS::SNS::Topic" } } }' >templates/DemoData.template.json
    git add -A
    git commit -qm one
    demo diff --baseline git:HEAD:templates DemoData
    cp "$work/out" "$work/expected"
    git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),templates/x blob y.template.json"
    git commit -qm two
    demo diff --baseline git:HEAD:templates DemoData
    expect_status 0
    expect_out "$(cat "$work/expected")"
}

test_baseline_of_git_that_is_not_there() {
    demo diff --baseline git:HEAD
    expect_failure 'git: fatal: not a git repository'
    in_git
    echo x >file
    git add -A && git commit -qm file
    demo diff --baseline git:nothing
    expect_failure "git: fatal: invalid object name 'nothing'"
    demo diff --baseline git:HEAD:absent
    expect_failure "git: fatal: path 'absent' does not exist in 'HEAD'"
    demo diff --baseline git:
    expect_usage_error "'git:' names no revision"
    demo diff --baseline git:--help
    expect_failure 'git: fatal: '
    PATH=$work/nowhere run "$DEMO" diff --baseline git:HEAD
    expect_failure git
}

# An app of two revisions: what cdk.json says, and its context.
two_revisions() {
    in_git
    mkdir project
    cd project || exit 1
    printf '{ "app": "%s synth --quiet && echo ran >>%s", "context": { "count": 1 } }' "$DEMO" "$work/ran" >cdk.json
    git add -A && git commit -qm 'one topic'
    printf '{ "context": { "count": 3 } }' >cdk.json
    export TMPDIR=$work/temporary
    mkdir "$TMPDIR"
}

expect_no_worktree() {
    expect_equal "$(git worktree list | wc -l)" 1 worktrees
    expect_equal "$(ls -A "$TMPDIR")" '' 'temporary files'
    expect_equal "$(git status --short | tr '\n' ' ')" ' M cdk.json ' 'files'
}

test_baseline_that_is_synthesized() {
    two_revisions
    demo diff --baseline git:HEAD
    expect_failure "'--synth-baseline' synthesizes a revision that has no assembly"
    demo diff DemoWeb --exclusively --baseline git:HEAD --synth-baseline
    expect_status 0
    expect_summary 'DemoWeb: 2 added'
    expect_err_has "Synthesizing 'HEAD' in a temporary worktree: "
    expect_equal "$(cat "$work/ran")" ran
    expect_no_worktree
    # What is given counts on both sides; without an app, this program is it.
    printf '{}' >cdk.json
    git commit -qam 'no app'
    printf '{ "context": { "count": 3 } }' >cdk.json
    demo diff DemoWeb --exclusively --baseline git:HEAD --synth-baseline -c count=2
    expect_status 0
    expect_summary 'DemoWeb: no differences'
    demo diff DemoWeb --exclusively --baseline git:HEAD~1 --synth-baseline --format json
    expect_whole "$work/out"
    expect_no_worktree
}

test_baseline_that_cannot_be_synthesized() {
    two_revisions
    demo diff --baseline git:nothing --synth-baseline
    expect_failure nothing
    expect_no_worktree
    printf '{ "app": "echo it is broken >&2; exit 3" }' >cdk.json
    git commit -qam broken
    printf '{}' >cdk.json
    demo diff --baseline git:HEAD --synth-baseline
    expect_failure "'sh' ended with exit status 3"
    expect_err_has 'it is broken'
    expect_no_worktree
    demo diff --baseline . --synth-baseline
    expect_usage_error "'--synth-baseline' needs '--baseline git:REF'"
    demo diff --baseline git:HEAD:x --synth-baseline
    expect_usage_error "'--synth-baseline' needs '--baseline git:REF'"
}

test_an_interrupt_leaves_no_worktree() {
    two_revisions
    printf '{ "app": "echo $$ >%s; sleep 1000" }' "$work/started" >cdk.json
    git commit -qam slow
    printf '{}' >cdk.json
    status=0
    env --default-signal=INT "$DEMO" diff --baseline git:HEAD --synth-baseline >"$work/out" 2>"$work/err" &
    local program=$!
    wait_for test -s "$work/started"
    kill -INT "$program"
    wait "$program" || status=$?
    expect_status 130
    expect_no_out
    expect_no_worktree
}

run_tests "$@"

#!/usr/bin/env bash
# The workflows keep GitHub's rules for their security (workflows.py), and the check of these rules finds what breaks them.
. "$(dirname "$0")/../cli/lib.sh"

workflows=$SOURCE_DIRECTORY/.github/workflows
check() { run python3 "$SOURCE_DIRECTORY/tests/structure/workflows.py" "$@"; }

test_the_workflows_keep_the_rules() {
    check "$workflows"/*.yml
    expect_status 0
}

# broken WORKFLOW SED-SCRIPT MESSAGE: with this change, the check says so.
broken() {
    sed -E "$2" "$workflows/$1.yml" >changed.yml
    ! cmp -s "$workflows/$1.yml" changed.yml || fail "nothing to change in $1 with $2"
    check changed.yml
    expect_status 1
    expect_out_has "$3"
}

test_a_broken_rule_is_found() {
    broken ci 's/@11bd.* # v4/@v4 # v4/' 'is not pinned by its commit'
    broken ci 's/ # v4.*//' 'no version beside'
    broken ci '/persist-credentials/d; /with:/d' 'the checkout keeps its credentials'
    broken ci '/^permissions/,/^$/d' 'not a list of those it needs'
    broken ci 's/contents: read/contents: write/' 'may write and runs code of a repository'
    broken ci 's/pull_request/pull_request_target/' 'runs code of a repository for pull_request_target'
    broken ci '/timeout/d' 'has no timeout'
    broken ci "s/run: bash/env: { KEY: '\${{ secrets.KEY }}' }\n        run: bash/" 'uses secrets for a pull request'
    broken diff '0,/contents: read/s//contents: read\n      id-token: write/' 'may take the identity of the repository'
    broken diff 's/"\$start"$/"${{ github.head_ref }}"/' 'an expression in a script'
    broken diff 's/^permissions: \{\}/permissions: write-all/' 'not a list of those it needs'
    broken diff-label 's/^      - name: Remove/      - run: script\/run diff\n      - name: Remove/' 'runs code of a repository for pull_request_target'
    broken release 's/^permissions: \{\}/permissions: { contents: write }/' 'every job may write'
}

# Of the workflow that judges pull requests: who may do what.
test_jobs_are_separate() {
    python3 - "$workflows/diff.yml" <<'SCRIPT' || fail 'a job may do something else'
import sys, yaml
workflow = yaml.safe_load(open(sys.argv[1]))
assert workflow['permissions'] == {}
assert {name: job['permissions'] for name, job in workflow['jobs'].items()} == {
    'synthesize': {'contents': 'read'},
    'judge': {'contents': 'read', 'pull-requests': 'read'},
    'comment': {'pull-requests': 'write'},
}
assert 'github.token' not in str(workflow['jobs']['synthesize'])
SCRIPT
}

run_tests "$@"

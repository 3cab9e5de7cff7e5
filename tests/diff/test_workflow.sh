#!/usr/bin/env bash
# The steps of .github/workflows/diff.yml and diff-label.yml, on a git history, with stand-ins for what GitHub has: the comments
# and labels of a pull request, and a script/run that does not build.
. "$(dirname "$0")/../cli/lib.sh"

# gh: comments are files in $work/comments, named by their ids; labels are the lines of $work/labels.
stand_in_for_gh() {
    mkdir -p "$work/bin" "$work/comments"
    touch "$work/labels"
    cat >"$work/bin/gh" <<SCRIPT
#!/usr/bin/env bash
set -eu
all="\$*"
[ "\$GH_TOKEN" = secret ]
case "\$all" in
'api --paginate repos/owner/name/issues/7/comments --jq '*'startswith("<!-- tango-infra diff -->")'*)
    cd '$work/comments'
    for id in *; do
        [ -e "\$id" ] && head -n 1 "\$id" | grep -qxF '<!-- tango-infra diff -->' && echo "\$id"
    done
    true ;;
'api --silent --method POST repos/owner/name/issues/7/comments --field body=@'*) cp "\${all##*@}" '$work/comments/'\$((100 + \$(ls '$work/comments' | wc -l))) ;;
'api --silent --method PATCH repos/owner/name/issues/comments/'*' --field body=@'*)
    id=\${all%% --field*}
    cp "\${all##*@}" '$work/comments/'"\${id##*/}" ;;
'api --paginate repos/owner/name/issues/7/labels --jq .[].name') cat '$work/labels' ;;
'api --silent --method DELETE repos/owner/name/issues/7/labels/destructive%20change') sed -i '/^destructive change\$/d' '$work/labels' ;;
*) echo "gh: \$all" >&2; exit 9 ;;
esac
SCRIPT
    chmod +x "$work/bin/gh"
    PATH=$work/bin:$PATH
}

# A repository whose first commit is what the pull request starts from.
repository() {
    stand_in_for_gh
    git init -q -b main .
    git config user.email test@example.com
    git config user.name test
    mkdir script
    printf '#!/usr/bin/env bash\nexec "%s" "$@"\n' "$DEMO" >script/run
    chmod +x script/run
    commit '{ "context": { "count": 2 } }'
}

commit() {
    echo "$1" >cdk.json
    git add -A
    git commit -qm "$1"
}

# event WORKFLOW ACTION [NAME=VALUE...]: runs a workflow for what is checked out.
event() {
    rm -rf "$work/temp"
    mkdir "$work/temp"
    : >"$work/summary"
    RUNNER_TEMP=$work/temp GITHUB_STEP_SUMMARY=$work/summary run python3 "$SOURCE_DIRECTORY/tests/diff/workflow.py" \
        "$SOURCE_DIRECTORY/.github/workflows/$1.yml" "github.event.action=$2" "${@:3}" \
        "github.event.pull_request.base.sha=$(git rev-parse main)" "github.event.pull_request.head.sha=$(git rev-parse HEAD)" \
        github.event.pull_request.number=7 github.repository=owner/name github.token=secret \
        "github.event.pull_request.head.repo.full_name=${head_repository:-owner/name}"
}
pull_request() { event diff "${1-synchronize}" "${@:2}"; }

steps() { sed -n 's/^step: //p' "$work/out" | paste -sd,; }
comments() { cat "$work"/comments/* 2>/dev/null; }
before='Synthesize the pull request,The pull request can be synthesized,Synthesize what the pull request starts from,Compare'

test_nothing_changes() {
    repository
    git checkout -qb change
    pull_request
    expect_status 0
    expect_equal "$(steps)" "$before,Comment"
    expect_equal "$(comments | sed -n 2p)" '### Infrastructure: 0 stacks with differences'
    expect_equal "$(cat "$work/summary")" "$(comments)"
}

test_a_harmless_change() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": 3 } }'
    pull_request
    expect_status 0
    expect_equal "$(steps)" "$before,Comment"
    expect_equal "$(comments | sed -n 2p)" '### Infrastructure: 3 stacks with differences'
    expect_file "$work/temp/artifact-diff/diff.html"
    expect_whole "$work/temp/artifact-diff/diff.json"
}

# What main has got meanwhile is no part of the pull request.
test_the_base_moves_on() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": 3 } }'
    git checkout -q main
    commit '{ "context": { "count": 1 } }'
    git checkout -q change
    pull_request
    expect_status 0
    comments | grep -q 'AWS::SNS::Topic' || fail 'no topic in the comment'
    ! comments | grep -q destroyed || fail 'what main did is in the comment'
}

destructive_change() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": 1 } }'
}
failing="$before,Fail on destructive changes,Comment"

test_a_destructive_change_needs_a_label() {
    destructive_change
    pull_request opened
    expect_status 1
    expect_equal "$(steps)" "$failing"
    expect_out_has '::error::resources would be replaced or removed'
    comments | grep -q '1 destroyed' || fail 'the comment does not say so'
    printf '%s\n' other 'destructive change, not' >"$work/labels"
    pull_request labeled
    expect_status 1
    printf '%s\n' other 'destructive change' >"$work/labels"
    pull_request labeled
    expect_status 0
    pull_request unlabeled
    expect_status 0
    pull_request edited
    expect_status 0
}

# What the label was put on for are other commits, or another base.
test_the_label_does_not_outlive_the_commits() {
    local change

    destructive_change
    for change in synchronize reopened 'edited github.event.changes.base.ref.from=other'; do
        printf '%s\n' other 'destructive change' >"$work/labels"
        pull_request $change
        expect_status 1
        event diff-label $change
        expect_status 0
        expect_equal "$(steps)" 'Remove the label'
        expect_equal "$(cat "$work/labels")" other 'labels'
        event diff-label $change
        expect_status 0
    done
    echo 'destructive change' >"$work/labels"
    event diff-label edited
    expect_equal "$(steps)" ''
    expect_equal "$(cat "$work/labels")" 'destructive change' 'labels'
}

# A pull request that comes with a program of its own is not judged by it.
test_the_tool_that_judges_is_the_bases() {
    destructive_change
    printf '#!/usr/bin/env bash\n[ "$1" != diff ] || exit 0\nexec "%s" "$@"\n' "$DEMO" >script/run
    commit '{ "context": { "count": 1 } }'
    pull_request
    expect_status 1
    expect_equal "$(steps)" "$failing"
    comments | grep -q '1 destroyed' || fail 'the comment does not say so'
}

test_the_comment_is_updated() {
    repository
    git checkout -qb change
    echo 'somebody else wrote this' >"$work/comments/5"
    commit '{ "context": { "count": 3 } }'
    pull_request
    commit '{ "context": { "count": 2 } }'
    pull_request
    expect_equal "$(ls "$work/comments" | wc -l | tr -d ' ')" 2 'number of comments'
    comments | grep -q '0 stacks with differences' || fail 'the comment is the old one'
    expect_equal "$(cat "$work/comments/5")" 'somebody else wrote this'
}

test_a_fork_gets_no_comment() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": 3 } }'
    head_repository=fork/name pull_request
    expect_status 0
    expect_equal "$(steps)" "$before"
    expect_equal "$(comments)" ''
    grep -q '3 stacks with differences' "$work/summary" || fail 'no summary'
}

# The check that is required fails; skipped it would pass.
test_an_error_is_no_difference() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": "many" } }'
    pull_request
    expect_status 1
    expect_equal "$(steps)" 'Synthesize the pull request,The pull request can be synthesized'
    expect_out_has '::error::the pull request was not synthesized'
}

test_what_does_not_come_from_the_base_has_no_start() {
    destructive_change
    git checkout -q --orphan elsewhere
    commit '{ "context": { "count": 3 } }'
    pull_request
    expect_status 1
    expect_equal "$(steps)" "${before%,Compare}"
}

test_the_copies_in_the_docs_are_the_same() {
    local name

    for name in diff diff-label; do
        cmp "$SOURCE_DIRECTORY/.github/workflows/$name.yml" "$SOURCE_DIRECTORY/docs/$name-workflow.yml" || fail "docs/$name-workflow.yml differs"
    done
}

run_tests "$@"

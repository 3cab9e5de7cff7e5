#!/usr/bin/env bash
# The steps of .github/workflows/diff.yml, on a git history, with stand-ins for what GitHub has: the comments of a pull request, and
# a script/run that does not build.
. "$(dirname "$0")/../cli/lib.sh"

workflow=$SOURCE_DIRECTORY/.github/workflows/diff.yml

# gh: comments are files in $work/comments, named by their ids.
stand_in_for_gh() {
    mkdir -p "$work/bin" "$work/comments"
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
    base=$(git rev-parse HEAD)
}

commit() {
    echo "$1" >cdk.json
    git add -A
    git commit -qm "$1"
}

# pull_request [LABEL]: runs the workflow for what is checked out.
pull_request() {
    rm -rf "$work/temp"
    git worktree prune
    mkdir "$work/temp"
    RUNNER_TEMP=$work/temp GITHUB_STEP_SUMMARY=$work/summary run python3 "$SOURCE_DIRECTORY/tests/diff/workflow.py" "$workflow" \
        "github.event.pull_request.base.sha=$(git rev-parse main)" github.event.pull_request.number=7 github.repository=owner/name \
        "github.event.pull_request.head.repo.full_name=${head_repository:-owner/name}" github.token=secret \
        "github.event.pull_request.labels.*.name=${1-}"
}

steps() { sed -n 's/^step: //p' "$work/out" | paste -sd,; }
comments() { cat "$work"/comments/* 2>/dev/null; }
before='Synthesize what the pull request starts from,Synthesize the pull request,Compare'

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
    expect_file "$work/temp/diff/diff.html"
    expect_whole "$work/temp/diff/diff.json"
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

test_a_destructive_change_needs_a_label() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": 1 } }'
    pull_request
    expect_status 1
    expect_equal "$(steps)" "$before,Comment,Fail on destructive changes"
    expect_out_has '::error::resources would be replaced or removed'
    comments | grep -q '1 destroyed' || fail 'the comment does not say so'
    pull_request 'other,destructive change'
    expect_status 0
    expect_equal "$(steps)" "$before,Comment"
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

test_an_error_is_no_difference() {
    repository
    git checkout -qb change
    commit '{ "context": { "count": "many" } }'
    pull_request
    expect_status 1
    expect_equal "$(steps)" 'Synthesize what the pull request starts from,Synthesize the pull request'
}

test_the_copy_in_the_docs_is_one() {
    cmp "$workflow" "$SOURCE_DIRECTORY/docs/diff-workflow.yml" || fail 'docs/diff-workflow.yml is another file'
}

run_tests "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the live view of a deployment leaves in the scrollback of a terminal, tmux: nothing, wherever it begins.
. "$(dirname "$0")/lib.sh"
command -v tmux >/dev/null || { echo 'skipped: there is no tmux'; exit 77; }

four='{ "Network": { "resources": { "T": "AWS::SNS::Topic", "U": { "Type": "AWS::SNS::Topic", "DependsOn": "T" } } }, "Media": { "resources": { "T": "AWS::SNS::Topic" } },
    "Application": { "needs": ["Network", "Media"], "resources": { "T": "AWS::SNS::Topic" } }, "Events": { "needs": ["Application"], "resources": { "T": "AWS::SNS::Topic" } } }'
of_the_view='\[[#.]+\]|waiting for other stacks|querying the stacks|making a change set|(creating|Media) .* [0-9]+ s$'

in_tmux() { tmux -S "$work/tmux" -u "$@"; }
# All that is on the screen and above it, or what is above.
everything() { in_tmux capture-pane -p -S - | sed 's/ *$//'; }
above() { [ "$(in_tmux display-message -p '#{history_size}')" = 0 ] || in_tmux capture-pane -p -S - -E -1; }
shows() { everything | grep -qF -- "$1"; }

# deploy_in COLUMNS ROWS LINES: a terminal of that size, in which the view begins below so many lines.
deploy_in() {
    unset TMUX
    control settings '{ "resource_seconds": 600 }'
    assembly <<<"$four"
    printf 'set -g history-limit 10000\n' >tmux.conf
    # shellcheck disable=SC2016
    in_tmux -f tmux.conf new-session -d -x "$1" -y "$2" "${3:+seq $3 | sed 's/^/before /';} '$DEMO' deploy --app app --all --require-approval never; echo 'the end'; exec sleep 1000"
    trap 'in_tmux kill-server 2>/dev/null; remove_work' EXIT
    wait_for shows 'Network      ['
}

# end LINES: what was there before is there once, what was said of the stacks too, and nothing of the view. The
# scrollback is as long as what is to stay needs.
end() {
    control settings '{ "resource_seconds": 0.1 }'
    control hurry
    wait_for shows 'the end'
    everything >"$work/out"
    above >"$work/err"
    expect_equal "$(grep -c '^before ' "$work/out")" "$1" 'lines from before'
    expect_equal "$(grep -c 'CREATE_COMPLETE$' "$work/out")" 4 'stacks that are done'
    grep -qE 'deployed in' "$work/out" || fail 'the last line is missing'
}
expect_no_view() { ! grep -qE "$of_the_view" "$work/out" || fail 'something of the view is left'; }
expect_above() { expect_equal "$(grep -c . "$work/err")" "$1" 'lines of scrollback'; }

test_on_the_first_row() {
    deploy_in 80 24 0
    wait_for shows ' for 2 s'
    expect_equal "$(above | grep -c .)" 0 'lines of scrollback while the view is drawn'
    end 0
    expect_no_view
    expect_above 0
}

test_in_the_middle() {
    deploy_in 80 24 5
    wait_for shows ' for 2 s'
    expect_equal "$(above | grep -c .)" 0 'lines of scrollback while the view is drawn'
    end 5
    expect_no_view
    expect_above 0
}

# The view moves up what is above it, once.
test_on_the_last_row() {
    deploy_in 80 24 23
    wait_for shows ' for 2 s'
    expect_equal "$(above | grep -c '^before ')" "$(above | grep -c .)" 'lines of scrollback that are not from before'
    end 23
    expect_no_view
}

# With fewer rows than there are stacks.
test_a_low_window() {
    deploy_in 100 4 0
    wait_for shows ' for 2 s'
    expect_equal "$(above | grep -c .)" 0 'lines of scrollback while the view is drawn'
    end 0
    expect_no_view
}

# A window that becomes lower moves what is in its upper rows away: of each size, one view at most.
test_a_window_that_changes_its_size() {
    deploy_in 100 24 3
    in_tmux resize-window -x 60 -y 20
    wait_for shows ' for 1 s'
    in_tmux resize-window -x 100 -y 6
    wait_for shows ' for 2 s'
    in_tmux resize-window -x 80 -y 24
    wait_for shows ' for 3 s'
    [ "$(above | grep -cE "$of_the_view")" -le 8 ] || fail 'the scrollback is full of views'
    end 3
    [ "$(grep -cE "$of_the_view" "$work/out")" -le 8 ] || fail 'the terminal is full of views'
}

run_tests "$@"

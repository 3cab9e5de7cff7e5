#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whatever a template holds is shown as text: in a terminal, to CI runners, in GitHub's renderer of Markdown, in HTML.
. "$(dirname "$0")/../cli/lib.sh"

hostile() { python3 "$SOURCE_DIRECTORY/tests/diff/hostile.py" "$@" || fail "hostile.py $1"; }

render() {
    command -v cmark-gfm >/dev/null || skip 'there is no cmark-gfm'
    cmark-gfm --unsafe --github-pre-lang -e table -e autolink -e strikethrough -e tagfilter "$1"
}

test_no_format_has_anything_but_text() {
    local format color

    hostile before.json after.json
    for format in text json markdown html; do
        for color in color no-color; do
            demo diff before.json after.json --$color --format $format
            expect_status 0
            expect_no_err
            hostile --bytes "$work/out"
        done
        demo diff before.json after.json --format "$format=diff.$format"
        [ $format = json ] || hostile --bytes "diff.$format"
    done
    demo diff before.json after.json --security-only --color
    hostile --bytes "$work/out"
    COLUMNS=60 demo diff before.json after.json
    hostile --bytes "$work/out"
}

test_markdown_shows_it_as_text() {
    local first

    for ((first = 0; first < $(hostile --count); first += 3)); do
        hostile before.json after.json "$first"
        demo diff before.json after.json --format markdown=diff.md
        ! grep -q '^_Cut at' diff.md || fail 'not everything is shown'
        render diff.md >diff.html
        hostile --markdown diff.html "$first"
    done
}

run_tests "$@"

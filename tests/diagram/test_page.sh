#!/usr/bin/env bash
# The page and the picture of diagrams, in a browser without a network.
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/../cli/browser.sh"
command -v dot >/dev/null || { echo 'skipped: there is no dot (Debian: graphviz)'; exit 77; }

test_the_page_is_complete() {
    tango diagram --format html=page.html
    browse page.html
    expect_equal "$(elements svg architecture)" 1 pictures
    expect_equal "$(elements g stack)" 6 frames
    [ "$(elements g node)" -gt 15 ] || fail 'boxes are missing'
    expect_equal "$(elements p legend)" 1 legends
    expect_equal "$(elements script)" 0 scripts
    expect_equal "$(elements img)" 0 images
    expect_seen page.html
}

test_the_picture_can_be_seen() {
    tango diagram --format svg=picture.svg
    expect_seen picture.svg
}

test_a_comparison_can_be_seen() {
    tango synth -q --no-bundling -o one
    tango diff one one --format html=same.html
    tango synth -q --no-bundling -o two -c min_capacity=3
    tango diff one two --format html=diff.html
    browse diff.html
    expect_equal "$(elements svg architecture)" 1 pictures
    expect_equal "$(elements g changed)" 1 'changed boxes'
    expect_seen diff.html
    browse same.html
    expect_equal "$(elements svg)" 0 'pictures of no change'
}

run_tests "$@"

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

# What is folded in is drawn.
test_it_can_be_seen() {
    two_assemblies
    demo diff one two --format html=diff.html
    expect_seen diff.html
}

run_tests "$@"

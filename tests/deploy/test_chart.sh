#!/usr/bin/env bash
# The chart of `logs --chart`, in a browser without a network.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../cli/browser.sh"

chart() {
    run "$DEMO" logs --app app --chart chart.html "$@"
    expect_status 0
    expect_no_out
    expect_err_has 'wrote chart.html'
}

evil='<img src=x onerror=alert(1)>"&'

# One stack stands, one is rolled back because of a resource.
operations() {
    control settings "{ \"failures\": [{ \"stack\": \"Api\", \"reason\": \"$(sed 's/"/\\"/g' <<<"$evil")\" }] }"
    assembly <<<"$shop"
    deploy --all
    expect_status 1
}

test_a_bar_for_each_thing_that_was_done() {
    operations
    chart Base Api
    browse chart.html
    expect_out_has '<title>Operations of Base, Api</title>'
    expect_out_has 'account 123456789012, us-east-1'
    expect_equal "$(elements tr stack)" 2 stacks
    expect_equal "$(elements tr resource)" 3 resources
    expect_equal "$(elements tr axis)" 1 axes
    # Of the legend there is one each.
    expect_equal "$(elements div create)" 3 'stack and resources that were created'
    expect_equal "$(elements div failed)" 2 'what failed, and its stack'
    expect_equal "$(elements div rollback)" 1 'rollbacks'
    expect_equal "$(elements div delete)" 1 'deletions'
    expect_equal "$(elements span danger)" 3 'failures with their reasons, and how many'
}

test_bars_stay_within_the_chart() {
    operations
    chart Base Api
    "$python" - chart.html <<'PYTHON' || fail 'a bar is outside'
import re, sys
bars = re.findall(r'class="bar [^>]*style="left:([0-9.]+)%;width:([0-9.]+)%"', open(sys.argv[1]).read())
assert len(bars) >= 7, bars
assert all(0 <= float(left) <= 100 and float(left) + float(width) <= 100.01 for left, width in bars), bars
assert min(float(left) for left, _ in bars) == 0, bars
PYTHON
}

test_text_is_text() {
    operations
    chart Api
    browse chart.html
    expect_out_has '&lt;img src=x onerror=alert(1)&gt;'
    expect_equal "$(elements img)" 0 images
    expect_equal "$(elements script)" 0 scripts
}

test_nothing_is_fetched() {
    operations
    chart --all
    expect_equal "$(grep -cE '<[^>]*(src|href)=|@import|url\(' chart.html)" 0 'references to something else'
}

test_it_fits_a_phone() {
    operations
    chart --all
    expect_fits chart.html 400
    expect_fits chart.html 1400
}

test_it_can_be_seen() {
    operations
    chart --all
    expect_seen chart.html
}

run_tests "$@"

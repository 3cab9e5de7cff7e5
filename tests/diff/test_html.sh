#!/usr/bin/env bash
# The page of --format html, in a browser without a network.
. "$(dirname "$0")/../cli/lib.sh"

command -v chromium >/dev/null || { echo 'skipped: there is no chromium'; exit 77; }

# browse FILE: the page as the browser understands it, and what its console says.
browse() {
    run timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
        --proxy-server=127.0.0.1:1 --enable-logging=stderr --v=0 --virtual-time-budget=1000 --dump-dom "file://$PWD/$1"
    [ "$status" = 0 ] || skip 'chromium does not run here'
    ! grep -q 'CONSOLE' "$work/err" || fail 'the console has messages'
}

# The number of elements that match a tag and a class.
elements() {
    python3 - "$work/out" "$1" "${2-}" <<'PYTHON'
import html.parser, sys
class Count(html.parser.HTMLParser):
    count = 0
    def handle_starttag(self, tag, attributes):
        self.count += tag == sys.argv[2] and sys.argv[3] in (dict(attributes).get('class') or '').split(' ') + ['']
parser = Count()
parser.feed(open(sys.argv[1]).read())
print(parser.count)
PYTHON
}

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

# What is folded in is drawn: a picture of the page is not empty, in the light and in the dark.
test_it_can_be_seen() {
    two_assemblies
    demo diff one two --format html=diff.html
    for scheme in 0 1; do
        run timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
            --blink-settings=preferredColorScheme=$scheme --window-size=1000,800 --screenshot="$work/page$scheme.png" "file://$PWD/diff.html"
        [ "$status" = 0 ] || skip 'chromium takes no pictures here'
        [ "$(stat -c %s "$work/page$scheme.png")" -gt 10000 ] || fail 'the page looks empty'
    done
    ! cmp -s "$work/page0.png" "$work/page1.png" || fail 'dark looks like light'
}

run_tests "$@"

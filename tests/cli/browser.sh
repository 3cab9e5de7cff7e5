# Helpers for tests of pages, in a browser without a network. A test file sources this after lib.sh.
# shellcheck shell=bash
command -v chromium >/dev/null || { echo 'skipped: there is no chromium'; exit 77; }

# browse FILE: the page as the browser understands it, and what its console says.
browse() {
    run timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
        --proxy-server=127.0.0.1:1 --enable-logging=stderr --v=0 --virtual-time-budget=1000 --dump-dom "file://$PWD/$1"
    [ "$status" = 0 ] || skip 'chromium does not run here'
    ! grep -q 'CONSOLE' "$work/err" || fail 'the console has messages'
    sed -i 's/<wbr>//g' "$work/out" # where a line may end; nobody sees it
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

# expect_fits FILE WIDTH: in a window of that width nothing stands out of the page. The window is a frame: the browser's
# own cannot be that narrow.
expect_fits() {
    local size
    cat >"$work/frame.html" <<END
<iframe src="file://$PWD/$1" style="width: $2px; height: 800px; border: 0"></iframe>
<script>onload = () => {
    const page = document.querySelector('iframe').contentDocument.documentElement;
    document.title = page.scrollWidth + ' of ' + page.clientWidth;
};</script>
END
    run timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
        --proxy-server=127.0.0.1:1 --allow-file-access-from-files --hide-scrollbars --virtual-time-budget=1000 --dump-dom "file://$work/frame.html"
    size=$(sed -n 's/.*<title>\([0-9]* of [0-9]*\)<.*/\1/p' "$work/out")
    [ "$status" = 0 ] && [ -n "$size" ] || skip 'chromium does not run here'
    expect_equal "$size" "$2 of $2" 'width of the page'
}

# expect_seen FILE: a picture of the page is not empty, in the light and in the dark.
expect_seen() {
    for scheme in 0 1; do
        run timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
            --blink-settings=preferredColorScheme=$scheme --window-size=1000,800 --screenshot="$work/page$scheme.png" "file://$PWD/$1"
        [ "$status" = 0 ] || skip 'chromium takes no pictures here'
        [ "$(stat -c %s "$work/page$scheme.png")" -gt 10000 ] || fail 'the page looks empty'
    done
    ! cmp -s "$work/page0.png" "$work/page1.png" || fail 'dark looks like light'
}

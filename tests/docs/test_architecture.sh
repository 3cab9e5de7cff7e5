#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# docs/architecture.svg is the picture of the six stacks as they are: it has the same boxes, arrows and labels, however
# Graphviz has laid them out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
env -i HOME="$work" "$TANGO_INFRA" diagram >now.dot
python3 - now.dot "$SOURCE_DIRECTORY/docs/architecture.svg" <<'PYTHON'
import html, re, sys, xml.etree.ElementTree as tree
from collections import Counter

expected = Counter()
for line in open(sys.argv[1]):
    names = re.match(r'\s*"([^"]*)"(?: -> "([^"]*)")? \[', line)
    stack = re.match(r'\s*label=<<b>(.*)</b>>;', line)
    if names:
        source, target = names.groups()
        kind = re.search(r'class="([^"]*)"', line).group(1)
        expected['title', f'{source}->{target}' if target else source, kind] += 1
        label = re.search(r' label=(?:<(.*)>|"(.*)")\];', line)
        texts = re.split('<[^>]*>', label.group(1)) if label and label.group(1) else [label.group(2)] if label else []
        for text in texts:
            if html.unescape(text).strip():
                expected['text', html.unescape(text).strip()] += 1
    elif stack:
        expected['text', html.unescape(stack.group(1))] += 1

drawn = Counter()
svg = '{http://www.w3.org/2000/svg}'
for group in tree.parse(sys.argv[2]).iter(svg + 'g'):
    kinds = group.get('class', '').split()
    title = group.find(svg + 'title')
    if kinds[0] in ('node', 'edge'):
        drawn['title', title.text, ' '.join(kinds[1:])] += 1
    for text in group.findall(svg + 'text'):
        drawn['text', text.text.strip()] += 1

for what in sorted((expected - drawn).keys()):
    print('the picture lacks', *what)
for what in sorted((drawn - expected).keys()):
    print('the picture has, but should not', *what)
if expected != drawn or not expected:
    sys.exit('docs/architecture.svg is not what the stacks are: script/update-pictures architecture draws it anew')
PYTHON
echo "1 passed, 0 failed"

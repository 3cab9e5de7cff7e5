#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every relative link of every document leads to a file, and every file that is named in a document's code is there.
set -u
cd "$SOURCE_DIRECTORY" || exit 1
broken=0 links=0
while IFS=: read -r document link; do
  links=$((links + 1))
  target=${link%%#*}
  [ -z "$target" ] || [ -e "$(dirname "$document")/$target" ] || { echo "$document: '$link' leads nowhere"; broken=$((broken + 1)); }
done < <(find . -name '*.md' -not -path './build/*' -not -path '*/node_modules/*' -print0 |
  xargs -0 grep -oHE '\]\([^)]+\)' | sed 's/^\([^:]*\):\](\(.*\))$/\1:\2/' | grep -vE ':(https?|mailto):')
while read -r named; do
  [ -e "$named" ] || { echo "a document names '$named', which is not there"; broken=$((broken + 1)); }
done < <(grep -ohE '`(src|include|stacks|tests|script|docs|functions|schema)/[A-Za-z0-9_./-]+`' ./*.md docs/*.md | tr -d '`' | sort -u | grep -v '[<*]')
echo "$links links"
[ "$broken" = 0 ] && [ "$links" -gt 10 ] && echo "1 passed, 0 failed"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What a source file exports is used by another one: what only its own file calls is static, and what nobody calls goes. A
# part of the construct library that no stack needs is used by a case in tests/parity/constructs. No name is exported twice.
set -u
cd "$(dirname "$TANGO_INFRA")" || exit 1
objects=$(mktemp)
trap 'rm -f "$objects"' EXIT

# Objects of sources that are gone may still lie in the build directory.
sed -n 's/.* -o \([^ ]*\.o\) .*/\1/p' compile_commands.json | sort -u >"$objects"
if ! xargs ls <"$objects" >/dev/null 2>&1; then
    echo "skipped: not all of the source files are compiled"
    exit 77
fi

# "SYMBOL FILE" of what is exported; tests and generated files may keep what they like.
exported() {
    grep -v -e '^tests/' -e '/generated/' "$objects" | xargs nm --print-file-name --defined-only --extern-only |
        sed -n 's/^\(.*\):[0-9a-f]* [A-TX-Z] \(.*\)$/\2 \1/p' | grep -v -e '^main ' -e '^__' | sort
}
used() { xargs nm --undefined-only <"$objects" | awk '$1 == "U" { print $2 }' | sort -u; }

exports=$(exported)
if [ -z "$exports" ]; then
    echo "skipped: nm does not read objects for another processor"
    exit 77
fi
unused=$(join -v 1 <(echo "$exports") <(used))

cd "$SOURCE_DIRECTORY" || exit 1
# The functions that headers define: no object tells of those that nobody uses.
for name in $(grep -rhE '^static inline ' --include='*.h' include src | sed -E 's/^[^(]*[ *]([a-z0-9_]+)\(.*/\1/'); do
    [ "$(grep -rIwF "$name" include src stacks functions tests | wc -l)" -gt 1 ] || unused+=${unused:+$'\n'}"$name (inline)"
done

# A name that two files export is the linker's choice where each is in a library. The functions and the
# compiler of the schema are programs of their own.
twice=$(echo "$exports" | grep -v -e ' functions/' -e ' schema/' | cut -d' ' -f1 | uniq -d)

[ -z "$unused$twice" ] && exit 0
[ -z "$unused" ] || printf 'no other file uses:\n%s\n' "$unused"
[ -z "$twice" ] || printf 'several files export:\n%s\n' "$twice"
exit 1

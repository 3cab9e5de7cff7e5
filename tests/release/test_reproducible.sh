#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program built in another directory, by another name, in another time zone and language, is the same byte for byte.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tree=$work/elsewhere/a\ longer/path
mkdir -p "$tree"
(cd "$SOURCE_DIRECTORY" && tar c --exclude ./build --exclude ./cdk.out --exclude node_modules --exclude .git .) | tar x -C "$tree"
settings=()
for name in CMAKE_BUILD_TYPE CMAKE_C_COMPILER CMAKE_C_FLAGS CMAKE_TOOLCHAIN_FILE TANGO_STATIC TANGO_STATIC_LIBRARIES; do
  value=$(cached "$name")
  [ -z "$value" ] || settings+=(-D "$name=$value")
done
umask 027
export LC_ALL=C TZ=Pacific/Chatham CCACHE_DISABLE=1 SOURCE_DATE_EPOCH=1000000000
cmake -S "$tree" -B "$work/out" -G Ninja "${settings[@]}" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/out" --target tango-infra >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
check 'the program differs when it is built in another directory' cmp "$TANGO_INFRA" "$work/out/tango-infra"
finish

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Follows CONTRIBUTING.md's recipe for adding a stack in a copy of the tree, builds it, and looks at the stack.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir tree
(cd "$SOURCE_DIRECTORY" && tar c --exclude node_modules CMakeLists.txt cmake include src stacks functions schema CONTRIBUTING.md) | tar x -C tree
cd tree
mkdir tests && : >tests/CMakeLists.txt

# Blocks "```c FILE" are files, "```diff" blocks are patches.
awk '
  /^```c [^ ]+$/ { file = $2; next }
  /^```diff$/ { file = "recipe.patch"; next }
  /^```/ { file = ""; next }
  file != "" { print > file }
' CONTRIBUTING.md
patch --quiet --strip 1 <recipe.patch

cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Debug >log 2>&1 || { cat log; exit 1; }
cmake --build build --target tango-infra >log 2>&1 || { tail -n 30 log; exit 1; }
export HOME=$work TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions
build/tango-infra list | grep -qx TangoBilling || { echo "the stack is not listed"; exit 1; }
build/tango-infra list --json --show-dependencies | tr -d ' \n' | grep -q '"id":"TangoBilling".*"TangoEvents"' ||
  { echo "the dependency on the Events stack is missing"; build/tango-infra list --json --show-dependencies; exit 1; }
build/tango-infra synth TangoBilling --json | grep -q '"QueueName": "tango-invoices"' || { echo "the queue is not in the template"; exit 1; }
echo "1 passed, 0 failed"

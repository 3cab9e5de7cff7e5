# SPDX-License-Identifier: MIT
# Helpers for the tests of what is released. A test file sources this; BUILD_DIRECTORY is the build that is looked at.
# shellcheck shell=bash
: "${TANGO_INFRA:?names the program}" "${SOURCE_DIRECTORY:?names the tree}"
BUILD_DIRECTORY=$(dirname "$TANGO_INFRA")
passed=0 failed=0

# cached NAME: what the build is configured with.
cached() { sed -n "s/^$1:[A-Z]*=//p" "$BUILD_DIRECTORY/CMakeCache.txt"; }

# check WHAT COMMAND...: counts it as passed or failed.
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $what"
  fi
}

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

for instrumented in TANGO_SANITIZE TANGO_FUZZ TANGO_COVERAGE; do
  if [ "$(cached "$instrumented")" = ON ]; then
    echo 'skipped: an instrumented program is not released'
    exit 77
  fi
done

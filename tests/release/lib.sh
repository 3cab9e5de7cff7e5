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

# build_preset PRESET: the program of another preset, beside this build; `variant` names it.
build_preset() {
  local log
  log=$(mktemp)
  variant=$SOURCE_DIRECTORY/build/$1/tango-infra
  if ! (cd "$SOURCE_DIRECTORY" && cmake --preset "$1" && cmake --build --preset "$1" --target tango-infra) >"$log" 2>&1; then
    tail -n 30 "$log"
    rm "$log"
    return 1
  fi
  rm "$log"
}

# says_the_same DIRECTORY RUNNER...: the command RUNNER... synthesizes the same assembly and compares templates as this program does.
says_the_same() {
  local directory=$1 which
  local -x TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions
  local -A command=([this]=$TANGO_INFRA [other]="${*:2}")
  for which in this other; do
    mkdir -p "$directory/$which"
    # shellcheck disable=SC2086
    (cd "$directory/$which" &&
      ${command[$which]} synth --quiet --output one &&
      ${command[$which]} synth --quiet --output two -c max_azs=3 -c nat_gateways=3 -c database_max_acu=16.5 -c 'tags={"é": "ü"}' &&
      ${command[$which]} diff one two --format text --format json=diff.json >diff.txt &&
      ${command[$which]} list --long >list.txt &&
      ${command[$which]} schema AWS::S3::Bucket >schema.txt &&
      ! ${command[$which]} synth -c max_azs=many 2>error.txt) || return 1
  done
  diff -rq "$directory/this" "$directory/other"
}

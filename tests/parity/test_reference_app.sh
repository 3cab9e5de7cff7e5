#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the reference app and tango-infra under every context set and compares the two assemblies.
# RANDOM_SETS=N adds N sets made at random from the documented keys; SEED repeats them.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
parity=$SOURCE_DIRECTORY/tests/parity
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work CDK_VALIDATION=false

node "$parity/list-sets.js" "${RANDOM_SETS:-0}" "${SEED:-$RANDOM}" >sets
passed=0 failed=0
while IFS=$'\t' read -r -a fields; do
  name=${fields[0]}
  arguments=("${fields[@]:2}")
  export CDK_CONTEXT_JSON=${fields[1]}
  if ! node "$parity/reference-app/app.js" --out "$work/expected" "${arguments[@]}" >/dev/null 2>"$work/refused"; then
    # What the reference app refuses must be refused here, too.
    if "$TANGO_INFRA" synth --quiet --no-lookups --output "$work/actual" "${arguments[@]}" 2>/dev/null; then
      echo "$name: the reference app refuses it: $(grep -E '^\w*Error' "$work/refused" | head -n 1 | cut -c1-200)"
      failed=$((failed + 1))
    else
      passed=$((passed + 1))
    fi
    continue
  fi
  if TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions \
      "$TANGO_INFRA" synth --quiet --no-lookups --output "$work/actual" "${arguments[@]}" 2>"$work/messages" &&
    node "$parity/reference-app/compare.js" "$work/expected" "$work/actual" >"$work/differences"; then
    passed=$((passed + 1))
  else
    echo "$name: ${arguments[*]}"
    head -n 20 "$work/messages" "$work/differences" 2>/dev/null
    failed=$((failed + 1))
  fi
  rm -rf "$work/expected" "$work/actual" "$work/differences"
done <sets
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The commands of docs/runbook.md are examples of the help, which another test runs, and what it says of context keys is about those that
# there are.
set -eu
document=$SOURCE_DIRECTORY/docs/runbook.md
awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' "$document" | while IFS= read -r line; do
  grep -qF "\"$line\"" "$SOURCE_DIRECTORY/src/cli/core/examples.def" || { echo "'$line' is no example of the help"; exit 1; }
done
keys=$("$TANGO_INFRA" context --describe)
for key in alarms profile monthly_budget bus_policy event_archive_days image_digest stack_prefix resource_prefix region; do
  grep -qw "$key" <<<"$keys" || { echo "there is no context key '$key'"; exit 1; }
done
echo "1 passed, 0 failed"

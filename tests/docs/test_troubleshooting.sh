#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Messages of the sources against docs/troubleshooting.md; its commands are examples of the help, which another test runs.
set -eu
python3 "$SOURCE_DIRECTORY/tests/docs/troubleshooting.py" "$SOURCE_DIRECTORY"
document=$SOURCE_DIRECTORY/docs/troubleshooting.md
awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' "$document" | while IFS= read -r line; do
  grep -qF "\"$line\"" "$SOURCE_DIRECTORY/src/cli/core/examples.def" || { echo "'$line' is no example of the help"; exit 1; }
done
echo "1 passed, 0 failed"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The language server with a scripted client: whole sessions, incomplete documents, and what goes wrong.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home PYTHONDONTWRITEBYTECODE=1
for file in sessions features; do
  python3 "$(dirname "$0")/$file.py"
done

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The language server with a scripted client: whole sessions, incomplete documents, and what goes wrong.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
HOME=$home PYTHONDONTWRITEBYTECODE=1 python3 "$(dirname "$0")/sessions.py"

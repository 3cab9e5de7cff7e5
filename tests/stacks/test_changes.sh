#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What a context key changes in stacks that are deployed can be deployed, there and back; and two environments fit into
# one account. Nothing is deployed here: the templates are held against the rules of CloudFormation.
set -euo pipefail
command -v python3 >/dev/null || { echo "skipped: there is no Python"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions PYTHONDONTWRITEBYTECODE=1
unset CDK_OUTDIR CDK_CONTEXT_JSON
python3 "$SOURCE_DIRECTORY/tests/stacks/changes.py"

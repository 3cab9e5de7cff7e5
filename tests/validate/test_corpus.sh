#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Seeded mistakes in the app's six templates and in others, judged by cfn-lint and by this program.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus"
"$TANGO_INFRA" synth --quiet --no-bundling --output "$work/stacks" || exit 1
python3 "$SOURCE_DIRECTORY/tests/validate/corpus/compare.py" "$TANGO_INFRA" "$work/stacks" "$work/corpus" "${PER_CLASS:-1}"

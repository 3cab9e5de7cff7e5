#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every rule of cdk-nag's AwsSolutions on templates that are as it wants them, that are not, and of which that cannot be told; and on
# these with values replaced at random. cdk-nag judges them, too, and nothing may differ.
# MUTATIONS=N makes so many; SEED repeats them.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
compare=$SOURCE_DIRECTORY/tests/validate/policy/compare.js

node "$compare" "$TANGO_INFRA" cases 2>/dev/null
node "$compare" "$TANGO_INFRA" mutations "${SEED:-7}" "${MUTATIONS:-800}" 2>/dev/null

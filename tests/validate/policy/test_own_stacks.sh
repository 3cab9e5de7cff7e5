#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the rules of good practice say of the six stacks is what cdk-nag says of the reference app.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
export CDK_VALIDATION=false TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions
app=$SOURCE_DIRECTORY/tests/validate/policy/app.js

node "$app" "$TANGO_INFRA"
node "$app" "$TANGO_INFRA" --context profile=production --context aws:cdk:enable-path-metadata=true
node "$app" "$TANGO_INFRA" --context profile=development

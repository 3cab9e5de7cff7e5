#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# An app of the CDK's constructs: cdk-nag sees them, and this program the assembly that they become.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
export CDK_VALIDATION=false

node "$SOURCE_DIRECTORY/tests/validate/policy/constructs.js" "$TANGO_INFRA" 2>/dev/null

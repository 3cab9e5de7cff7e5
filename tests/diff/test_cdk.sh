#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What we decide about pairs of templates is what the CDK CLI decides: by the diff library that is inside of it for all pairs,
# and by the CLI itself for some.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
cli=$cdk_packages/aws-cdk
exec node "$SOURCE_DIRECTORY/tests/diff/cdk/compare.js" "$TANGO_INFRA" "$cli" "$SOURCE_DIRECTORY/tests/golden/stacks"

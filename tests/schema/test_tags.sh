#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# How resource types take tags, against aws-cdk-lib: the schema, and its supplement.
set -u
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
node "$SOURCE_DIRECTORY/script/update-tag-types" --check "$cdk_packages/aws-cdk-lib"

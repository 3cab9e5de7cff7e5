#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program that is linked with shared libraries does what the static one does.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work
check 'the dynamic program is built' build_preset release-dynamic || exit 1
check 'it needs shared libraries' test "$(readelf --dynamic "$variant" | grep -c 'NEEDED.*lib\(cjson\|yaml\|minizip\)')" = 3
check 'it does the same' says_the_same "$work" "$variant"
check 'it is hardened' env TANGO_INFRA="$variant" bash "$(dirname "$0")/test_hardening.sh"
finish

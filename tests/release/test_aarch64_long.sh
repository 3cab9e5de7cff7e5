#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The program for aarch64, built on this machine and run in QEMU, does what the one for this machine does, byte for byte.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
bash "$SOURCE_DIRECTORY/script/install" cross || { echo 'skipped: the cross compiler and QEMU cannot be had'; exit 77; }
"$SOURCE_DIRECTORY/script/cross-libraries" aarch64 >/dev/null || { echo 'skipped: the libraries for aarch64 cannot be had'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work
check 'the program for aarch64 is built' build_preset release-aarch64 || exit 1
check 'it is one for aarch64' grep -q AArch64 <(readelf --file-header "$variant")
check 'it does the same' says_the_same "$work" qemu-aarch64-static "$variant"
check 'it is hardened' env TANGO_INFRA="$variant" bash "$(dirname "$0")/test_hardening.sh"
finish

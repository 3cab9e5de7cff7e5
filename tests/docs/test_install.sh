#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# An installed program needs nothing of the tree that it was built from.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$(dirname "$TANGO_INFRA")" --prefix "$work/usr" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mkdir "$work/real"
cd "$work/real"
if [ -e "$(dirname "$TANGO_INFRA")/functions/image-transform.zip" ]; then
  env -i "$work/usr/bin/tango-infra" synth --quiet
  for name in event-publisher audit-consumer image-transform; do
    cmp -s "$work/usr/share/tango-infra/functions/$name.zip" cdk.out/asset.*"$(cut -c1-64 "$work/usr/share/tango-infra/functions/$name.zip.sha256")".zip ||
      { echo "the package of $name is not the asset"; exit 1; }
  done
elif [ -e "$(dirname "$TANGO_INFRA")/functions/event-publisher.zip" ]; then
  grep -q 'image-transform.zip, which is not built: run .* --target packages' <(tr -s '\n ' ' ' <"$work/log") ||
    { echo 'nobody says that a package is missing'; exit 1; }
fi
# The packages of the functions move with it; a stand-in shows where they are looked for.
mkdir -p "$work/usr/share/tango-infra/functions" "$work/empty"
rm -f "$work"/usr/share/tango-infra/functions/*
for name in event-publisher audit-consumer image-transform; do
  printf 'package of %s\n' "$name" >"$work/usr/share/tango-infra/functions/$name.zip"
done
cd "$work/empty"
[ "$(env -i "$work/usr/bin/tango-infra" list | wc -l)" = 6 ] || { echo "list does not show six stacks"; exit 1; }
env -i "$work/usr/bin/tango-infra" synth --quiet
hash=$(sed -n 's/.*"S3Key": "\([0-9a-f]*\)\.zip".*/\1/p' cdk.out/TangoMedia.template.json | head -n 1)
grep -qx 'package of image-transform' "cdk.out/asset.$hash.zip" || { echo "the installed package is not the asset"; exit 1; }
echo "1 passed, 0 failed"

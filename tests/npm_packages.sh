# SPDX-License-Identifier: MIT
# Sourced by tests that need Node.js.
# shellcheck shell=bash
PATH=$SOURCE_DIRECTORY/build/node/bin:$PATH

# use_npm_packages FOLDER: installs what its lock file names below build/, and lets require() find it; ends the test as
# skipped (77) where that cannot be had. npm_packages is where they are.
use_npm_packages() {
  local name
  name=$(basename "$1")
  command -v node >/dev/null || { echo 'skipped: Node.js is not installed'; exit 77; }
  npm_packages=$SOURCE_DIRECTORY/build/$name/node_modules
  "$SOURCE_DIRECTORY/script/install-npm-packages" "$SOURCE_DIRECTORY/$1" "$name" ||
    { echo "skipped: npm cannot install the packages of $name"; exit 77; }
  export NODE_PATH=$npm_packages
}

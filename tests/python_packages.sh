# SPDX-License-Identifier: MIT
# Sourced by tests that need Python packages which Debian does not have.
# shellcheck shell=bash

# need_python_packages MODULE...: ends the test as skipped (77) where python3 does not have them.
need_python_packages() {
  local module
  for module; do
    python3 -c "import $module" 2>/dev/null && continue
    echo "skipped: $(cat "$SOURCE_DIRECTORY/build/python-missing" 2>/dev/null ||
      echo 'moto and cfn-lint are not installed: script/install python')"
    exit 77
  done
}

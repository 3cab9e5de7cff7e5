# SPDX-License-Identifier: MIT
# Sourced by the scripts, which name themselves in `script`: where script/install puts what it brings, and how what takes
# long is announced.
# shellcheck shell=bash
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
machine_path=$PATH # without what is in build/
PATH=$top/build/node/bin:$top/build/python/bin:$PATH
# Nothing is written outside build/, not even into caches.
export PATH npm_config_cache=$top/build/cache/npm PIP_CACHE_DIR=$top/build/cache/pip

say() { printf '%s: %s\n' "$script" "$*" >&2; }

# follow LABEL LOG: shows how far it is, by the last line of LOG: in place on a terminal, else every 15 seconds.
follow() {
  local label=$1 log=$2 seconds=0 never last
  exec {never}<> <(:)
  while ! read -r -t 1 -u "$never"; do
    seconds=$((seconds + 1))
    last=$(tail -n 1 "$log" 2>/dev/null | tr -cd '[:print:]')
    last=${last:0:120}
    if [ -t 2 ]; then
      last="$script: $label ($seconds s): $last"
      printf '\r\033[K%s' "${last:0:$(($(stty size 2>/dev/null <&2 | cut -d' ' -f2 || true) - 1))}" >&2
    elif [ "$seconds" = 1 ]; then
      say "$label"
    elif [ $((seconds % 15)) = 0 ]; then
      say "$label ($seconds s): $last"
    fi
  done
}

# with_progress LABEL LOG COMMAND...: its output goes into the file LOG. Nothing is said of what takes less than a second.
# Returns the status of the command.
with_progress() {
  local label=$1 log=$2 started=$SECONDS status=0 follower
  shift 2
  mkdir -p "$(dirname "$log")"
  : >"$log"
  follow "$label" "$log" >/dev/null &
  follower=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$follower" 2>/dev/null || true
  wait "$follower" 2>/dev/null || true
  if [ $((SECONDS - started)) -ge 2 ]; then
    [ ! -t 2 ] || printf '\r\033[K' >&2
    [ "$status" != 0 ] || say "$label: done in $((SECONDS - started)) s"
  fi
  return "$status"
}

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# script/package makes the same bytes twice; the .deb is installed, used and removed in a root of its own, so is the .rpm; the
# tarball runs from where it is unpacked; the bill of materials names all that is linked in.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
[ "$BUILD_DIRECTORY" = "$SOURCE_DIRECTORY/build/release" ] || { echo 'skipped: packages are made of build/release'; exit 77; }
bash "$SOURCE_DIRECTORY/script/install" package || { echo 'skipped: dpkg and rpm cannot be had'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! cmake --build "$BUILD_DIRECTORY" --target packages >"$work/log" 2>&1; then
  tail -n 3 "$work/log"
  echo 'skipped: the packages of the functions cannot be made, which takes npm and its registry'
  exit 77
fi
# Only a user who may change owners can install; in a name space of their own every user may.
as_root=()
[ "$(id -u)" = 0 ] || as_root=(unshare --map-root-user)
export HOME=$work

package() { (cd "$work" && env "$@" "$SOURCE_DIRECTORY/script/package" --output "$output" >"$work/log" 2>&1) || { cat "$work/log"; return 1; }; }
output=$work/packages
check 'packages are made' package TZ=Asia/Tokyo LC_ALL=C.UTF-8 || exit 1
output=$work/again
check 'packages are made again' package TZ=America/Lima bash -c 'umask 077; exec "$@"' -
check 'packages are the same byte for byte' diff -r "$work/packages" "$work/again"
cd "$work/packages" || exit 1
check 'the sums are right' sha256sum --quiet --check --strict SHA256SUMS
check 'every file has a sum' test "$(wc -l <SHA256SUMS)" = $(($(find . -type f | wc -l) - 1))

# synthesizes PROGRAM: in an empty directory, with the functions' packages that came with it.
synthesizes() {
  local empty
  empty=$(mktemp -d "$work/empty.XXXXXX")
  (cd "$empty" && env -i HOME="$work" "$1" synth --quiet && [ "$(find cdk.out -name 'asset.*.zip' | wc -l)" -ge 3 ] && [ -s cdk.out/TangoApp.template.json ])
}

# What `cmake --install` installs, and where the packages have it.
installed() { (cd "$1" && find . -type f | sed 's/\.1\.gz$/.1/; s|zsh/vendor-completions|zsh/site-functions|' | sort); }
cmake --install "$BUILD_DIRECTORY" --prefix "$work/plain" >"$work/log" 2>&1 || cat "$work/log"

manual_is_there() { # ROOT
  local command
  for command in '' -synth -deploy -diff; do
    gzip -dc "$1/share/man/man1/tango-infra$command.1.gz" | grep -q '^\.SH SYNOPSIS$' || return 1
  done
  [ "$(find "$1/share/man/man1" -name 'tango-infra-*.1.gz' | wc -l)" = "$(grep -c '^COMMAND(' "$SOURCE_DIRECTORY/src/cli/core/commands.def")" ]
}

completes_in_bash() {
  [ "$(PATH=$1/bin:$PATH bash -c '
    . "$1"; COMP_WORDS=(tango-infra sy); COMP_CWORD=1; _tango_infra; echo "${COMPREPLY[*]}"' bash "$1/share/bash-completion/completions/tango-infra")" = synth ]
}
completes_in_zsh() {
  ! command -v zsh >/dev/null || [ "$(zsh -fc 'fpath=("$1" $fpath); autoload -U compinit; compinit -u -D; echo $_comps[tango-infra]' zsh "$1")" = _tango-infra ]
}
completes_in_fish() {
  ! command -v fish >/dev/null || PATH=$1/bin:$PATH XDG_DATA_DIRS=$1/share fish -c 'complete -C "tango-infra sy"' | grep -q '^synth'
}

# The .deb in a root with an empty data base.
root=$work/root
mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers}
touch "$root"/var/lib/dpkg/{status,available}
in_root() { "${as_root[@]}" dpkg --root="$root" --force-not-root --force-bad-path --log=/dev/null "$@" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }; }
check 'the .deb can be installed' in_root --install tango-infra_*_amd64.deb
check 'the .deb has the files that cmake installs' diff <(installed "$work/plain") <(installed "$root/usr")
check 'the installed files have their sums' in_root --verify tango-infra
check 'the program of the .deb synthesizes' synthesizes "$root/usr/bin/tango-infra"
check 'the .deb has manual pages' manual_is_there "$root/usr"
check 'the .deb completes in bash' completes_in_bash "$root/usr"
check 'the .deb completes in zsh' completes_in_zsh "$root/usr/share/zsh/vendor-completions"
check 'the .deb completes in fish' completes_in_fish "$root/usr"
check 'the .deb can be removed' in_root --purge tango-infra
check 'nothing is left of it' test -z "$(find "$root/usr" -type f 2>/dev/null)"

in_rpm_root() { "${as_root[@]}" rpm --root="$work/rpm" --dbpath=/db "$@" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }; }
mkdir -p "$work/rpm"
check 'the .rpm can be installed' in_rpm_root --install --nodeps tango-infra-*.x86_64.rpm
check 'the .rpm has the files that cmake installs' diff <(installed "$work/plain") <(installed "$work/rpm/usr")
check 'the program of the .rpm synthesizes' synthesizes "$work/rpm/usr/bin/tango-infra"
check 'the .rpm can be removed' in_rpm_root --erase tango-infra
check 'nothing is left of it' test -z "$(find "$work/rpm/usr" -type f 2>/dev/null)"

mkdir "$work/unpacked"
tar xzf tango-infra-*-linux-x86_64.tar.gz -C "$work/unpacked"
check 'the tarball has the files that cmake installs' diff <(installed "$work/plain") <(installed "$work"/unpacked/tango-infra-*)
check 'the program of the tarball synthesizes' synthesizes "$(echo "$work"/unpacked/tango-infra-*/bin/tango-infra)"

check 'the bill of materials is in order' python3 "$(dirname "$0")/spdx.py" tango-infra-*-x86_64.spdx.json "$(echo "$work"/unpacked/tango-infra-*)"
linked=$(ninja -C "$BUILD_DIRECTORY" -t commands tango-infra | tail -n 1 | tr ' ' '\n' | grep '^/.*\.\(a\|so\)$' | sort -u)
names_linked() {
  local library owner name
  for library in $linked; do
    owner=$(dpkg-query --search "$library" 2>/dev/null | sed 's/:.*//')
    name=$(basename "$library" | sed 's/\.\(a\|so\)$//')
    if [ -n "$owner" ]; then
      grep -q "\"pkg:deb/debian/$owner@" tango-infra-*-x86_64.spdx.json || { echo "$library of $owner is not in it"; return 1; }
    else
      grep -q "\"name\": \"$name\"" tango-infra-*-x86_64.spdx.json || { echo "$library is not in it"; return 1; }
    fi
  done
  [ -n "$linked" ]
}
check 'the bill of materials names every library that is linked in' names_linked
finish

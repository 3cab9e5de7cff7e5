#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What protects the programs that are handed out, read from their ELF files, and how every source file is compiled.
set -u
. "$(dirname "$0")/lib.sh"

header() { readelf --wide --file-header "$1"; }
segments() { readelf --wide --program-headers "$1"; }
dynamic() { readelf --wide --dynamic "$1"; }
symbols() { readelf --wide --symbols "$1" | awk '{ sub(/@.*/, "", $8); print $8 }'; }

is_position_independent() { header "$1" | grep -q 'Type: *DYN' && dynamic "$1" | grep -q 'FLAGS_1.*PIE'; }
binds_at_start() { dynamic "$1" | grep -q 'FLAGS_1.*NOW'; }
has_relro() { segments "$1" | grep -q GNU_RELRO; }
has_no_executable_stack() { segments "$1" | grep -q 'GNU_STACK.* RW  *0x'; }
has_no_writable_code() { ! segments "$1" | grep LOAD | grep -q 'RWE'; }
has_no_text_relocations() { ! dynamic "$1" | grep -q TEXTREL; }
guards_the_stack() { symbols "$1" | grep -Eqx '__stack_chk_(fail|fail_local)'; }
checks_strings() { symbols "$1" | grep -Eqx '__(snprintf|vsnprintf|fprintf|memcpy|strcpy|strcat)_chk'; }
is_static() { ! segments "$1" | grep -q INTERP && ! dynamic "$1" | grep -q NEEDED; }
has_no_run_path() { ! dynamic "$1" | grep -Eq 'RPATH|RUNPATH'; }
names_no_directory() { ! grep -aqF -e "$SOURCE_DIRECTORY" -e "$BUILD_DIRECTORY" "$1"; }

# The first instruction of main() is one that an indirect call may land on.
marks_landing_pads() {
  local objdump=objdump first
  case $(header "$1" | sed -n 's/^ *Machine: *//p') in
  *X86-64*) first='endbr64' ;;
  AArch64) first='paciasp|bti' objdump=$(command -v aarch64-linux-gnu-objdump || echo objdump) ;;
  *) return 0 ;;
  esac
  "$objdump" --disassemble=main --no-show-raw-insn "$1" | awk '/<main>:/ { getline; print; exit }' | grep -Eq "$first"
}

check_program() {
  local program=$1 name
  name=$(basename "$(dirname "$program")")/$(basename "$program")
  check "$name: position independent" is_position_independent "$program"
  check "$name: all symbols bound at the start" binds_at_start "$program"
  check "$name: relocations are read-only" has_relro "$program"
  check "$name: the stack is not executable" has_no_executable_stack "$program"
  check "$name: no segment is writable and executable" has_no_writable_code "$program"
  check "$name: no relocation in code" has_no_text_relocations "$program"
  check "$name: stack protector" guards_the_stack "$program"
  check "$name: landing pads" marks_landing_pads "$program"
  check "$name: no path of this machine" names_no_directory "$program"
}

# Which files of C are compiled without the given option.
compiled_without() {
  local bare
  bare=$(grep '"command":' "$BUILD_DIRECTORY/compile_commands.json" | grep -vF -e " $1 " -e " $1\"" | grep -o ' -c [^"]*' | sort)
  [ -z "$bare" ] || { printf '%s\n' "$bare" | head -n 5; return 1; }
}

check_program "$TANGO_INFRA"
check 'tango-infra: no run path' has_no_run_path "$TANGO_INFRA"
[ "$(cached TANGO_LINKS_STATIC)" = OFF ] || check 'tango-infra: static' is_static "$TANGO_INFRA"
[ "$(cached CMAKE_BUILD_TYPE)" = Debug ] ||
  check 'tango-infra: checked string functions' checks_strings "$TANGO_INFRA"
for function in event-publisher audit-consumer; do
  program=$BUILD_DIRECTORY/functions/bin/$function/bootstrap
  [ ! -e "$program" ] || check_program "$program"
done

options=(-fstack-protector-strong -fstack-clash-protection)
case $(header "$TANGO_INFRA") in
*X86-64*) options+=(-fcf-protection=full) ;;
*AArch64*) options+=(-mbranch-protection=standard) ;;
esac
for option in "${options[@]}"; do
  check "every file of C is compiled with $option" compiled_without "$option"
done
finish

#!/usr/bin/env bash
# The shape of the source tree: which part may include which, headers that compile alone, and where the libraries are
# used. Prints every breach.
set -u
cd "$SOURCE_DIRECTORY" || exit 1
breaches=0

breach() {
    echo "$*"
    breaches=$((breaches + 1))
}

sources() { find include src stacks -name '*.[ch]' | sort; }

# The layer that a file belongs to, and the layers that it may include from.
layer_of() {
    case $1 in
    src/main.c) echo main ;;
    include/*/* | src/*/*) echo "$1" | cut -d/ -f2 ;;
    stacks/*) echo stacks ;;
    esac
}

# A new directory under src needs a line here, and its layer in CMakeLists.txt, which the linker holds it to.
declare -A may_include=(
    [util]='util'
    [data]='util data'
    [schema]='util data schema'
    [template]='util data template'
    [report]='util report'
    [cdk]='util data schema cdk'
    [aws]='util data cdk aws'
    [stacks]='util data cdk aws stacks'
    [audit]='util audit'
    [invoke]='util data cdk invoke'
    [validate]='util data schema template validate'
    [lsp]='util data schema template validate lsp'
    [diff]='util data schema template report diff'
    [diagram]='util data template report diagram'
    [cost]='util data template cost'
    [awscli]='util data awscli'
    [deploy]='util data schema template report diff awscli deploy'
    [cli]='util data cdk audit invoke schema template report diff diagram cost validate lsp awscli deploy cli'
    [main]='util data cdk stacks cli'
)

check_include_directions() {
    local file layer included
    for file in $(sources); do
        layer=$(layer_of "$file")
        for included in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            [[ " ${may_include[$layer]-} " == *" $included "* ]] || breach "$file includes from $included"
        done
    done
}

check_headers_compile_alone() {
    local header
    for header in $(find include src stacks -name '*.h' | sort); do
        printf '#include "%s"\nextern int not_empty;\n' "${header#include/}" | sed 's|"src/|"|' |
            "${CC:-cc}" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Isrc -I. -x c - ||
            breach "$header does not compile alone"
    done
}

# Each library behind few doors, so that it can be replaced.
check_libraries() {
    local file
    for file in $(grep -rl '#include <\(cjson/cJSON\|yaml\|zip\|unzip\)\.h>' include src stacks); do
        case $file in
        src/data/json_read.c | src/data/yaml_write.c | src/template/yaml_read.c | src/template/location_yaml.c | src/audit/*.c | src/util/file/*) ;;
        *) breach "$file includes a library's header" ;;
        esac
    done
}

# One place decides how a file is written that somebody names: file_write in src/util/file.
check_writers() {
    local file
    for file in $(grep -rlE 'O_CREAT|O_WRONLY|O_RDWR|\b(freopen|creat)\(|fopen\(.*"[wa]|temporary_file_open' include src stacks); do
        case $file in
        src/util/file/*.[ch]) ;;
        src/cdk/assembly.c) ;; # many files that appear together
        *) breach "$file opens files for writing" ;;
        esac
    done
}

# People see nothing but what util/display.h lets through.
check_printing() {
    local file
    while read -r file; do
        case $file in
        src/util/display.c) ;;
        src/util/file/*.c | src/util/process/*.c | src/invoke/function_process.c) ;; # files and pipes
        *) breach "$file writes by itself; print, display_addf and print_data of util/display.h write for it" ;;
        esac
    done < <(grep -rlE '(^|[^a-z_.>])(v?f?printf|fputs|fputc|putc|putchar|puts|fwrite|v?dprintf|perror|psignal)\(' include src stacks --include='*.[ch]')
    for file in $(grep -rlE '#include "util/display_format.h"' include src stacks); do
        case $file in
        src/util/display.c | src/util/display_format.c | src/util/error.c) ;;
        *) breach "$file fills what is shown without util/display.h" ;;
        esac
    done
    for file in $(grep -rlE '&[a-z_>.-]*[.>]shown\b' include src stacks); do
        [ "$file" = src/util/display.c ] || breach "$file writes into what is shown without util/display.h"
    done
    # Results for other programs.
    for file in $(grep -rlE '\bprint_data(_json|_value)?\(' src stacks --include='*.c'); do
        case $file in
        src/util/display.c | src/cli/core/cli.c | src/cli/core/document.c | src/cli/core/result_format.c) ;;
        src/cli/validate/output.c) ;;
        src/cli/commands/completion.c | src/cli/commands/doctor.c | src/cli/commands/help.c) ;;
        src/cli/commands/invoke.c | src/cli/commands/lsp.c | src/cli/commands/outputs.c | src/cli/commands/synth.c) ;;
        *) breach "$file prints data for programs" ;;
        esac
    done
    while read -r file; do
        breach "$file: a message has lines of its own; insert it with %-s"
    done < <(grep -rnE '"%s", *[a-z_>.-]*err(->|\.)message' include src stacks --include='*.c' | grep -v 'BUG(' | cut -d: -f1,2)
}

# What is read of others may hold anything anywhere: what may be NULL goes nowhere that NULL may not go.
check_nullable_text() {
    local line
    while read -r line; do
        breach "$line: may be NULL; use object_string_or_empty, value_string_or_empty or strings_equal"
    done < <(grep -rnE '\b(strn?cmp|strlen|strchr|strstr|printf|puts|fputs|strbuf_add[a-z_]*|cli_(error|info|warning)|error_set|job_fail|job_note)\((.*[^a-z_])?object_string\(' include src stacks --include='*.c' | cut -d: -f1,2)
}

check_licence_lines() {
    local file
    for file in $(sources); do
        [ "$(head -n 1 "$file")" = '// SPDX-License-Identifier: MIT' ] || breach "$file: the first line is not the licence's"
    done
}

# The paragraph that says what a header is about: a comment before its first declaration, apart from the
# declaration's own.
check_opening_words() {
    local file
    for file in $(find include src stacks -name '*.h' | sort); do
        awk 'NR == 1 || !words && (/^#/ || /^$/) { next } # the licence, the guard, what is included
            /^\/\// { words = 1; next }
            { apart = words && (/^#/ || /^$/); exit }
            END { exit !apart }' "$file" ||
            breach "$file does not open with what it is about"
    done
}

# A search for "struct NAME {" finds one place, and every command's function has a name of its own.
check_names() {
    local name
    for name in $(sed -nE 's/^(struct|enum|union) ([a-z0-9_]+) *\{.*/\2/p' $(sources) | sort | uniq -d); do
        breach "several types are called $name: $(grep -lE "^(struct|enum|union) $name *\{" $(sources) | tr '\n' ' ')"
    done
    for name in $(grep -lE '^static [a-z_ ]*[ *]run\(' $(sources)); do
        breach "$name has a function that is only called run"
    done
}

check_lengths() {
    local file lines
    for file in $(sources); do
        lines=$(wc -l <"$file")
        [ "$lines" -le 500 ] || breach "$file has $lines lines"
    done
}

# So many that a listing of a directory fits a screen.
check_folders() {
    local directory count
    for directory in $(find src include stacks -type d); do
        count=$(find "$directory" -maxdepth 1 -type f | wc -l)
        [ "$count" -le 32 ] || breach "$directory holds $count files"
    done
}

# A tag of an action can be moved to other code; a hash cannot. The same action has the same hash everywhere.
check_actions() {
    local use
    while read -r use; do
        [[ $use =~ ^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+@[0-9a-f]{40}\ #\ v[0-9.]+$ ]] || breach "'$use' in a workflow is not pinned by hash, with its version"
    done < <(sed -n 's/^ *-* *uses: *//p' .github/workflows/*.yml docs/*.yml | sort -u)
    for use in $(sed -n 's/^ *-* *uses: *\([^ ]*\)@.*/\1/p' .github/workflows/*.yml docs/*.yml | sort -u); do
        [ "$(grep -hoE "uses: *$use@.*" .github/workflows/*.yml docs/*.yml | sort -u | wc -l)" = 1 ] || breach "$use is pinned to several hashes"
    done
    for use in .github/workflows/*.yml docs/*.yml; do
        grep -q '^permissions:' "$use" || breach "$use says no permissions"
    done
}

check_actions
check_folders
check_include_directions
check_headers_compile_alone
check_libraries
check_writers
check_printing
check_nullable_text
check_licence_lines
check_opening_words
check_names
check_lengths
echo "$(sources | wc -l) files, $breaches breaches"
[ "$breaches" = 0 ]

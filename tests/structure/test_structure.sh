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

# The part that a file belongs to, and the parts that it may include from.
part_of() {
    case $1 in
    src/cli/main.c) echo main ;;
    include/*/* | src/*/*) echo "$1" | cut -d/ -f2 ;;
    stacks/*) echo stacks ;;
    esac
}

# A new folder under src needs a line here.
declare -A may_include=(
    [util]='util'
    [cdk]='util cdk'
    [aws]='util cdk aws'
    [stacks]='util cdk aws stacks'
    [audit]='util audit'
    [invoke]='util invoke'
    [schema]='util cdk schema'
    [template]='util cdk template'
    [diff]='util cdk schema diff'
    [deploy]='util cdk schema template diff deploy'
    [cli]='util cdk audit invoke schema template diff deploy cli'
    [main]='util cdk audit invoke stacks cli'
)

check_include_directions() {
    local file part included
    for file in $(sources); do
        part=$(part_of "$file")
        for included in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            [[ " ${may_include[$part]-} " == *" $included "* ]] || breach "$file includes from $included"
        done
    done
}

check_headers_compile_alone() {
    local header
    for header in $(find include src stacks -name '*.h' | sort); do
        echo "#include \"${header#include/}\"" | sed 's|"src/|"|' |
            "${CC:-cc}" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Isrc -I. -x c - ||
            breach "$header does not compile alone"
    done
}

# Each library behind few doors, so that it can be replaced.
check_libraries() {
    local file
    for file in $(grep -rl '#include <\(jansson\|yaml\|zip\|unzip\)\.h>' include src stacks); do
        case $file in
        src/cdk/json_read.c | src/cdk/yaml.c | src/template/yaml_read.c | src/audit/*.c | src/util/*) ;;
        *) breach "$file includes a library's header" ;;
        esac
    done
}

check_licence_lines() {
    local file
    for file in $(sources); do
        [ "$(head -n 1 "$file")" = '// SPDX-License-Identifier: MIT' ] || breach "$file: the first line is not the licence's"
    done
}

check_lengths() {
    local file lines
    for file in $(sources); do
        lines=$(wc -l <"$file")
        [ "$lines" -le 500 ] || breach "$file has $lines lines"
    done
}

check_include_directions
check_headers_compile_alone
check_libraries
check_licence_lines
check_lengths
echo "$(sources | wc -l) files, $breaches breaches"
[ "$breaches" = 0 ]

#!/usr/bin/env bash
# Packages of Lambda functions and their copies in assemblies, which may be links: whatever is done to either, the
# other stays.
. "$(dirname "$0")/lib.sh"

pack=$(dirname "$TANGO_INFRA")/functions/pack
names='event-publisher audit-consumer image-transform'
# Without which a package is refused.
needs='bootstrap ca.pem index.js node_modules/sharp/index.js node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64.node
    node_modules/@img/sharp-libvips-linux-x64/lib/libvips-cpp.so'

# build CONTENT: the packages in functions/, as the build makes them
build() {
    local name
    [ -x "$pack" ] || skip 'the tool that packs is not built'
    mkdir -p functions
    printf '%s\n' "$1" >functions/content
    for name in $names; do
        { printf "644 $name %s\n" functions/content && printf '644 %s functions/content\n' $needs; } >functions/manifest
        "$pack" "functions/$name.zip" functions/manifest || fail "pack: status $?"
    done
    export TANGO_FUNCTIONS=$PWD/functions
}

sums() { (cd "$1" && sha256sum asset.*.zip); }

# expect_contents OUTPUT CONTENT: its assets are the packages with that content, each whole
expect_contents() {
    local asset name found=
    for asset in "$1"/asset.*.zip; do
        name=$(python3 -c 'import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
name, = set(archive.namelist()) & set(sys.argv[3].split())
assert archive.read(name).decode() == sys.argv[2] + "\n", archive.read(name)
print(name)' "$asset" "$2" "$names") || fail "$asset does not contain $2"
        found="$found$name "
    done
    expect_equal "$(printf '%s\n' $found | sort)" "$(printf '%s\n' $names | sort)"
}

# A file as a file manager or an editor of root's changes it: in place.
change_in_place() {
    chmod u+w "$1"
    printf 'changed' | dd of="$1" conv=notrunc bs=1 seek=40 status=none || fail "cannot write to $1"
}

synth() {
    tango synth -q -o "$1"
    expect_status 0
    expect_no_err
}

test_the_copy_takes_no_space() {
    build one
    synth out
    expect_contents out one
    for asset in out/asset.*.zip; do
        [ -n "$(find functions -samefile "$asset")" ] || fail "$asset is not linked"
        [ -w "$asset" ] && [ "$(id -u)" != 0 ] && fail "$asset may be written to"
    done
    for name in $names; do
        [ -z "$(find out -samefile "functions/$name.zip")" ] || fail "$name's package is linked itself"
    done
}

test_a_package_that_is_built_again() {
    build one
    synth old
    sums old >before
    build two
    expect_equal "$(sums old)" "$(cat before)"
    synth new
    expect_contents old one
    expect_contents new two
    synth old
    expect_contents old two
}

test_a_package_that_is_built_again_with_the_same_content() {
    build one
    synth out
    sums out >before
    build one
    synth out
    expect_equal "$(sums out)" "$(cat before)"
    expect_contents out one
}

test_a_package_that_is_written_to_in_place() {
    build one
    synth old
    sums old >before
    change_in_place functions/event-publisher.zip
    expect_equal "$(sums old)" "$(cat before)"
    synth new
    expect_contents old one
    expect_equal "$(sums new | grep -cFf - before)" 2 'assets that are as before'
}

test_an_asset_that_is_written_to_in_place() {
    build one
    sha256sum functions/*.zip >before
    synth old
    for asset in old/asset.*.zip; do change_in_place "$asset"; done
    sha256sum --quiet -c before || fail 'the packages changed'
    synth new
    expect_contents new one
}

test_an_assembly_that_is_removed() {
    build one
    find functions -type f -exec sha256sum {} + >before
    synth out
    rm -rf out
    sha256sum --quiet -c before || fail 'the packages changed'
    synth out
    expect_contents out one
}

test_another_file_system() {
    build one
    [ -d /dev/shm ] && [ "$(stat -c %d /dev/shm)" != "$(stat -c %d .)" ] || skip 'there is no other file system'
    other=$(mktemp -d /dev/shm/tango-packages.XXXXXX) || skip 'the other file system is not for us'
    trap 'rm -rf "$other"; remove_work' EXIT
    synth "$other/out"
    synth out
    expect_equal "$(sums "$other/out")" "$(sums out)"
    expect_equal "$(stat -c %h "$other"/out/asset.*.zip | sort -u)" 1
    build two
    expect_contents "$other/out" one
}

test_packages_alone() {
    build one
    synth linked
    rm functions/*.twin
    synth copied
    expect_equal "$(sums copied)" "$(sums linked)"
    expect_equal "$(stat -c %h copied/asset.*.zip | sort -u)" 1
}

# Somebody else's file may not be linked, or should not be.
test_packages_of_somebody_else() {
    build one
    [ "$(id -u)" = 0 ] || skip 'needs root, to be somebody else'
    mkdir theirs
    chmod 777 theirs
    chmod a+rx . functions
    run unprivileged "$TANGO_INFRA" synth -q -o theirs/out
    expect_status 0
    expect_no_err
    expect_contents theirs/out one
}

run_tests

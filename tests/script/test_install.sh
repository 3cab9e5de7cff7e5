#!/usr/bin/env bash
# script/install and what it calls, in a copy of script/, against an index of packages and an apt-get that are made up here.
. "$(dirname "$0")/../cli/lib.sh"

# tree: a copy of script/ as ./tree, whose machine has a python3 without any packages.
tree() {
    mkdir -p tree
    cp -r "$SOURCE_DIRECTORY/script" tree/
    python3 -m venv --without-pip "$work/machine"
    PATH=$work/machine/bin:$PATH
    unset "${!PIP_@}"
    export PIP_NO_INDEX=1 PIP_FIND_LINKS=$work/index
}

# wheel NAME MODULE [FILE...]: a package of version 1.0 in the index.
wheel() {
    mkdir -p "$work/index"
    python3 - "$work/index" "$@" <<'PYTHON'
import sys, zipfile
index, name, module, *files = sys.argv[1:]
metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nProvides-Extra: server\n"
info = f"{name.replace('-', '_')}-1.0.dist-info"
with zipfile.ZipFile(f"{index}/{name.replace('-', '_')}-1.0-py3-none-any.whl", "w") as wheel:
    for file in ["__init__.py", *files]:
        wheel.writestr(f"{module}/{file}", "")
    wheel.writestr(f"{info}/METADATA", metadata)
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{info}/RECORD", "")
PYTHON
}

index() {
    wheel awscli awscli
    wheel cfn-lint cfnlint
    wheel moto moto server.py
}

test_python_packages_come_from_the_registry_with_their_hashes() {
    tree
    index
    run tree/script/update-python-requirements
    expect_status 0
    for name in awscli cfn_lint moto; do
        grep -q "^${name/_/-}==1.0 " tree/script/python/requirements.txt || fail "$name is not pinned"
        grep -qF -- "--hash=sha256:$(sha256sum "$work/index/$name-1.0-py3-none-any.whl" | cut -d' ' -f1)" \
            tree/script/python/requirements.txt || fail "$name has no hash"
    done
    run tree/script/install python
    expect_status 0
    tree/build/python/bin/python3 -c 'import awscli, cfnlint, moto.server' || fail 'a package is missing'
    expect_no_file tree/build/python-missing
    # What is there is not installed again.
    rm -r "$work/index"
    run tree/script/install python
    expect_status 0
    expect_no_err
    # Something else under the same name.
    index
    wheel moto moto server.py extra.py
    rm -r tree/build/python
    run tree/script/install python
    expect_failure 'moto and cfn-lint are not installed: the Python registry does not give them'
    grep -q 'DO NOT MATCH THE HASHES' tree/build/python-missing || fail 'the reason is another one'
    expect_no_file tree/build/python
}

test_no_registry_no_packages() {
    tree
    run tree/script/install python
    expect_failure 'moto and cfn-lint are not installed: the Python registry does not give them (ERROR: '
    expect_equal "$(wc -l <tree/build/python-missing)" 1
    expect_no_file tree/build/python
    cp tree/script/python/requirements.txt before
    run tree/script/update-python-requirements
    expect_status 1
    expect_err_has 'requirements.txt is as it was'
    cmp -s before tree/script/python/requirements.txt || fail 'the requirements changed'
}

test_packages_of_the_machine_do_without_a_registry() {
    tree
    local modules
    modules=$(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    mkdir "$modules"/{awscli,cfnlint,moto}
    touch "$modules"/{awscli,cfnlint,moto}/__init__.py "$modules/moto/server.py"
    run tree/script/install python
    expect_status 0
    expect_err_has "those of $work/machine/bin/python3 do"
    expect_no_file tree/build/python
    expect_no_file tree/build/python-missing
}

# stand_in NAME SHELL: a program of the machine.
stand_in() {
    mkdir -p "$work/bin"
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod 755 "$work/bin/$1"
    [[ $PATH == "$work/bin:"* ]] || PATH=$work/bin:$PATH
}

# Libraries are asked for here.
without_libraries() { stand_in pkg-config 'exit 1'; }

test_debian_packages_that_cannot_be_installed() {
    tree
    without_libraries
    stand_in sudo 'shift 2; exec "$@"'
    stand_in apt-get '[ "$1" = update ] || { echo "E: Unable to locate package libyaml-dev"; exit 100; }'
    run tree/script/install build
    expect_failure 'script/install: could not install '
    expect_err_has 'E: Unable to locate package libyaml-dev'
}

test_every_group_names_what_is_missing() {
    tree
    mkdir "$work/few"
    for tool in bash env dirname mkdir id tail tr sh; do ln -s "$(command -v $tool)" "$work/few"; done
    printf '#!/bin/sh\n[ "$1" = update ]\n' >"$work/few/apt-get"
    printf '#!/bin/sh\nshift 2\nexec "$@"\n' >"$work/few/sudo"
    chmod +x "$work/few/apt-get" "$work/few/sudo"
    while read -r group packages; do
        run env PATH="$work/few" bash tree/script/install "$group"
        expect_failure 'script/install: could not install '
        for package in $packages; do grep -qw -- "$package" "$work/err" || fail "$group does not bring $package"; done
    done <<'GROUPS'
build gcc cmake ninja-build
test clang valgrind
package dpkg rpm
browser chromium
node npm
python python3
aws awscli
GROUPS
}

test_debian_packages_without_the_right_to_install_them() {
    tree
    without_libraries
    chmod -R a+rwX "$work"
    stand_in sudo 'exit 1'
    unprivileged true 2>/dev/null || skip 'there is no other user to be'
    run unprivileged tree/script/install build
    expect_failure 'this user cannot install them: '
    expect_err_has 'let an administrator run: apt-get install --no-install-recommends '
    expect_err_has "sign in to sudo before ('sudo -v')"
}

test_what_takes_long_is_announced() {
    tree
    without_libraries
    stand_in sudo 'shift 2; exec "$@"'
    stand_in apt-get '[ "$1" = update ] || sleep 2'
    run tree/script/install build
    expect_status 0
    expect_err_has 'script/install: installing the Debian packages '
    expect_err_has ': done in '
}

test_unknown_group() {
    tree
    run tree/script/install buidl
    expect_status 2
    expect_err_has "script/install: unknown group 'buidl'; there are build, test, browser"
}

# A CTest report in which reasons meet.
test_reasons_are_told_once() {
    cat >report.xml <<'XML'
<testsuite tests="5"><testcase name="a" status="notrun"><skipped message="x"/><system-out>skipped: moto is not installed
</system-out></testcase><testcase name="b" status="notrun"><skipped message="x"/><system-out>skipped: test_one: moto is not installed
skipped: test_two: moto is not installed
</system-out></testcase><testcase name="c" status="run"><system-out>skipped: test_one: moto is not installed
2 tests, 0 failed, 1 skipped</system-out></testcase><testcase name="d" status="run"><system-out>- the package # SKIP no Linux
</system-out></testcase><testcase name="e" status="run"><system-out>nothing is skipped: it goes on</system-out></testcase></testsuite>
XML
    run python3 "$SOURCE_DIRECTORY/tests/skipped.py" report.xml
    expect_status 0
    expect_out 'skipped: 2 tests and 1 part of tests: moto is not installed
skipped: 1 part of tests: no Linux
4'
}

run_tests "$@"

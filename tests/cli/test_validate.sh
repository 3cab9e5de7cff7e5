#!/usr/bin/env bash
# The command `validate`.
. "$(dirname "$0")/lib.sh"

test_a_file() {
    printf 'Resources: {}\n' >good.yaml
    printf 'Resources: {}\nFoo: 1\n' >bad.yaml
    tango validate good.yaml
    expect_status 0
    expect_out 'nothing found in 1 template'
    tango validate good.yaml bad.yaml
    expect_status 1
    expect_out "bad.yaml:2:1: error: unknown key 'Foo' [E1001]
     2 | Foo: 1
       | ^~~
         at /Foo
         Correct the name of the section, or add what is missing.
1 error in 2 templates"
}

test_json() {
    printf '{"Resources": {},\n "Foo/": 1}' >bad.json
    tango validate bad.json --format json
    expect_status 1
    expect_equal "$(json "$work/out" "[j['version'], j['findings'][0]['rule'], j['findings'][0]['pointer']]")" \
        '[1, "E1001", "/Foo~1"]'
}

test_several_formats() {
    printf 'Foo: 1\n' >bad.yaml
    tango validate bad.yaml --format text --format json=out.json
    expect_status 1
    expect_out_has "'Foo'"
    expect_equal "$(json out.json "len(j['findings'])")" 2
    tango validate bad.yaml --format text --format json
    expect_failure 'only one format'
    tango validate bad.yaml --format jsn
    expect_failure "did you mean 'json'?"
}

test_a_directory() {
    mkdir -p a/b a/node_modules/x a/.git
    printf 'Foo: 1\nResources: {}\n' | tee a/1.yaml a/b/2.template a/node_modules/x/3.yaml a/.git/4.yaml >/dev/null
    echo '{"name": "Resources"}' >a/package.json
    tango validate a --format json
    expect_status 1
    expect_equal "$(json "$work/out" "[f['file'] for f in j['findings']]")" '["a/1.yaml", "a/b/2.template"]'
    mkdir empty
    tango validate empty
    expect_failure 'there is no template'
    tango validate ./nothing
    expect_failure 'nothing'
}

test_our_stacks() {
    tango validate
    expect_status 0
    expect_out 'nothing found in 6 templates'
    tango validate TangoNetwork
    expect_out 'nothing found in 1 template'
    tango validate Nonsense
    expect_failure 'Nonsense'
}

test_ignore() {
    printf 'Foo: 1\n' >bad.yaml
    tango validate bad.yaml --ignore E1001
    expect_status 0
    tango validate bad.yaml --ignore E3
    expect_status 1
}

run_tests

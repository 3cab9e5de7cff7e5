#!/usr/bin/env bash
# The compiled tables, and the program that makes them.
. "$SOURCE_DIRECTORY/tests/cli/lib.sh"

directory=$(dirname "$TANGO_INFRA")/schema
compile() { run "$directory/compile-schema" "$@"; }

# compile_lines LINE...: of a schema that consists of them.
compile_lines() {
    printf '%s\n' "$@" >schema.txt
    compile schema.txt schema.c
}

expect_refusal() {
    expect_failure "$1"
    expect_no_file schema.c
}

# Sanitizers relocate everything.
if ! nm "$directory/libschema-tables.a" | grep -q asan; then
    test_nothing_is_relocated() {
        command -v readelf >/dev/null || skip 'there is no readelf'
        # Of what is loaded: a debugger's sections have relocations of their own.
        run readelf -r "$directory/libschema-tables.a"
        expect_status 0
        grep -q "Relocation section '\.rela\.debug\|There are no relocations" "$work/out" || fail 'readelf says nothing that is known'
        ! grep "Relocation section" "$work/out" | grep -v "'\.rela\.debug" || fail 'there are relocations'
        run size -A "$directory/libschema-tables.a"
        [ "$(awk '$1 ~ /^\.(data|bss)/ { sum += $2 } END { print sum + 0 }' "$work/out")" = 0 ] || fail 'there is writable data'
    }
fi

test_the_same_text_gives_the_same_tables() {
    compile "$SOURCE_DIRECTORY/schema/cloudformation.txt" "$SOURCE_DIRECTORY/schema/constraints.txt" one.c
    expect_status 0
    compile "$SOURCE_DIRECTORY/schema/cloudformation.txt" "$SOURCE_DIRECTORY/schema/constraints.txt" two.c
    cmp one.c two.c || fail 'they differ'
}

test_everything_that_a_line_can_say() {
    compile_lines '# a comment' '%source a 1' 'A::B::C' ' %stateful' ' %tags map Tags' ' %identifier A B' ' %ref A' \
        ' %arn a b' ' %transform T' ' %scrutiny LambdaPermission' ' %replaces A.B' ' @At string' \
        ' A string("a \"b\\"|c|"") required default="x y" refers=D.E,F.G length=..5 pattern=a b ?\d' \
        ' B [{N|json}] items=1.. replaces' ' C integer(1|2)|string may-replace deprecated range=-1.5..2e3 length=1..' \
        ' N:' '  In N scrutiny=ManagedPolicies' '  Tag tag'
    expect_status 0
    expect_no_err
    for text in 'a \"b\\' '\"x y\"' 'a b \?\\d' '{-1.5,2000,}' '{1,INFINITY,}' '{-INFINITY,5,}'; do
        grep -qF -- "$text" schema.c || fail "the tables lack $text"
    done
}

# Two types that contain each other are as good as two others that do; one more property makes them differ.
test_equal_types_are_stored_once() {
    count_objects() { grep -A 1 'schema_objects\[\]' schema.c | grep -o '{' | tail -n +2 | wc -l; }
    compile_lines A ' P N' ' M:' '  O N' ' N:' '  O M' B ' P N' ' M:' '  O N' ' N:' '  O M'
    expect_status 0
    expect_equal "$(count_objects)" 5 'objects and the end'
    compile_lines A ' P N' ' M:' '  O N' ' N:' '  O M' B ' P N' ' M:' '  O N' '  Q string' ' N:' '  O M'
    expect_status 0
    expect_equal "$(count_objects)" 8 'objects and the end'
}

# compile_constraints LINE...: beside a schema of one type.
compile_constraints() {
    echo A >schema.txt
    printf '%s\n' "$@" >constraints.txt
    compile schema.txt constraints.txt schema.c
}

test_everything_that_constraints_can_say() {
    compile_constraints '# a comment' '%source x 1 2026-01-31' '%regions r-1 r-2' '%runtime java1 2020-01-01 2020-02-01 2020-03-01 java2' \
        '%schema tags {"minItems":7.25}' '%set set-1 ["a","b"]' 'A::B::C' ' %from file.json' ' %not-in r-2' ' %read-only P/Q R' ' %taggable' ' %lifecycle sunset 2027-01-01' \
        ' = {"properties":{},"required":["P"],"additionalProperties":false}' '  P {"$ref":"D"}' \
        '  R {"type":["string","integer"],"enum":"set-1","maximum":2.5,"pattern":"a b"}' \
        ' D: {"items":{"$ref":"D"},"oneOf":[true,false],"dependentRequired":{"x":["y"]}}' \
        ' !E1 all-us-east-1 Properties/P {"allOf":[]}' '  {"if":{"const":{"$data":"/a"}}}'
    expect_status 0
    expect_no_err
    for text in '"{\"$data\":\"/a\"}' '"java2' '"Properties/P' '2.5,' '7.25,' '"tags' 'schema_constraint_rows = 1'; do
        grep -qF -- "$text" schema.c || fail "the tables lack $text"
    done
}

test_equal_definitions_are_stored_once() {
    count_nodes() { grep -A 1 'schema_nodes\[\]' schema.c | grep -o '{' | tail -n +2 | wc -l; }
    compile_constraints A ' = {"properties":{}}' '  P {"$ref":"M"}' ' M: {"items":{"$ref":"N"}}' ' N: {"items":{"$ref":"M"}}' \
        B ' = {"properties":{}}' '  P {"$ref":"N"}' ' M: {"items":{"$ref":"N"}}' ' N: {"items":{"$ref":"M"}}'
    expect_status 0
    before=$(count_nodes)
    compile_constraints A ' = {"properties":{}}' '  P {"$ref":"M"}' ' M: {"items":{"$ref":"N"}}' ' N: {"items":{"$ref":"M"}}'
    expect_equal "$(count_nodes)" "$before" 'nodes of one type and of two equal ones'
    compile_constraints A ' = {"properties":{}}' '  P {"$ref":"M"}' ' M: {"items":{"$ref":"N"}}' ' N: {"items":{"$ref":"M"},"minItems":1}'
    [ "$(count_nodes)" -gt "$before" ] || fail 'two definitions that differ count as one'
}

test_mistakes_in_constraints_are_found_with_their_line() {
    rm -f schema.c
    compile_constraints B ' = {}' A
    expect_refusal "constraints.txt:3: 'A' does not belong behind 'B'"
    compile_constraints ' = {}'
    expect_refusal "constraints.txt:1: ' = {}' belongs to no resource type"
    compile_constraints A ' %colour red'
    expect_refusal "constraints.txt:2: unknown fact 'colour'"
    compile_constraints '%colour red'
    expect_refusal "constraints.txt:1: unknown fact 'colour'"
    compile_constraints A ' = {"type"}'
    expect_refusal 'constraints.txt:2: JSON:1:8'
    compile_constraints A ' D: {}'
    expect_refusal "constraints.txt:2: '=' has to be the first definition, and no other"
    compile_constraints A ' = {}' '  P {}'
    expect_refusal "constraints.txt:3: 'P' belongs to nothing that has properties"
    compile_constraints A ' = {"enum":"set-1"}'
    expect_refusal "constraints.txt:2: there is no set 'set-1'"
    compile_constraints A ' = {}' ' !E1 all Properties {}' '  {}'
    expect_refusal "constraints.txt:4: '{}' belongs to no rule of several parts"
    compile_constraints '%runtime java1 2020-01-01'
    expect_refusal 'constraints.txt:1: a runtime needs three days'
    compile_constraints A ' = {"minimun":1}'
    expect_refusal "'A' has an unknown keyword 'minimun'"
    compile_constraints A ' = {"type":"text"}'
    expect_refusal "'A' has an unknown type 'text'"
    compile_constraints A ' = {"$ref":"D"}'
    expect_refusal "'A' has no definition 'D'"
    compile_constraints A ' = {"minimum":"1"}'
    expect_refusal "'A' has a bound that is no number"
    compile_constraints A ' = {"items":[]}'
    expect_refusal "'A' has a schema that is no object"
    compile_constraints A B ' = {}'
    expect_refusal "'A' has no properties"
}

test_mistakes_are_found_with_their_line() {
    rm -f schema.c
    compile_lines B A
    expect_refusal "schema.txt:2: 'A' does not belong behind 'B'"
    compile_lines A A
    expect_refusal "schema.txt:2: 'A' does not belong behind 'A'"
    compile_lines A ' Q string' ' P string'
    expect_refusal "schema.txt:3: 'P' does not belong behind 'Q'"
    compile_lines A ' N:' '  Q string' '  P string'
    expect_refusal "schema.txt:4: 'P' does not belong behind 'Q'"
    compile_lines ' P string'
    expect_refusal "schema.txt:1: ' P string' belongs to no resource type"
    compile_lines A ' P'
    expect_refusal "schema.txt:2: 'P' has no type"
    compile_lines A ' P Nowhere'
    expect_refusal "'A' has no nested type 'Nowhere'"
    compile_lines A ' P [string'
    expect_refusal "schema.txt:2: ']' is missing at ''"
    compile_lines A ' P string('
    expect_refusal "schema.txt:2: ')' is missing at ''"
    compile_lines A ' P string("a)'
    expect_refusal 'schema.txt:2: a quote is missing'
    compile_lines A ' P string]'
    expect_refusal "schema.txt:2: cannot read ']'"
    compile_lines A ' P string|'
    expect_refusal "schema.txt:2: a type is missing at ''"
    compile_lines A ' P string wanted'
    expect_refusal "schema.txt:2: unknown word 'wanted'"
    compile_lines A ' P string range=1..2'
    expect_refusal "schema.txt:2: bounds '1..2' do not fit the type"
    compile_lines A ' P integer pattern=x'
    expect_refusal 'schema.txt:2: a pattern does not fit the type'
    compile_lines A ' P string scrutiny=Much'
    expect_refusal "schema.txt:2: unknown scrutiny 'Much'"
    compile_lines A ' %colour red'
    expect_refusal "schema.txt:2: unknown fact 'colour'"
    compile_lines A ' %tags standard'
    expect_refusal 'schema.txt:2: tags without a property'
    compile_lines A ' %tags new Tags'
    expect_refusal "schema.txt:2: unknown kind of tags 'new'"
    compile missing.txt schema.c
    expect_refusal 'missing.txt'
    compile schema.txt
    expect_status 2
}

# compile_iam LINE...: of permissions that consist of them.
compile_iam() {
    printf '%s\n' "$@" >iam.txt
    run "$directory/compile-iam" iam.txt iam.c
}

expect_iam_refusal() {
    expect_failure "$1"
    expect_no_file iam.c
}

test_everything_that_permissions_can_say() {
    compile_iam '# a comment' '%source x 1 2026-01-31' '%key aws:A String' 's A Service' ' %key s:B/${T} ArrayOfString' \
        ' %resource "a b" arn:${P}:s:${R} arn:${P}:t if aws:A s:C' ' %resource c arn:${P}:c' ' dothat read' ' DoThis write "a b"* +s:D c if s:E'
    expect_status 0
    expect_no_err
    for text in '"a b' '"aws:A' '"s:B/${T}' 'schema_iam_service_rows = 1'; do
        grep -qF -- "$text" iam.c || fail "the tables lack $text"
    done
}

test_mistakes_in_permissions_are_found_with_their_line() {
    rm -f iam.c
    compile_iam 't T' 's S'
    expect_iam_refusal "iam.txt:2: 's' does not belong behind 't'"
    compile_iam 's S' ' B read' ' a read'
    expect_iam_refusal "iam.txt:3: 'a' does not belong behind 'B'"
    compile_iam ' A read'
    expect_iam_refusal "iam.txt:1: ' A read' belongs to no service"
    compile_iam 's S' ' A look'
    expect_iam_refusal "iam.txt:2: unknown access level 'look'"
    compile_iam 's S' ' A read nothing'
    expect_iam_refusal "iam.txt:2: there is no resource 'nothing'"
    compile_iam 's S' ' A read +s:K'
    expect_iam_refusal "iam.txt:2: '+s:K' belongs to no resource"
    compile_iam 's S' ' %resource r'
    expect_iam_refusal "iam.txt:2: the resource 'r' has no ARN"
    compile_iam 's S' ' %colour red'
    expect_iam_refusal "iam.txt:2: unknown fact 'colour red'"
    compile_iam '%colour red'
    expect_iam_refusal "iam.txt:1: unknown fact 'colour red'"
    compile_iam 's'
    expect_iam_refusal "iam.txt:1: the service 's' has no name"
    compile_iam 's S' ' A'
    expect_iam_refusal 'iam.txt:2: a word is missing'
    compile_iam 's S' ' %key "s:K'
    expect_iam_refusal 'iam.txt:2: a word is missing'
    run "$directory/compile-iam" iam.txt
    expect_status 2
}

run_tests

// SPDX-License-Identifier: MIT
#include "template/template.h"

#include "data/json.h"
#include "data/value.h"
#include "data/yaml.h"
#include "util/array.h"
#include "util/file/file.h"
#include "util/strbuf.h"
#include "util/string_list.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct reading {
    const char *text;
    const char *json; // what it means
};

// The right-hand sides follow "Intrinsic function reference" and YAML 1.2's core schema.
static const struct reading readings[] = {
    { "a: !Ref X", "{'a':{'Ref':'X'}}" },
    { "a: !Condition X", "{'a':{'Condition':'X'}}" },
    { "a: !GetAtt X.Arn", "{'a':{'Fn::GetAtt':['X','Arn']}}" },
    { "a: !GetAtt X.Outputs.Y", "{'a':{'Fn::GetAtt':['X','Outputs.Y']}}" },
    { "a: !GetAtt [X, Arn]", "{'a':{'Fn::GetAtt':['X','Arn']}}" },
    { "a: !GetAtt X", "{'a':{'Fn::GetAtt':'X'}}" },
    { "a: !Sub '${X}-y'", "{'a':{'Fn::Sub':'${X}-y'}}" },
    { "a: !Sub ['${X}', {X: 1}]", "{'a':{'Fn::Sub':['${X}',{'X':1}]}}" },
    { "a: !Join [',', [a, !Ref B]]", "{'a':{'Fn::Join':[',',['a',{'Ref':'B'}]]}}" },
    { "a: !Select [0, !GetAZs '']", "{'a':{'Fn::Select':[0,{'Fn::GetAZs':''}]}}" },
    { "a: !Split [',', x]", "{'a':{'Fn::Split':[',','x']}}" },
    { "a: !Base64 text", "{'a':{'Fn::Base64':'text'}}" },
    { "a:\n  !Base64\n  Fn::Sub: x", "{'a':{'Fn::Base64':{'Fn::Sub':'x'}}}" },
    { "a: !Cidr [10.0.0.0/16, 6, 8]", "{'a':{'Fn::Cidr':['10.0.0.0/16',6,8]}}" },
    { "a: !FindInMap [M, !Ref R, K]", "{'a':{'Fn::FindInMap':['M',{'Ref':'R'},'K']}}" },
    { "a: !ImportValue x", "{'a':{'Fn::ImportValue':'x'}}" },
    { "a: !If [C, 1, !Ref AWS::NoValue]", "{'a':{'Fn::If':['C',1,{'Ref':'AWS::NoValue'}]}}" },
    { "a: !And [!Equals [x, y], !Not [!Condition C], !Or [a, b]]",
        "{'a':{'Fn::And':[{'Fn::Equals':['x','y']},{'Fn::Not':[{'Condition':'C'}]},{'Fn::Or':['a','b']}]}}" },
    { "a: !Transform {Name: N, Parameters: {P: 1}}",
        "{'a':{'Fn::Transform':{'Name':'N','Parameters':{'P':1}}}}" },
    { "a: !Length [1, 2]", "{'a':{'Fn::Length':[1,2]}}" },
    { "a: !ToJsonString {b: 1}", "{'a':{'Fn::ToJsonString':{'b':1}}}" },
    { "a: !Contains [[x], y]", "{'a':{'Fn::Contains':[['x'],'y']}}" },
    { "Fn::ForEach::L: [I, [a], {}]", "{'Fn::ForEach::L':['I',['a'],{}]}" },
    // Scalars
    { "[~, null, Null, NULL, '', \"\"]", "[null,null,null,null,'','']" },
    { "a:", "{'a':null}" },
    { "[true, True, TRUE, false, False, FALSE]", "[true,true,true,false,false,false]" },
    { "[yes, no, on, off, y, n]", "[true,false,true,false,'y','n']" },
    { "[1, -1, 0.5, 10, 1e21]", "[1,-1,0.5,10,'1e21']" },
    { "[Yes, YES, yES, No, NO, On, ON, Off, OFF, 'yes', \"ON\", !!str off]",
        "[true,true,'yES',false,false,true,true,false,false,'yes','ON','off']" },
    { "[1.0, 1.10, -0.50, 100.00]", "[1,1.1,-0.5,100]" },
    { "[00.5, 1.23456789012345670, 1.0e+3]", "['00.5','1.23456789012345670','1.0e+3']" },
    { "[0123, 1e3, +1, .5, 0x1F, 0o7, 1_000, -, 1.]",
        "['0123','1e3','+1','.5','0x1F','0o7','1_000','-','1.']" },
    { "[123456789012, 12345678901234567890]", "[123456789012,'12345678901234567890']" },
    { "[2010-09-09, 12:30:45, '1', \"2\", 1.2.3]", "['2010-09-09','12:30:45','1','2','1.2.3']" },
    { "[!!str 1, ! \"1\", !!int 1, !!float 0.5, !!bool true, !!null ~]", "['1','1',1,0.5,true,null]" },
    { "{!!str a: !!map {b: !!seq [c]}}", "{'a':{'b':['c']}}" },
    { "80: x\ntrue: y\non: z\n? a\n: b", "{'80':'x','true':'y','on':'z','a':'b'}" },
    { "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", "{'a':'x\\n y\\n','b':'x y'}" },
    { "a: \"\\u00e9\\U0001f600\"", "{'a':'\xC3\xA9\xF0\x9F\x98\x80'}" },
    { "\xEF\xBB\xBF# comment\n---\na: 1\n...\n", "{'a':1}" },
    { "%YAML 1.2\n---\na: 1", "{'a':1}" },
    // Anchors, aliases and merge keys ("Merge Key Language-Independent Type")
    { "a: &x [1, 2]\nb: *x", "{'a':[1,2],'b':[1,2]}" },
    { "a: &x !Ref R\nb: *x", "{'a':{'Ref':'R'},'b':{'Ref':'R'}}" },
    { "a: &x 1\nb: &x 2\nc: *x", "{'a':1,'b':2,'c':2}" },
    { "a: &k key\n*k : 1", "{'a':'key','key':1}" },
    { "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}", "{'a':{'p':1,'q':2},'b':{'q':3,'p':1}}" },
    { "b: {q: 3, <<: [{p: 1}, {p: 2, r: 4}]}", "{'b':{'q':3,'p':1,'r':4}}" },
    { "b: {'<<': {p: 1}}", "{'b':{'<<':{'p':1}}}" },
};

static void assert_same(const struct value *value, const char *json, const char *text)
{
    char *expected = arena_strdup(value_arena(), json);
    ERROR_AUTO err = ERROR_INIT;
    STRBUF_AUTO found = STRBUF_INIT;

    for (char *c = expected; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_write_unicode(&found, value, 0);
    if (!value_equal(json_parse(expected, strlen(expected), "expected", &err), value))
        fail_msg("'%s' was read as %s, not as %s", text, found.data, expected);
}

static void yaml_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(readings); i++) {
        ERROR_AUTO err = ERROR_INIT;
        const char *text = readings[i].text;
        const struct value *value = template_parse_yaml(text, strlen(text), "t.yaml", NULL, &err);

        if (!value)
            fail_msg("'%s': %s", text, err.message);
        assert_same(value, readings[i].json, text);
    }
}

struct refusal {
    const char *name;
    const char *text;
    const char *message;
};

static const struct refusal refusals[] = {
    { "t.yaml", "", "t.yaml:1:1: there is nothing in it" },
    { "t.yaml", "# only this\n", "t.yaml:2:1: there is nothing in it" },
    { "t.yaml", "a: 1\n---\nb: 2", "t.yaml:2:1: a second document begins" },
    { "t.yaml", "a:\n  <<: {x: 1}\n  <<: {y: 1}", "t.yaml:3:3: a second merge key '<<' in one mapping" },
    { "t.yaml", "a: !Reff X", "t.yaml:1:4: unknown tag '!Reff'; did you mean '!Ref'?" },
    { "t.yaml", "a: !Something X", "t.yaml:1:4: unknown tag '!Something'" },
    { "t.yaml", "a: !!binary aGk=", "t.yaml:1:4: unknown tag 'tag:yaml.org,2002:binary'" },
    { "t.yaml", "a: !!python/object x", "t.yaml:1:4: unknown tag" },
    { "t.yaml", "a: *x", "t.yaml:1:4: there is no anchor '&x' before this alias" },
    { "t.yaml", "a: &x\n  b: *x", "t.yaml:2:6: alias '*x' refers to a value that contains it" },
    { "t.yaml", "a: {<<: 1}", "t.yaml:1:9: '<<' takes a mapping or a list of mappings" },
    { "t.yaml", "a: {<<: [[{b: 1}]]}", "'<<' takes a mapping" },
    { "t.yaml", "? [a]\n: 1", "t.yaml:1:3: a key is not a string" },
    { "t.yaml", "!Ref a: 1", "t.yaml:1:1: a key is not a string" },
    { "t.yaml", "a: [1, 2\nb: 3", "t.yaml:2:2: " },
    { "t.yaml", "a: b: c", "t.yaml:1:5: mapping values are not allowed" },
    { "t.yaml", "a:\n\tb: 1", "t.yaml:2:1: " },
    { "t.yaml", "a: 'x", "t.yaml:1:6: " },
    { "t.yaml", "a: \"x\\0y\"", "t.yaml:1:4: a string has a NUL character in it" },
    { "t.yaml", "\"x\\0y\": 1", "t.yaml:1:1: a key has a NUL character in it" },
    { "t.yaml", "a: 1\nb: \xFF\xFE", "t.yaml:2:4: invalid leading UTF-8 octet" },
    { "t.yaml", "a: \x01", "t.yaml:1:4: control characters are not allowed" },
    { "t.yaml",
        "\x7F"
        "ELF\x02",
        "t.yaml:1:1: control characters" },
    { "t.yaml", "[1]", "t.yaml: not a template: it is not an object" },
    { "t.yaml", "just text", "t.yaml: not a template: it is not an object" },
    { "t.yaml", "a: 1", "t.yaml: not a template: there is no 'Resources'" },
    { "t.yaml", "Resources:", "t.yaml: not a template: 'Resources' is not an object" },
    { "t.yaml", "Resources: {A: 1}", "t.yaml: not a template: resource 'A' is not an object" },
    { "t.json", "{\n  \"a\": 1,\n  \"b\": [1,, 2]\n}", "t.json:3:" },
    { "t.json", "{ \"a\": 1 ", "t.json:1:" },
    { "t.json", "{ \"a\": \"\\u0000\" }", "t.json:1:" },
    { "t.json", "{ \"a\": \"\xFF\" }", "t.json:1:" },
    { "t.json", "{ Resources: {} }", "t.json:1:" },
    { "t.json", "{} {}", "t.json:1:" },
};

static void assert_refused(const char *name, const char *text, size_t length, const char *message)
{
    ERROR_AUTO err = ERROR_INIT;

    if (template_parse(text, length, name, &err))
        fail_msg("'%.80s' was taken", text);
    assert_non_null(err.message);
    if (!strstr(err.message, message) || !strstr(err.message, name))
        fail_msg("'%.80s': '%s' instead of '%s'", text, err.message, message);
}

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
        assert_refused(refusals[i].name, refusals[i].text, strlen(refusals[i].text), refusals[i].message);
    assert_refused("t.yaml", "a: 1\0b", 6, "t.yaml:1:5: control characters are not allowed");
    assert_refused("t.json", "{ \"a\": \0 }", 10, "t.json:1:");
}

static void takes_json_and_yaml(void **state)
{
    static const char *const same[][2] = {
        { "t.json", "{ \"Resources\": { \"A\": { \"Type\": \"T\" } } }" },
        { "t.template", "\n\t {\"Resources\":{\"A\":{\"Type\":\"T\"}}}" },
        { "t.yaml", "Resources:\n  A: {Type: T}" },
        { "t.yml", "{Resources: {A: {Type: T}}}" },
        { "t.yml", "{\"Resources\": {\"A\": {\"Type\": \"T\"}}}" },
        { "t.template", "Resources:\n  A:\n    Type: T\n" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
        ERROR_AUTO err = ERROR_INIT;
        const char *text = same[i][1];
        const struct value *value = template_parse(text, strlen(text), same[i][0], &err);

        if (!value)
            fail_msg("%s", err.message);
        assert_same(value, "{'Resources':{'A':{'Type':'T'}}}", text);
    }
}

static void takes_odd_templates(void **state)
{
    static const char *const texts[] = { "{}", "Resources: {}", "Resources: []", "Resources: {A: [1]}",
        "Transform: M\nResources: x", "Transform: AWS::Include", "'Fn::Transform': {Name: N}",
        "Resources: {'Fn::ForEach::X': [I, [a], {}], 'Fn::Transform': {Name: N}}" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        ERROR_AUTO err = ERROR_INIT;

        if (!template_parse(texts[i], strlen(texts[i]), "t", &err))
            fail_msg("'%s': %s", texts[i], err.message);
    }
}

static void notes_duplicate_keys(void **state)
{
    static const struct {
        const char *name, *text, *found[3];
    } rows[] = {
        { "t.yaml", "Resources: {}\nA: 1\nResources:\n  B: {c: 1, \"c\": 2}\nA: 2",
            { "t.yaml:3:1: duplicate key 'Resources' (first in line 1)",
                "t.yaml:4:13: duplicate key 'c' (first in line 4)",
                "t.yaml:5:1: duplicate key 'A' (first in line 2)" } },
        { "t.json",
            "{ \"Resources\": [],\n\"A\": 1, \"Resources\":\n { \"B\": {\"c\": 1, \"c\": 2}}, \"A\": 2}",
            { "t.json:2:9: duplicate key 'Resources' (first in line 1)",
                "t.json:3:18: duplicate key 'c' (first in line 3)",
                "t.json:3:28: duplicate key 'A' (first in line 2)" } },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct string_list found = { 0 };
        ERROR_AUTO err = ERROR_INIT;
        const char *text = rows[i].text;

        assert_same(template_parse_noting(text, strlen(text), rows[i].name, &found, &err),
            "{'Resources':{'B':{'c':2}},'A':2}", text);
        // A value is complete, and its keys known, before its own key is.
        assert_int_equal(found.count, 3);
        for (size_t j = 0; j < 3; j++) {
            bool is_there = false;

            for (size_t k = 0; k < 3; k++)
                is_there = is_there || strcmp(found.items[k], rows[i].found[j]) == 0;
            if (!is_there)
                fail_msg("no '%s'", rows[i].found[j]);
        }
    }
}

// Nothing of a number gets lost on the way to people or to CloudFormation.
static void numbers_stay_as_they_are_written(void **state)
{
    static const char text[] = "[1.0, 1.10, 10, 1e3, 12345678901234567890]";
    ERROR_AUTO err = ERROR_INIT;
    STRBUF_AUTO json = STRBUF_INIT;
    STRBUF_AUTO yaml = STRBUF_INIT;
    const struct value *value = template_parse_yaml(text, strlen(text), "t.yaml", NULL, &err);

    (void)state;
    json_write(&json, value, 0);
    assert_string_equal(json.data, "[1.0,1.10,10,\"1e3\",\"12345678901234567890\"]");
    yaml_write(&yaml, value);
    assert_string_equal(yaml.data, "- 1.0\n- 1.10\n- 10\n- \"1e3\"\n- \"12345678901234567890\"\n");
}

// UTF-16, as some editors write it.
static void reads_utf16(void **state)
{
    static const char text[] = "\xFF\xFE"
                               "R\0e\0s\0o\0u\0r\0c\0e\0s\0:\0 \0{\0}\0";
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    if (!template_parse(text, sizeof(text) - 1, "t", &err))
        fail_msg("%s", err.message);
}

static char *repeated(const char *unit, size_t count)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < count; i++)
        strbuf_add_string(&text, unit);
    return arena_strdup(value_arena(), text.data);
}

static void limits_depth(void **state)
{
    static const char *const units[][2] = { { "t.yaml", "[" }, { "t.yaml", "{a: " }, { "t.yaml", "- " },
        { "t.yaml", "? " }, { "t.json", "{\"a\":" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        const char *text = repeated(units[i][1], 30000);

        assert_refused(units[i][0], text, strlen(text), units[i][0]);
    }
    assert_refused("t.yaml", repeated("[", 600), 600, "t.yaml:1:501: nested more than 500 levels deep");
}

// Depth hides behind aliases as well.
static void limits_depth_of_aliases(void **state)
{
    const char *open = repeated("[", 300), *close = repeated("]", 300);
    const char *text = arena_printf(value_arena(), "a: &a %s%s\nb: &b %s*a%s\n", open, close, open, close);

    (void)state;
    assert_refused("t.yaml", text, strlen(text), "t.yaml:2:307: nested more than 500 levels deep");
}

static void limits_aliases(void **state)
{
    STRBUF_AUTO text = STRBUF_INIT;

    (void)state;
    strbuf_add_string(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
        strbuf_addf(&text, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            strbuf_addf(&text, "%s*a%d", j ? ", " : "", i - 1);
        strbuf_add_string(&text, "]\n");
    }
    assert_refused("t.yaml", text.data, text.length, "aliases expand to more than");
}

static void reads_files(void **state)
{
    char path[] = "/tmp/test_template.XXXXXX";
    int fd = mkstemp(path);
    ERROR_AUTO err = ERROR_INIT;
    bool found;

    (void)state;
    assert_int_equal(write(fd, "Resources: {}", 13), 13);
    close(fd);
    found = template_read(path, NULL, &err) != NULL;
    unlink(path);
    assert_true(found);
    assert_null(template_read(path, NULL, &err));
    assert_non_null(strstr(err.message, "there is no such file"));
    assert_null(template_read("/tmp", NULL, &err));
    assert_non_null(strstr(err.message, "it is a directory"));
    assert_null(template_read("/dev/zero", NULL, &err));
    assert_non_null(strstr(err.message, "/dev/zero: larger than 64 MiB"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(yaml_means, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(refuses, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(takes_json_and_yaml, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(takes_odd_templates, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(notes_duplicate_keys, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            numbers_stay_as_they_are_written, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(reads_utf16, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(limits_depth, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(limits_depth_of_aliases, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(limits_aliases, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(reads_files, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}

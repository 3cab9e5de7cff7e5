// SPDX-License-Identifier: MIT
#include "cli/core/options.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

struct values {
    bool quiet;
    bool colour;
    enum toggle lookups;
    int verbose;
    const char *output;
    struct string_list context;
    int parallel;
    const char *method;
};

static const char *const methods[] = { "direct", "change-set", "prepare", NULL };

static const struct option table[] = {
    { "quiet", 'q', OPTION_FLAG(struct values, quiet), .alias = "silent" },
    { "colour", 0, OPTION_FLAG(struct values, colour) },
    { "lookups", 0, OPTION_TOGGLE(struct values, lookups) },
    { "verbose", 'v', OPTION_COUNT(struct values, verbose) },
    { "output", 'o', OPTION_STRING(struct values, output), .argument = "DIR" },
    { "context", 'c', OPTION_LIST(struct values, context) },
    { "parallel", 'p', OPTION_INTEGER(struct values, parallel), .minimum = 1, .maximum = 64 },
    { "method", 'm', OPTION_CHOICE(struct values, method), .choices = methods },
    OPTION_END,
};

struct parsed {
    struct arena arena;
    struct values values;
    struct option_parser parser;
    struct error err;
    int status;
};

static void parse_into(struct parsed *parsed, const char *const *arguments, bool until_operand)
{
    const struct option_set sets[] = { { table, &parsed->values } };

    *parsed = (struct parsed){ .values = { .colour = true }, .err = ERROR_INIT };
    parsed->parser = (struct option_parser){ &parsed->arena, sets, 1, arguments, { 0 }, NULL };
    parsed->status = options_parse(&parsed->parser, until_operand, &parsed->err);
    parsed->parser.sets = NULL;
}

static void release(struct parsed *parsed)
{
    arena_release(&parsed->arena);
    error_release(&parsed->err);
}

#define PARSE(...) parse_into(&parsed, (const char *const[]){ __VA_ARGS__, NULL }, false)

static void fills_fields_of_every_type(void **state)
{
    struct parsed parsed;

    (void)state;
    PARSE("--quiet", "--no-colour", "--no-lookups", "-v", "--output", "out", "--context", "a=1", "-p", "8",
        "--method=prepare");
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.values.quiet);
    assert_false(parsed.values.colour);
    assert_int_equal(parsed.values.lookups, NO);
    assert_int_equal(parsed.values.verbose, 1);
    assert_string_equal(parsed.values.output, "out");
    assert_int_equal(parsed.values.context.count, 1);
    assert_string_equal(parsed.values.context.items[0], "a=1");
    assert_int_equal(parsed.values.parallel, 8);
    assert_string_equal(parsed.values.method, "prepare");
    assert_int_equal(parsed.parser.operands.count, 0);
    release(&parsed);
}

static void nothing_given_changes_nothing(void **state)
{
    struct parsed parsed;

    (void)state;
    parse_into(&parsed, (const char *const[]){ NULL }, false);
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.values.colour);
    assert_int_equal(parsed.values.lookups, TOGGLE_DEFAULT);
    assert_null(parsed.values.output);
    release(&parsed);
}

static void every_way_to_attach_a_value(void **state)
{
    static const char *const ways[][3] = { { "--output", "out" }, { "--output=out" }, { "-o", "out" },
        { "-oout" }, { "-o=out" }, { "-qoout" }, { "-qo", "out" } };
    struct parsed parsed;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
        parse_into(&parsed, ways[i], false);
        assert_int_equal(parsed.status, 0);
        assert_string_equal(parsed.values.output, "out");
        release(&parsed);
    }
}

static void values_may_look_like_anything(void **state)
{
    struct parsed parsed;

    (void)state;
    PARSE("--context", "--quiet=", "-c", "-=", "-c", "a=", "--context=a=b=c", "--output=-");
    assert_int_equal(parsed.status, 0);
    assert_false(parsed.values.quiet);
    assert_int_equal(parsed.values.context.count, 4);
    assert_string_equal(parsed.values.context.items[0], "--quiet=");
    assert_string_equal(parsed.values.context.items[1], "-=");
    assert_string_equal(parsed.values.context.items[2], "a=");
    assert_string_equal(parsed.values.context.items[3], "a=b=c");
    assert_string_equal(parsed.values.output, "-");
    release(&parsed);
}

static void flags_cluster_and_repeat(void **state)
{
    struct parsed parsed;

    (void)state;
    PARSE("-qvv", "--verbose", "--silent", "-c", "a=1", "-cb=2", "--output", "first", "--output", "last");
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.values.quiet);
    assert_int_equal(parsed.values.verbose, 3);
    assert_int_equal(parsed.values.context.count, 2);
    assert_string_equal(parsed.values.context.items[1], "b=2");
    assert_string_equal(parsed.values.output, "last");
    release(&parsed);
}

static void flags_take_true_and_false(void **state)
{
    struct parsed parsed;

    (void)state;
    PARSE("--quiet=true", "--colour=false", "--no-lookups=false");
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.values.quiet);
    assert_false(parsed.values.colour);
    assert_int_equal(parsed.values.lookups, YES);
    release(&parsed);
}

static void operands_mix_with_options(void **state)
{
    struct parsed parsed;

    (void)state;
    PARSE("One", "-q", "Two", "-", "--", "--quiet", "-x");
    assert_int_equal(parsed.status, 0);
    assert_int_equal(parsed.parser.operands.count, 5);
    assert_string_equal(parsed.parser.operands.items[1], "Two");
    assert_string_equal(parsed.parser.operands.items[2], "-");
    assert_string_equal(parsed.parser.operands.items[4], "-x");
    release(&parsed);
}

static void stops_in_front_of_an_operand(void **state)
{
    struct parsed parsed;

    (void)state;
    parse_into(&parsed, (const char *const[]){ "-q", "synth", "--unknown", NULL }, true);
    assert_int_equal(parsed.status, 0);
    assert_true(parsed.values.quiet);
    assert_string_equal(*parsed.parser.arguments, "synth");
    release(&parsed);
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *arguments[3];
        const char *message;
    } cases[] = {
        { { "--quit" }, "unknown option '--quit'; did you mean '--quiet'?" },
        { { "--contxt=a=1" }, "unknown option '--contxt'; did you mean '--context'?" },
        { { "--frobnicate" }, "unknown option '--frobnicate'" },
        { { "-x" }, "unknown option '-x'" },
        { { "-qx" }, "unknown option '-x'" },
        { { "--no-output" }, "unknown option '--no-output'; did you mean '--output'?" },
        { { "--output" }, "option '--output' needs a value: --output DIR" },
        { { "--output=" }, "option '--output' needs the name of a directory" },
        { { "-qc" }, "option '-c' needs a value: -c VALUE" },
        { { "--quiet=maybe" }, "option '--quiet' is true or false, not 'maybe'" },
        { { "--verbose=2" }, "option '--verbose' takes no value" },
        { { "-p", "0" }, "option '-p' takes a whole number from 1 to 64, not '0'" },
        { { "-p", "65" }, "option '-p' takes a whole number from 1 to 64, not '65'" },
        { { "-p", "" }, "option '-p' takes a whole number from 1 to 64, not ''" },
        { { "-p", "2x" }, "option '-p' takes a whole number from 1 to 64, not '2x'" },
        { { "-p", "99999999999999999999" },
            "option '-p' takes a whole number from 1 to 64, not '99999999999999999999'" },
        { { "--method", "prepair" }, "option '--method' does not know 'prepair'; did you mean 'prepare'?" },
        { { "--method", "xyz" }, "option '--method' takes one of direct, change-set, prepare, not 'xyz'" },
    };
    struct parsed parsed;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        parse_into(&parsed, cases[i].arguments, false);
        assert_int_equal(parsed.status, -1);
        assert_string_equal(parsed.err.message, cases[i].message);
        release(&parsed);
    }
}

static void long_lists_keep_their_order(void **state)
{
    enum { COUNT = 1000 };
    const char *arguments[COUNT + 1] = { NULL };
    struct parsed parsed;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        arguments[i] = i % 2 ? "-ctwo" : "-cone";
    parse_into(&parsed, arguments, false);
    assert_int_equal(parsed.values.context.count, COUNT);
    assert_string_equal(parsed.values.context.items[COUNT - 1], "two");
    assert_string_equal(parsed.values.context.items[COUNT - 2], "one");
    release(&parsed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_fields_of_every_type),
        cmocka_unit_test(nothing_given_changes_nothing),
        cmocka_unit_test(every_way_to_attach_a_value),
        cmocka_unit_test(values_may_look_like_anything),
        cmocka_unit_test(flags_cluster_and_repeat),
        cmocka_unit_test(flags_take_true_and_false),
        cmocka_unit_test(operands_mix_with_options),
        cmocka_unit_test(stops_in_front_of_an_operand),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(long_lists_keep_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

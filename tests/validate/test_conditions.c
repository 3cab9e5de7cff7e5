// SPDX-License-Identifier: MIT
#include "validate/engine/conditions.h"

#include "data/value.h"
#include "template/template.h"
#include "util/array.h"
#include "util/error.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char template[] = "Parameters:\n"
                               "  Stage: {Type: String, AllowedValues: [dev, test, prod]}\n"
                               "  Free: {Type: String}\n"
                               "Conditions:\n"
                               "  IsProd: !Equals [!Ref Stage, prod]\n"
                               "  IsDev: !Equals [dev, !Ref Stage]\n"
                               "  IsTest: !Equals [!Ref Stage, test]\n"
                               "  NotProd: !Not [!Condition IsProd]\n"
                               "  Small: !Or [!Condition IsDev, !Condition IsTest]\n"
                               "  Both: !And [!Condition Small, !Equals [!Ref Free, x]]\n"
                               "  FreeX: !Equals [!Ref Free, x]\n"
                               "  FreeY: !Equals [!Ref Free, y]\n"
                               "  Never: !Equals [a, b]\n"
                               "  Same: !Equals [!Ref Free, !Ref Free]\n"
                               "  Mapped: !Equals [!FindInMap [M, !Ref Stage, k], v]\n"
                               "  Circle: !Not [!Condition Circle]\n";

struct question {
    struct condition_literal literals[4];
    enum possibility answer;
};

// By the meaning of the functions (CloudFormation: Condition functions).
static const struct question questions[] = {
    { { { "IsProd", true } }, POSSIBLE },
    { { { "IsProd", true }, { "IsDev", true } }, IMPOSSIBLE },
    { { { "IsProd", false }, { "IsDev", false }, { "IsTest", true } }, POSSIBLE },
    { { { "IsProd", false }, { "IsDev", false }, { "IsTest", false } }, IMPOSSIBLE }, // no value is left
    { { { "NotProd", true }, { "IsProd", true } }, IMPOSSIBLE },
    { { { "NotProd", false }, { "IsProd", false } }, IMPOSSIBLE },
    { { { "Small", false }, { "NotProd", true } }, IMPOSSIBLE },
    { { { "Small", true }, { "IsDev", false }, { "IsTest", false } }, IMPOSSIBLE },
    { { { "Small", true }, { "IsDev", false } }, POSSIBLE },
    { { { "Both", true }, { "FreeX", false } }, IMPOSSIBLE },
    { { { "Both", false }, { "FreeX", true }, { "IsProd", false } }, IMPOSSIBLE },
    { { { "Both", false }, { "FreeX", true } }, POSSIBLE },
    { { { "FreeX", false }, { "FreeY", false } }, POSSIBLE }, // any other string
    { { { "Never", true } }, IMPOSSIBLE },
    { { { "Same", false } }, IMPOSSIBLE },
    { { { "Mapped", true } }, POSSIBLE },
    { { { "Mapped", true }, { "Mapped", false } }, IMPOSSIBLE },
    { { { "Unknown", true }, { "Unknown", false } }, IMPOSSIBLE },
    { { { "Circle", true } }, POSSIBILITY_UNKNOWN },
};

static struct condition_set *read_conditions(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *value = template_parse_any(text, strlen(text), "a.yaml", NULL, &err);

    assert_non_null(value);
    return condition_set_new(value, value_arena());
}

static void test_questions(void **state)
{
    struct condition_set *set = read_conditions(template);

    (void)state;
    // Twice: one answer leaves nothing behind for the next.
    for (size_t i = 0; i < 2 * ARRAY_SIZE(questions); i++) {
        const struct question *question = &questions[i % ARRAY_SIZE(questions)];
        size_t count = 0;

        while (count < ARRAY_SIZE(question->literals) && question->literals[count].name)
            count++;
        if (condition_set_ask(set, question->literals, count) != question->answer)
            fail_msg("question %zu (%s...)", i, question->literals[0].name);
    }
}

// Two to the power of a thousand scenarios.
static void test_a_thousand_conditions(void **state)
{
    enum { CONDITIONS = 1000 };
    STRBUF_AUTO text = STRBUF_INIT;
    struct condition_set *set;

    (void)state;
    strbuf_add_string(&text, "Conditions:\n  C0: !Equals [!Ref P0, a]\n");
    for (int i = 1; i < CONDITIONS; i++)
        strbuf_addf(&text, "  C%d: !Or [!Equals [!Ref P%d, a], !Condition C%d]\n", i, i, i - 1);
    set = read_conditions(text.data);
    assert_int_equal(
        condition_set_ask(set, (struct condition_literal[]){ { "C999", false }, { "C0", true } }, 2),
        IMPOSSIBLE);
    assert_int_equal(
        condition_set_ask(set, (struct condition_literal[]){ { "C999", true }, { "C500", false } }, 2),
        POSSIBLE);
}

// A parameter that has a thousand values, each of which is compared with.
static void test_a_thousand_values(void **state)
{
    enum { VALUES = 1000 };
    struct condition_literal literals[VALUES];
    STRBUF_AUTO text = STRBUF_INIT;
    struct condition_set *set;

    (void)state;
    strbuf_add_string(&text, "Parameters:\n  P:\n    Type: String\n    AllowedValues: [v0, v0");
    for (int i = 1; i < VALUES; i++)
        strbuf_addf(&text, ", v%d", i);
    strbuf_add_string(&text, "]\nConditions:\n");
    for (int i = 0; i < VALUES; i++)
        strbuf_addf(&text, "  C%d: !Equals [!Ref P, v%d]\n", i, i);
    set = read_conditions(text.data);
    for (int i = 0; i < VALUES; i++)
        literals[i] = (struct condition_literal){ value_string(stringf("C%d", i)), false };
    for (int i = 0; i < 2; i++) {
        assert_int_equal(condition_set_ask(set, literals, VALUES), IMPOSSIBLE);
        assert_int_equal(condition_set_ask(set, literals, VALUES - 1), POSSIBLE);
    }
    literals[VALUES - 1].truth = true;
    assert_int_equal(condition_set_ask(set, literals, VALUES), POSSIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_thousand_values, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_questions, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_a_thousand_conditions, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

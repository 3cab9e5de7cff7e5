// SPDX-License-Identifier: MIT
// What synthesis refuses, what it warns about, and what aspects, contexts and late ids do.
#include "cdk/app.h"
#include "cdk/aspect.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/policy.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "cdk/synth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int make_app(void **state)
{
    *state = app_new(&(struct app_props){ 0 });
    return 0;
}

static int drop_app(void **state)
{
    app_free(*state);
    return 0;
}

static struct stack *stack_of(struct app *app, const char *id)
{
    return stack_new(app_node(app), id, &(struct stack_props){ 0 });
}

static struct resource *topic(struct construct *scope, const char *id)
{
    return resource_new(scope, id, "AWS::SNS::Topic", NULL);
}

static bool has_diag(const struct app *app, enum diag_level level, const char *path, const char *text)
{
    for (size_t i = 0; i < app_diag_total(app); i++) {
        const struct diag *diag = app_diag_at(app, i);

        if (diag->level == level && strcmp(construct_path(diag->construct), path) == 0 &&
            strstr(diag->message, text))
            return true;
    }
    return false;
}

static void assert_refused(struct app *app, const char *path, const char *text)
{
    struct assembly assembly;

    assert_false(app_synth(app, &assembly));
    if (has_diag(app, DIAG_ERROR, path, text))
        return;
    for (size_t i = 0; i < app_diag_total(app); i++)
        print_error("%s: %s\n", construct_path(app_diag_at(app, i)->construct), app_diag_at(app, i)->message);
    fail_msg("no error on '%s' with '%s'", path, text);
}

static void equal_logical_ids(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    resource_override_logical_id(topic(stack->node, "One"), "Same");
    resource_override_logical_id(topic(construct_new(stack->node, "Group", "Construct"), "Two"), "Same");
    assert_refused(*state, "Stack/Group/Two", "'Same' is already that of 'Stack/One'");
}

// As the CDK, which calls it an empty set of components.
static void nothing_but_default(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    topic(construct_new(stack->node, "Default", "Construct"), "Default");
    assert_refused(*state, "Stack/Default/Default", "an id cannot be made of 'Default' alone");
}

static void stack_of_nothing_but_default(void **state)
{
    stack_new(construct_new(app_node(*state), "Default", "Construct"), "Default", &(struct stack_props){ 0 });
    assert_refused(*state, "Default/Default", "an id cannot be made of 'Default' alone");
}

// The names that aws-cdk-lib gives.
static void default_does_not_count_in_names(void **state)
{
    struct construct *group = construct_new(app_node(*state), "Default", "Construct");
    struct stack *alone = stack_of(*state, "Alone");

    assert_string_equal(stack_new(group, "Sta", &(struct stack_props){ 0 })->name, "Sta");
    assert_string_equal(names_unique_resource_name(construct_new(alone->node, "Default", "Construct"),
                            &(struct unique_resource_name_options){ 0 }),
        "Alone");
}

static void default_with_a_logical_id_of_its_own(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    struct assembly assembly;

    resource_override_logical_id(topic(stack->node, "Default"), "Topic");
    topic(construct_new(stack->node, "Group", "Construct"), "Default");
    assert_true(app_synth(*state, &assembly));
}

static void bad_logical_ids(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    resource_override_logical_id(topic(stack->node, "One"), "not-alphanumeric");
    assert_refused(*state, "Stack/One", "'not-alphanumeric' must be 1 to 255 letters and digits");
}

static void equal_ids(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    topic(stack->node, "Same");
    topic(stack->node, "Same");
    assert_refused(*state, "Stack", "already a construct with the id 'Same'");
}

static void empty_ids(void **state)
{
    topic(stack_of(*state, "Stack")->node, "");
    assert_refused(*state, "Stack", "no id");
}

static void resources_outside_of_stacks(void **state)
{
    topic(app_node(*state), "Lost");
    assert_refused(*state, "Lost", "not in a stack");
}

static void cycles_of_stacks(void **state)
{
    struct stack *a = stack_of(*state, "A"), *b = stack_of(*state, "B"), *c = stack_of(*state, "C");

    output_new(
        b->node, "Out", &(struct output_props){ .value = get_att(topic(a->node, "Topic"), "TopicName") });
    output_new(
        c->node, "Out", &(struct output_props){ .value = get_att(topic(b->node, "Topic"), "TopicName") });
    output_new(
        a->node, "Out", &(struct output_props){ .value = get_att(topic(c->node, "Topic"), "TopicName") });
    assert_refused(*state, "C", "cycle: C -> B -> A -> C");
}

static void other_environments(void **state)
{
    struct stack *here = stack_new(app_node(*state), "Here", &(struct stack_props){ .region = "eu-west-1" });
    struct stack *there =
        stack_new(app_node(*state), "There", &(struct stack_props){ .region = "us-east-1" });

    output_new(there->node, "Out", &(struct output_props){ .value = ref(topic(here->node, "Topic")) });
    assert_refused(*state, "There", "of another account or region");
}

static void bad_stack_names(void **state)
{
    char long_name[140] = { 0 };

    memset(long_name, 'a', sizeof(long_name) - 1);
    stack_new(app_node(*state), "Ok", &(struct stack_props){ .stack_name = "under_score" });
    stack_new(app_node(*state), "Long", &(struct stack_props){ .stack_name = long_name });
    assert_refused(*state, "Ok", "'under_score' must begin with a letter");
    assert_true(has_diag(*state, DIAG_ERROR, "Long", "longer than 128"));
}

static void all_errors_are_reported_at_once(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    diag_error(stack->node, "first");
    topic(stack->node, "Same");
    topic(stack->node, "Same");
    output_new(stack->node, "Nothing", &(struct output_props){ 0 });
    assert_refused(*state, "Stack/Nothing", "no value");
    assert_true(has_diag(*state, DIAG_ERROR, "Stack", "first"));
    assert_true(app_diag_count(*state, DIAG_ERROR) >= 3);
}

static void add_topics(struct stack *stack, int count)
{
    for (int i = 0; i < count; i++)
        topic(stack->node, arena_printf(value_arena(), "Topic%d", i));
}

static void limits(void **state)
{
    struct assembly assembly;

    add_topics(stack_of(*state, "Few"), 399);
    add_topics(stack_of(*state, "Many"), 400);
    assert_true(app_synth(*state, &assembly));
    assert_false(has_diag(*state, DIAG_WARNING, "Few", "resources"));
    assert_true(has_diag(*state, DIAG_WARNING, "Many", "400 resources of the 500"));
}

static void too_many_resources(void **state)
{
    add_topics(stack_of(*state, "Stack"), 501);
    assert_refused(*state, "Stack", "501 resources; CloudFormation allows 500");
}

static void too_many_outputs(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    for (int i = 0; i < 201; i++)
        output_new(stack->node, arena_printf(value_arena(), "Out%d", i),
            &(struct output_props){ .value = string("x") });
    assert_refused(*state, "Stack", "201 outputs; CloudFormation allows 200");
}

static void too_large_a_template(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    char *text = arena_alloc(value_arena(), 1000001);

    memset(text, 'x', 1000000);
    resource_new(stack->node, "Big", "AWS::SSM::Parameter",
        object((struct field[]){ { "Value", string(text) }, END }));
    assert_refused(*state, "Stack", "bytes; CloudFormation allows 1000000");
}

static void too_long_an_export_name(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    char name[300] = { 0 };

    memset(name, 'n', sizeof(name) - 1);
    output_new(stack->node, "Out", &(struct output_props){ .value = string("x"), .export_name = name });
    assert_refused(*state, "Stack/Out", "export name");
}

static void note_visit(struct construct *construct, void *data)
{
    struct value *visits = data;

    array_append(visits, string(construct_path(construct)));
}

static void add_tagged_topic(struct construct *construct, void *data)
{
    (void)data;
    if (strcmp(construct_path(construct), "Stack") == 0)
        topic(construct, "FromAspect");
}

static void aspects_run_by_priority_and_see_what_others_add(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    struct value *visits = array();
    struct assembly assembly;

    aspect_add(app_node(*state), note_visit, visits, ASPECT_READONLY);
    aspect_add(stack->node, add_tagged_topic, NULL, ASPECT_MUTATING);
    assert_true(app_synth(*state, &assembly));
    assert_int_equal(value_length(visits), 3);
    assert_string_equal(value_string(array_at(visits, 2)), "Stack/FromAspect");
    assert_non_null(strstr(assembly.stacks[0].template_text, "FromAspect"));
}

static void context_is_inherited(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    struct construct *inner = construct_new(stack->node, "Inner", "Construct");

    construct_set_context(app_node(*state), "key", string("root"));
    assert_string_equal(value_string(construct_context(inner, "key")), "root");
    construct_set_context(stack->node, "key", boolean(true));
    assert_true(construct_context_flag(inner, "key"));
    assert_null(construct_context(inner, "other"));
}

static void fail_validation(struct construct *construct, void *data)
{
    diag_error(construct, "%s", (const char *)data);
}

static void validations_run(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");

    construct_add_validation(stack->node, fail_validation, (void *)"never valid");
    assert_refused(*state, "Stack", "never valid");
}

static bool never(void *data)
{
    (void)data;
    return false;
}

static void unwanted_resources_are_left_out(void **state)
{
    struct stack *stack = stack_of(*state, "Stack");
    struct resource *unwanted = topic(stack->node, "Unwanted");
    struct assembly assembly;

    resource_set_condition_to_synthesize(unwanted, never, NULL);
    resource_add_dependency(topic(stack->node, "Wanted"), unwanted);
    assert_true(app_synth(*state, &assembly));
    assert_null(strstr(assembly.stacks[0].template_text, "Unwanted"));
    assert_null(strstr(assembly.stacks[0].template_text, "DependsOn"));
}

static void zones_of_a_known_environment_are_asked_for(void **state)
{
    struct stack *stack = stack_new(
        app_node(*state), "Stack", &(struct stack_props){ .account = "111122223333", .region = "eu-west-1" });
    struct assembly assembly;

    assert_string_equal(value_string(array_at(stack_availability_zones(stack), 0)), "dummy1a");
    stack_availability_zones(stack);
    assert_true(app_synth(*state, &assembly));
    assert_int_equal(value_length(assembly.missing), 1);
    assert_string_equal(value_string(object_get(array_at(assembly.missing, 0), "key")),
        "availability-zones:account=111122223333:region=eu-west-1");
}

static void bad_qualifiers(void **state)
{
    construct_set_context(
        app_node(*state), "@aws-cdk/core:bootstrapQualifier", string("much-too-long-for-one"));
    stack_of(*state, "Stack");
    assert_refused(*state, "Stack", "bootstrapQualifier");
}

static void suppression_without_reason(void **state)
{
    struct app *app = *state;
    struct resource *resource = topic(stack_of(app, "S")->node, "Topic");

    policy_suppress(resource_node(resource), "AwsSolutions-SNS3", " ");
    assert_refused(app, "S/Topic", "the suppression of 'AwsSolutions-SNS3' has no reason");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_app, drop_app)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_logical_ids),
        TEST(nothing_but_default),
        TEST(stack_of_nothing_but_default),
        TEST(default_does_not_count_in_names),
        TEST(default_with_a_logical_id_of_its_own),
        TEST(bad_logical_ids),
        TEST(equal_ids),
        TEST(empty_ids),
        TEST(resources_outside_of_stacks),
        TEST(cycles_of_stacks),
        TEST(other_environments),
        TEST(bad_stack_names),
        TEST(suppression_without_reason),
        TEST(all_errors_are_reported_at_once),
        TEST(limits),
        TEST(too_many_resources),
        TEST(too_many_outputs),
        TEST(too_large_a_template),
        TEST(too_long_an_export_name),
        TEST(aspects_run_by_priority_and_see_what_others_add),
        TEST(context_is_inherited),
        TEST(validations_run),
        TEST(unwanted_resources_are_left_out),
        TEST(zones_of_a_known_environment_are_asked_for),
        TEST(bad_qualifiers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

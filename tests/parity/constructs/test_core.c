// SPDX-License-Identifier: MIT
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "cdk/tags.h"
#include "cdk/unit.h"
#include "parity/constructs/parity.h"

#include <string.h>

static struct stack *other(struct stack *stack)
{
    return stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
}

static struct resource *topic(struct construct *scope, const char *id)
{
    return resource_new(scope, id, "AWS::SNS::Topic", NULL);
}

static void plain_resource(struct stack *stack)
{
    struct resource *first = resource_new(stack->node, "First", "AWS::SNS::Topic",
        object((struct field[]){ { "TopicName", string("first") }, { "Nothing", NULL }, END }));
    struct resource *second = topic(construct_new(stack->node, "Group/With Slash", "Construct"), "Resource");

    resource_add_dependency(second, first);
    resource_apply_removal_policy(second, REMOVAL_POLICY_RETAIN);
    output_new(stack->node, "Name",
        &(struct output_props){
            .value = concatf("%v-%v", ref(first), get_att(second, "TopicName")),
            .description = "both",
            .export_name = "names",
        });
}

static void cross_stack(struct stack *stack)
{
    struct resource *producer = topic(stack->node, "Topic");

    resource_new(other(stack)->node, "Subscription", "AWS::SNS::Subscription",
        object((struct field[]){
            { "TopicArn", ref(producer) },
            { "Endpoint", concatf("x-%v/%v", get_att(producer, "TopicName"), ref(producer)) },
            { "Protocol", string("sqs") },
            END,
        }));
}

// A text, a part of a text, the same again, and a list.
static void refer_across_stacks(struct stack *stack)
{
    struct resource *producer = topic(stack->node, "Topic");
    struct resource *vpc = resource_new(stack->node, "Vpc", "AWS::EC2::VPC", object((struct field[]){ END }));
    struct stack *consumer = other(stack);

    resource_new(consumer->node, "Subscription", "AWS::SNS::Subscription",
        object((struct field[]){
            { "TopicArn", ref(producer) },
            { "Endpoint", concatf("x-%v/%v", get_att(producer, "TopicName"), ref(producer)) },
            { "Protocol", string("sqs") },
            END,
        }));
    resource_new(consumer->node, "List", "AWS::SSM::Parameter",
        object((struct field[]){
            { "Type", string("StringList") },
            { "Value", fn_join(",", get_att_list(vpc, "CidrBlockAssociations")) },
            END,
        }));
    // What is exported by hand stays so, however others refer to it.
    stack_export_value(stack, get_att(producer, "TopicName"));
}

static void refer_from(struct stack *stack, const struct stack_props *props)
{
    struct resource *producer = topic(stack->node, "Topic");
    struct stack *consumer = stack_new(construct_scope(stack->node), "Other", props);

    output_new(consumer->node, "Reference", &(struct output_props){ .value = ref(producer) });
}

static void refer_in_region(struct stack *stack)
{
    refer_from(stack, &(struct stack_props){ .region = "eu-west-1" });
}

static void refer_across_regions(struct stack *stack)
{
    refer_from(stack, &(struct stack_props){ .account = "123456789012", .region = "eu-west-1" });
}

static void parameter(struct stack *stack)
{
    struct value *size = parameter_new(stack->node, "Size",
        &(struct parameter_props){ .type = "Number", .default_value = number(3), .description = "how many" });

    output_new(stack->node, "Own", &(struct output_props){ .value = size });
    output_new(other(stack)->node, "Foreign", &(struct output_props){ .value = concatf("x%v", size) });
}

static struct value *json_sample(struct resource *producer)
{
    struct value *list =
        array_of((struct value *[]){ number(1), boolean(true), null(), ref(producer), NULL });

    return object((struct field[]){
        { "a", list },
        { "k\"é", concatf("pre-%v-\"quoted\"", ref(producer)) },
        { "empty", object((struct field[]){ END }) },
        { "none", array() },
        END,
    });
}

static void joins(struct stack *stack)
{
    struct resource *producer = topic(stack->node, "Topic");
    struct value *inner = concatf("y%v", ref(producer));
    struct value *nested = array_of((struct value *[]){ string("x"), inner, string("z"), NULL });

    resource_new(stack->node, "Texts", "AWS::SSM::Parameter",
        object((struct field[]){
            { "Value",
                fn_join(",",
                    array_of((struct value *[]){
                        string("a"), string("b"), ref(producer), string("c"), string("d"), NULL })) },
            { "Name", fn_join(",", strings((const char *[]){ "a", "b", NULL })) },
            { "Nested", fn_join("", nested) },
            { "Other", fn_join("-", nested) },
            { "One", fn_join("-", array_of((struct value *[]){ ref(producer), NULL })) },
            { "Json", json_text(json_sample(producer)) },
            END,
        }));
}

static void values(struct stack *stack)
{
    struct resource *target = topic(stack->node, "Topic");
    struct construct *group = construct_new(stack->node, "Group", "Construct");
    struct value *reference = get_att(target, "TopicName"), *children = array();

    resource_set_update_replace_policy(target, REMOVAL_POLICY_RETAIN);
    topic(group, "One");
    topic(group, "Two");
    for (size_t i = 0; i < construct_child_count(group); i++)
        array_append(children, string(construct_id(construct_child_at(group, i))));
    output_new(stack->node, "Joined",
        &(struct output_props){ .value = concat((struct value *[]){ string("in "), aws_stack_id(), NULL }) });
    output_new(stack->node, "Minutes", &(struct output_props){ .value = json_text(minutes_value(hours(2))) });
    output_new(stack->node, "Children", &(struct output_props){ .value = fn_join(",", children) });
    output_new(stack->node, "Reference",
        &(struct output_props){
            .value = concatf("%s.%s", construct_id(resource_node(reference_target(reference))),
                reference_attribute(reference)),
        });
}

static struct value *tag(const char *key, const char *value)
{
    return object((struct field[]){ { "Key", string(key) }, { "Value", string(value) }, END });
}

static void tags(struct stack *stack)
{
    static const char *const parameters[] = { "AWS::SSM::Parameter", NULL },
                             *const topics[] = { "AWS::SNS::Topic", NULL };
    struct resource *tagged;

    resource_new(stack->node, "Untaggable", "AWS::SNS::Subscription",
        object((struct field[]){ { "Protocol", string("sqs") }, END }));
    tagged = resource_new(stack->node, "Topic", "AWS::SNS::Topic",
        object((struct field[]){
            { "Tags", array_of((struct value *[]){ tag("own", "first"), tag("Team", "kept"), NULL }) },
            { "TopicName", string("t") },
            END,
        }));
    resource_new(stack->node, "Map", "AWS::SSM::Parameter",
        object((struct field[]){ { "Type", string("String") }, { "Value", string("v") }, END }));
    resource_new(stack->node, "Group", "AWS::AutoScaling::AutoScalingGroup",
        object((struct field[]){ { "MaxSize", string("1") }, { "MinSize", string("0") }, END }));
    tags_add(stack->node, "Team", "core", NULL);
    tags_add(stack->node, "zone", "b", &(struct tag_options){ .exclude_resource_types = parameters });
    tags_add(stack->node, "only", "topics",
        &(struct tag_options){ .include_resource_types = topics, .not_to_launched_instances = true });
    tags_remove(resource_node(tagged), "own", NULL);
    tags_add(resource_node(tagged), "Team", "closer", NULL);
}

static struct construct *pair(struct stack *stack, const char *id)
{
    struct construct *scope = construct_new(stack->node, id, "Construct");

    topic(scope, "One");
    topic(scope, "Two");
    return scope;
}

static void dependencies(struct stack *stack)
{
    struct construct *b = pair(stack, "B");

    construct_add_dependency(b, pair(stack, "a"));
    construct_add_dependency(b, pair(stack, "C"));
}

static struct construct *long_construct(struct construct *scope, char letter)
{
    char id[131] = { 0 };

    memset(id, letter, sizeof(id) - 1);
    return construct_new(scope, id, "Construct");
}

static void long_names(struct stack *stack)
{
    struct construct *inner = long_construct(long_construct(stack->node, 'A'), 'B');
    struct resource *producer;

    topic(inner, "Default");
    producer = topic(inner, "Resource");
    topic(construct_new(stack->node, "RepeatRepeat", "Construct"), "Repeat");
    output_new(
        other(stack)->node, "Reference", &(struct output_props){ .value = get_att(producer, "TopicName") });
}

static void qualifier(struct stack *stack)
{
    topic(stack->node, "Topic");
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "core-resource", plain_resource },
        { "core-cross-stack", cross_stack },
        { "core-references-strong", refer_across_stacks },
        { "core-references-weak", refer_across_stacks },
        { "core-references-both", refer_in_region },
        { "core-references-weak-across-regions", refer_across_regions },
        { "core-joins", joins },
        { "core-parameter", parameter },
        { "core-values", values },
        { "core-tags", tags },
        { "core-dependencies", dependencies },
        { "core-long-names", long_names },
        { "core-qualifier", qualifier },
        { NULL, NULL },
    };

    return parity_main("core", cases, argc, argv);
}

// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"

#include "data/bootstrap.h"

// As the CDK's default stack synthesizer adds them (stack-synthesizers/stack-synthesizer.ts).
void bootstrap_version_add(struct stack *stack)
{
    struct value *too_old = array();
    struct value *version;
    struct value *assertion;

    version = parameter_new(stack->node, "BootstrapVersion",
        &(struct parameter_props){
            .type = "AWS::SSM::Parameter::Value<String>",
            .default_value = string(stack_specialize(stack, "/cdk-bootstrap/%q/version")),
            .description = "Version of the CDK Bootstrap resources in this environment, automatically "
                           "retrieved from SSM Parameter Store. [cdk:skip]",
        });
    for (int i = 1; i < BOOTSTRAP_FOR_DEPLOYMENT; i++)
        array_append(too_old, stringf("%d", i));
    assertion = object(
        (struct field[]){ { "Fn::Contains", array_of((struct value *[]){ too_old, version, NULL }) }, END });
    assertion = object((struct field[]){
        { "Assert",
            object((struct field[]){ { "Fn::Not", array_of((struct value *[]){ assertion, NULL }) }, END }) },
        { "AssertDescription",
            stringf("CDK bootstrap stack version %d required. Please run 'cdk bootstrap' with a recent "
                    "version of the CDK CLI.",
                BOOTSTRAP_FOR_DEPLOYMENT) },
        END,
    });
    element_new(stack->node, "CheckBootstrapVersion", "CfnRule", ELEMENT_RULE,
        object((struct field[]){ { "Assertions", array_of((struct value *[]){ assertion, NULL }) }, END }));
}

// SPDX-License-Identifier: MIT
#include "validate/properties/packages.h"

#include "util/array.h"

#include <string.h>

static const struct {
    const char *type, *place;
} places[] = {
    { "AWS::ApiGateway::RestApi", "BodyS3Location" },
    { "AWS::AppSync::FunctionConfiguration", "RequestMappingTemplateS3Location" },
    { "AWS::AppSync::FunctionConfiguration", "ResponseMappingTemplateS3Location" },
    { "AWS::AppSync::GraphQLSchema", "DefinitionS3Location" },
    { "AWS::AppSync::Resolver", "RequestMappingTemplateS3Location" },
    { "AWS::AppSync::Resolver", "ResponseMappingTemplateS3Location" },
    { "AWS::CloudFormation::Stack", "TemplateURL" },
    { "AWS::CodeCommit::Repository", "Code/S3" },
    { "AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle" },
    { "AWS::Lambda::Function", "Code" },
    { "AWS::Lambda::LayerVersion", "Content" },
    { "AWS::StepFunctions::StateMachine", "DefinitionS3Location" },
};

void packaged_places_each(struct validator *validator, const struct node *node, place_visitor *visit)
{
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; i < ARRAY_SIZE(places); i++)
        if (strcmp(places[i].type, resource->type) == 0)
            validator_each_at(validator, &resource->properties, places[i].place, visit, NULL);
}

// The keys from the properties on, without the branches of Fn::If.
static bool is_at(const struct node *node, const char *place, size_t length)
{
    while (node && (!node->key || strcmp(node->key, "Fn::If") == 0))
        node = node->parent;
    if (!node || length == 0)
        return node && strcmp(node->key, "Properties") == 0;
    for (size_t start = length; start > 0; start--) {
        if (place[start - 1] != '/' && start > 1)
            continue;
        start = place[start - 1] == '/' ? start : 0;
        return strlen(node->key) == length - start &&
            strncmp(node->key, place + start, length - start) == 0 &&
            is_at(node->parent, place, start ? start - 1 : 0);
    }
    return false;
}

bool place_is_packaged(const struct template_resource *resource, const struct node *node)
{
    for (size_t i = 0; resource && node_string(node) && i < ARRAY_SIZE(places); i++)
        if (strcmp(places[i].type, resource->type) == 0 &&
            is_at(node, places[i].place, strlen(places[i].place)))
            return true;
    return false;
}

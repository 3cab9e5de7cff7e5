// SPDX-License-Identifier: MIT
// What works and is unwise, or is silently ignored: warnings about single places.
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/packages.h"
#include "validate/properties/places.h"
#include "validate/properties/regex.h"

#include <string.h>
#include <strings.h>

struct resource_place {
    const char *type;
    const char *place;
};

// Calls `visit` for the resource's places in a table.
static void each_place(struct validator *validator, const struct node *node,
    const struct resource_place *places, size_t count, place_visitor *visit)
{
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; i < count; i++)
        if (strcmp(places[i].type, resource->type) == 0)
            validator_each_at(validator, &resource->properties, places[i].place, visit, NULL);
}

static const char *parameter_name(struct validator *validator, const struct node *node)
{
    struct node name = node_argument(node);

    return node_is_function(node, "Ref") && node_string(&name) &&
            validator_parameter(validator, node_string(&name))
        ? node_string(&name)
        : NULL;
}

static const struct resource_place secrets[] = {
    { "AWS::DirectoryService::MicrosoftAD", "Password" },
    { "AWS::DirectoryService::SimpleAD", "Password" },
    { "AWS::ElastiCache::ReplicationGroup", "AuthToken" },
    { "AWS::IAM::User", "LoginProfile/Password" },
    { "AWS::KinesisFirehose::DeliveryStream", "RedshiftDestinationConfiguration/Password" },
    { "AWS::OpsWorks::App", "AppSource/Password" },
    { "AWS::OpsWorks::Stack", "RdsDbInstances/*/DbPassword" },
    { "AWS::OpsWorks::Stack", "CustomCookbooksSource/Password" },
    { "AWS::RDS::DBCluster", "MasterUserPassword" },
    { "AWS::RDS::DBInstance", "MasterUserPassword" },
    { "AWS::Redshift::Cluster", "MasterUserPassword" },
};

static void check_secret(struct judge *judge, const struct node *node, void *data)
{
    const char *name = parameter_name(judge->validator, node);

    (void)data;
    if (name)
        report(judge->validator, "W1011", node, "the secret is a parameter, '%s'", name);
}

static const struct resource_place zones[] = {
    { "AWS::AutoScaling::AutoScalingGroup", "AvailabilityZones/*" },
    { "AWS::DAX::Cluster", "AvailabilityZones/*" },
    { "AWS::DMS::ReplicationInstance", "AvailabilityZone" },
    { "AWS::EC2::Host", "AvailabilityZone" },
    { "AWS::EC2::Instance", "AvailabilityZone" },
    { "AWS::EC2::LaunchTemplate", "LaunchTemplateData/Placement/AvailabilityZone" },
    { "AWS::EC2::SpotFleet", "SpotFleetRequestConfigData/LaunchSpecifications/*/Placement/AvailabilityZone" },
    { "AWS::EC2::SpotFleet",
        "SpotFleetRequestConfigData/LaunchTemplateConfigs/*/Overrides/*/AvailabilityZone" },
    { "AWS::EC2::Subnet", "AvailabilityZone" },
    { "AWS::EC2::Volume", "AvailabilityZone" },
    { "AWS::ElasticLoadBalancing::LoadBalancer", "AvailabilityZones/*" },
    { "AWS::ElasticLoadBalancingV2::TargetGroup", "Targets/*/AvailabilityZone" },
    { "AWS::EMR::Cluster", "Instances/Placement/AvailabilityZone" },
    { "AWS::Glue::Connection", "ConnectionInput/PhysicalConnectionRequirements/AvailabilityZone" },
    { "AWS::OpsWorks::Instance", "AvailabilityZone" },
    { "AWS::RDS::DBCluster", "AvailabilityZones/*" },
    { "AWS::RDS::DBInstance", "AvailabilityZone" },
};

// The CDK looks zones up and writes them into the template, which it marks in one of these ways.
static bool is_of_cdk(struct validator *validator)
{
    if (validator_parameter(validator, "BootstrapVersion"))
        return true;
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);

        if (strcmp(resource->type, "AWS::CDK::Metadata") == 0 ||
            object_get(object_get(resource->node->value, "Metadata"), "aws:cdk:path"))
            return true;
    }
    return false;
}

static void check_zone(struct judge *judge, const struct node *node, void *data)
{
    const char *zone = node_string(node);

    (void)data;
    // A choice is not fixed.
    if (zone && !judge->assumptions && strcmp(zone, "all") != 0 && !is_of_cdk(judge->validator))
        report(judge->validator, "W3010", node, "the availability zone '%s' is fixed", zone);
}

static const struct resource_place images[] = {
    { "AWS::AutoScaling::LaunchConfiguration", "ImageId" },
    { "AWS::Batch::ComputeEnvironment", "ComputeResources/ImageId" },
    { "AWS::Cloud9::EnvironmentEC2", "ImageId" },
    { "AWS::EC2::Instance", "ImageId" },
    { "AWS::EC2::LaunchTemplate", "LaunchTemplateData/ImageId" },
    { "AWS::EC2::SpotFleet", "SpotFleetRequestConfigData/LaunchSpecifications/*/ImageId" },
    { "AWS::ImageBuilder::Image", "ImageId" },
};

static void check_image(struct judge *judge, const struct node *node, void *data)
{
    const char *name = parameter_name(judge->validator, node);
    struct node parameters = node_get(validator_template(judge->validator), "Parameters");
    struct node parameter = node_get(&parameters, name ? name : ""), type = node_get(&parameter, "Type");

    (void)data;
    if (name && node_string(&type) && strcmp(node_string(&type), "AWS::EC2::Image::Id") != 0 &&
        strcmp(node_string(&type), "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>") != 0)
        report(judge->validator, "W2506", &type, "parameter '%s' is the id of an image, and its type is '%s'",
            name, node_string(&type));
}

static void check_packaged(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);

    (void)data;
    if (text && strncmp(text, "s3://", 5) != 0 && strncmp(text, "https://", 8) != 0 &&
        !validator_has_transform(judge->validator, "AWS::Serverless-2016-10-31"))
        report(judge->validator, "W3002", node,
            "'%s' is a file, which 'aws cloudformation package' has to upload", text);
}

static const struct resource_place devices[] = {
    { "AWS::EC2::Instance", "BlockDeviceMappings/*" },
    { "AWS::EC2::LaunchTemplate", "LaunchTemplateData/BlockDeviceMappings/*" },
    { "AWS::EC2::SpotFleet", "SpotFleetRequestConfigData/LaunchSpecifications/*/BlockDeviceMappings/*" },
    { "AWS::AutoScaling::LaunchConfiguration", "BlockDeviceMappings/*" },
    { "AWS::OpsWorks::Instance", "BlockDeviceMappings/*" },
};

static bool is_any_of(const char *text, const char *const *all, size_t count)
{
    for (size_t i = 0; text && i < count; i++)
        if (strcasecmp(all[i], text) == 0)
            return true;
    return false;
}

static void check_device(struct judge *judge, const struct node *node, void *data)
{
    static const char *const fixed[] = { "gp2", "st1", "sc1", "standard" };
    struct node name = node_get(node, "VirtualName"), volume = node_get(node, "Ebs"),
                rate = node_get(&volume, "Iops");
    const char *type = object_string(volume.value, "VolumeType");

    (void)data;
    if (node_exists(&name) && node_exists(&volume))
        report_key(judge->validator, "W3698", &name, "'VirtualName' is ignored beside 'Ebs'");
    if (node_exists(&rate) && is_any_of(type, fixed, ARRAY_SIZE(fixed)))
        report_key(judge->validator, "W3671", &rate, "'Iops' is ignored for volumes of type '%s'", type);
}

static void check_each_place(struct validator *validator, const struct node *node)
{
    each_place(validator, node, secrets, ARRAY_SIZE(secrets), check_secret);
    each_place(validator, node, zones, ARRAY_SIZE(zones), check_zone);
    each_place(validator, node, images, ARRAY_SIZE(images), check_image);
    packaged_places_each(validator, node, check_packaged);
    each_place(validator, node, devices, ARRAY_SIZE(devices), check_device);
}

// Properties of one type.

static void check_domain(struct validator *validator, const struct node *node)
{
    static const char *const domains[] = { "standard", "vpc" };
    struct node properties = node_get(node, "Properties"), domain = node_get(&properties, "Domain");

    if (node_string(&domain) && !is_any_of(node_string(&domain), domains, ARRAY_SIZE(domains)))
        report(validator, "W3700", &domain, "'%s' counts as 'vpc'", node_string(&domain));
}

static void check_parameter(struct validator *validator, const struct node *node)
{
    struct node properties = node_get(node, "Properties"), name = node_get(&properties, "Name");

    if (node_string(&name) &&
        regex_search("^(?i)((?!aws|ssm)[\\w.-]+|\\/(?!aws|ssm)[\\w.-]+(\\/[\\w.-]+)*)$",
            node_string(&name)) == REGEX_NO_MATCH)
        report(validator, "W3701", &name, "'%s' begins with a name that AWS keeps for itself, or is none",
            node_string(&name));
}

static void check_replica_mode(struct validator *validator, const struct node *node)
{
    static const char *const engines[] = { "oracle", "custom-oracle", "db2" };
    struct node properties = node_get(node, "Properties"), mode = node_get(&properties, "ReplicaMode");
    const char *engine = object_string(properties.value, "Engine");

    for (size_t i = 0; engine && i < ARRAY_SIZE(engines); i++)
        if (strncasecmp(engine, engines[i], strlen(engines[i])) == 0)
            return;
    if (engine && node_exists(&mode))
        report_key(validator, "W3699", &mode, "'ReplicaMode' is ignored with the engine '%s'", engine);
}

static void check_access_control(struct judge *judge, const struct node *bucket, void *data)
{
    struct node control = node_get(bucket, "AccessControl");

    (void)data;
    // Logs of CloudFront still need it ("Standard logging (legacy): permissions").
    if (node_exists(&control) &&
        strcmp(object_string_or_empty(bucket->value, "AccessControl"), "LogDeliveryWrite") != 0)
        report(judge->validator, "W3045", &control, "'AccessControl' is what bucket policies have replaced");
}

static void check_bucket(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "AccessControl", NULL };
    const struct template_resource *bucket = node_resource(validator, node);

    validator_each_scenario(validator, &bucket->properties, names, check_access_control, NULL);
}

// Passwords, wherever a property has such a name.

static const char *const passwords[] = { "AccountPassword", "AdminPassword", "ADDomainJoinPassword",
    "CrossRealmTrustPrincipalPassword", "KdcAdminPassword", "Password", "DbPassword", "MasterUserPassword",
    "PasswordParam" };

static bool is_password(const char *key)
{
    size_t length;

    if (!strchr("ACKPDM", *key))
        return false;
    length = strlen(key);
    if (strcmp(key, "PasswordParam") != 0 && (length < 8 || strcmp(key + length - 8, "Password") != 0))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(passwords); i++)
        if (strcmp(passwords[i], key) == 0)
            return true;
    return false;
}

static void check_password_parameter(struct validator *validator, const char *name, const char *property)
{
    struct node parameters = node_get(validator_template(validator), "Parameters");
    struct node parameter = node_get(&parameters, name);
    const struct value *hidden = object_get(parameter.value, "NoEcho");

    if (!hidden || (value_type(hidden) == VALUE_BOOLEAN && !value_boolean(hidden)))
        report(validator, "W2501", &parameter, "parameter '%s' is a '%s' and has no NoEcho", name, property);
}

static void check_password(struct validator *validator, const struct node *node)
{
    const char *text = node_string(node), *name = parameter_name(validator, node);

    if (text && strncmp(text, "{{resolve:ssm:", 14) == 0)
        report(validator, "W2501", node, "the password is in a parameter of SSM that is not secure");
    else if (text && strncmp(text, "{{resolve:", 10) != 0)
        report(validator, "W2501", node, "the password is in the template");
    else if (name)
        check_password_parameter(validator, name, node->key);
    else if (node_is_object(node) && node_length(node) != 1)
        report(validator, "W2501", node, "a password is no object");
}

static void check_passwords(struct validator *validator, const struct node *node)
{
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if (child.key && is_password(child.key))
            check_password(validator, &child);
        if (node_is_object(&child) || node_is_array(&child))
            check_passwords(validator, &child);
    }
}

static void check_password_properties(struct validator *validator, const struct node *node)
{
    struct node properties = node_get(node, "Properties");

    check_passwords(validator, &properties);
}

#define PRACTICE(rule_id, rule_title, rule_why, rule_fix, rule_source)                                       \
    {                                                                                                        \
        .id = (rule_id), .severity = SEVERITY_WARNING, .title = (rule_title), .why = (rule_why),             \
        .fix = (rule_fix), .source = (rule_source), .scope = RULE_REPORTED                                   \
    }
#define IGNORED "The resource is not what the template says."

const struct rule practice_rules[] = {
    { "W1011", SEVERITY_WARNING, "a secret is a parameter",
        "Whoever may deploy knows the secret, and it is written down wherever parameters are.",
        "Keep it in Secrets Manager, and read it with {{resolve:secretsmanager:...}}.",
        "Using dynamic references to specify template values", .scope = RULE_RESOURCE,
        .check = check_each_place },
    { "W2501", SEVERITY_WARNING, "a password can be read",
        "Whoever can see the template or the stack knows the password.",
        "Use a dynamic reference; a parameter has NoEcho.", "Security best practices for CloudFormation",
        .scope = RULE_RESOURCE, .check = check_password_properties },
    PRACTICE("W2506", "a parameter that is an image has another type",
        "CloudFormation does not check the value before it deploys.",
        "Give it the type AWS::EC2::Image::Id or AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>.",
        "CloudFormation template Parameters: AWS-specific parameter types"),
    PRACTICE("W3002", "code is a local file", "CloudFormation does not read files.",
        "Deploy what 'aws cloudformation package' makes of the template.", "aws cloudformation package"),
    PRACTICE("W3010", "an availability zone is fixed",
        "The template works in one region, and in one account's zones.", "Use Fn::GetAZs or a parameter.",
        "Fn::GetAZs"),
    { "W3045", SEVERITY_WARNING, "a bucket has an access control list",
        "New buckets have none any more, and policies say better who may do what.",
        "Use AWS::S3::BucketPolicy.",
        "Amazon S3 User Guide: controlling ownership of objects and disabling ACLs", .scope = RULE_RESOURCE,
        .subject = "AWS::S3::Bucket", .check = check_bucket },
    PRACTICE("W3671", "Iops is ignored for the type of volume", IGNORED,
        "Use gp3, io1 or io2, or take Iops out.", "Amazon EBS User Guide: volume types"),
    PRACTICE("W3698", "VirtualName is ignored beside Ebs", IGNORED, "Take one of them out.",
        "AWS::EC2::Instance BlockDeviceMapping"),
    { "W3699", SEVERITY_WARNING, "ReplicaMode is ignored for the engine", IGNORED,
        "Take it out: only Oracle and Db2 have it.", "AWS::RDS::DBInstance", .scope = RULE_RESOURCE,
        .subject = "AWS::RDS::DBInstance", .check = check_replica_mode },
    { "W3700", SEVERITY_WARNING, "an elastic IP address has an unknown domain", "It counts as 'vpc'.",
        "Write 'vpc'.", "AWS::EC2::EIP", .scope = RULE_RESOURCE, .subject = "AWS::EC2::EIP",
        .check = check_domain },
    { "W3701", SEVERITY_WARNING, "the name of a parameter of SSM begins with 'aws' or 'ssm'",
        "AWS keeps these names for itself.", "Give it another name.",
        "AWS Systems Manager User Guide: requirements for parameter names", .scope = RULE_RESOURCE,
        .subject = "AWS::SSM::Parameter", .check = check_parameter },
    RULES_END,
};

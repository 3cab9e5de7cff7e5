// SPDX-License-Identifier: MIT
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "stacks/stacks.h"

#include <string.h>

static void add_outputs(const struct network_stack *self, const struct settings *settings)
{
    const struct ec2_subnet_selection public = { .type = EC2_SUBNET_PUBLIC };
    const struct ec2_subnet_selection private = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };
    struct construct *scope = self->stack.node;
    struct value *public_ids = ec2_vpc_select_subnets(self->vpc, &public).subnet_ids;
    struct value *private_ids = ec2_vpc_select_subnets(self->vpc, &private).subnet_ids;

    tango_output(scope, settings, "VpcId", self->vpc->vpc_id, "VpcId", "VPC");
    tango_output(scope, settings, "PublicSubnets", tango_comma_separated(public_ids), "PublicSubnets",
        "Public subnets, comma separated");
    tango_output(scope, settings, "PrivateSubnets", tango_comma_separated(private_ids), "PrivateSubnets",
        "Private subnets, comma separated");
}

// Where context knows the region's zones, fewer of them than were asked for would be taken in silence.
static void check_zones(struct network_stack *self, const struct settings *settings)
{
    size_t known = value_length(stack_known_availability_zones(&self->stack));

    if (!settings->availability_zones && known && known < (size_t)settings->max_azs)
        diag_error(self->stack.node,
            "context key 'max_azs' must be at most %zu in %s, not %d: it has no more zones", known,
            settings->region, settings->max_azs);
}

// What vpc_endpoints may name, and the id of the endpoint; a gateway costs nothing.
static const struct endpoint {
    const char *service;
    const char *id;
    bool is_gateway;
} endpoints[] = {
    { "s3", "S3", true },
    { "dynamodb", "DynamoDb", true },
    { "ecr.api", "EcrApi", false },
    { "ecr.dkr", "EcrDocker", false },
    { "logs", "Logs", false },
    { "secretsmanager", "SecretsManager", false },
    { "events", "Events", false },
    { "sqs", "Sqs", false },
    { "kms", "Kms", false },
    { "monitoring", "Monitoring", false },
    { "ssmmessages", "SsmMessages", false },
};

// Of all interface endpoints: whoever is in the VPC may ask.
static struct ec2_security_group *endpoint_group_new(struct ec2_vpc *vpc)
{
    struct ec2_security_group *group = ec2_security_group_new(construct_scope(vpc->node), "EndpointSG",
        &(struct ec2_security_group_props){
            .vpc = vpc,
            .description = "Interface endpoints",
            .allow_all_outbound = NO,
        });

    ec2_security_group_add_ingress_rule(
        group, ec2_peer_ipv4("10.0.0.0/16"), ec2_port_tcp(443), "HTTPS from the VPC", false);
    return group;
}

// `group` of the interface endpoints is made with the first of them.
static void add_endpoint(struct ec2_vpc *vpc, const char *service, struct ec2_security_group **group)
{
    const struct endpoint *endpoint = endpoints;

    while (strcmp(endpoint->service, service) != 0)
        endpoint++;
    // Free, and keeps uploads and image layers off the NAT gateways, which bill by the byte.
    if (endpoint->is_gateway) {
        ec2_gateway_vpc_endpoint_new(vpc->node, endpoint->id,
            &(struct ec2_gateway_vpc_endpoint_props){ .vpc = vpc, .service = service });
        return;
    }
    if (!*group)
        *group = endpoint_group_new(vpc);
    // Traffic to the service stays within the VPC.
    ec2_interface_vpc_endpoint_new(vpc->node, endpoint->id,
        &(struct ec2_interface_vpc_endpoint_props){
            .vpc = vpc,
            .service = service,
            .security_groups = (struct ec2_security_group *[]){ *group, NULL },
            .open = NO,
        });
}

// The one bucket that all access logs go to, each kind under a prefix of its own; and those of the network.
static void keep_logs(struct network_stack *self, const struct settings *settings)
{
    const struct s3_lifecycle_rule rule = {
        .transitions =
            (struct s3_transition[]){
                { .storage_class = S3_STORAGE_CLASS_GLACIER_INSTANT_RETRIEVAL, .transition_after = days(90) },
                { 0 },
            },
        .expiration = days(365),
        .abort_incomplete_multipart_upload_after = days(7),
    };

    self->log_bucket = s3_bucket_new(self->stack.node, "LogBucket",
        &(struct s3_bucket_props){
            .block_public_access = s3_block_all(),
            // Load balancers cannot write under a key of KMS.
            .encryption = S3_ENCRYPTION_S3_MANAGED,
            .enforce_ssl = true,
            // CloudFront and S3 write their logs by ACL.
            .object_ownership = S3_OBJECT_OWNERSHIP_BUCKET_OWNER_PREFERRED,
            .lifecycle_rules = (const struct s3_lifecycle_rule *[]){ &rule, NULL },
            .removal_policy = tango_removal_policy(settings, REMOVAL_POLICY_RETAIN),
        });
    tango_delete_objects(settings, self->log_bucket->node);
    ec2_flow_log_new(self->vpc->node, "FlowLog",
        &(struct ec2_flow_log_props){ .vpc = self->vpc, .bucket = self->log_bucket, .key_prefix = "vpc" });
}

void network_stack_init(struct network_stack *self, struct construct *scope, const struct settings *settings)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango network: VPC, subnets, NAT gateway, database security group");
    struct ec2_security_group *endpoint_group = NULL;

    stack_init(&self->stack, scope, tango_name(settings, "Network"), &props);
    check_zones(self, settings);
    self->vpc = ec2_vpc_new(self->stack.node, "TangoVpc",
        &(struct ec2_vpc_props){
            .availability_zones = settings->availability_zones,
            .max_azs = settings->availability_zones ? 0 : settings->max_azs,
            .nat_gateways = count(settings->nat_gateways),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Public", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
                    { .name = "Private", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 24 },
                    { 0 },
                },
        });
    for (size_t i = 0; i < value_length(settings->vpc_endpoints); i++)
        add_endpoint(self->vpc, value_string(array_at(settings->vpc_endpoints, i)), &endpoint_group);
    if (settings->access_logs)
        keep_logs(self, settings);
    // Consumers open it with a stand-alone ingress rule of their own stack, so that no stack depends on a
    // later one.
    self->database_security_group = ec2_security_group_new(self->stack.node, "DatabaseSG",
        &(struct ec2_security_group_props){
            .vpc = self->vpc,
            .description = "Aurora PostgreSQL and its RDS Proxy",
            .allow_all_outbound = NO,
        });
    add_outputs(self, settings);
}

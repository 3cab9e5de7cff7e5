// SPDX-License-Identifier: MIT
#include "cdk/diag.h"
#include "stacks/stacks.h"

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

void network_stack_init(struct network_stack *self, struct construct *scope, const struct settings *settings)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango network: VPC, subnets, NAT gateway, database security group");

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
    // Free, and keeps uploads and image layers off the NAT gateways, which bill by the byte.
    ec2_gateway_vpc_endpoint_new(
        self->vpc->node, "S3", &(struct ec2_gateway_vpc_endpoint_props){ .vpc = self->vpc, .service = "s3" });
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

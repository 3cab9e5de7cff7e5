// SPDX-License-Identifier: MIT
#ifndef STACKS_STACKS_H
#define STACKS_STACKS_H

// The architecture of Tango on one screen: six stacks, what each offers to the others, and in tango.c how
// they connect.
//
//     Network   VPC with public and private subnets, NAT, the database's security group
//     Media     bucket of user uploads behind CloudFront, images transformed at the edge
//     App       Aurora PostgreSQL behind RDS Proxy; the Django API on ECS Fargate behind a load balancer
//     Frontend  React app in a bucket behind CloudFront; /api/* goes to the load balancer
//     Events    event bus, the publisher of the outbox, the audit consumer, their dead letter queues
//     Observability  dashboard, alarms and the topic that they notify
//
// Each stack is made by its init function, reads the settings, and fills its struct; what is not in the
// struct is nobody else's business.

#include "aws/cloudfront.h"
#include "aws/ec2.h"
#include "aws/ecs.h"
#include "aws/elbv2.h"
#include "aws/events.h"
#include "aws/lambda.h"
#include "aws/rds.h"
#include "aws/s3.h"
#include "aws/secretsmanager.h"
#include "aws/sqs.h"
#include "cdk/stack.h"
#include "stacks/settings.h"

struct network_stack {
    struct stack stack;
    struct ec2_vpc *vpc;
    struct s3_bucket *log_bucket;                       // of access logs; NULL when context asks for none
    struct ec2_security_group *database_security_group; // opened by rules of the stacks that need it
};
void network_stack_init(struct network_stack *self, struct construct *scope, const struct settings *settings);

struct media_stack {
    struct stack stack;
    struct s3_bucket *bucket;
    struct cloudfront_distribution *distribution;
};
void media_stack_init(struct media_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network);

// Where the functions find the database: the proxy, or the cluster itself.
struct database_access {
    struct value *host;
    struct value *security_group_id; // that lets them in
    const char *name;                // in descriptions
    const char *authorities; // file in a function's package that knows its certificate; NULL: the usual
};

struct app_stack {
    struct stack stack;
    struct rds_database_cluster *database;
    struct secretsmanager_secret *database_secret;
    struct rds_database_proxy *rds_proxy; // NULL when context asks for none
    struct database_access database_access;
    struct ecs_cluster *cluster;
    struct ecs_service *service;
    struct elbv2_load_balancer *alb;
    struct elbv2_target_group *target_group;
};
void app_stack_init(struct app_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network, const struct media_stack *media);

// The database's part of it (stacks/database.c). `group` is the network's, as this stack may use it.
void app_stack_add_database(struct app_stack *self, const struct settings *settings,
    const struct network_stack *network, struct ec2_security_group *group);

// Lets the group `from` reach PostgreSQL in the group `to`, as a rule of the stack that `scope` is in.
void tango_open_postgres(
    struct construct *scope, const char *id, struct value *to, struct value *from, const char *description);

struct frontend_stack {
    struct stack stack;
    struct cloudfront_distribution *distribution;
};
void frontend_stack_init(struct frontend_stack *self, struct construct *scope,
    const struct settings *settings, const struct network_stack *network, const struct app_stack *app);

struct events_stack {
    struct stack stack;
    struct events_event_bus *bus;
    struct lambda_function *publisher;
    struct lambda_function *audit_consumer;
    struct sqs_queue *publisher_dlq;
    struct sqs_queue *audit_dlq;
    // What others need of these are their names, which are known: an import would keep them from ever being
    // changed.
    const char *publisher_name, *audit_consumer_name, *audit_rule_name;
    const char *publisher_dlq_name, *audit_dlq_name;
};
void events_stack_init(struct events_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network, const struct app_stack *app);

struct tango;
struct observability_stack {
    struct stack stack;
};
// Looks at all that is in `tango` by then.
void observability_stack_init(struct observability_stack *self, struct construct *scope,
    const struct settings *settings, const struct tango *tango);

struct tango {
    struct network_stack network;
    struct media_stack media;
    struct app_stack app;
    struct frontend_stack frontend;
    struct events_stack events;
    struct observability_stack observability;
};

// Accepts what the rules of good practice find in the production profile and what is meant to be so. In other
// profiles there is more to find than that, and nothing is accepted.
void tango_accept_findings(const struct tango *tango, const struct settings *settings);

// Builds the whole app. Mistakes in the settings are errors in its diags; with any, there are no stacks.
struct app *tango_new(const struct value *context);

#endif

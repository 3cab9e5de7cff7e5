// SPDX-License-Identifier: MIT
// What the rules of good practice find and what is meant to be so.
#include "cdk/construct.h"
#include "cdk/policy.h"
#include "stacks/stacks.h"
#include "util/array.h"

#include <string.h>

enum stack_index { NO_STACK, NETWORK, MEDIA, APP, FRONTEND, EVENTS };

struct accepted_place {
    enum stack_index stack;
    const char *path;
};

#define TEXTS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define MANAGED_POLICY(name)                                                                                 \
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/" name "]"

static const struct accepted {
    const char *const *findings; // end with NULL
    const char *reason;
    const struct accepted_place *places; // that context does not leave out; end with NO_STACK
} accepted[] = {
    { TEXTS(MANAGED_POLICY("AWSLambdaBasicExecutionRole")),
        "It lets a function write its log, and nothing else",
        (const struct accepted_place[]){ { MEDIA, "OriginRequestLambda/ServiceRole" },
            { MEDIA, "OriginResponseLambda/ServiceRole" }, { EVENTS, "EventPublisher/ServiceRole" },
            { EVENTS, "AuditConsumer/ServiceRole" }, { NO_STACK, NULL } } },
    { TEXTS(MANAGED_POLICY("AWSLambdaVPCAccessExecutionRole")),
        "It lets a function reach its subnets, and nothing else",
        (const struct accepted_place[]){ { EVENTS, "EventPublisher/ServiceRole" },
            { EVENTS, "AuditConsumer/ServiceRole" }, { NO_STACK, NULL } } },
    { TEXTS(MANAGED_POLICY("AmazonRDSEnhancedMonitoringRole")),
        "It lets RDS write what it measures, and nothing else",
        (const struct accepted_place[]){ { APP, "TangoDatabase/MonitoringRole" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-IAM5[Action::s3:Abort*]", "AwsSolutions-IAM5[Action::s3:DeleteObject*]",
          "AwsSolutions-IAM5[Action::s3:GetBucket*]", "AwsSolutions-IAM5[Action::s3:GetObject*]",
          "AwsSolutions-IAM5[Action::s3:List*]", "AwsSolutions-IAM5[Resource::<MediaBucketBCBB02BA.Arn>/*]"),
        "The wildcards are the kinds of reading and writing there are, in the one media bucket",
        (const struct accepted_place[]){ { MEDIA, "OriginResponseLambda/ServiceRole" },
            { APP, "TangoBackendTask/TaskRole" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-IAM5[Resource::*]"),
        "AWS ties signing in to ECR and sessions of ECS Exec to no resource",
        (const struct accepted_place[]){ { APP, "TangoBackendTask/TaskRole" },
            { APP, "TangoBackendTask/ExecutionRole" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-EC23"), "It is open to the users of a public API",
        (const struct accepted_place[]){
            { APP, "TangoBackendService/LB/SecurityGroup" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-SMG4"),
        "The API reads the password at its start, and would be shut out by a rotation: docs/runbook.md says how to change it",
        (const struct accepted_place[]){
            { APP, "TangoDatabase/Secret" }, { APP, "TangoDatabase/SnapshotSecret" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-S1"),
        "It takes the access logs of the others; its own would fill it with themselves",
        (const struct accepted_place[]){ { NETWORK, "LogBucket" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-CFR1"), "Users may be anywhere",
        (const struct accepted_place[]){
            { MEDIA, "MediaDistribution" }, { FRONTEND, "FrontendDistribution" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-CFR4"),
        "Without a domain of its own, CloudFront decides which versions of TLS it takes",
        (const struct accepted_place[]){ { MEDIA, "MediaDistribution" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-ECS2"),
        "The variables are names and addresses; what is secret comes from Secrets Manager",
        (const struct accepted_place[]){ { APP, "TangoBackendTask/Resource" }, { NO_STACK, NULL } } },
    { TEXTS("AwsSolutions-SQS3"),
        "It is a dead letter queue itself: the publisher sends what it has given up",
        (const struct accepted_place[]){ { EVENTS, "EventPublisherDLQ" }, { NO_STACK, NULL } } },
};

// NULL when context leaves it out.
static struct construct *find(struct construct *scope, const char *path)
{
    while (scope && *path) {
        size_t length = strcspn(path, "/");

        scope = construct_child(scope, arena_printf(value_arena(), "%.*s", (int)length, path));
        path += length + (path[length] == '/');
    }
    return scope;
}

// What is read in a template of another stack's bucket is the name of its export.
static void accept_imported_media(const struct tango *tango, const struct settings *settings)
{
    struct construct *role = find(tango->app.stack.node, "TangoBackendTask/TaskRole");
    const char *name = tango_name(settings, "Media:ExportsOutputFnGetAttMediaBucketBCBB02BAArnB94B784B/*");

    policy_suppress(role, arena_printf(value_arena(), "AwsSolutions-IAM5[Resource::%s]", name),
        "All that is in the one media bucket");
}

void tango_accept_findings(const struct tango *tango, const struct settings *settings)
{
    struct construct *const stacks[] = {
        [NETWORK] = tango->network.stack.node,
        [MEDIA] = tango->media.stack.node,
        [APP] = tango->app.stack.node,
        [FRONTEND] = tango->frontend.stack.node,
        [EVENTS] = tango->events.stack.node,
    };

    if (strcmp(settings->profile, "production") != 0)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(accepted); i++)
        for (const struct accepted_place *place = accepted[i].places; place->stack != NO_STACK; place++) {
            struct construct *construct = find(stacks[place->stack], place->path);

            for (const char *const *finding = accepted[i].findings; construct && *finding; finding++)
                policy_suppress(construct, *finding, accepted[i].reason);
        }
    accept_imported_media(tango, settings);
}

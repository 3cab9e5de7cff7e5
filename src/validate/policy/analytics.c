// SPDX-License-Identifier: MIT
// EMR, Glue, Kinesis, MSK, QuickSight.
#include "data/value.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>
#include <strings.h>

// Security configurations, which clusters, crawlers and jobs refer to or name.

typedef bool is_secure(struct policy_case *policy, const struct template_resource *configuration);

static enum verdict judge_configuration(
    struct policy_case *policy, const char *property, const char *type, is_secure *check)
{
    const struct value *wanted = policy_target(policy_property(policy, property));
    const struct template_resource *found;

    for (size_t index = 0; wanted && (found = policy_next(policy, type, &index));)
        if ((policy_is(wanted, found->id) ||
                policy_same(policy_property_of(policy, found, "Name"), wanted)) &&
            check(policy, found))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static bool emr_enables(struct policy_case *policy, const struct template_resource *found,
    const char *switch_name, const char *path)
{
    const struct value *configuration = policy_property_of(policy, found, "SecurityConfiguration");
    const struct value *enabled = policy_optional(configuration, switch_name);

    return enabled && value_type(enabled) == VALUE_BOOLEAN && value_boolean(enabled) &&
        policy_optional(configuration, path);
}

static bool encrypts_disks(struct policy_case *policy, const struct template_resource *found)
{
    return emr_enables(policy, found, "EnableAtRestEncryption",
        "AtRestEncryptionConfiguration/LocalDiskEncryptionConfiguration/EncryptionKeyProviderType");
}

static bool encrypts_transit(struct policy_case *policy, const struct template_resource *found)
{
    return emr_enables(policy, found, "EnableInTransitEncryption",
        "InTransitEncryptionConfiguration/TLSCertificateConfiguration/CertificateProviderType");
}

static enum verdict judge_emr4(struct policy_case *policy)
{
    return judge_configuration(
        policy, "SecurityConfiguration", "AWS::EMR::SecurityConfiguration", encrypts_disks);
}

static enum verdict judge_emr5(struct policy_case *policy)
{
    return judge_configuration(
        policy, "SecurityConfiguration", "AWS::EMR::SecurityConfiguration", encrypts_transit);
}

static enum verdict judge_emr6(struct policy_case *policy)
{
    if (policy_property(policy, "KerberosAttributes"))
        return COMPLIANT;
    return policy_member(policy, policy_property(policy, "Instances"), "Ec2KeyName") ? COMPLIANT
                                                                                     : NON_COMPLIANT;
}

static bool glue_mode(struct policy_case *policy, const struct template_resource *found, const char *part,
    const char *mode, const char *wanted)
{
    const struct value *configuration = policy_property_of(policy, found, "EncryptionConfiguration");
    const struct value *encryption = policy_member(policy, configuration, part);

    return encryption && policy_is(policy_primitive(policy, policy_member(policy, encryption, mode)), wanted);
}

static bool encrypts_logs(struct policy_case *policy, const struct template_resource *found)
{
    return glue_mode(policy, found, "CloudWatchEncryption", "CloudWatchEncryptionMode", "SSE-KMS");
}

static bool encrypts_bookmarks(struct policy_case *policy, const struct template_resource *found)
{
    return glue_mode(policy, found, "JobBookmarksEncryption", "JobBookmarksEncryptionMode", "CSE-KMS");
}

static enum verdict judge_gl1(struct policy_case *policy)
{
    return judge_configuration(policy,
        policy_is_type(policy, "AWS::Glue::Crawler") ? "CrawlerSecurityConfiguration"
                                                     : "SecurityConfiguration",
        "AWS::Glue::SecurityConfiguration", encrypts_logs);
}

static enum verdict judge_gl3(struct policy_case *policy)
{
    return judge_configuration(
        policy, "SecurityConfiguration", "AWS::Glue::SecurityConfiguration", encrypts_bookmarks);
}

// Kinesis.

static enum verdict judge_kda3(struct policy_case *policy)
{
    const struct value *runtime = policy_property(policy, "RuntimeEnvironment"), *checkpoints;

    if (!runtime || value_type(runtime) == VALUE_ARRAY)
        policy_set_undecided(policy, runtime);
    if (!value_string(runtime) || strncasecmp(value_string(runtime), "flink", strlen("flink")) != 0)
        return COMPLIANT;
    checkpoints = policy_optional(policy_property(policy, "ApplicationConfiguration"),
        "FlinkApplicationConfiguration/CheckpointConfiguration");
    if (!checkpoints)
        return NON_COMPLIANT;
    if (!policy_is(
            policy_primitive(policy, policy_member(policy, checkpoints, "ConfigurationType")), "CUSTOM"))
        return COMPLIANT;
    return policy_is_true(
               policy_primitive(policy, policy_member(policy, checkpoints, "CheckpointingEnabled")))
        ? COMPLIANT
        : NON_COMPLIANT;
}

static enum verdict judge_kds3(struct policy_case *policy)
{
    const struct value *encryption = policy_property(policy, "StreamEncryption");

    return encryption && !policy_is(policy_optional(encryption, "KeyId"), "alias/aws/kinesis") ? NON_COMPLIANT
                                                                                               : COMPLIANT;
}

// MSK.

static enum verdict judge_msk2(struct policy_case *policy)
{
    const struct value *transit =
        policy_optional(policy_property(policy, "EncryptionInfo"), "EncryptionInTransit");
    const struct value *clients = policy_optional(transit, "ClientBroker");

    policy->name = "ClientBroker";
    clients = policy_primitive(policy, clients);
    return clients && !policy_is(clients, "TLS") ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_msk6(struct policy_case *policy)
{
    static const char *const names[] = { "S3", "CloudWatchLogs", "Firehose" };
    const struct value *logging = policy_property(policy, "LoggingInfo"), *logs;
    bool is_on = false;

    if (!logging)
        return NON_COMPLIANT;
    logs = policy_member(policy, logging, "BrokerLogs");
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const struct value *target = policy_member(policy, logs, names[i]);

        policy->name = "Enabled";
        is_on |= policy_is_true(policy_primitive(policy, policy_optional(target, "Enabled")));
    }
    return is_on ? COMPLIANT : NON_COMPLIANT;
}

const struct rule analytics_policy_rules[] = {
    POLICY("EMR2", ERROR, "AWS::EMR::Cluster", "the cluster keeps no logs in S3",
        "Logs go with the instances that wrote them.", "Set LogUri.", .demand = MUST_EXIST, .path = "LogUri"),
    POLICY("EMR4", ERROR, "AWS::EMR::Cluster", "the cluster's disks are not encrypted",
        "Data lies on them in the clear.",
        "Name a security configuration with EnableAtRestEncryption and LocalDiskEncryptionConfiguration.",
        .judge = judge_emr4),
    POLICY("EMR5", ERROR, "AWS::EMR::Cluster", "the cluster does not encrypt what is on the way",
        "Data can be read between its nodes.",
        "Name a security configuration with EnableInTransitEncryption and TLSCertificateConfiguration.",
        .judge = judge_emr5),
    POLICY("EMR6", ERROR, "AWS::EMR::Cluster", "the cluster authenticates nobody",
        "Whoever reaches it may use it.", "Set Ec2KeyName of Instances, or KerberosAttributes.",
        .judge = judge_emr6),
    POLICY("GL1", WARNING, "AWS::Glue::Crawler AWS::Glue::Job",
        "logs of the crawler or job are not encrypted", "They may hold data that nobody else should see.",
        "Name a security configuration with CloudWatchEncryptionMode SSE-KMS.", .judge = judge_gl1),
    POLICY("GL3", WARNING, "AWS::Glue::Job", "bookmarks of the job are not encrypted",
        "They lie in S3 in the clear.",
        "Name a security configuration with JobBookmarksEncryptionMode CSE-KMS.", .judge = judge_gl3),
    POLICY("KDA3", WARNING, "AWS::KinesisAnalyticsV2::Application",
        "the Flink application makes no checkpoints", "After a failure it begins anew.",
        "Set CheckpointingEnabled to true, or ConfigurationType to DEFAULT.", .judge = judge_kda3),
    POLICY("KDF1", ERROR, "AWS::KinesisFirehose::DeliveryStream", "the delivery stream is not encrypted",
        "Records lie on disks in the clear.", "Set DeliveryStreamEncryptionConfigurationInput.",
        .demand = MUST_EXIST, .path = "DeliveryStreamEncryptionConfigurationInput"),
    POLICY("KDS1", ERROR, "AWS::Kinesis::Stream", "the stream is not encrypted",
        "Records lie on disks in the clear.", "Set StreamEncryption.", .demand = MUST_EXIST,
        .path = "StreamEncryption"),
    POLICY("KDS3", WARNING, "AWS::Kinesis::Stream", "the stream is encrypted with a key of the customer",
        "Each producer and consumer calls KMS, which costs and has a limit.",
        "Use alias/aws/kinesis unless a rule asks for an own key.", .judge = judge_kds3),
    POLICY("MSK2", ERROR, "AWS::MSK::Cluster", "clients may talk to brokers in the clear",
        "What they send can be read on the way.", "Set ClientBroker of EncryptionInTransit to TLS.",
        .judge = judge_msk2),
    POLICY("MSK3", ERROR, "AWS::MSK::Cluster", "brokers talk to each other in the clear",
        "What they send can be read on the way.", "Set InCluster of EncryptionInTransit to true.",
        .demand = MUST_NOT_BE_OFF, .path = "EncryptionInfo/EncryptionInTransit/InCluster"),
    POLICY("MSK6", ERROR, "AWS::MSK::Cluster", "the cluster keeps no logs of its brokers",
        "Why a client or broker failed cannot be told later.",
        "Enable S3, CloudWatchLogs or Firehose of BrokerLogs.", .judge = judge_msk6),
    POLICY("QS1", ERROR, "AWS::QuickSight::DataSource", "the data source is read without TLS",
        "Data can be read on the way.", "Leave DisableSsl of SslProperties off.", .demand = MUST_NOT_BE_ON,
        .path = "SslProperties/DisableSsl"),
    RULES_END,
};

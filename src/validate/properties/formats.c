// SPDX-License-Identifier: MIT
// The keyword "format".
#include "util/array.h"
#include "validate/properties/judge.h"
#include "validate/properties/regex.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ARN "^arn:aws[a-zA-Z-]*:"
#define HEX_ID "([a-fA-F0-9]{8}|[a-fA-F0-9]{17})$"

enum { IPV4_BITS = 32, IPV6_BITS = 128, IPV6_BYTES = 16 };

// Whether bits behind the prefix are zero.
static bool is_network(const unsigned char *address, size_t bits, size_t prefix)
{
    for (size_t i = prefix; i < bits; i++)
        if (address[i / 8] >> (7 - i % 8) & 1)
            return false;
    return true;
}

static bool read_address(int family, const char *text, size_t length, unsigned char *address)
{
    char copy[INET6_ADDRSTRLEN + 1];

    if (length >= sizeof(copy))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return inet_pton(family, copy, address) == 1;
}

static bool is_prefix(const char *text, size_t bits, size_t *ret_prefix)
{
    size_t length = strlen(text);

    if (length == 0 || length > 3 || text[strspn(text, "0123456789")])
        return false;
    *ret_prefix = strtoul(text, NULL, 10);
    return *ret_prefix <= bits;
}

// "10.0.0.0/255.255.0.0" is one for Python; it is taken for right here too.
static bool is_network_of(int family, size_t bits, const char *text)
{
    unsigned char address[IPV6_BYTES];
    size_t length = strcspn(text, "/");
    size_t prefix = bits;

    if (!read_address(family, text, length, address))
        return false;
    if (text[length] == '\0')
        return true;
    if (family == AF_INET && strchr(text + length, '.'))
        return true;
    return is_prefix(text + length + 1, bits, &prefix) && is_network(address, bits, prefix);
}

static bool is_ipv4_network(const char *text)
{
    return is_network_of(AF_INET, IPV4_BITS, text);
}

static bool is_ipv6_network(const char *text)
{
    return is_network_of(AF_INET6, IPV6_BITS, text);
}

static bool is_ipv4(const char *text)
{
    unsigned char address[IPV6_BYTES];

    return read_address(AF_INET, text, strlen(text), address);
}

static bool is_ipv6(const char *text)
{
    unsigned char address[IPV6_BYTES];

    return strchr(text, '%') || read_address(AF_INET6, text, strlen(text), address);
}

static const struct format {
    const char *name;
    const char *id; // of the rule
    const char *pattern;
    bool (*check)(const char *text);
    const char *what;
} formats[] = {
    { "AWS::ACM::Certificate.Arn", "E1159", ARN "acm:[a-z0-9-]+:\\d{12}:certificate/.+$", NULL,
        "the ARN of a certificate" },
    { "AWS::EC2::Image.Id", "E1152", "^(ami-([0-9a-z]{8}|[0-9a-z]{17})$|resolve:ssm)", NULL,
        "the id of an AMI" },
    { "AWS::EC2::SecurityGroup.Id", "E1150", "^sg-" HEX_ID, NULL, "the id of a security group" },
    { "AWS::EC2::SecurityGroup.Name", "E1153", "^[a-zA-Z0-9 \\._\\-:\\/()#\\,@\\[\\]+=&;\\{\\}!\\$\\*]+$",
        NULL, "the name of a security group" },
    { "AWS::EC2::Subnet.Id", "E1154", "^subnet-" HEX_ID, NULL, "the id of a subnet" },
    { "AWS::EC2::VPC.Id", "E1151", "^vpc-" HEX_ID, NULL, "the id of a VPC" },
    { "AWS::IAM::Role.Arn", "E1156", ARN "iam::\\d{12}:role/.+$", NULL, "the ARN of a role" },
    { "AWS::KMS::Alias.AliasName", "E1164", "^alias/[a-zA-Z0-9:/_-]+$", NULL,
        "the name of an alias, alias/..." },
    { "AWS::KMS::Key.Arn", "E1157", ARN "kms:[a-z0-9-]+:\\d{12}:(key|alias)/.+$", NULL,
        "the ARN of a KMS key" },
    { "AWS::KMS::Key.Id", "E1162",
        "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32}|alias/[a-zA-Z0-9/_-]+)$",
        NULL, "the id or an alias of a KMS key" },
    { "AWS::Lambda::Function.Arn", "E1160", ARN "lambda:[a-z0-9-]+:\\d{12}:function:.+(:.+)?$", NULL,
        "the ARN of a function" },
    { "AWS::Lambda::Function.Name", "E1163", "^[a-zA-Z0-9_-]{1,140}$", NULL, "the name of a function" },
    { "AWS::S3::Bucket.Name", "E1161",
        "^(?![.\\-])(?!.*\\.\\.)(?!.*\\-\\.)(?!.*\\.\\-)[a-z0-9.\\-]{3,63}(?<![.\\-])$", NULL,
        "the name of a bucket" },
    { "AWS::SNS::Topic.Arn", "E1158", ARN "sns:[a-z0-9-]+:\\d{12}:.+$", NULL, "the ARN of a topic" },
    { "date", "E3002", "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", NULL, "a date" },
    { "date-time", "E3002",
        "^\\d{4}-(0[1-9]|1[0-2])-\\d{2}T([01]\\d|2[0123]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-][+-]?([01]\\d|2[0123]):[0-5]\\d)$",
        NULL, "a date and time such as 2026-01-31T12:00:00Z" },
    { "email", "E3002", "@", NULL, "an email address" },
    { "ipv4", "E3002", NULL, is_ipv4, "an IPv4 address" },
    { "ipv4-network", "E3002", NULL, is_ipv4_network, "an IPv4 network such as 10.0.0.0/16" },
    { "ipv6", "E3002", NULL, is_ipv6, "an IPv6 address" },
    { "ipv6-network", "E3002", NULL, is_ipv6_network, "an IPv6 network such as 2001:db8::/56" },
};

static const struct format *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

static bool is_empty_bucket_name(const struct judge *judge, const struct format *format, const char *text)
{
    return *text == '\0' && strcmp(format->name, "AWS::S3::Bucket.Name") == 0 &&
        strcmp(judge->resource->type, "AWS::S3::Bucket") == 0;
}

void judge_format(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    const struct format *format = find(schema_node_string(schema, SCHEMA_KEYWORD_FORMAT));
    const char *text = node_string(node);

    if (!format || !text || is_empty_bucket_name(judge, format, text))
        return;
    if (format->pattern ? regex_search(format->pattern, text) != REGEX_NO_MATCH : format->check(text))
        return;
    VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_FORMAT, node, "'%s' is not %s", text, format->what);
    if (judge->purpose == JUDGE_TELL)
        found->items[found->count - 1].id = format->id;
}

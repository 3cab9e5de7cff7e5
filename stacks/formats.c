// SPDX-License-Identifier: MIT
#include "stacks/formats.h"

#include "data/value.h"
#include "util/arena.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define ALNUM LOWER UPPER DIGITS

// `least` to `most` characters of a set.
static bool consists_of(const char *text, const char *set, size_t least, size_t most)
{
    size_t length = text ? strspn(text, set) : 0;

    return text && !text[length] && length >= least && length <= most;
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool ends_in(const char *text, const char *set)
{
    return *text && strchr(set, text[strlen(text) - 1]);
}

static const char *copy(const char *start, size_t length)
{
    return arena_printf(value_arena(), "%.*s", (int)length, start);
}

bool format_split_arn(const char *text, struct arn_text *ret_arn)
{
    const char *parts[5];

    if (!text || !begins_with(text, "arn:"))
        return false;
    for (size_t i = 0; i < 5; i++) {
        size_t length = strcspn(text, ":");

        if (!text[length])
            return false;
        parts[i] = copy(text, length);
        text += length + 1;
    }
    *ret_arn = (struct arn_text){ parts[1], parts[2], parts[3], parts[4], text };
    return *parts[1] && *parts[2] && *text;
}

bool format_is_account(const char *text)
{
    return consists_of(text, DIGITS, 12, 12);
}

// Letters, then words, then a number, with hyphens between them.
bool format_is_region(const char *text)
{
    size_t length = text ? strlen(text) : 0, hyphens = 0;

    if (!consists_of(text, LOWER DIGITS "-", 9, 30) || !isdigit((unsigned char)text[length - 1]) ||
        text[length - 2] != '-' || strspn(text, LOWER) < 2 || strstr(text, "--"))
        return false;
    for (const char *c = text; *c; c++)
        hyphens += *c == '-';
    return hyphens >= 2 && strcspn(text, DIGITS) == length - 1;
}

bool format_is_zone(const char *text, const char *region)
{
    return begins_with(text, region) && consists_of(text + strlen(region), LOWER, 1, 1);
}

bool format_is_certificate(const char *text)
{
    static const char kind[] = "certificate/";
    struct arn_text arn;

    return format_split_arn(text, &arn) && strcmp(arn.service, "acm") == 0 && format_is_region(arn.region) &&
        format_is_account(arn.account) && begins_with(arn.resource, kind) &&
        consists_of(arn.resource + strlen(kind), ALNUM "-", 1, 64);
}

bool format_is_principal(const char *text)
{
    struct arn_text arn;

    if (!format_split_arn(text, &arn) || strcmp(arn.service, "iam") != 0 || *arn.region ||
        !consists_of(arn.account, DIGITS "*?", 1, 12))
        return false;
    return consists_of(arn.resource, ALNUM "+=,.@_/*?-", 6, 600) &&
        (begins_with(arn.resource, "role/") || begins_with(arn.resource, "user/"));
}

static bool is_label(const char *text, size_t length)
{
    return length >= 1 && length <= 63 && strspn(text, ALNUM "-") >= length && text[0] != '-' &&
        text[length - 1] != '-';
}

// A name of `length` bytes with so many labels at least, of which the last is no number.
static bool is_host(const char *text, size_t length, size_t least_labels)
{
    const char *end = text + length;
    size_t labels = 0, label = 0;

    if (length > 253)
        return false;
    for (;; text += label + 1, labels++) {
        label = strcspn(text, ".");
        if (text + label > end)
            label = (size_t)(end - text);
        if (!is_label(text, label))
            return false;
        if (text + label == end)
            return labels + 1 >= least_labels && strspn(text, DIGITS) < label;
    }
}

bool format_is_domain(const char *text)
{
    return text && is_host(text, strlen(text), 2);
}

bool format_is_email(const char *text)
{
    static const char local[] = ALNUM ".!#$%&'*+/=?^_`{|}~-";
    const char *at = text ? strchr(text, '@') : NULL;
    size_t length = at ? (size_t)(at - text) : 0;

    return length >= 1 && length <= 64 && strspn(text, local) == length && text[0] != '.' && at[-1] != '.' &&
        !strstr(text, "..") && format_is_domain(at + 1);
}

static const char *after_scheme(const char *text)
{
    if (begins_with(text, "https://"))
        return text + strlen("https://");
    return begins_with(text, "http://") ? text + strlen("http://") : NULL;
}

bool format_is_origin(const char *text)
{
    const char *host = text ? after_scheme(text) : NULL;
    size_t length;

    if (text && strcmp(text, "*") == 0)
        return true;
    if (!host)
        return false;
    if (begins_with(host, "*."))
        host += strlen("*.");
    length = strcspn(host, ":");
    if (host[length] && !consists_of(host + length + 1, DIGITS, 1, 5))
        return false;
    // An address is a host as well, and so is "localhost".
    return is_host(host, length, 1) || (length >= 7 && strspn(host, DIGITS ".") == length);
}

bool format_is_dsn(const char *text)
{
    const char *key = text ? after_scheme(text) : NULL;
    const char *at = key ? strchr(key, '@') : NULL;
    const char *slash = at ? strrchr(at, '/') : NULL;

    return slash && at > key && slash > at + 1 && consists_of(slash + 1, DIGITS, 1, 32) &&
        !strpbrk(text, " \t\r\n\"'");
}

// A stack's name is at most 128 characters, of which "Observability" takes 13.
bool format_is_stack_prefix(const char *text)
{
    return consists_of(text, ALNUM "-", 1, 115) && isalpha((unsigned char)text[0]);
}

// With "-event-publisher-schedule" behind it, the name of a rule is at most 64 characters.
bool format_is_resource_prefix(const char *text)
{
    return consists_of(text, LOWER DIGITS "-", 1, 39) && isalpha((unsigned char)text[0]) &&
        !ends_in(text, "-") && !strstr(text, "--");
}

// Names of letters and digits that '.', '_', '__' or hyphens join, with slashes between them.
bool format_is_repository(const char *text)
{
    if (!consists_of(text, LOWER DIGITS "._-/", 2, 256) || strchr("._-/", text[0]) || ends_in(text, "._-/"))
        return false;
    for (; *text; text++) {
        bool separates = strchr("._/", text[0]) && strchr("._-/", text[1]) && text[1];

        if (separates && !(begins_with(text, "__") && text[2] != '_'))
            return false;
        if (text[0] == '-' && text[1] && strchr("._/", text[1]))
            return false;
        text += separates;
    }
    return true;
}

bool format_is_image_tag(const char *text)
{
    return consists_of(text, ALNUM "._-", 1, 128) && text[0] != '.' && text[0] != '-';
}

bool format_is_image_digest(const char *text)
{
    static const char algorithm[] = "sha256:";

    return text && begins_with(text, algorithm) &&
        consists_of(text + strlen(algorithm), DIGITS "abcdef", 64, 64);
}

// A name that ends like the suffix that the service gives to ARNs, a hyphen and six characters, is taken for
// one.
bool format_is_secret_name(const char *text)
{
    size_t length = text ? strlen(text) : 0;

    return consists_of(text, ALNUM "/_+=.@-", 1, 512) &&
        !(length >= 7 && text[length - 7] == '-' && strspn(text + length - 6, ALNUM) == 6);
}

// What PostgreSQL ("SQL Key Words", reserved) and RDS keep for themselves.
static const char *const reserved_database_names[] = { "all", "analyse", "analyze", "and", "any", "array",
    "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast", "check", "collate",
    "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
    "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "db", "default",
    "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign",
    "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "initially", "inner", "intersect",
    "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
    "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer",
    "overlaps", "placing", "primary", "rdsadmin", "references", "returning", "right", "select",
    "session_user", "similar", "some", "symmetric", "system_user", "table", "tablesample", "template0",
    "template1", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose",
    "when", "where", "window", "with", NULL };

bool format_is_database_name(const char *text)
{
    if (!consists_of(text, ALNUM "_", 1, 63) || !isalpha((unsigned char)text[0]))
        return false;
    for (const char *const *word = reserved_database_names; *word; word++)
        if (strcasecmp(*word, text) == 0)
            return false;
    return true;
}

bool format_is_snapshot(const char *text)
{
    struct arn_text arn;

    if (!text)
        return false;
    if (begins_with(text, "arn:"))
        return format_split_arn(text, &arn) && strcmp(arn.service, "rds") == 0 &&
            (begins_with(arn.resource, "cluster-snapshot:") || begins_with(arn.resource, "snapshot:"));
    if (begins_with(text, "rds:"))
        text += strlen("rds:");
    return consists_of(text, ALNUM "-", 1, 255) && isalpha((unsigned char)text[0]) && !ends_in(text, "-") &&
        !strstr(text, "--");
}

bool format_is_event_bus(const char *text)
{
    return consists_of(text, ALNUM "._-", 1, 256) && strcmp(text, "default") != 0 &&
        !begins_with(text, "aws.");
}

bool format_is_topic(const char *text)
{
    return consists_of(text, ALNUM "_-", 1, 256);
}

bool format_is_dashboard(const char *text)
{
    return consists_of(text, ALNUM "_-", 1, 255);
}

bool format_is_bucket(const char *text)
{
    return consists_of(text, LOWER DIGITS "-", 3, 63) && text[0] != '-' && !ends_in(text, "-") &&
        !begins_with(text, "xn--") && !begins_with(text, "sthree-") && !begins_with(text, "amzn-s3-demo-");
}

// ECS adds the container and the task's id; a stream has no ':' and no '*', and at most 512 characters.
bool format_is_log_stream_prefix(const char *text)
{
    size_t length = text ? strlen(text) : 0;

    return length >= 1 && length <= 400 && !strpbrk(text, ":*");
}

bool format_is_image_size(const char *text)
{
    enum { LARGEST = 4096 };
    size_t length = text ? strlen(text) : 0;

    return length >= 1 && length <= 4 && *text != '0' && text[strspn(text, "0123456789")] == '\0' &&
        atoi(text) <= LARGEST;
}

static size_t characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

// Letters of any script, which are all beyond ASCII, and these.
static bool is_tag_text(const char *text)
{
    for (; *text; text++)
        if (!((unsigned char)*text & 0x80) && !strchr(ALNUM " _.:/=+-@", *text))
            return false;
    return true;
}

bool format_is_tag_key(const char *text)
{
    size_t length = text ? characters(text) : 0;

    return length >= 1 && length <= 128 && is_tag_text(text) && strncasecmp(text, "aws:", 4) != 0;
}

bool format_is_header_value(const char *text)
{
    if (!text || !*text || *text == ' ' || ends_in(text, " "))
        return false;
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

bool format_is_tag_value(const char *text)
{
    return text && characters(text) <= 256 && is_tag_text(text);
}

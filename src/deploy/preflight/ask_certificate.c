// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "deploy/preflight/preflight_private.h"

#include <string.h>

// Its main name is among the alternative ones.
static bool covers(const struct value *certificate, const char *domain)
{
    const struct value *names = object_get(certificate, "SubjectAlternativeNames");
    const char *main_name = object_string(certificate, "DomainName");

    if (main_name && certificate_name_covers(main_name, domain))
        return true;
    for (size_t i = 0; i < value_length(names); i++)
        if (certificate_name_covers(value_string_or_empty(array_at(names, i)), domain))
            return true;
    return false;
}

static struct value *fields_with_domain(const struct question *question, const char *domain)
{
    return object((struct field[]){
        { "certificate", string(question_field(question, "certificate")) },
        { "region", string(question_field(question, "region")) },
        { "domain", string(domain) },
        END,
    });
}

// The DNS record that ACM waits for.
static const char *awaited_record(const struct value *certificate)
{
    const struct value *options = object_get(certificate, "DomainValidationOptions");

    for (size_t i = 0; i < value_length(options); i++) {
        const struct value *record = object_get(array_at(options, i), "ResourceRecord");

        if (object_string(record, "Name") && object_string(record, "Value"))
            return arena_printf(value_arena(), "; it waits for the DNS record %s %s %s",
                object_string(record, "Name"), object_string_or_empty(record, "Type"),
                object_string(record, "Value"));
    }
    return "";
}

static void see_names(struct question *question, const struct value *certificate)
{
    const char *arn = question_field(question, "certificate");
    const struct value *domains = object_get(question->requirement->fields, "domains");
    bool is_good = true;

    for (size_t i = 0; i < value_length(domains); i++) {
        const char *domain = value_string(array_at(domains, i));

        if (covers(certificate, domain))
            continue;
        question_missing(question, "certificate", fields_with_domain(question, domain),
            "certificate %s is for %s, not for %s", arn,
            comma_list(object_get(certificate, "SubjectAlternativeNames")), domain);
        is_good = false;
    }
    if (is_good)
        question_met(question, "certificate", "certificate %s is issued%s%s", arn,
            value_length(domains) ? ", for " : "", comma_list(domains));
}

static void see_certificate(struct question *question, const struct value *certificate)
{
    const char *status = object_string(certificate, "Status");
    const char *domain = object_string_or_empty(certificate, "DomainName");

    if (status && strcmp(status, "ISSUED") == 0)
        see_names(question, certificate);
    else
        question_missing(question, "certificate", fields_with_domain(question, domain),
            "certificate %s is %s%s", question_field(question, "certificate"), status ? status : "not issued",
            awaited_record(certificate));
}

static void on_certificate(void *data, const struct aws_reply *reply)
{
    struct question *question = data;
    const char *arn = question_field(question, "certificate");
    const struct value *domains = object_get(question->requirement->fields, "domains");
    const char *domain = value_length(domains) ? value_string_or_empty(array_at(domains, 0)) : "DOMAIN";

    if (reply->outcome == AWS_DONE)
        see_certificate(question, object_get(reply->answer, "Certificate"));
    else if (strcmp(reply->code, "ResourceNotFoundException") == 0)
        question_missing(
            question, "certificate", fields_with_domain(question, domain), "there is no certificate %s", arn);
    else
        question_unknown(
            question, "certificate", arena_printf(value_arena(), "certificate %s is issued", arn), reply);
    question_end(question);
}

void ask_certificate(struct question *question)
{
    const char *used_in = question_field(question, "used_in");
    const char *region = question_field(question, "region");
    const struct value *domains = object_get(question->requirement->fields, "domains");

    if (strcmp(used_in, region) != 0) {
        struct value *fields = fields_with_domain(
            question, value_length(domains) ? value_string_or_empty(array_at(domains, 0)) : "DOMAIN");

        object_set(fields, "region", string(used_in));
        question_missing(question, "certificate", fields,
            "certificate %s is of %s, but is used in %s, which takes no other region's",
            question_field(question, "certificate"), region, used_in);
        question_end(question);
        return;
    }
    question_call(question, (const char *const[]){ "acm", "describe-certificate", NULL },
        object(
            (struct field[]){ { "CertificateArn", string(question_field(question, "certificate")) }, END }),
        on_certificate);
}

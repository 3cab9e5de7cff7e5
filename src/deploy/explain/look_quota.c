// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/value.h"
#include "util/array.h"
#include "util/display.h"
#include "util/text/glob.h"

#include <string.h>

struct quota {
    const char *type;
    const char *words;
    const char *service;
    const char *code;
    const char *name;
};

static const struct quota quotas[] = {
#define QUOTA(type, words, service, code, name) { type, words, service, code, name },
#include "deploy/explain/quotas.def"
#undef QUOTA
};

static const struct quota *find(const struct explanation *explanation)
{
    for (size_t i = 0; i < ARRAY_SIZE(quotas); i++)
        if (glob_match(quotas[i].type, explanation->type) && strstr(explanation->reason, quotas[i].words))
            return &quotas[i];
    return NULL;
}

// Service Quotas API reference: "GetServiceQuota" answers the value of the account and region.
void look_quota(struct failure_inquiry *inquiry)
{
    struct explanation *explanation = inquiry->explanation;
    const struct quota *quota = find(explanation);
    struct value *lines;
    const struct value *answer, *found;

    if (!quota)
        return;
    lines = inquiry_detail(inquiry, "quota");
    detail_addf(lines, "%s, quota code %s of service %s", quota->name, quota->code, quota->service);
    answer = inquiry_ask(inquiry, (const char *const[]){ "service-quotas", "get-service-quota", NULL },
        object((struct field[]){
            { "ServiceCode", string(quota->service) }, { "QuotaCode", string(quota->code) }, END }),
        "the quota's value");
    found = object_get(answer, "Quota");
    if (!found)
        return;
    detail_addf(lines, "%s allows %.15g%s", explanation->region, value_number(object_get(found, "Value")),
        value_boolean(object_get(found, "Adjustable")) ? "" : ", and this quota cannot be raised");
    if (value_boolean(object_get(found, "Adjustable")))
        detail_addf(lines,
            "more: aws service-quotas request-service-quota-increase --region %s --service-code %s "
            "--quota-code %s --desired-value N",
            explanation->region, quota->service, quota->code);
}

// SPDX-License-Identifier: MIT
#include "aws/region.h"

#include "cdk/token.h"
#include "util/array.h"

#include <stddef.h>
#include <string.h>

enum region_trait { OPT_IN = 1, WEBSITE_WITH_DASH = 2 };

static const struct region {
    const char *name;
    unsigned traits;
} regions[] = {
    { "af-south-1", OPT_IN },
    { "ap-east-1", OPT_IN },
    { "ap-east-2", OPT_IN },
    { "ap-northeast-1", WEBSITE_WITH_DASH },
    { "ap-northeast-2", 0 },
    { "ap-northeast-3", 0 },
    { "ap-south-1", 0 },
    { "ap-south-2", OPT_IN },
    { "ap-southeast-1", WEBSITE_WITH_DASH },
    { "ap-southeast-2", WEBSITE_WITH_DASH },
    { "ap-southeast-3", OPT_IN },
    { "ap-southeast-4", OPT_IN },
    { "ap-southeast-5", OPT_IN },
    { "ap-southeast-6", OPT_IN },
    { "ap-southeast-7", OPT_IN },
    { "ca-central-1", 0 },
    { "ca-west-1", OPT_IN },
    { "cn-north-1", 0 },
    { "cn-northwest-1", 0 },
    { "eu-central-1", 0 },
    { "eu-central-2", OPT_IN },
    { "eu-isoe-west-1", 0 },
    { "eu-north-1", 0 },
    { "eu-south-1", OPT_IN },
    { "eu-south-2", OPT_IN },
    { "eu-west-1", WEBSITE_WITH_DASH },
    { "eu-west-2", 0 },
    { "eu-west-3", 0 },
    { "eusc-de-east-1", 0 },
    { "il-central-1", OPT_IN },
    { "me-central-1", OPT_IN },
    { "me-south-1", OPT_IN },
    { "me-west-1", OPT_IN },
    { "mx-central-1", OPT_IN },
    { "sa-east-1", WEBSITE_WITH_DASH },
    { "us-east-1", WEBSITE_WITH_DASH },
    { "us-east-2", 0 },
    { "us-gov-east-1", 0 },
    { "us-gov-west-1", WEBSITE_WITH_DASH },
    { "us-iso-east-1", 0 },
    { "us-iso-west-1", 0 },
    { "us-isob-east-1", 0 },
    { "us-isob-west-1", 0 },
    { "us-isof-east-1", 0 },
    { "us-isof-south-1", 0 },
    { "us-west-1", WEBSITE_WITH_DASH },
    { "us-west-2", WEBSITE_WITH_DASH },
};

// By the beginning of a region's name; the last one fits all.
static const struct partition {
    const char *prefix;
    const char *domain_suffix;
} partitions[] = {
    { "cn-", "amazonaws.com.cn" },
    { "us-isob-", "sc2s.sgov.gov" },
    { "us-isof-", "csp.hci.ic.gov" },
    { "us-iso-", "c2s.ic.gov" },
    { "eu-isoe-", "cloud.adc-e.uk" },
    { "eusc-", "amazonaws.eu" },
    { "", "amazonaws.com" },
};

static const struct region *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(regions); i++)
        if (strcmp(regions[i].name, name) == 0)
            return &regions[i];
    return NULL;
}

bool region_is_opt_in(const char *region)
{
    const struct region *known = find(region);

    return known && (known->traits & OPT_IN);
}

const char *region_domain_suffix(const char *region)
{
    const struct partition *partition = partitions;

    if (!find(region))
        return NULL;
    while (strncmp(region, partition->prefix, strlen(partition->prefix)) != 0)
        partition++;
    return partition->domain_suffix;
}

const char *region_s3_website_endpoint(const char *region)
{
    const struct region *known = find(region);

    if (!known)
        return NULL;
    return arena_printf(value_arena(), "s3-website%c%s.%s", known->traits & WEBSITE_WITH_DASH ? '-' : '.',
        region, region_domain_suffix(region));
}

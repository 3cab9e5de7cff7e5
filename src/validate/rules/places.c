// SPDX-License-Identifier: MIT
#include "validate/rules/functions.h"

#include "util/array.h"

#include <stdio.h>
#include <string.h>

// "AWS Regions and Endpoints", with those of other partitions.
static const char *const regions[] = { "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1",
    "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
    "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1",
    "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-isoe-west-1",
    "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "eusc-de-east-1",
    "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2",
    "us-gov-east-1", "us-gov-west-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isof-east-1",
    "us-isof-south-1", "us-west-1", "us-west-2" };

bool region_is_known(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(regions); i++)
        if (strcmp(name, regions[i]) == 0)
            return true;
    return false;
}

bool is_cidr(const char *string)
{
    unsigned parts[4], bits = 0;
    int address = 0, length = 0;

    if (sscanf(string, "%3u.%3u.%3u.%3u%n", &parts[0], &parts[1], &parts[2], &parts[3], &address) < 4 ||
        !address)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        if (parts[i] > 255)
            return false;
    if (!string[address])
        return true;
    return sscanf(string + address, "/%2u%n", &bits, &length) == 1 && bits <= 32 && !string[address + length];
}

// SPDX-License-Identifier: MIT
#include "validate/rules/functions.h"

#include "schema/constraints.h"
#include "util/array.h"

#include <stdio.h>
#include <string.h>

bool region_is_known(const char *name)
{
    struct schema_list regions = schema_constraint_regions();

    for (size_t i = 0; i < regions.count; i++)
        if (strcmp(name, schema_list_at(regions, i)) == 0)
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

// SPDX-License-Identifier: MIT
#include "cdk/unit.h"

#include "cdk/token.h"

struct value *count_value(struct count given)
{
    return given.given ? number(given.number) : NULL;
}

struct value *seconds_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 1000) : NULL;
}

struct value *minutes_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 60000) : NULL;
}

struct value *days_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 86400000) : NULL;
}

// SPDX-License-Identifier: MIT
#include "util/match.h"

#include "util/usage.h"

#include <regex.h>
#include <stddef.h>

static bool matches(const char *text, const char *pattern, int flags)
{
    regex_t compiled;
    if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB | flags) != 0)
        BUG("not a regular expression: '%s'", pattern);
    bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

bool text_matches(const char *text, const char *pattern)
{
    return matches(text, pattern, 0);
}

bool text_matches_ignoring_case(const char *text, const char *pattern)
{
    return matches(text, pattern, REG_ICASE);
}

// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

#include "util/array.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MIN_LENGTH = 3, MAX_LENGTH = 63 };

static bool is_edge(char c, bool is_imported)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c) ||
        (is_imported && isupper((unsigned char)c));
}

static bool is_inner(char c, bool is_imported)
{
    return is_edge(c, is_imported) || c == '.' || c == '-' || (is_imported && c == '_');
}

// A dot beside a dot or a dash.
static bool has_bad_dot(const char *name)
{
    static const char *const pairs[] = { ".-", "-.", ".." };

    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
        if (strstr(name, pairs[i]))
            return true;
    return false;
}

// Four groups of one to three digits.
static bool is_like_address(const char *name)
{
    for (int group = 0; group < 4; group++) {
        size_t digits = strspn(name, "0123456789");

        if (digits < 1 || digits > 3 || name[digits] != (group < 3 ? '.' : '\0'))
            return false;
        name += digits + (group < 3);
    }
    return true;
}

// The rules of S3 ("Bucket naming rules" in the user guide).
void bucket_check_name(struct construct *node, const char *name, bool is_imported)
{
    const char *characters =
        is_imported ? "letters, digits, '.', '_' and '-'" : "lower case letters, digits, '.' and '-'";
    size_t length = name ? strlen(name) : 0, good = 0;

    if (!length)
        return;
    if (length < MIN_LENGTH || length > MAX_LENGTH)
        diag_error(node, "the bucket name '%s' must have %d to %d characters", name, MIN_LENGTH, MAX_LENGTH);
    while (is_inner(name[good], is_imported))
        good++;
    if (name[good])
        diag_error(node, "the bucket name '%s' must have only %s", name, characters);
    if (!is_edge(name[0], is_imported) || !is_edge(name[length - 1], is_imported))
        diag_error(node, "the bucket name '%s' must begin and end with a %sletter or digit", name,
            is_imported ? "" : "lower case ");
    if (has_bad_dot(name))
        diag_error(node, "the bucket name '%s' must not have a dot beside a dot or a dash", name);
    if (is_like_address(name))
        diag_error(node, "the bucket name '%s' must not look like an IP address", name);
}

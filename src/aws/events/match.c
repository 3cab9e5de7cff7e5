// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

const char match_mistake[] = "aws-events:mistake";

static struct value *one(struct value *item)
{
    return array_of((struct value *[]){ item, NULL });
}

static struct value *filter(const char *key, struct value *value)
{
    return object((struct field[]){ { key, value }, END });
}

static struct value *mistake(struct value *message)
{
    return one(filter(match_mistake, message));
}

struct value *events_match_null(void)
{
    return one(null());
}

struct value *events_match_exists(void)
{
    return one(filter("exists", boolean(true)));
}

struct value *events_match_does_not_exist(void)
{
    return one(filter("exists", boolean(false)));
}

struct value *events_match_exact(const char *text)
{
    return one(string(text));
}

struct value *events_match_equals_ignore_case(const char *text)
{
    return one(filter("equals-ignore-case", string(text)));
}

struct value *events_match_prefix(const char *text)
{
    return one(filter("prefix", string(text)));
}

struct value *events_match_suffix(const char *text)
{
    return one(filter("suffix", string(text)));
}

struct value *events_match_prefix_ignore_case(const char *text)
{
    return one(filter("prefix", filter("equals-ignore-case", string(text))));
}

struct value *events_match_suffix_ignore_case(const char *text)
{
    return one(filter("suffix", filter("equals-ignore-case", string(text))));
}

struct value *events_match_wildcard(const char *pattern)
{
    return one(filter("wildcard", string(pattern)));
}

// An address, maybe with "/" and the length of a prefix.
static bool is_range(const char *text, int family, long longest_prefix)
{
    const char *slash = strchr(text, '/');
    struct value *address = slash ? string_n(text, (size_t)(slash - text)) : string(text);
    unsigned char bytes[sizeof(struct in6_addr)];
    char *end;
    long prefix;

    if (inet_pton(family, value_string(address), bytes) != 1)
        return false;
    if (!slash)
        return true;
    prefix = strtol(slash + 1, &end, 10);
    return end != slash + 1 && *end == '\0' && strspn(slash + 1, "0123456789") == strlen(slash + 1) &&
        prefix <= longest_prefix;
}

struct value *events_match_cidr(const char *range)
{
    if (!is_range(range, AF_INET, 32) && !is_range(range, AF_INET6, 128))
        return mistake(stringf("'%s' is not a range of addresses, such as '10.0.0.0/8'", range));
    return one(filter("cidr", string(range)));
}

struct value *events_match_numeric(const char *operator, double n)
{
    return one(filter("numeric", array_of((struct value *[]){ string(operator), number(n), NULL })));
}

struct value *events_match_interval(double lowest, double highest)
{
    struct value *bounds[] = {
        events_match_numeric(">=", lowest),
        events_match_numeric("<=", highest),
        NULL,
    };

    if (lowest > highest)
        return mistake(stringf("the interval from %g to %g is empty", lowest, highest));
    return events_match_all_of(bounds);
}

struct value *events_match_anything_but(struct value *values)
{
    enum value_type type = value_type(array_at(values, 0));

    if (!value_length(values))
        return mistake(string("an 'anything but' match needs at least one value"));
    for (size_t i = 0; i < value_length(values); i++)
        if (value_type(array_at(values, i)) != type || (type != VALUE_STRING && type != VALUE_NUMBER))
            return mistake(string("an 'anything but' match takes either strings or numbers"));
    return one(filter("anything-but", values));
}

struct value *events_match_anything_but_filter(const char *name, const char *const *texts)
{
    struct value *values = strings(texts);

    if (!value_length(values))
        return mistake(string("an 'anything but' match needs at least one value"));
    return one(
        filter("anything-but", filter(name, value_length(values) == 1 ? array_at(values, 0) : values)));
}

struct value *events_match_any_of(struct value *const *matches)
{
    struct value *all = array();

    if (!*matches)
        return mistake(string("an 'any of' match needs at least one match"));
    for (; *matches; matches++)
        array_append_all(all, *matches);
    return all;
}

struct value *events_match_all_of(struct value *const *matches)
{
    struct value *all = array();

    if (!*matches)
        return mistake(string("an 'all of' match needs at least one match"));
    for (; *matches; matches++)
        for (size_t i = 0; i < value_length(*matches); i++) {
            struct value *numeric = object_get(array_at(*matches, i), "numeric");

            if (!numeric)
                return mistake(string("an 'all of' match takes numeric matches only"));
            array_append_all(all, numeric);
        }
    return one(filter("numeric", all));
}

// SPDX-License-Identifier: MIT
#include "cli/app/lookup.h"

#include "cli/app/aws.h"
#include "data/value.h"

#include <string.h>

struct lookup {
    const struct value *missing; // the list of what is missing
    struct value *found;
    const struct value *identity; // whose credentials they are
};

static const char *prop(const struct value *entry, const char *name)
{
    return value_string(object_get_path(entry, (const char *const[]){ "props", name, NULL }));
}

static int start_zones(
    const struct aws *aws, struct process_loop *loop, struct value *entry, struct error *err)
{
    static const char *const arguments[] = { "ec2", "describe-availability-zones", NULL };
    const struct aws there = { aws->cli, aws->profile, prop(entry, "region") };
    const char *provider = object_string(entry, "provider");

    if (!provider || strcmp(provider, "availability-zones") != 0)
        return error_set(err, "there is no way to look up '%s'", object_string_or_empty(entry, "key"));
    return aws_start(&there, loop, arguments, entry, err);
}

static int start(
    const struct aws *aws, struct process_loop *loop, const struct value *missing, struct error *err)
{
    static const char *const whoami[] = { "sts", "get-caller-identity", NULL };
    const struct aws there = { aws->cli, aws->profile, prop(array_at(missing, 0), "region") };

    if (aws_start(&there, loop, whoami, NULL, err) < 0)
        return -1;
    for (size_t i = 0; i < value_length(missing); i++)
        if (start_zones(aws, loop, array_at(missing, i), err) < 0)
            return -1;
    return 0;
}

// The zones that are available, in the order of the answer (aws-cdk: availability-zones.ts).
static struct value *zone_names(const struct value *answer)
{
    const struct value *zones = object_get(answer, "AvailabilityZones");
    struct value *names = array();

    for (size_t i = 0; i < value_length(zones); i++) {
        const char *state = object_string(array_at(zones, i), "State");

        if (state && strcmp(state, "available") == 0)
            array_append(names, object_get(array_at(zones, i), "ZoneName"));
    }
    return names;
}

static int consume_answer(struct lookup *lookup, const struct process *process, struct error *err)
{
    struct value *entry = process->data;
    const struct value *answer;
    struct value *names;

    if (aws_answer(process, &answer, err) < 0)
        return -1;
    if (!entry) {
        lookup->identity = answer;
        return 0;
    }
    names = zone_names(answer);
    if (!value_length(names))
        return error_set(err, "region '%s' has no availability zones", prop(entry, "region"));
    object_set(lookup->found, object_string(entry, "key"), names);
    return 0;
}

// Zone names mean other places in other accounts.
static int check_account(const struct lookup *lookup, struct error *err)
{
    const char *account = object_string(lookup->identity, "Account");

    for (size_t i = 0; i < value_length(lookup->missing); i++) {
        const char *wanted = prop(array_at(lookup->missing, i), "account");

        if (!account || strcmp(account, wanted) != 0)
            return error_set(
                err, "the credentials are for account %s, not for %s", account ? account : "unknown", wanted);
    }
    return 0;
}

int lookup_missing(
    const struct aws *aws, const struct value *missing, struct value **ret_found, struct error *err)
{
    struct lookup lookup = { .missing = missing, .found = object((struct field[]){ END }) };
    PROCESS_LOOP_AUTO loop = PROCESS_LOOP_INIT;
    struct process *process;

    if (start(aws, &loop, missing, err) < 0)
        return -1;
    while ((process = process_loop_next(&loop, PROCESS_NO_TIMEOUT))) {
        int status = consume_answer(&lookup, process, err);

        process_free(process);
        if (status < 0)
            return -1;
    }
    if (check_account(&lookup, err) < 0)
        return -1;
    *ret_found = lookup.found;
    return 0;
}

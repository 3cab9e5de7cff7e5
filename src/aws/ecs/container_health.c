// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/diag.h"

#include <string.h>

enum {
    MIN_INTERVAL = 5,
    MAX_INTERVAL = 300,
    MIN_TIMEOUT = 2,
    MAX_TIMEOUT = 120,
    DEFAULT_INTERVAL = 30,
    DEFAULT_TIMEOUT = 5,
    DEFAULT_RETRIES = 3,
    MAX_IGNORED_EXIT_CODES = 50,
    MIN_ATTEMPT_PERIOD = 60,
    MAX_ATTEMPT_PERIOD = 1800,
};

static void check_range(struct construct *node, const char *what, struct duration given, int min, int max)
{
    int64_t seconds = duration_to_seconds(given);

    if (given.given && (seconds < min || seconds > max))
        diag_error(node, "%s must be %d to %d seconds, got %lld", what, min, max, (long long)seconds);
}

static void check_health_check(struct construct *node, const struct ecs_health_check *check)
{
    check_range(node, "the interval of a health check", check->interval, MIN_INTERVAL, MAX_INTERVAL);
    check_range(node, "the timeout of a health check", check->timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    if (check->interval.given && check->timeout.given &&
        check->interval.milliseconds < check->timeout.milliseconds)
        diag_error(node, "the interval of a health check must not be shorter than its timeout");
    if (!check->command || !*check->command)
        diag_error(node, "a health check needs a command");
}

// A single word is for the shell; several are a command line unless they say otherwise.
static const char *command_prefix(const char *const *command)
{
    if (!command[1])
        return "CMD-SHELL";
    return strcmp(command[0], "CMD") == 0 || strcmp(command[0], "CMD-SHELL") == 0 ? NULL : "CMD";
}

static struct value *command(const char *const *words)
{
    struct value *list = array();

    if (!words || !*words)
        return list;
    array_append(list, string(command_prefix(words)));
    array_append_all(list, strings(words));
    return list;
}

struct value *ecs_health_check_value(struct construct *node, const struct ecs_health_check *check)
{
    if (!check)
        return NULL;
    check_health_check(node, check);
    return object((struct field[]){
        { "Command", command(check->command) },
        { "Interval", seconds_value(duration_or(check->interval, seconds(DEFAULT_INTERVAL))) },
        { "Retries", number(count_or(check->retries, DEFAULT_RETRIES)) },
        { "StartPeriod", seconds_value(check->start_period) },
        { "Timeout", seconds_value(duration_or(check->timeout, seconds(DEFAULT_TIMEOUT))) },
        END,
    });
}

static struct value *exit_codes(const struct ecs_restart_policy *policy)
{
    struct value *list = policy->ignored_exit_codes ? array() : NULL;

    for (size_t i = 0; list && i < policy->ignored_exit_code_count; i++)
        array_append(list, number(policy->ignored_exit_codes[i]));
    return list;
}

struct value *ecs_restart_policy_value(struct construct *node, const struct ecs_restart_policy *policy)
{
    if (!policy)
        return NULL;
    if (policy->enabled == NO && (policy->ignored_exit_codes || policy->attempt_period.given))
        diag_error(node, "a restart policy that is off takes no exit codes and no attempt period");
    if (policy->ignored_exit_code_count > MAX_IGNORED_EXIT_CODES)
        diag_error(node, "a restart policy takes at most %d exit codes, got %zu", MAX_IGNORED_EXIT_CODES,
            policy->ignored_exit_code_count);
    check_range(node, "the attempt period of a restart policy", policy->attempt_period, MIN_ATTEMPT_PERIOD,
        MAX_ATTEMPT_PERIOD);
    return object((struct field[]){
        { "Enabled", boolean(policy->enabled != NO) },
        { "IgnoredExitCodes", exit_codes(policy) },
        { "RestartAttemptPeriod", seconds_value(policy->attempt_period) },
        END,
    });
}

// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"

// Limits of SNS ("Creating an HTTP/S delivery policy" in the developer guide).
enum { RETRY_LIMIT = 100 };

static void check_delay(struct construct *node, const char *what, struct duration delay)
{
    if (delay.given &&
        (delay.milliseconds % 1000 != 0 || delay.milliseconds < 1000 ||
            delay.milliseconds > hours(1).milliseconds))
        diag_error(node, "%s is %g seconds; it must be a whole number of seconds from 1 to 3600", what,
            (double)delay.milliseconds / 1000);
}

static bool is_whole(double number)
{
    return number == (double)(long)number;
}

static void check_retries(struct construct *node, const char *what, struct count retries)
{
    if (retries.given && (retries.number < 0 || !is_whole(retries.number)))
        diag_error(node, "%s is %g; it must be a whole number", what, retries.number);
}

static void check(struct construct *node, const struct sns_delivery_policy *policy)
{
    struct count retries = policy->num_retries, receives = policy->max_receives_per_second;

    check_delay(node, "min_delay_target", policy->min_delay_target);
    check_delay(node, "max_delay_target", policy->max_delay_target);
    if (policy->min_delay_target.given && policy->max_delay_target.given &&
        policy->min_delay_target.milliseconds > policy->max_delay_target.milliseconds)
        diag_error(node, "min_delay_target must not be more than max_delay_target");
    if (retries.given && (retries.number < 0 || retries.number > RETRY_LIMIT))
        diag_error(node, "num_retries is %g; it must be 0 to %d", retries.number, RETRY_LIMIT);
    check_retries(node, "num_no_delay_retries", policy->num_no_delay_retries);
    check_retries(node, "num_min_delay_retries", policy->num_min_delay_retries);
    check_retries(node, "num_max_delay_retries", policy->num_max_delay_retries);
    if (receives.given && (receives.number < 1 || !is_whole(receives.number)))
        diag_error(node, "max_receives_per_second is %g; it must be a whole number from 1", receives.number);
}

static struct value *healthy_retry_policy(const struct sns_delivery_policy *p)
{
    if (!p->has_healthy_retry_policy)
        return NULL;
    return object((struct field[]){
        { "minDelayTarget", seconds_value(duration_or(p->min_delay_target, seconds(20))) },
        { "maxDelayTarget", seconds_value(duration_or(p->max_delay_target, seconds(20))) },
        { "numRetries", number(count_or(p->num_retries, 3)) },
        { "numNoDelayRetries", count_value(p->num_no_delay_retries) },
        { "numMinDelayRetries", count_value(p->num_min_delay_retries) },
        { "numMaxDelayRetries", count_value(p->num_max_delay_retries) },
        { "backoffFunction", string(p->backoff_function) },
        END,
    });
}

// An object of one field; NULL when that is not given.
static struct value *wrapped(const char *key, struct value *value)
{
    return value ? object((struct field[]){ { key, value }, END }) : NULL;
}

struct value *delivery_policy_render(struct construct *node, const struct sns_delivery_policy *policy)
{
    if (!policy)
        return NULL;
    check(node, policy);
    return object((struct field[]){
        { "healthyRetryPolicy", healthy_retry_policy(policy) },
        { "throttlePolicy", wrapped("maxReceivesPerSecond", count_value(policy->max_receives_per_second)) },
        { "requestPolicy", wrapped("headerContentType", string(policy->header_content_type)) },
        END,
    });
}

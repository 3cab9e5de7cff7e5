// SPDX-License-Identifier: MIT
#include "aws/cloudwatch_actions.h"

#include "aws/sns.h"

struct cloudwatch_alarm_action cloudwatch_actions_sns(const struct sns_topic *topic)
{
    return (struct cloudwatch_alarm_action){ topic->topic_arn };
}

// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_ACTIONS_H
#define AWS_CLOUDWATCH_ACTIONS_H

// What alarms do.

#include "aws/cloudwatch.h"

struct sns_topic;

// Publishes the change of state to the topic. The topic's policy must let CloudWatch do so.
struct cloudwatch_alarm_action cloudwatch_actions_sns(const struct sns_topic *topic);

#endif

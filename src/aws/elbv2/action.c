// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/diag.h"

#include <string.h>
#include <strings.h>

enum { MAX_MESSAGE_BODY = 1024 };

static struct elbv2_action *action_new(
    const char *type, const char *config_key, struct value *config, const char *error)
{
    struct elbv2_action *self = arena_alloc(value_arena(), sizeof(*self));

    self->json = object((struct field[]){
        { config_key, config },
        { "Type", string(type) },
        END,
    });
    self->error = error;
    return self;
}

static struct elbv2_action *forward_action(
    const struct elbv2_weighted_target_group *groups, const char *config_key, struct value *config)
{
    struct elbv2_action *self = action_new(
        "forward", config_key, config, groups->group ? NULL : "a forward action needs a target group");
    size_t count = 0;

    while (groups[count].group)
        count++;
    self->groups = arena_alloc(value_arena(), (count + 1) * sizeof(*self->groups));
    for (size_t i = 0; i < count; i++)
        self->groups[i] = groups[i].group;
    return self;
}

static struct value *forward_config(
    const struct elbv2_weighted_target_group *groups, struct duration stickiness)
{
    struct value *list = array();
    struct value *sticky = object((struct field[]){
        { "DurationSeconds", seconds_value(stickiness) },
        { "Enabled", boolean(true) },
        END,
    });

    for (; groups->group; groups++)
        array_append(list,
            object((struct field[]){
                { "TargetGroupArn", groups->group->target_group_arn },
                { "Weight", count_value(groups->weight) },
                END,
            }));
    return object((struct field[]){
        { "TargetGroupStickinessConfig", stickiness.given ? sticky : NULL },
        { "TargetGroups", list },
        END,
    });
}

struct elbv2_action *elbv2_weighted_forward(
    const struct elbv2_weighted_target_group *groups, struct duration stickiness_duration)
{
    return forward_action(groups, "ForwardConfig", forward_config(groups, stickiness_duration));
}

struct elbv2_action *elbv2_forward(
    struct elbv2_target_group *const *groups, struct duration stickiness_duration)
{
    size_t length = 0;
    struct elbv2_weighted_target_group *weighted;

    while (groups[length])
        length++;
    weighted = arena_alloc(value_arena(), (length + 1) * sizeof(*weighted));
    for (size_t i = 0; i < length; i++)
        weighted[i] = (struct elbv2_weighted_target_group){ groups[i], count(1) };
    if (length == 1 && !stickiness_duration.given)
        return forward_action(weighted, "TargetGroupArn", groups[0]->target_group_arn);
    return elbv2_weighted_forward(weighted, stickiness_duration);
}

static const char *redirect_error(const struct elbv2_redirect *redirect)
{
    const char *protocol = redirect->protocol;

    if (!redirect->host && !redirect->path && !redirect->port && !protocol && !redirect->query)
        return "a redirect action needs a protocol, host, port, path or query; without one it would go in "
               "circles";
    if (redirect->path && redirect->path[0] != '/')
        return "the path of a redirect action must start with '/'";
    if (protocol && strcasecmp(protocol, "HTTP") != 0 && strcasecmp(protocol, "HTTPS") != 0 &&
        strcasecmp(protocol, "#{protocol}") != 0)
        return "the protocol of a redirect action must be HTTP, HTTPS or #{protocol}";
    return NULL;
}

struct elbv2_action *elbv2_redirect(const struct elbv2_redirect *redirect)
{
    struct value *config = object((struct field[]){
        { "Host", string(redirect->host) },
        { "Path", string(redirect->path) },
        { "Port", string(redirect->port) },
        { "Protocol", string(redirect->protocol) },
        { "Query", string(redirect->query) },
        { "StatusCode", string(redirect->permanent ? "HTTP_301" : "HTTP_302") },
        END,
    });

    return action_new("redirect", "RedirectConfig", config, redirect_error(redirect));
}

static const char *fixed_response_error(const struct elbv2_fixed_response *response)
{
    int class = response->status_code / 100;

    if (class != 2 && class != 4 && class != 5)
        return "the status code of a fixed response must be 2xx, 4xx or 5xx";
    if (response->message_body && strlen(response->message_body) > MAX_MESSAGE_BODY)
        return "the message body of a fixed response has more than 1024 characters";
    return NULL;
}

struct elbv2_action *elbv2_fixed_response(const struct elbv2_fixed_response *response)
{
    struct value *config = object((struct field[]){
        { "ContentType", string(response->content_type) },
        { "MessageBody", string(response->message_body) },
        { "StatusCode", stringf("%d", response->status_code) },
        END,
    });

    return action_new("fixed-response", "FixedResponseConfig", config, fixed_response_error(response));
}

void elbv2_action_bind(
    const struct elbv2_action *action, struct elbv2_listener *listener, struct construct *user)
{
    if (action->error)
        diag_error(user, "%s", action->error);
    for (struct elbv2_target_group **group = action->groups; group && *group; group++)
        elbv2_target_group_register_listener(*group, listener, user);
}

struct value *elbv2_actions_value(const struct elbv2_action *action)
{
    return array_of((struct value *[]){ action ? action->json : NULL, NULL });
}

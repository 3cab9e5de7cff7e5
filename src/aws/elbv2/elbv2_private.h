// SPDX-License-Identifier: MIT
#ifndef AWS_ELBV2_PRIVATE_H
#define AWS_ELBV2_PRIVATE_H

// Between the files of load balancing.

#include "aws/elbv2.h"

// Attributes of a load balancer, listener or target group, in the order in which they were first set.
struct elbv2_attribute {
    const char *key;
    struct value *value; // NULL: removed
};
struct elbv2_attributes {
    struct elbv2_attribute *items;
    size_t length, capacity;
};
void elbv2_attributes_set(struct elbv2_attributes *attributes, const char *key, struct value *value);
// The list as it will be at synthesis; left out when it is empty.
struct value *elbv2_attributes_value(struct elbv2_attributes *attributes);

// Load balancers and target groups have the same kind of name. Text that breaks its rules is an error on
// `node`; `what` begins the message ("load balancer").
void elbv2_check_name(struct construct *node, const char *what, const struct value *name);

// Completes one by the other. False when neither is given, or when the port says nothing about the protocol;
// the latter is an error on `node`.
bool elbv2_complete_protocol_and_port(struct construct *node, enum elbv2_protocol *protocol, int *port);
const char *elbv2_protocol_name(enum elbv2_protocol protocol); // NULL for the default
const char *elbv2_ip_address_type_name(enum elbv2_ip_address_type type);

// "app/NAME/ID" from the ARN of a load balancer or of one of its listeners.
struct value *elbv2_load_balancer_full_name(struct value *arn);

struct elbv2_action {
    struct value *json;
    struct elbv2_target_group **groups; // that it forwards to; end with NULL; may be NULL
    const char *error;                  // what is wrong with it; NULL: nothing
};
// Makes the action one of `user`, a listener or rule: reports what is wrong with it, and attaches its groups.
void elbv2_action_bind(
    const struct elbv2_action *action, struct elbv2_listener *listener, struct construct *user);
struct value *elbv2_actions_value(const struct elbv2_action *action);

struct elbv2_connectable {
    struct ec2_connections *connections;
    struct ec2_port port;
};
struct elbv2_target_group_state {
    struct ec2_vpc *vpc;
    enum elbv2_target_type target_type;
    enum elbv2_protocol protocol;
    int port;
    struct value *health_check_properties;
    struct duration health_check_interval, health_check_timeout;
    struct value *targets;
    struct elbv2_attributes attributes;
    struct elbv2_connectable *connectables;
    size_t connectable_count, connectable_capacity;
    struct elbv2_listener **listeners;
    size_t listener_count, listener_capacity;
    struct construct **users; // listeners and rules that forward to it
    size_t user_count, user_capacity;
    struct resource **dependents; // of the users
    size_t dependent_count, dependent_capacity;
};
// `listener` sends requests to the group because of `user`, itself or one of its rules.
void elbv2_target_group_register_listener(
    struct elbv2_target_group *group, struct elbv2_listener *listener, struct construct *user);
// Sets the attributes that the props ask for.
void elbv2_target_group_set_attributes(
    struct elbv2_target_group *group, const struct elbv2_target_group_props *props);
void elbv2_target_group_validate(struct construct *node, void *group);

struct elbv2_listener_state {
    struct elbv2_attributes attributes;
    struct value *certificates; // array of at most one
    const struct elbv2_action *default_action;
    struct ec2_security_group *security_group; // of an imported listener
};
// Opens the way from the load balancer to a target.
void elbv2_listener_register_connectable(
    struct elbv2_listener *listener, struct ec2_connections *connections, struct ec2_port port);

struct elbv2_load_balancer_state {
    struct elbv2_attributes attributes;
};

#endif

// SPDX-License-Identifier: MIT
#include "aws/elbv2.h"
#include "parity/constructs/parity.h"

static struct value *certificate(const char *name)
{
    return stringf("arn:aws:acm:us-east-1:123456789012:certificate/%s", name);
}

static struct elbv2_action *not_found(void)
{
    return elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 404 });
}

static struct elbv2_load_balancer *balancer(struct stack *stack)
{
    struct ec2_vpc *vpc =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });

    return elbv2_load_balancer_new(stack->node, "LB", &(struct elbv2_load_balancer_props){ .vpc = vpc });
}

static struct elbv2_target_group *group(struct stack *stack, struct elbv2_load_balancer *lb, const char *id)
{
    return elbv2_target_group_new(stack->node, id,
        &(struct elbv2_target_group_props){ .vpc = lb->vpc, .port = 80, .target_type = ELBV2_TARGET_IP });
}

static const char *numbered(const char *prefix, int number)
{
    return value_string(stringf("%s%d", prefix, number));
}

static void protocols_and_ports(struct stack *stack)
{
    static const int http[] = { 80, 8000, 8008, 8080 }, https[] = { 443, 8443 };
    struct elbv2_load_balancer *lb = balancer(stack);
    struct value *certificates[] = { certificate("one"), NULL };

    for (int i = 0; i < 4; i++)
        elbv2_load_balancer_add_listener(lb, numbered("P", http[i]),
            &(struct elbv2_listener_props){ .port = http[i], .default_action = not_found() });
    for (int i = 0; i < 2; i++)
        elbv2_load_balancer_add_listener(lb, numbered("P", https[i]),
            &(struct elbv2_listener_props){
                .port = https[i], .certificate_arns = certificates, .default_action = not_found() });
    elbv2_load_balancer_add_listener(lb, "Http",
        &(struct elbv2_listener_props){ .protocol = ELBV2_HTTP, .open = NO, .default_action = not_found() });
    elbv2_load_balancer_add_listener(lb, "Https",
        &(struct elbv2_listener_props){
            .protocol = ELBV2_HTTPS,
            .certificate_arns = certificates,
            .open = NO,
            .default_action = not_found(),
        });
    elbv2_load_balancer_add_listener(lb, "Odd",
        &(struct elbv2_listener_props){
            .protocol = ELBV2_HTTP, .port = 1234, .default_action = not_found() });
}

static void certificates(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);
    struct elbv2_listener *first = elbv2_load_balancer_add_listener(lb, "First",
        &(struct elbv2_listener_props){
            .port = 443,
            .certificate_arns =
                (struct value *[]){ certificate("a"), certificate("b"), certificate("c"), NULL },
            .ssl_policy = ELBV2_SSL_RECOMMENDED_TLS,
            .default_action = not_found(),
        });
    struct elbv2_listener *second = elbv2_load_balancer_add_listener(
        lb, "Second", &(struct elbv2_listener_props){ .port = 8443, .default_action = not_found() });

    elbv2_listener_add_certificates(
        first, "More", (struct value *[]){ certificate("d"), certificate("e"), NULL });
    elbv2_listener_add_certificates(second, "Late", (struct value *[]){ certificate("f"), NULL });
    elbv2_listener_add_certificates(second, "Later", (struct value *[]){ certificate("g"), NULL });
}

static void ssl_policies(struct stack *stack)
{
    static const struct {
        const char *name;
        enum elbv2_ssl_policy policy;
    } policies[] = {
#define SSL_POLICY(name, policy) { #name, ELBV2_SSL_##name },
#include "aws/elbv2_ssl_policies.def"
#include "util/array.h"
#undef SSL_POLICY
    };
    struct elbv2_load_balancer *lb = balancer(stack);

    for (size_t i = 0; i < ARRAY_SIZE(policies); i++)
        elbv2_load_balancer_add_listener(lb, policies[i].name,
            &(struct elbv2_listener_props){
                .port = 443,
                .open = NO,
                .certificate_arns = (struct value *[]){ certificate("one"), NULL },
                .ssl_policy = policies[i].policy,
                .default_action = not_found(),
            });
}

static void post_quantum_flag(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);

    elbv2_load_balancer_add_listener(lb, "Https",
        &(struct elbv2_listener_props){
            .port = 443,
            .certificate_arns = (struct value *[]){ certificate("one"), NULL },
            .default_action = not_found(),
        });
    elbv2_load_balancer_add_listener(
        lb, "Http", &(struct elbv2_listener_props){ .port = 80, .default_action = not_found() });
}

static void add_numbered(struct elbv2_load_balancer *lb, int port, struct elbv2_action *action)
{
    elbv2_load_balancer_add_listener(lb, numbered("L", port),
        &(struct elbv2_listener_props){ .protocol = ELBV2_HTTP, .port = port, .default_action = action });
}

static void actions(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);
    struct elbv2_target_group *one = group(stack, lb, "One");
    struct elbv2_target_group *two = group(stack, lb, "Two");
    const struct duration none = { 0 };
    const struct elbv2_weighted_target_group weighted[] = { { one, count(0) }, { two, count(7) }, { 0 } };
    const struct elbv2_weighted_target_group unweighted[] = { { .group = one }, { 0 } };

    add_numbered(lb, 1, elbv2_forward((struct elbv2_target_group *[]){ one, NULL }, none));
    add_numbered(lb, 2, elbv2_forward((struct elbv2_target_group *[]){ one, two, NULL }, none));
    add_numbered(lb, 3, elbv2_forward((struct elbv2_target_group *[]){ one, NULL }, hours(1)));
    add_numbered(lb, 4, elbv2_weighted_forward(weighted, minutes(5)));
    add_numbered(lb, 5, elbv2_weighted_forward(unweighted, none));
    add_numbered(lb, 6, elbv2_redirect(&(struct elbv2_redirect){ .protocol = "HTTPS" }));
    add_numbered(lb, 7,
        elbv2_redirect(&(struct elbv2_redirect){
            .host = "www.#{host}",
            .path = "/v2/#{path}",
            .port = "8443",
            .protocol = "#{protocol}",
            .query = "a=b",
            .permanent = true,
        }));
    add_numbered(lb, 8,
        elbv2_fixed_response(&(struct elbv2_fixed_response){
            .status_code = 503, .content_type = "text/html", .message_body = "<h1>soon</h1>" }));
    elbv2_load_balancer_add_listener(lb, "Groups",
        &(struct elbv2_listener_props){
            .port = 80, .default_target_groups = (struct elbv2_target_group *[]){ two, NULL } });
}

#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })
#define CONDITIONS(...) ((struct elbv2_condition[]){ __VA_ARGS__, { 0 } })

static void add_rule(struct stack *stack, struct elbv2_load_balancer *lb, struct elbv2_listener *listener,
    struct elbv2_target_group *api)
{
    const struct elbv2_query_string strings[] = { { "version", "2" }, { NULL, "x" }, { 0 } };
    struct elbv2_listener_rule *rule = elbv2_listener_rule_new(stack->node, "Rule",
        &(struct elbv2_listener_rule_props){
            .listener = listener,
            .match = { 40, CONDITIONS({ ELBV2_QUERY_STRINGS, .query_strings = strings }) },
            .target_groups = (struct elbv2_target_group *[]){ api, group(stack, lb, "Other"), NULL },
        });

    elbv2_listener_rule_add_condition(
        rule, &(struct elbv2_condition){ ELBV2_HTTP_REQUEST_METHODS, .values = TEXTS("GET", "HEAD") });
    output_new(stack->node, "RuleArn", &(struct output_props){ .value = rule->listener_rule_arn });
}

static void rules(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);
    struct elbv2_listener *listener = elbv2_load_balancer_add_listener(
        lb, "Http", &(struct elbv2_listener_props){ .port = 80, .default_action = not_found() });
    struct elbv2_target_group *api = group(stack, lb, "Api");
    struct elbv2_target targets[] = { elbv2_ip_target(string("10.0.0.9"), 0), { 0 } };

    elbv2_listener_add_action(listener, "Old", elbv2_redirect(&(struct elbv2_redirect){ .path = "/new" }),
        &(struct elbv2_rule_match){ 10,
            CONDITIONS({ ELBV2_PATH_PATTERNS, .values = TEXTS("/old/*", "/older/*") },
                { ELBV2_HOST_HEADERS, .values = TEXTS("example.com") }) });
    elbv2_listener_add_target_groups(listener, "Api", (struct elbv2_target_group *[]){ api, NULL },
        &(struct elbv2_rule_match){ 20, CONDITIONS({ ELBV2_PATH_PATTERNS, .values = TEXTS("/api/*") }) });
    elbv2_listener_add_targets(listener, "Beta",
        &(struct elbv2_target_group_props){
            .port = 8080, .health_check = { .path = "/health" }, .targets = targets },
        &(struct elbv2_rule_match){ 30,
            CONDITIONS({ ELBV2_HTTP_HEADER, .http_header_name = "X-Beta", .values = TEXTS("yes", "1") },
                { ELBV2_SOURCE_IPS, .values = TEXTS("10.0.0.0/8") }) });
    add_rule(stack, lb, listener, api);
}

static void rule_action(struct stack *stack)
{
    struct elbv2_listener *listener = elbv2_load_balancer_add_listener(balancer(stack), "Listener",
        &(struct elbv2_listener_props){ .port = 80, .default_action = not_found() });
    struct elbv2_listener_rule *rule = elbv2_listener_rule_new(stack->node, "Rule",
        &(struct elbv2_listener_rule_props){
            .listener = listener,
            .match = { 7, CONDITIONS({ ELBV2_PATH_PATTERNS, .values = TEXTS("/old") }) },
            .action = not_found(),
        });

    elbv2_listener_rule_configure_action(
        rule, elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 410 }));
}

static void default_targets_late(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);
    struct elbv2_listener *listener =
        elbv2_load_balancer_add_listener(lb, "Http", &(struct elbv2_listener_props){ .port = 80 });
    struct elbv2_listener *other;

    elbv2_listener_add_target_groups(
        listener, "App", (struct elbv2_target_group *[]){ group(stack, lb, "Group"), NULL }, NULL);
    elbv2_listener_set_attribute(listener, "routing.http.response.server.enabled", "false");
    elbv2_listener_set_attribute(listener, "routing.http.response.x_frame_options.header_value", "DENY");
    other = elbv2_load_balancer_add_listener(lb, "Other", &(struct elbv2_listener_props){ .port = 8080 });
    elbv2_listener_add_action(other, "Late", elbv2_redirect(&(struct elbv2_redirect){ .port = "80" }), NULL);
}

static void mutual_authentication(struct stack *stack)
{
    const struct elbv2_mutual_authentication settings[] = {
        { .mode = ELBV2_MUTUAL_AUTHENTICATION_OFF },
        { .mode = ELBV2_MUTUAL_AUTHENTICATION_PASS_THROUGH },
        {
            .mode = ELBV2_MUTUAL_AUTHENTICATION_VERIFY,
            .trust_store_arn = string(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef"),
            .ignore_client_certificate_expiry = NO,
            .advertise_trust_store_ca_names = YES,
        },
        { 0 },
    };
    struct elbv2_load_balancer *lb = balancer(stack);

    for (int i = 0; i < 4; i++)
        elbv2_load_balancer_add_listener(lb, numbered("L", i + 1),
            &(struct elbv2_listener_props){
                .protocol = ELBV2_HTTPS,
                .port = i + 1,
                .certificate_arns = (struct value *[]){ certificate("one"), NULL },
                .mutual_authentication = &settings[i],
                .default_action = not_found(),
            });
}

static struct elbv2_listener *imported_listener(struct stack *stack)
{
    return elbv2_listener_from_attributes(stack->node, "Listener",
        &(struct elbv2_listener_attributes){
            .listener_arn = string(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"),
            .security_group = ec2_security_group_from_id(stack->node, "Theirs", string("sg-12345678"), NULL),
            .default_port = 443,
        });
}

static void import(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack);
    struct elbv2_listener *listener = imported_listener(stack);
    struct elbv2_target_group *app;
    struct ec2_security_group *instance;

    elbv2_listener_add_certificates(
        listener, "Certificates", (struct value *[]){ certificate("a"), certificate("b"), NULL });
    elbv2_listener_add_action(listener, "Gone",
        elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 410 }),
        &(struct elbv2_rule_match){ 5, CONDITIONS({ ELBV2_PATH_PATTERNS, .values = TEXTS("/gone") }) });
    app = group(stack, lb, "App");
    elbv2_listener_add_target_groups(listener, "App", (struct elbv2_target_group *[]){ app, NULL },
        &(struct elbv2_rule_match){
            6, CONDITIONS({ ELBV2_HOST_HEADERS, .values = TEXTS("app.example.com") }) });
    instance =
        ec2_security_group_new(stack->node, "Instance", &(struct ec2_security_group_props){ .vpc = lb->vpc });
    elbv2_target_group_register_connectable(app, instance->connections, ec2_port_tcp(8000));
    output_new(stack->node, "First",
        &(struct output_props){ .value = elbv2_target_group_first_load_balancer_full_name(app) });
}

static const struct parity_case cases[] = {
    { "elbv2-listener-protocols-and-ports", protocols_and_ports },
    { "elbv2-listener-certificates", certificates },
    { "elbv2-listener-ssl-policies", ssl_policies },
    { "elbv2-listener-post-quantum-flag", post_quantum_flag },
    { "elbv2-listener-actions", actions },
    { "elbv2-listener-rules", rules },
    { "elbv2-listener-rule-action", rule_action },
    { "elbv2-listener-default-targets-late", default_targets_late },
    { "elbv2-listener-mutual-authentication", mutual_authentication },
    { "elbv2-listener-import", import },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("elbv2-listener", cases, argc, argv);
}

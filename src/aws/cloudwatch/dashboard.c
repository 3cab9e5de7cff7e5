// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/widget_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "data/json.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/text/pattern.h"

struct cloudwatch_dashboard_state {
    const struct stack *stack;
    struct cloudwatch_widget *rows; // a column
    const char *start, *end;
    enum cloudwatch_period_override period_override;
};

// "PT1H30M" (CDK's Duration.toIsoString).
static void add_iso_duration(struct strbuf *out, struct duration duration)
{
    static const struct {
        int64_t milliseconds;
        char letter;
    } units[] = { { 86400000, 'D' }, { 3600000, 'H' }, { 60000, 'M' } };
    int64_t rest = duration.milliseconds;
    bool has_time = false;
    strbuf_add_char(out, 'P');
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        int64_t amount = rest / units[i].milliseconds;
        if (amount == 0)
            continue;
        if (units[i].letter != 'D' && !has_time)
            strbuf_add_char(out, 'T');
        has_time = has_time || units[i].letter != 'D';
        strbuf_addf(out, "%lld%c", (long long)amount, units[i].letter);
        rest %= units[i].milliseconds;
    }
    if (rest == 0 && duration.milliseconds != 0)
        return;
    if (!has_time)
        strbuf_add_char(out, 'T');
    json_write_number(out, (double)rest / 1000);
    strbuf_add_char(out, 'S');
}

static const char *interval_start(struct duration interval)
{
    STRBUF_AUTO text = STRBUF_INIT;
    strbuf_add_char(&text, '-');
    add_iso_duration(&text, interval);
    return arena_strdup(value_arena(), text.data);
}

static struct value *body(void *data)
{
    static const char *const overrides[] = {
        [CLOUDWATCH_PERIOD_OVERRIDE_AUTO] = "auto",
        [CLOUDWATCH_PERIOD_OVERRIDE_INHERIT] = "inherit",
    };
    const struct cloudwatch_dashboard_state *state = data;
    struct value *widgets = array();
    widget_place(state->rows, 0, 0);
    widget_render(state->rows, state->stack, widgets);
    return json_text(object((struct field[]){
        { "start", string(state->start) },
        { "end", string(state->end) },
        { "periodOverride", string(overrides[state->period_override]) },
        { "widgets", widgets },
        END,
    }));
}

static struct value *dashboard_properties(
    const struct cloudwatch_dashboard_props *p, struct cloudwatch_dashboard_state *state)
{
    return object((struct field[]){
        { "DashboardBody", lazy(body, state) },
        { "DashboardName", p->dashboard_name },
        END,
    });
}

static void validate(struct construct *node, void *data)
{
    struct cloudwatch_dashboard_state *state = data;
    widget_report(state->rows, node);
}

static void check_props(const struct cloudwatch_dashboard_props *p, struct construct *node)
{
    const char *name = value_string(p->dashboard_name);
    if (name && !text_matches(name, "^[A-Za-z0-9_-]+$"))
        diag_error(node, "dashboard name '%s' must have only letters, digits, '-' and '_'", name);
    if (p->start && p->default_interval.given)
        diag_error(node, "a dashboard takes either default_interval or start");
    if (p->end && !p->start)
        diag_error(node, "a dashboard with an end ('%s') needs a start", p->end);
}

static struct cloudwatch_dashboard_state *state_new(
    const struct cloudwatch_dashboard_props *p, const struct construct *node)
{
    struct cloudwatch_dashboard_state *state = arena_alloc(construct_arena(node), sizeof(*state));
    bool has_interval = p->default_interval.given;
    state->stack = construct_stack(node);
    state->rows = cloudwatch_column_new((struct cloudwatch_widget *[]){ NULL });
    if (has_interval)
        state->start = interval_start(p->default_interval);
    else if (p->start)
        state->start = arena_strdup(construct_arena(node), p->start);
    if (p->end && !has_interval)
        state->end = arena_strdup(construct_arena(node), p->end);
    state->period_override = p->period_override;
    return state;
}

struct cloudwatch_dashboard *cloudwatch_dashboard_new(
    struct construct *scope, const char *id, const struct cloudwatch_dashboard_props *props)
{
    struct construct *node = construct_new(scope, id, "cloudwatch.Dashboard");
    struct cloudwatch_dashboard *dashboard = arena_alloc(construct_arena(node), sizeof(*dashboard));
    check_props(props, node);
    dashboard->node = node;
    dashboard->state = state_new(props, node);
    dashboard->resource = resource_new(
        node, "Resource", "AWS::CloudWatch::Dashboard", dashboard_properties(props, dashboard->state));
    dashboard->dashboard_name = ref(dashboard->resource);
    dashboard->dashboard_arn = stack_format_arn(construct_stack(node),
        &(struct arn_parts){
            .service = "cloudwatch",
            .region = string(""),
            .resource = "dashboard",
            .resource_name = props->dashboard_name ? props->dashboard_name : dashboard->dashboard_name,
        });
    construct_add_validation(node, validate, dashboard->state);
    for (struct cloudwatch_widget *const *const *row = props->widgets; row && *row; row++)
        cloudwatch_dashboard_add_widgets(dashboard, *row);
    return dashboard;
}

void cloudwatch_dashboard_add_widgets(
    struct cloudwatch_dashboard *dashboard, struct cloudwatch_widget *const *widgets)
{
    if (!widgets[0])
        return;
    struct cloudwatch_widget *row = widgets[1] ? cloudwatch_row_new(widgets) : widgets[0];
    cloudwatch_layout_add_widget(dashboard->state->rows, row);
}

// SPDX-License-Identifier: MIT
// Widgets that draw metrics (CDK's aws-cloudwatch/lib/graph.js).
#include "aws/cloudwatch/widget_private.h"

#include "util/arena.h"
#include "util/text/pattern.h"

static const char *const shading_names[] = {
    [CLOUDWATCH_SHADING_NONE] = "none",
    [CLOUDWATCH_SHADING_ABOVE] = "above",
    [CLOUDWATCH_SHADING_BELOW] = "below",
    [CLOUDWATCH_SHADING_BEFORE] = "before",
    [CLOUDWATCH_SHADING_AFTER] = "after",
};

static struct value *annotation_value(const struct cloudwatch_annotation *annotation, const char *axis)
{
    struct value *label = string(annotation->label);
    return object((struct field[]){
        { "label", annotation->label_first ? label : NULL },
        { "value", annotation->date ? string(annotation->date) : count_value(annotation->value) },
        { "label", annotation->label_first ? NULL : label },
        { "color", string(annotation->color) },
        { "fill", string(shading_names[annotation->fill]) },
        { "visible", toggle_value(annotation->visible) },
        { "yAxis", string(axis) },
        END,
    });
}

static void add_horizontal(
    struct value *list, const struct cloudwatch_annotation *annotations, const char *axis)
{
    for (; annotations && annotations->value.given; annotations++)
        array_append(list, annotation_value(annotations, axis));
}

static struct value *vertical_annotations(
    struct cloudwatch_widget *widget, const struct cloudwatch_annotation *annotations)
{
    const char *iso_8601 =
        "^-?([1-9][0-9]*)?[0-9]{4}-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])T(2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?Z?$";
    struct value *list = array();
    for (; annotations && annotations->date; annotations++) {
        if (!text_matches(annotations->date, iso_8601))
            findings_add_error(
                &widget->findings, "date '%s' of an annotation is not an ISO 8601 time", annotations->date);
        array_append(list, annotation_value(annotations, NULL));
    }
    return list;
}

static struct value *unless_empty(struct value *list)
{
    return value_length(list) > 0 ? list : NULL;
}

static struct value *graph_annotations(
    struct cloudwatch_widget *widget, const struct cloudwatch_graph_widget_props *p)
{
    struct value *horizontal = array();
    add_horizontal(horizontal, p->left_annotations, "left");
    add_horizontal(horizontal, p->right_annotations, "right");
    return unless_empty(object((struct field[]){
        { "horizontal", unless_empty(horizontal) },
        { "vertical", unless_empty(vertical_annotations(widget, p->vertical_annotations)) },
        END,
    }));
}

// What a graph and a gauge have in common: a gauge is drawn from a graph's properties.
static struct value *drawn_content(const char *view, const struct cloudwatch_graph_widget_props *p,
    struct value *annotations, struct value *axes)
{
    struct value *visible = object((struct field[]){ { "visible", boolean(true) }, END });

    return object((struct field[]){
        { "view", string(view) },
        { "title", string(p->title) },
        { "region", region_or_here(p->region) },
        { "stacked", toggle_value(p->stacked) },
        { "labels", p->display_labels_on_chart ? visible : NULL },
        { "metrics", metrics_placeholder() },
        { "annotations", annotations },
        { "yAxis", axes },
        { "legend", legend_value(p->legend_position) },
        { "liveData", toggle_value(p->live_data) },
        { "setPeriodToTimeRange", toggle_value(p->set_period_to_time_range) },
        { "period", seconds_value(p->period) },
        { "stat", string(p->statistic) },
        { "start", string(p->start) },
        { "end", string(p->end) },
        { "accountId", p->account_id },
        END,
    });
}

static struct value *graph_content(
    struct cloudwatch_widget *widget, const struct cloudwatch_graph_widget_props *p)
{
    static const char *const views[] = {
        [CLOUDWATCH_VIEW_TIME_SERIES] = "timeSeries",
        [CLOUDWATCH_VIEW_BAR] = "bar",
        [CLOUDWATCH_VIEW_PIE] = "pie",
    };
    struct value *axes = object((struct field[]){
        { "left", y_axis_value(p->left_y_axis) },
        { "right", y_axis_value(p->right_y_axis) },
        END,
    });
    return drawn_content(views[p->view], p, graph_annotations(widget, p), axes);
}

struct cloudwatch_widget *cloudwatch_graph_widget_new(const struct cloudwatch_graph_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("metric", props->width ? props->width : 6, props->height ? props->height : 6);
    widget->content = graph_content(widget, props);
    metric_list_add_all(&widget->left, props->left);
    metric_list_add_all(&widget->right, props->right);
    widget_check_time_range(widget, props->start, props->end);
    if (props->display_labels_on_chart && props->view != CLOUDWATCH_VIEW_PIE)
        findings_add_error(&widget->findings, "display_labels_on_chart is for pies only");
    return widget;
}

void cloudwatch_graph_widget_add_left_metric(
    struct cloudwatch_widget *widget, struct cloudwatch_metric *metric)
{
    metric_list_add(&widget->left, metric);
}

void cloudwatch_graph_widget_add_right_metric(
    struct cloudwatch_widget *widget, struct cloudwatch_metric *metric)
{
    metric_list_add(&widget->right, metric);
}

static struct value *gauge_axes(const struct cloudwatch_y_axis *given)
{
    static const struct cloudwatch_y_axis unset;
    const struct cloudwatch_y_axis *axis = given ? given : &unset;
    struct value *left = object((struct field[]){
        { "min", number(count_or(axis->min, 0)) },
        { "max", number(count_or(axis->max, 100)) },
        { "label", string(axis->label) },
        { "showUnits", toggle_value(axis->show_units) },
        END,
    });
    return object((struct field[]){ { "left", left }, END });
}

static struct value *gauge_content(const struct cloudwatch_gauge_widget_props *p)
{
    struct value *horizontal = array();
    add_horizontal(horizontal, p->annotations, NULL);
    struct value *annotations = object((struct field[]){ { "horizontal", unless_empty(horizontal) }, END });
    return drawn_content("gauge",
        &(struct cloudwatch_graph_widget_props){
            .title = p->title,
            .region = p->region,
            .legend_position = p->legend_position,
            .live_data = p->live_data,
            .set_period_to_time_range = p->set_period_to_time_range,
            .period = p->period,
            .statistic = p->statistic,
            .start = p->start,
            .end = p->end,
            .account_id = p->account_id,
        },
        unless_empty(annotations), gauge_axes(p->left_y_axis));
}

struct cloudwatch_widget *cloudwatch_gauge_widget_new(const struct cloudwatch_gauge_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("metric", props->width ? props->width : 6, props->height ? props->height : 6);
    widget->content = gauge_content(props);
    metric_list_add_all(&widget->left, props->metrics);
    widget_check_time_range(widget, props->start, props->end);
    return widget;
}

static struct value *single_value_content(const struct cloudwatch_single_value_widget_props *p)
{
    return object((struct field[]){
        { "view", string("singleValue") },
        { "title", string(p->title) },
        { "region", region_or_here(p->region) },
        { "sparkline", toggle_value(p->sparkline) },
        { "metrics", array() },
        { "setPeriodToTimeRange", toggle_value(p->set_period_to_time_range) },
        { "singleValueFullPrecision", toggle_value(p->full_precision) },
        { "period", seconds_value(p->period) },
        { "start", string(p->start) },
        { "end", string(p->end) },
        { "accountId", p->account_id },
        { "liveData", toggle_value(p->live_data) },
        END,
    });
}

struct cloudwatch_widget *cloudwatch_single_value_widget_new(
    const struct cloudwatch_single_value_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("metric", props->width ? props->width : 6, props->height ? props->height : 3);
    widget->content = single_value_content(props);
    metric_list_add_all(&widget->left, props->metrics);
    widget_check_time_range(widget, props->start, props->end);
    if (props->set_period_to_time_range == YES && props->sparkline == YES)
        findings_add_error(&widget->findings, "set_period_to_time_range and sparkline exclude each other");
    return widget;
}

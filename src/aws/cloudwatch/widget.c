// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/widget_private.h"

#include "util/arena.h"

struct cloudwatch_widget *widget_new(const char *type, int width, int height)
{
    struct cloudwatch_widget *widget = arena_alloc(value_arena(), sizeof(*widget));
    *widget = (struct cloudwatch_widget){ .type = type, .width = width, .height = height };
    if (width > WIDGET_GRID_WIDTH)
        findings_add_error(
            &widget->findings, "a widget is %d units wide; the dashboard has %d", width, WIDGET_GRID_WIDTH);
    return widget;
}

void widget_check_time_range(struct cloudwatch_widget *widget, const char *start, const char *end)
{
    if (end && !start)
        findings_add_error(&widget->findings, "a widget with an end ('%s') needs a start", end);
}

void metric_list_add(struct metric_list *list, struct cloudwatch_metric *metric)
{
    list->items = arena_grow(
        value_arena(), list->items, list->count, &list->capacity, sizeof(struct cloudwatch_metric *));
    list->items[list->count++] = metric;
}

void metric_list_add_all(struct metric_list *list, struct cloudwatch_metric *const *metrics)
{
    for (; metrics && *metrics; metrics++)
        metric_list_add(list, *metrics);
}

void widget_place(struct cloudwatch_widget *widget, int x, int y)
{
    widget->x = x;
    widget->y = y;
    if (widget->layout)
        widget->layout->place(widget, x, y);
}

static struct metric_set metrics_of(const struct cloudwatch_widget *widget)
{
    struct metric_set set = { 0 };
    for (size_t i = 0; i < widget->left.count; i++)
        metric_set_add(&set, widget->left.items[i], "left");
    for (size_t i = 0; i < widget->right.count; i++)
        metric_set_add(&set, widget->right.items[i], "right");
    return set;
}

struct value *metrics_placeholder(void)
{
    return null();
}

static void fill_in_metrics(const struct cloudwatch_widget *widget, const struct stack *stack)
{
    struct metric_set set = metrics_of(widget);
    if (set.count > 0)
        object_set(widget->content, "metrics", metrics_graph_json(&set, stack));
    else if (value_type(object_get(widget->content, "metrics")) == VALUE_NULL)
        object_remove(widget->content, "metrics");
}

void widget_render(struct cloudwatch_widget *widget, const struct stack *stack, struct value *widgets)
{
    if (widget->type) {
        fill_in_metrics(widget, stack);
        array_append(widgets,
            object((struct field[]){
                { "type", string(widget->type) },
                { "width", number(widget->width) },
                { "height", number(widget->height) },
                { "x", number(widget->x) },
                { "y", number(widget->y) },
                { "properties", widget->content },
                END,
            }));
    }
    for (size_t i = 0; i < widget->slot_count; i++)
        widget_render(widget->slots[i].widget, stack, widgets);
}

static void report_metrics(const struct metric_list *list, struct construct *construct)
{
    for (size_t i = 0; i < list->count; i++)
        metric_report(list->items[i], construct);
}

void widget_report(struct cloudwatch_widget *widget, struct construct *construct)
{
    struct metric_set set = metrics_of(widget);
    findings_report(&widget->findings, construct);
    report_metrics(&widget->left, construct);
    report_metrics(&widget->right, construct);
    findings_report(&set.findings, construct);
    for (size_t i = 0; i < widget->slot_count; i++)
        widget_report(widget->slots[i].widget, construct);
}

struct value *y_axis_value(const struct cloudwatch_y_axis *axis)
{
    if (!axis)
        return NULL;
    return object((struct field[]){
        { "label", string(axis->label) },
        { "min", count_value(axis->min) },
        { "max", count_value(axis->max) },
        { "showUnits", toggle_value(axis->show_units) },
        END,
    });
}

struct value *legend_value(enum cloudwatch_legend_position position)
{
    static const char *const names[] = {
        [CLOUDWATCH_LEGEND_BOTTOM] = "bottom",
        [CLOUDWATCH_LEGEND_RIGHT] = "right",
        [CLOUDWATCH_LEGEND_HIDDEN] = "hidden",
    };
    if (position == CLOUDWATCH_LEGEND_DEFAULT)
        return NULL;
    return object((struct field[]){ { "position", string(names[position]) }, END });
}

struct value *region_or_here(struct value *region)
{
    return region ? region : aws_region();
}

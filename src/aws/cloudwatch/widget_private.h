// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_WIDGET_PRIVATE_H
#define AWS_CLOUDWATCH_WIDGET_PRIVATE_H

// What all widgets have: a place on the grid, and either content or other widgets.

#include "aws/cloudwatch/metric_private.h"
#include "aws/cloudwatch_dashboard.h"

enum { WIDGET_GRID_WIDTH = 24 };

// A list that ends with NULL.
struct metric_list {
    struct cloudwatch_metric **items; // NULL while there is none
    size_t count, capacity;
};

struct layout_kind {
    void (*add)(struct cloudwatch_widget *layout, struct cloudwatch_widget *widget);
    // Puts the widgets in the layout where they are when it is at x, y.
    void (*place)(struct cloudwatch_widget *layout, int x, int y);
};

struct widget_slot {
    struct cloudwatch_widget *widget;
    int x, y; // in a row
};

struct cloudwatch_widget {
    const char *type;               // in the dashboard's body; NULL: a layout, which is not in it itself
    struct value *content;          // "properties" in the body
    struct metric_list left, right; // "metrics" in the content
    int width, height;
    int x, y;
    struct findings findings;

    const struct layout_kind *layout; // NULL: holds no widgets
    struct widget_slot *slots;
    size_t slot_count, slot_capacity;
};

// `type` is a string constant. A widget that is wider than the grid is found wanting.
struct cloudwatch_widget *widget_new(const char *type, int width, int height);
void widget_check_time_range(struct cloudwatch_widget *widget, const char *start, const char *end);
void metric_list_add(struct metric_list *list, struct cloudwatch_metric *metric);
// `metrics` ends with NULL, or is NULL.
void metric_list_add_all(struct metric_list *list, struct cloudwatch_metric *const *metrics);

void widget_place(struct cloudwatch_widget *widget, int x, int y);
// Appends what the widget comes to in the body of a dashboard of `stack`.
void widget_render(struct cloudwatch_widget *widget, const struct stack *stack, struct value *widgets);
// Reports what is wrong with the widget and everything in it.
void widget_report(struct cloudwatch_widget *widget, struct construct *construct);

// In the content, for the metrics that there will be: gone when there are none.
struct value *metrics_placeholder(void);
struct value *y_axis_value(const struct cloudwatch_y_axis *axis);
struct value *legend_value(enum cloudwatch_legend_position position);
struct value *region_or_here(struct value *region);

#endif

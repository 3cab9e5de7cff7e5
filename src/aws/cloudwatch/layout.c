// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/widget_private.h"

#include "util/arena.h"

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static void put(struct cloudwatch_widget *layout, struct cloudwatch_widget *widget, int x, int y)
{
    layout->slots = arena_grow(
        value_arena(), layout->slots, layout->slot_count, &layout->slot_capacity, sizeof(*layout->slots));
    layout->slots[layout->slot_count++] = (struct widget_slot){ widget, x, y };
}

static void put_in_row(struct cloudwatch_widget *row, struct cloudwatch_widget *widget, int x, int y)
{
    put(row, widget, x, y);
    row->width = larger(row->width, x + widget->width);
    row->height = larger(row->height, y + widget->height);
}

// As in the CDK: below everything that is there, even where there is room beside it.
static void row_add(struct cloudwatch_widget *row, struct cloudwatch_widget *widget)
{
    int x = row->width + widget->width > WIDGET_GRID_WIDTH ? 0 : row->width;
    put_in_row(row, widget, x, row->height);
}

static void row_place(struct cloudwatch_widget *row, int x, int y)
{
    for (size_t i = 0; i < row->slot_count; i++)
        widget_place(row->slots[i].widget, x + row->slots[i].x, y + row->slots[i].y);
}

struct cloudwatch_widget *cloudwatch_row_new(struct cloudwatch_widget *const *widgets)
{
    static const struct layout_kind kind = { row_add, row_place };
    struct cloudwatch_widget *row = widget_new(NULL, 0, 0);
    row->layout = &kind;
    int x = 0;
    int y = 0;
    for (; *widgets; widgets++) {
        if (x + (*widgets)->width > WIDGET_GRID_WIDTH) {
            y = row->height;
            x = 0;
        }
        put_in_row(row, *widgets, x, y);
        x += (*widgets)->width;
    }
    return row;
}

static void column_add(struct cloudwatch_widget *column, struct cloudwatch_widget *widget)
{
    put(column, widget, 0, 0);
    column->width = larger(column->width, widget->width);
    column->height += widget->height;
}

static void column_place(struct cloudwatch_widget *column, int x, int y)
{
    for (size_t i = 0; i < column->slot_count; i++) {
        widget_place(column->slots[i].widget, x, y);
        y += column->slots[i].widget->height;
    }
}

struct cloudwatch_widget *cloudwatch_column_new(struct cloudwatch_widget *const *widgets)
{
    static const struct layout_kind kind = { column_add, column_place };
    struct cloudwatch_widget *column = widget_new(NULL, 0, 0);
    column->layout = &kind;
    for (; *widgets; widgets++)
        column_add(column, *widgets);
    return column;
}

struct cloudwatch_widget *cloudwatch_spacer_new(int width, int height)
{
    return widget_new(NULL, width ? width : 1, height ? height : 1);
}

void cloudwatch_layout_add_widget(struct cloudwatch_widget *layout, struct cloudwatch_widget *widget)
{
    if (layout->layout)
        layout->layout->add(layout, widget);
    else
        findings_add_error(&layout->findings, "a widget can be added to a row or a column only");
}

// SPDX-License-Identifier: MIT
// Widgets that show text: Markdown, and the results of log queries.
#include "aws/cloudwatch/widget_private.h"

struct cloudwatch_widget *cloudwatch_text_widget_new(const struct cloudwatch_text_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("text", props->width ? props->width : 6, props->height ? props->height : 2);
    widget->content = object((struct field[]){
        { "markdown", props->markdown_value ? props->markdown_value : string(props->markdown) },
        { "background", string(props->solid_background ? "solid" : "transparent") },
        END,
    });
    return widget;
}

static struct value *query_value(const struct cloudwatch_log_query_widget_props *p)
{
    struct value *query = string("");
    for (struct value *const *name = p->log_group_names; name && *name; name++)
        query = concatf("%vSOURCE '%v' | ", query, *name);
    if (p->query_string)
        return concatf("%v%s", query, p->query_string);
    for (const char *const *line = p->query_lines; line && *line; line++)
        query = concatf("%v%s%s", query, line == p->query_lines ? "" : "\n| ", *line);
    return query;
}

static struct value *log_query_content(const struct cloudwatch_log_query_widget_props *p)
{
    static const char *const views[] = {
        [CLOUDWATCH_LOG_QUERY_TABLE] = "table",
        [CLOUDWATCH_LOG_QUERY_LINE] = "timeSeries",
        [CLOUDWATCH_LOG_QUERY_STACKED_AREA] = "timeSeries",
        [CLOUDWATCH_LOG_QUERY_BAR] = "bar",
        [CLOUDWATCH_LOG_QUERY_PIE] = "pie",
    };
    static const char *const languages[] = {
        [CLOUDWATCH_LOG_QUERY_LANGUAGE_LOGS_INSIGHTS] = "Logs",
        [CLOUDWATCH_LOG_QUERY_LANGUAGE_SQL] = "SQL",
        [CLOUDWATCH_LOG_QUERY_LANGUAGE_PPL] = "PPL",
    };
    bool is_stacked = p->view == CLOUDWATCH_LOG_QUERY_STACKED_AREA;
    bool is_time_series = is_stacked || p->view == CLOUDWATCH_LOG_QUERY_LINE;
    return object((struct field[]){
        { "view", string(views[p->view]) },
        { "title", string(p->title) },
        { "region", region_or_here(p->region) },
        { "accountId", p->account_id },
        { "query", query_value(p) },
        { "queryLanguage", string(languages[p->query_language]) },
        { "stacked", is_time_series ? boolean(is_stacked) : NULL },
        END,
    });
}

struct cloudwatch_widget *cloudwatch_log_query_widget_new(
    const struct cloudwatch_log_query_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("log", props->width ? props->width : 6, props->height ? props->height : 6);
    widget->content = log_query_content(props);
    if (!props->log_group_names || !props->log_group_names[0])
        findings_add_error(&widget->findings, "a log query needs the name of one log group at least");
    if (!props->query_string == !props->query_lines)
        findings_add_error(&widget->findings, "a log query needs either a query_string or query_lines");
    return widget;
}

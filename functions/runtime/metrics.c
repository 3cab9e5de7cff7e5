// SPDX-License-Identifier: MIT
#include "metrics.h"

#include "buffer.h"
#include "clock.h"
#include "json.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static void append_directive(struct buffer *line, const struct metric *metrics, size_t count)
{
    buffer_printf(line,
        "{\"_aws\":{\"Timestamp\":%" PRId64 ",\"CloudWatchMetrics\":[{\"Namespace\":\"Tango/Events\","
        "\"Dimensions\":[[\"Environment\",\"Service\"]],\"Metrics\":[",
        now_ms());
    for (size_t i = 0; i < count; i++)
        buffer_printf(
            line, "%s{\"Name\":\"%s\",\"Unit\":\"%s\"}", i ? "," : "", metrics[i].name, metrics[i].unit);
    buffer_puts(line, "]}]}");
}

void metrics_write(const char *environment, const char *service, const struct metric *metrics, size_t count)
{
    BUFFER line = { 0 };
    ssize_t written;

    if (!environment)
        return;
    append_directive(&line, metrics, count);
    buffer_puts(&line, ",\"Environment\":");
    json_quote(&line, environment, strlen(environment));
    buffer_printf(&line, ",\"Service\":\"%s\"", service);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&line, ",\"%s\":%ld", metrics[i].name, metrics[i].value);
    buffer_puts(&line, "}\n");
    written = write(STDOUT_FILENO, line.data, line.length);
    (void)written;
}

// SPDX-License-Identifier: MIT
#include "metrics.h"

#include "clock.h"
#include "json.h"
#include "util/strbuf.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static void append_directive(struct strbuf *line, const struct metric *metrics, size_t count)
{
    strbuf_addf(line,
        "{\"_aws\":{\"Timestamp\":%" PRId64
        ",\"CloudWatchMetrics\":[{\"Namespace\":\"Tango/Events\",\"Dimensions\":[[\"Environment\",\"Service\"]],\"Metrics\":[",
        now_ms());
    for (size_t i = 0; i < count; i++)
        strbuf_addf(
            line, "%s{\"Name\":\"%s\",\"Unit\":\"%s\"}", i ? "," : "", metrics[i].name, metrics[i].unit);
    strbuf_add_string(line, "]}]}");
}

void metrics_write(const char *environment, const char *service, const struct metric *metrics, size_t count)
{
    STRBUF_AUTO line = STRBUF_INIT;
    ssize_t written;

    if (!environment)
        return;
    append_directive(&line, metrics, count);
    strbuf_add_string(&line, ",\"Environment\":");
    json_quote(&line, environment, strlen(environment));
    strbuf_addf(&line, ",\"Service\":\"%s\"", service);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&line, ",\"%s\":%ld", metrics[i].name, metrics[i].value);
    strbuf_add_string(&line, "}\n");
    written = write(STDOUT_FILENO, line.data, line.length);
    (void)written;
}

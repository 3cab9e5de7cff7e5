// SPDX-License-Identifier: MIT
#include "aws/findings.h"

#include "cdk/diag.h"
#include "cdk/token.h"
#include "util/arena.h"
#include "util/display.h"

#include <stdarg.h>
#include <stdbool.h>

struct aws_finding {
    struct aws_finding *older;
    enum diag_level level;
    const char *message;
    bool reported;
};

static void add(struct findings *findings, enum diag_level level, const char *message)
{
    struct aws_finding *finding = arena_alloc(value_arena(), sizeof(*finding));
    finding->older = findings->newest;
    finding->level = level;
    finding->message = message;
    findings->newest = finding;
}

void findings_add_error(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(findings, DIAG_ERROR, display_vprintf(value_arena(), format, arguments));
    va_end(arguments);
}

void findings_add_warning(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(findings, DIAG_WARNING, display_vprintf(value_arena(), format, arguments));
    va_end(arguments);
}

static void add_from(struct findings *findings, const struct aws_finding *other)
{
    if (!other)
        return;
    add_from(findings, other->older);
    add(findings, other->level, other->message);
}

void findings_add_all(struct findings *findings, const struct findings *others)
{
    add_from(findings, others->newest);
}

static void report(struct aws_finding *finding, struct construct *construct)
{
    if (!finding || finding->reported)
        return;
    report(finding->older, construct);
    finding->reported = true;
    if (finding->level == DIAG_ERROR)
        diag_error(construct, "%-s", finding->message);
    else
        diag_warning(construct, "%-s", finding->message);
}

void findings_report(const struct findings *findings, struct construct *construct)
{
    report(findings->newest, construct);
}

// SPDX-License-Identifier: MIT
#include "cdk/diag.h"

#include "cdk/construct_private.h"
#include "util/display.h"

#include <stdarg.h>

__attribute__((format(printf, 3, 0))) static void report(
    struct construct *construct, enum diag_level level, const char *format, va_list arguments)
{
    static const char *const metadata_types[] = { "aws:cdk:info", "aws:cdk:warning", "aws:cdk:error" };
    struct app *app = construct->app;
    const char *message = display_vprintf(&app->arena, format, arguments);

    LIST_APPEND(&app->arena, &app->diags, (struct diag){ level, construct, message });
    construct_add_metadata(construct, metadata_types[level], string(message));
}

void diag_error(struct construct *construct, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(construct, DIAG_ERROR, format, arguments);
    va_end(arguments);
}

void diag_warning(struct construct *construct, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(construct, DIAG_WARNING, format, arguments);
    va_end(arguments);
}

void diag_info(struct construct *construct, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(construct, DIAG_INFO, format, arguments);
    va_end(arguments);
}

size_t app_diag_count(const struct app *app, enum diag_level level)
{
    size_t count = 0;

    for (size_t i = 0; i < app->diags.length; i++)
        count += app->diags.items[i].level == level;
    return count;
}

size_t app_diag_total(const struct app *app)
{
    return app->diags.length;
}

const struct diag *app_diag_at(const struct app *app, size_t index)
{
    return &app->diags.items[index];
}

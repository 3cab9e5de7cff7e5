// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "util/color.h"
#include "util/die.h"

#include <stdarg.h>
#include <stdio.h>

// A result must come out before a message that follows it.
static void print(
    const struct cli *cli, const char *color, const char *prefix, const char *format, va_list arguments)
{
    bool colored = cli->color && color;

    fflush(stdout);
    if (colored)
        fputs(color, stderr);
    fputs(prefix, stderr);
    vfprintf(stderr, format, arguments);
    fputs(colored ? COLOR_RESET "\n" : "\n", stderr);
}

int cli_error(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(cli, COLOR_RED, "tango-infra: ", format, arguments);
    va_end(arguments);
    return EXIT_STATUS_FAILURE;
}

int cli_usage_error(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(cli, COLOR_RED, "tango-infra: ", format, arguments);
    va_end(arguments);
    return EXIT_STATUS_USAGE;
}

void cli_warning(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(cli, COLOR_YELLOW, "tango-infra: warning: ", format, arguments);
    va_end(arguments);
}

void cli_info(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(cli, NULL, "", format, arguments);
    va_end(arguments);
}

void cli_debug(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    if (!cli->globals.verbose)
        return;
    va_start(arguments, format);
    print(cli, COLOR_GRAY, "", format, arguments);
    va_end(arguments);
}

void cli_diag(const struct cli *cli, enum diag_level level, const char *format, ...)
{
    static const char *const colors[] = {
        [DIAG_INFO] = NULL, [DIAG_WARNING] = COLOR_YELLOW, [DIAG_ERROR] = COLOR_RED
    };
    va_list arguments;

    va_start(arguments, format);
    print(cli, colors[level], "", format, arguments);
    va_end(arguments);
}

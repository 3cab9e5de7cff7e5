// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "util/color.h"
#include "util/die.h"
#include "util/display.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 4, 0))) static void print_message(
    const struct cli *cli, const char *color, const char *prefix, const char *format, va_list arguments)
{
    bool colored = cli->color && color;
    DISPLAY_AUTO line = DISPLAY_INIT;

    display_style(&line, colored ? color : NULL);
    display_add_string(&line, prefix);
    display_vaddf(&line, format, arguments);
    display_style(&line, colored ? COLOR_RESET : NULL);
    display_addf(&line, "\n");
    cli_show(cli, &line);
}

void cli_show(const struct cli *cli, const struct display *text)
{
    (void)cli;
    fflush(stdout); // a result comes out before what follows it
    display_print(text, stderr);
}

int cli_error(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_message(cli, COLOR_RED, "tango-infra: ", format, arguments);
    va_end(arguments);
    return EXIT_STATUS_FAILURE;
}

int cli_usage_error(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_message(cli, COLOR_RED, "tango-infra: ", format, arguments);
    va_end(arguments);
    return EXIT_STATUS_USAGE;
}

void cli_warning(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_message(cli, COLOR_YELLOW, "tango-infra: warning: ", format, arguments);
    va_end(arguments);
}

void cli_info(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_message(cli, NULL, "", format, arguments);
    va_end(arguments);
}

void cli_debug(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    if (!cli->globals.verbose)
        return;
    va_start(arguments, format);
    print_message(cli, COLOR_GRAY, "", format, arguments);
    va_end(arguments);
}

void cli_diag(const struct cli *cli, enum diag_level level, const char *format, ...)
{
    static const char *const colors[] = {
        [DIAG_INFO] = NULL, [DIAG_WARNING] = COLOR_YELLOW, [DIAG_ERROR] = COLOR_RED
    };
    va_list arguments;

    va_start(arguments, format);
    print_message(cli, colors[level], "", format, arguments);
    va_end(arguments);
}

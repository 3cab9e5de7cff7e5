// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "util/color.h"
#include "util/die.h"

#include <stdarg.h>
#include <stdio.h>

// Results are on standard output in any case, so they must come out before a message that follows them.
static FILE *stream(const struct cli *cli)
{
    fflush(stdout);
    return cli->ci && !cli_is_cdk_app() ? stdout : stderr;
}

static void print(FILE *out, const struct cli *cli, const char *color, const char *prefix, const char *format,
    va_list arguments)
{
    bool colored = cli->color && color;

    if (colored)
        fputs(color, out);
    fputs(prefix, out);
    vfprintf(out, format, arguments);
    fputs(colored ? COLOR_RESET "\n" : "\n", out);
}

int cli_error(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    va_start(arguments, format);
    print(stderr, cli, COLOR_RED, "tango-infra: ", format, arguments);
    va_end(arguments);
    return EXIT_STATUS_FAILURE;
}

void cli_warning(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(stream(cli), cli, COLOR_YELLOW, "tango-infra: warning: ", format, arguments);
    va_end(arguments);
}

void cli_info(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(stream(cli), cli, NULL, "", format, arguments);
    va_end(arguments);
}

void cli_debug(const struct cli *cli, const char *format, ...)
{
    va_list arguments;

    if (!cli->globals.verbose)
        return;
    va_start(arguments, format);
    print(stream(cli), cli, COLOR_GRAY, "", format, arguments);
    va_end(arguments);
}

void cli_diag(const struct cli *cli, enum diag_level level, const char *format, ...)
{
    static const char *const colors[] = {
        [DIAG_INFO] = NULL, [DIAG_WARNING] = COLOR_YELLOW, [DIAG_ERROR] = COLOR_RED
    };
    va_list arguments;

    va_start(arguments, format);
    print(level == DIAG_ERROR ? stderr : stream(cli), cli, colors[level], "", format, arguments);
    va_end(arguments);
}

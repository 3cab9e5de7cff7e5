// SPDX-License-Identifier: MIT
#include "util/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, WIDEST = 1000 };

bool terminal_has_color(int fd)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (no_color && *no_color)
        return false;
    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}

int terminal_width(int fd)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long given;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    given = columns ? strtol(columns, NULL, 10) : 0;
    return given > 0 && given <= WIDEST ? (int)given : USUAL_WIDTH;
}

// SPDX-License-Identifier: MIT
#include "util/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, DEFAULT_HEIGHT = 24, LARGEST = 1000 };

bool terminal_can_redraw(int fd)
{
    const char *term = getenv("TERM");

    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}

bool terminal_has_color(int fd)
{
    const char *no_color = getenv("NO_COLOR");

    return !(no_color && *no_color) && terminal_can_redraw(fd);
}

static int size_of(const char *variable, int usual)
{
    const char *text = getenv(variable);
    long given = text ? strtol(text, NULL, 10) : 0;

    return given > 0 && given <= LARGEST ? (int)given : usual;
}

static int width_or(int fd, int usual)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return size_of("COLUMNS", usual);
}

int terminal_width(int fd)
{
    return width_or(fd, DEFAULT_WIDTH);
}

int terminal_line_width(int fd)
{
    return width_or(fd, isatty(fd) ? DEFAULT_WIDTH : 0);
}

int terminal_height(int fd)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
        return size.ws_row;
    return size_of("LINES", DEFAULT_HEIGHT);
}

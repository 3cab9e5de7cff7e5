// SPDX-License-Identifier: MIT
#include "utf8.h"

#include <string.h>

static int sequence_length(unsigned char first)
{
    return first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 1;
}

void utf8_trim(char *text)
{
    char *end = text + strlen(text), *at = end;

    while (at > text && ((unsigned char)at[-1] & 0xc0) == 0x80)
        at--;
    if (at > text && end - (at - 1) < sequence_length((unsigned char)at[-1]))
        at[-1] = '\0';
}

// SPDX-License-Identifier: MIT
#include "util/random.h"

#include "util/die.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

void random_fill(void *bytes, size_t length)
{
    ssize_t count;

    do
        count = getrandom(bytes, length, 0);
    while (count < 0 && errno == EINTR);
    if (count != (ssize_t)length)
        die("the system gives no random numbers: %s", strerror(errno));
}

void random_token(char token[RANDOM_TOKEN_SIZE])
{
    unsigned char bytes[(RANDOM_TOKEN_SIZE - 1) / 2];

    random_fill(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
}

uint32_t random_below(uint32_t limit)
{
    uint32_t number;

    random_fill(&number, sizeof(number));
    return number % limit;
}

// SPDX-License-Identifier: MIT
#include "lsp/lsp.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

// Whether something is there to be read, or the end; waits for it unless there is something else to do.
static bool is_readable(int fd, bool wait)
{
    struct pollfd polled = { .fd = fd, .events = POLLIN };
    int count;

    do
        count = poll(&polled, 1, wait ? -1 : 0);
    while (count < 0 && errno == EINTR);
    return count != 0;
}

int lsp_serve(const struct lsp_host *host, int fd)
{
    struct lsp_server *server = lsp_server_new(host);
    static char bytes[64 * 1024];
    int status;

    while (!lsp_server_is_over(server)) {
        ssize_t length;

        if (!is_readable(fd, !lsp_server_has_changes(server))) {
            lsp_server_publish(server);
            continue;
        }
        length = read(fd, bytes, sizeof(bytes));
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            break;
        lsp_server_receive(server, bytes, (size_t)length);
    }
    status = lsp_server_status(server);
    lsp_server_free(server);
    return status;
}

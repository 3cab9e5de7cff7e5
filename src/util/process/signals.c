// SPDX-License-Identifier: MIT
#include "util/process/signals.h"

#include "util/array.h"
#include "util/file/file.h"
#include "util/process/process.h"

#include <signal.h>
#include <unistd.h>

static sigset_t before_hold;

void signals_hold(void)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before_hold);
}

void signals_release(void)
{
    sigprocmask(SIG_SETMASK, &before_hold, NULL);
}

static void end(int signal_number)
{
    processes_signal(signal_number);
    temporary_files_remove();
    _exit(128 + signal_number);
}

static volatile sig_atomic_t pending;

static void defer(int signal_number)
{
    if (!pending)
        pending = signal_number;
    processes_signal(SIGKILL);
}

static void note_first(int signal_number)
{
    if (pending)
        end(signal_number);
    pending = signal_number;
}

static void handle_with(void (*handler)(int))
{
    static const int ending[] = { SIGINT, SIGQUIT, SIGTERM };
    struct sigaction action = { .sa_handler = handler };
    struct sigaction before;

    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < ARRAY_SIZE(ending); i++)
        sigaction(ending[i], &action, NULL);
    // nohup asks for this one to be ignored.
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
}

void signals_install(void)
{
    handle_with(end);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void signals_defer(void)
{
    handle_with(defer);
}

void signals_note_first(void)
{
    handle_with(note_first);
}

int signals_pending(void)
{
    return pending;
}

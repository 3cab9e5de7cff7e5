// SPDX-License-Identifier: MIT
#ifndef UTIL_PROCESS_SIGNALS_H
#define UTIL_PROCESS_SIGNALS_H

// The signals that end a program: when they take effect, and what is done before.

// From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT end the program with exit status 128 + n, after passing the
// signal on to child processes and removing temporary files. SIGPIPE and
// SIGXFSZ are ignored: a reader that went away and a file that may not grow are errors on writing.
void signals_install(void);

// In between, those signals wait: for what must be done as a whole or not at all.
void signals_hold(void);
void signals_release(void);

// From now on these signals only kill the child processes, so that the program can tidy up before it ends.
void signals_defer(void);
// From now on the first of these signals is only noted, so that the program can come to an end in good order;
// the next one ends it and its children.
void signals_note_first(void);
// The first one that came since either, or 0.
int signals_pending(void);

#endif
